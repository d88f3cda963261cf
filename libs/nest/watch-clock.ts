import type { Logger } from 'pino';
import type { Product } from '#runtime';

/** How often it is looked whether the clock still goes evenly. */
const LOOK_MS = 15_000;

/** Tells the log when the clock of this process stops being trusted, and when it is trusted again. */
export function watchClock(product: Pick<Product, 'clock'>, logger: Logger): () => void {
  let trusted = true;
  const look = async (): Promise<void> => {
    const { trusted: now, message, why } = await product.clock.state();
    if (now === trusted) return;
    trusted = now;
    if (now) logger.info('the clock is trusted');
    else logger.error({ code: 'CLOCK_NOT_TRUSTED', why }, message ?? '');
  };
  const quietly = (): void => {
    look().catch(error => logger.warn({ error: String(error) }, 'clock'));
  };
  const timer = setInterval(quietly, LOOK_MS);
  timer.unref();
  quietly();
  return () => clearInterval(timer);
}
