import { changeRules, checkpointRules } from './read-store.change-rules.js';
import { databaseRules, versionRules } from './read-store.database-rules.js';
import type { OpenReadStore } from './read-store.samples.js';

export type { OpenReadStore, ReadStoreUnderTest } from './read-store.samples.js';

/**
 * What the port `ReadStore` promises, as tests. Every adapter runs all of it; there are no options.
 * @param open gives a read store without any projection for each test
 */
export function readStoreContract(adapter: string, open: OpenReadStore): void {
  describe(`read store contract: ${adapter}`, () => {
    changeRules(open);
    checkpointRules(open);
    versionRules(open);
    databaseRules(open);
  });
}
