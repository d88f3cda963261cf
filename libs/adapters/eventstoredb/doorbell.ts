import type { ClusterClient } from './cluster-client.js';
import { backOff } from './errors.js';

/** A look at the log without being told: were the subscription dead without knowing it, this is the lag. */
const LOOK_MS = 1_000;
const BACKOFF = { attempts: Number.POSITIVE_INFINITY, backoffMs: 50 };
const LONGEST_DOUBLING = 8;

/**
 * A subscription of the cluster that only says "there is news". What is new is then read from where the index
 * stands, so a bell that rings too often, late or not at all loses nothing and doubles nothing.
 */
export class Doorbell {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly done: Promise<void>;

  constructor(
    private readonly client: ClusterClient,
    private readonly prefix: string,
    private readonly ring: () => void,
  ) {
    this.timer = setInterval(ring, LOOK_MS).unref();
    this.done = this.listen();
  }

  private async listen(): Promise<void> {
    const { signal } = this.abort;
    for (let failures = 0; !signal.aborted; ) {
      const rang = (): void => {
        failures = 0;
        this.ring();
      };
      await this.client.listen(this.prefix, rang, signal).catch(() => undefined);
      if (signal.aborted) return;
      failures = Math.min(failures + 1, LONGEST_DOUBLING);
      await backOff(BACKOFF, failures);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.abort.abort();
    await this.done;
  }
}
