import { pino } from 'pino';
import { type Config, joinDotEnv, readConfig } from '#config';
import { InvalidInput } from '#kernel';
import { jobRulesOf, openConfigured, watchClock } from '#nest';
import { runJobs } from '#runtime';
import { serveHealth } from './health.js';

/** A worker has no cluster to work for: embedded, `daicho serve` does it all. */
function clusterOf(env: NodeJS.ProcessEnv): Config {
  joinDotEnv('.', env);
  const config = readConfig(env);
  if (config.cluster) return config;
  throw new InvalidInput('DAICHO_EVENTSTORE_URL', 'is required by a worker; embedded, the server works');
}

/**
 * The cluster's worker: builds read models and does the jobs, one of any number. On a signal it begins no
 * more jobs, finishes those at work, ends the projections after their transactions, and goes.
 */
async function main(): Promise<void> {
  // What is written holds who called whom, and what was paid.
  process.umask(0o077);
  const config = clusterOf(process.env);
  const { environment } = config;
  const logger = pino({ name: 'daicho-worker', level: environment.DAICHO_LOG_LEVEL });
  const { product, projections } = await openConfigured(config, { logger, role: 'worker' });
  const jobs = runJobs(product, {
    ...jobRulesOf(config),
    onError: error => logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'jobs'),
  });
  const health = await serveHealth(environment.DAICHO_HOST, environment.DAICHO_PORT, async () => {
    const { events, ms } = await projections!.lag();
    const { clockTrusted } = await product.health();
    const clock = clockTrusted ? 'trusted' : 'not trusted';
    return { clock, lagEvents: events, lagMs: ms, projections: projections!.states() };
  });
  logger.info({ ...jobRulesOf(config), stopGraceMs: environment.DAICHO_STOP_GRACE_MS }, 'doing jobs');
  const unwatchClock = watchClock(product, logger);
  logger.info({ port: health.port }, 'working');
  const stop = async (signal: string): Promise<void> => {
    logger.info({ signal }, 'stopping');
    await jobs.stop(environment.DAICHO_STOP_GRACE_MS);
    await health.close();
    unwatchClock();
    await product.close();
    logger.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger.error({ error: error instanceof Error ? error.message : String(error) }, 'stopped badly');
        process.exitCode = 1;
      });
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof InvalidInput ? 2 : 1);
});
