import type { AccountEvent } from '#contracts';
import { type AccountId, PhoneNumber, type StoredEvent } from '#kernel';
import type { Directory } from '#rating';
import { decodeEvent } from '../engine/codecs.js';
import type { LogFollower } from '../projecting/log-follower.js';
import type { ReadModels } from '../projecting/read-models.js';
import { numbersAfter } from './accounts.queries.js';

const ASSIGNED = 'contracts.NumberAssigned.v1';

export interface NumberDirectory extends Directory {
  /** Whose number it is; undefined for an extension and for any number that nobody here has. */
  ownerOf(number: string): AccountId | undefined;
}

/**
 * Numbers of all customers: calls to them are free. A number once assigned stays the provider's own.
 *
 * In a store of its own a process asks the read model, which changes in the transaction of the event. Where
 * others append too the read model lags, and a call to a number of a minute ago would be priced as foreign:
 * there the read model tells only what was before this process began, the log itself everything since.
 */
export class OwnNumbers {
  private readonly owners = new Map<string, AccountId>();
  private readonly list: NumberDirectory = {
    isOwnNumber: number => this.owners.has(number),
    ownerOf: number => this.owners.get(number),
  };
  private position = 0;
  private readBefore = false;

  /** @param others began where the read model had counted everything */
  constructor(
    private readonly readModels: ReadModels,
    private readonly others: LogFollower | undefined,
  ) {
    others?.follow(stored => this.take(stored));
  }

  /**
   * The numbers of now; nothing that was assigned before the call is missing.
   * @throws StoreUnavailable when this process cannot find out what others assigned
   */
  async directory(): Promise<NumberDirectory> {
    await this.others?.upToDate();
    if (!this.others || !this.readBefore) await this.read();
    this.readBefore = true;
    return this.list;
  }

  private async read(): Promise<void> {
    for (const { number, account, position } of await numbersAfter(this.readModels, this.position)) {
      this.add(number, account);
      if (position > this.position) this.position = position;
    }
  }

  private take(stored: readonly StoredEvent[]): void {
    for (const { stream, type, data } of stored) {
      if (type !== ASSIGNED) continue;
      const event = decodeEvent(stream, type, data) as Extract<AccountEvent, { type: 'NumberAssigned' }>;
      this.add(event.number, event.account);
    }
  }

  /** Logs of earlier versions hold numbers in other forms too. */
  private add(number: string, account: AccountId): void {
    this.owners.set(PhoneNumber.read(number) ?? number, account);
  }
}
