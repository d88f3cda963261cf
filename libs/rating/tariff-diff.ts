import { prefixKeys } from './prefix.js';
import type { EncodedTariffRow, TariffColumn } from './tariff.js';

/** What a new version of a tariff would change. Rows are in their stored form. */
export interface TariffDiff {
  readonly tariff: string;
  readonly added: readonly EncodedTariffRow[];
  readonly removed: readonly EncodedTariffRow[];
  readonly changed: readonly {
    readonly from: EncodedTariffRow;
    readonly to: EncodedTariffRow;
    /** Columns that differ, in the order of their names. */
    readonly fields: readonly string[];
  }[];
  readonly unchanged: number;
}

/** Columns that say, beside the prefix, what a row is for; the others say what it costs. */
const IDENTITY: readonly TariffColumn[] = ['direction', 'valid_from', 'days', 'from_time', 'to_time'];

const keyOf = (row: EncodedTariffRow): string =>
  [prefixKeys(row.prefix ?? '').join(' '), ...IDENTITY.map(column => row[column] ?? '')].join('\t');

function differing(a: EncodedTariffRow, b: EncodedTariffRow): string[] {
  const columns = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<TariffColumn | 'line'>;
  return [...columns].filter(column => column !== 'line' && a[column] !== b[column]).sort();
}

/**
 * Compares two versions of one tariff, rows of the same prefix, direction and season with each other; where a
 * row stands in its file does not count.
 * @param before none for a new tariff
 */
export function diffTariff(
  tariff: string,
  before: readonly EncodedTariffRow[],
  after: readonly EncodedTariffRow[],
): TariffDiff {
  const old = new Map(before.map(row => [keyOf(row), row]));
  const added: EncodedTariffRow[] = [];
  const changed: TariffDiff['changed'][number][] = [];
  let unchanged = 0;
  for (const row of after) {
    const from = old.get(keyOf(row));
    old.delete(keyOf(row));
    const fields = from && differing(from, row);
    if (!from || !fields) added.push(row);
    else if (fields.length > 0) changed.push({ from, to: row, fields });
    else unchanged++;
  }
  return { tariff, added, removed: [...old.values()], changed, unchanged };
}
