import pg from 'pg';
import { type ProjectionClaim, StoreUnavailable } from '#ports';
import { postgresError } from './postgres-errors.js';
import { clientConfig, type PostgresSettings } from './postgres-options.js';

/**
 * Who works on which projection: session advisory locks on one connection that does nothing else. They are
 * gone when the process or its connection is gone, so nobody has to clean up after a crash.
 */
export class Claims {
  private connecting: Promise<pg.Client> | undefined;
  private readonly mine = new Set<string>();
  /** One statement at a time on the one connection. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: PostgresSettings) {}

  async claim(projection: string): Promise<ProjectionClaim | undefined> {
    // A session can take its own lock again; a second claim of the same process is refused here.
    if (this.mine.has(projection)) return undefined;
    this.mine.add(projection);
    try {
      const client = await this.connected();
      const keys = [`daicho ${this.settings.schema}`, projection];
      const rows = await this.query(client, 'pg_try_advisory_lock', keys);
      if (!rows[0]?.done) {
        this.mine.delete(projection);
        return undefined;
      }
      return this.claimOn(client, keys, projection);
    } catch (error) {
      this.mine.delete(projection);
      throw postgresError(error, this.settings.place);
    }
  }

  private claimOn(client: pg.Client, keys: string[], projection: string): ProjectionClaim {
    let held = true;
    const query = this.query.bind(this);
    const lose = (): void => {
      if (held) this.mine.delete(projection);
      held = false;
    };
    client.once('end', lose);
    return {
      held: () => held,
      async release() {
        if (!held) return;
        lose();
        client.off('end', lose);
        // A connection that breaks now gives the lock back by itself.
        await query(client, 'pg_advisory_unlock', keys).catch(() => undefined);
      },
    };
  }

  private async query(client: pg.Client, does: string, keys: string[]): Promise<{ done: boolean }[]> {
    const before = this.turn;
    const answer = before.then(() =>
      client.query(`SELECT ${does}(hashtext($1), hashtext($2)) AS done`, keys),
    );
    this.turn = answer.catch(() => undefined);
    return (await answer).rows;
  }

  private connected(): Promise<pg.Client> {
    if (this.connecting) return this.connecting;
    const client = new pg.Client(clientConfig(this.settings, 'claims'));
    client.setMaxListeners(0);
    const forget = (): void => {
      this.connecting = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    this.connecting = client.connect().then(() => client);
    this.connecting.catch(forget);
    return this.connecting;
  }

  async close(): Promise<void> {
    const { connecting } = this;
    this.connecting = Promise.reject(new StoreUnavailable('STORE_CLOSED', 'the store is closed'));
    this.connecting.catch(() => undefined);
    const client = await connecting?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }
}
