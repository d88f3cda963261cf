import type { Projection } from '#kernel';

export const CLAIMED = 'contracts.NumberClaimed.v1';

/** A row per event: one that counts twice is an error, one that is left out is missing. */
const numbers: Projection = {
  name: 'numbers',
  version: 1,
  tables: [{ name: 'numbers', columns: { number: 'text', position: 'integer' }, key: ['number'] }],
  handles: [CLAIMED],
  apply({ event, position }, rows) {
    rows.insert('numbers', { number: (event as { number: string }).number, position });
  },
};

/** A sum: one event that counts twice, or not at all, makes it wrong. */
const sums: Projection = {
  name: 'sums',
  version: 1,
  tables: [{ name: 'sums', columns: { account: 'text', claims: 'integer' }, key: ['account'] }],
  handles: [CLAIMED],
  apply({ event }, rows) {
    rows.merge('sums', { account: (event as { account: string }).account }, { add: { claims: 1 } });
  },
};

export const KILLED_PROJECTIONS: readonly Projection[] = [numbers, sums];
