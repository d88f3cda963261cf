import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { InvalidInput } from '#kernel';
import { openProduct, startServer } from '#nest';

const USAGE = `usage: server [--data DIR] [--port N] [--host ADDRESS]
  --data  data directory (DAICHO_DATA; ./data)
  --port  0 to 65535, 0 picks a free one (PORT; 3000)
  --host  address to listen on (HOST; 127.0.0.1)`;

interface Settings {
  readonly directory: string;
  readonly port: number;
  readonly host: string;
}

/** @throws InvalidInput naming the flag; TypeError for a flag that does not exist */
function settingsOf(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  });
  const portText = values.port ?? env['PORT'] ?? '3000';
  const port = /^\d{1,5}$/.test(portText) ? Number.parseInt(portText, 10) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidInput('--port', 'must be a whole number from 0 to 65535');
  return {
    directory: resolve(values.data ?? env['DAICHO_DATA'] ?? 'data'),
    port,
    host: values.host ?? env['HOST'] ?? '127.0.0.1',
  };
}

/**
 * The HTTP server alone, for machines: the same that `daicho serve` starts, without the command line's
 * socket.
 */
async function main(): Promise<void> {
  const settings = settingsOf(process.argv.slice(2), process.env);
  const logger = pino({ name: 'daicho' });
  const product = await openProduct({ directory: settings.directory });
  const server = await startServer({ product, ...settings, logger, jobs: { autoClose: true } }).catch(
    async error => {
      await product.close();
      throw error;
    },
  );
  const stop = (signal: string): void => {
    logger.info({ signal }, 'stopping');
    server.close().then(
      () => logger.info('stopped'),
      error => {
        logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'stopped badly');
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const misused = error instanceof InvalidInput || error instanceof TypeError;
  process.stderr.write(`${message}\n${misused ? `${USAGE}\n` : ''}`);
  process.exitCode = misused ? 2 : 1;
});
