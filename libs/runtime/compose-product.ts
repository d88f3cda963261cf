import type { BusinessMonth } from '#kernel';
import type { Clock, EventStore, ReadStore } from '#ports';
import type { Directory } from '#rating';
import { Accounts } from './accounts.service.js';
import { Audit, type AuditTools } from './audit.service.js';
import { CallPricing } from './call-pricing.js';
import { Catalogue } from './catalogue.service.js';
import { CdrImports } from './cdr.service.js';
import { Closing } from './closing.service.js';
import { Facts } from './facts.js';
import { Keys } from './keys.service.js';
import { PrepaidQueries } from './prepaid.queries.js';
import { Prepaid } from './prepaid.service.js';
import type { Product } from './product.js';
import { CommandRunner } from './run-command.js';
import { Wallets } from './wallets.js';

export interface ProductParts {
  readonly events: EventStore;
  readonly readModels: ReadStore;
  readonly clock: Clock;
  readonly audit: AuditTools;
  /** Why the store takes no writes; null when it does. */
  writeProblem(): string | null;
  close(): Promise<void>;
}

/** Numbers of all customers, kept up with the read model: calls to them are free. */
function ownNumbers(readModels: ReadStore): () => Promise<Directory> {
  const known = new Set<string>();
  let seen = 0;
  const directory: Directory = { isOwnNumber: digits => known.has(digits) };
  return async () => {
    const fresh = await readModels.db
      .selectFrom('account_numbers')
      .select(['number', 'position'])
      .where('position', '>', seen)
      .execute();
    for (const { number, position } of fresh as { number: string; position: number }[]) {
      known.add(number);
      if (position > seen) seen = position;
    }
    return directory;
  };
}

/** The product on an event store and a read store: every use case, no framework. */
export function composeProduct(parts: ProductParts): Product {
  const { events, readModels, clock } = parts;
  const runner = new CommandRunner(events, clock);
  const facts = new Facts(runner);
  const lastSeen = async (account: string): Promise<BusinessMonth | undefined> => {
    const row = await readModels.db
      .selectFrom('wallets')
      .select('month')
      .where('account', '=', account)
      .executeTakeFirst();
    return (row as { month: BusinessMonth } | undefined)?.month;
  };
  const wallets = new Wallets(runner, lastSeen);
  const pricing = new CallPricing(facts, ownNumbers(readModels));
  const queries = new PrepaidQueries(wallets, readModels, facts);
  return {
    accounts: new Accounts(runner, readModels, facts),
    prepaid: new Prepaid(wallets, readModels, facts, pricing),
    catalogue: new Catalogue(runner, readModels, facts),
    cdr: new CdrImports(runner, wallets, pricing, readModels),
    closing: new Closing(runner, wallets, facts, queries, readModels),
    audit: new Audit(events, readModels, queries, parts.audit),
    keys: new Keys(runner, readModels, facts),
    now: () => clock.now(),
    health: async () => {
      const reason = parts.writeProblem();
      return { head: await events.headPosition(), writable: reason === null, reason };
    },
    close: () => parts.close(),
  };
}
