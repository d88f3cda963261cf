import type { Found } from './questions.js';

/** What one of the two books has: a value, nothing (null), or whether it has the row at all. */
export type Side = string | boolean | null;

/** One field that is not the same in the live books and in those built again. */
export interface Differing {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  readonly live: Side;
  readonly replayed: Side;
}

/** What a replay has found, field by field; what is not of a row is said in its place. */
export function differencesIn(found: Found, said: string): readonly Differing[] {
  if (found.row === null) return [{ table: '', row: said, field: '', live: '', replayed: '' }];
  const { table, key, standsIn, cells } = found.row;
  const row = Object.entries(key)
    .map(([column, value]) => `${column}=${value}`)
    .join(' ');
  if (standsIn !== 'both')
    return [{ table, row, field: '', live: standsIn === 'live', replayed: standsIn === 'replay' }];
  return cells.map(({ column, live, replayed }) => ({ table, row, field: column, live, replayed }));
}
