import type { AccountId, StoredEvent } from '#kernel';
import { streamKind } from '../engine/codecs.js';
import type { LogFollower } from '../projecting/log-follower.js';
import type { ReadModels } from '../projecting/read-models.js';
import { watchedAccounts } from './prepaid-settings.queries.js';

/**
 * Accounts that have prepaid settings, in memory: each movement of each wallet asks for it, and most have
 * none. One that others add meanwhile comes with the log; one that is missing all the same is found by the
 * job.
 */
export class WatchedAccounts {
  private readonly accounts = new Set<AccountId>();
  private reading: Promise<void> | undefined;

  constructor(
    private readonly readModels: ReadModels,
    others: LogFollower | undefined,
  ) {
    others?.follow(stored => this.take(stored));
  }

  async has(account: AccountId): Promise<boolean> {
    this.reading ??= this.read();
    await this.reading;
    return this.accounts.has(account);
  }

  add(account: AccountId): void {
    this.accounts.add(account);
  }

  private async read(): Promise<void> {
    for (const account of await watchedAccounts(this.readModels)) this.add(account);
  }

  private take(stored: readonly StoredEvent[]): void {
    for (const { stream } of stored)
      if (streamKind(stream) === 'prepaidSettings')
        this.add(stream.slice('prepaidSettings-'.length) as AccountId);
  }
}
