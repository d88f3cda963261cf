import { commandRules, inputRules, revisionRules } from './event-store.append-rules.js';
import { interleavingRules } from './event-store.interleaving-rules.js';
import { fidelityRules, readingRules } from './event-store.read-rules.js';
import type { OpenEventStore } from './event-store.samples.js';
import { subscriptionEndRules, subscriptionRules } from './event-store.subscription-rules.js';

export type { EventStoreUnderTest, OpenEventStore } from './event-store.samples.js';

/**
 * What the port `EventStore` promises, as tests. Every adapter runs all of it; there are no options.
 * @param open gives an empty store for each test
 */
export function eventStoreContract(adapter: string, open: OpenEventStore): void {
  describe(`event store contract: ${adapter}`, () => {
    revisionRules(open);
    commandRules(open);
    inputRules(open);
    fidelityRules(open);
    readingRules(open);
    subscriptionRules(open);
    subscriptionEndRules(open);
    interleavingRules(open);
  });
}
