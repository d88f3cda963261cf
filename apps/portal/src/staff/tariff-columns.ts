import type { Kind } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';

/** The columns of tariff.csv that have a name here, in their order. */
export const COLUMNS = [
  ['prefix', 'code'],
  ['destination', 'text'],
  ['category', 'text'],
  ['price', 'money'],
  ['per_s', 'money'],
  ['connect_fee', 'money'],
  ['first_price', 'money'],
  ['first_increment_s', 'money'],
  ['increment_s', 'money'],
  ['direction', 'text'],
  ['tax', 'text'],
  ['rounding', 'text'],
  ['decimals', 'text'],
  ['days', 'text'],
  ['from_time', 'text'],
  ['to_time', 'text'],
  ['valid_from', 'day'],
  ['valid_to', 'day'],
] as const satisfies readonly (readonly [name: string, kind: Kind])[];

/** A column as it is read; one without a name here stands as it is in the file. */
export const useColumnName = () => useKnown('staff:tariff');
