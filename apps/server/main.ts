import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Config, joinDotEnv, readConfig } from '#config';
import { InvalidInput } from '#kernel';
import { jobRulesOf, openConfigured, serverOf, startServer } from '#nest';

const USAGE = `usage: server [--data DIR] [--port N] [--host ADDRESS]
  --data  data directory (DAICHO_DATA; ./data)
  --port  0 to 65535, 0 picks a free one (DAICHO_PORT, PORT; 3000)
  --host  address to listen on (DAICHO_HOST, HOST; 127.0.0.1)
The rest is said by the environment: docs/reference/configuration.md`;

/** Flags count more than the environment. @throws InvalidInput naming what is wrong; TypeError for a flag */
function configOf(args: readonly string[], env: NodeJS.ProcessEnv): Config {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  });
  joinDotEnv('.', env);
  return readConfig({
    ...env,
    DAICHO_DATA: values.data ?? env['DAICHO_DATA'],
    DAICHO_PORT: values.port ?? (env['DAICHO_PORT'] || env['PORT']),
    DAICHO_HOST: values.host ?? (env['DAICHO_HOST'] || env['HOST']),
  });
}

/**
 * The HTTP server alone, for machines: embedded the same that `daicho serve` starts, without the command
 * line's socket; in a cluster one of many, while workers build the read models and do the jobs.
 */
async function main(): Promise<void> {
  // What is written holds who called whom, and what was paid.
  process.umask(0o077);
  const config = configOf(process.argv.slice(2), process.env);
  const { environment, cluster } = config;
  const logger = pino({ name: 'daicho', level: environment.DAICHO_LOG_LEVEL });
  const { product } = await openConfigured(config, { logger, role: 'server' });
  const jobs = cluster ? {} : { jobs: jobRulesOf(config) };
  const server = await startServer({ ...serverOf(config), product, logger, ...jobs }).catch(async error => {
    await product.close();
    throw error;
  });
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
