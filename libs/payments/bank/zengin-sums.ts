import type { FileKind } from './layout.js';
import { bankFileProblems } from './problems.js';
import type { ZenginRecord } from './zengin-record.js';

/** What the records of one account add up to, whole yen. */
export interface Counted {
  count: number;
  sum: bigint;
  cancelledCount: number;
  cancelledSum: bigint;
  outCount: number;
  outSum: bigint;
}

function compare(record: ZenginRecord, field: string, counted: bigint | number): void {
  const said = record.whole(field);
  if (said === BigInt(counted) || !/^\d+$/.test(record.text(field))) return;
  const values = { name: record.field(field).words, said: said.toString(), counted: counted.toString() };
  record.faults.add({ record: record.record, field }, bankFileProblems.TOTAL_DIFFERS, values);
}

/** 2: the balance is below zero; 1 or nothing: it is not. */
const balanceOf = (record: ZenginRecord): bigint =>
  (record.text('sign') === '2' ? -1n : 1n) * record.whole('balance');

/** What a trailer says is what its records add up to; of a statement also the balances. */
export function checkTrailer(
  kind: FileKind,
  header: ZenginRecord,
  trailer: ZenginRecord,
  counted: Counted,
): void {
  compare(trailer, 'count', counted.count);
  compare(trailer, 'sum', counted.sum);
  if (kind === '01') {
    compare(trailer, 'cancelledCount', counted.cancelledCount);
    compare(trailer, 'cancelledSum', counted.cancelledSum);
    return;
  }
  compare(trailer, 'outCount', counted.outCount);
  compare(trailer, 'outSum', counted.outSum);
  compare(trailer, 'records', counted.count + counted.outCount);
  const closing = balanceOf(header) + counted.sum - counted.outSum;
  if (balanceOf(trailer) === closing) return;
  const values = { said: balanceOf(trailer).toString(), counted: closing.toString() };
  trailer.faults.add({ record: trailer.record, field: 'balance' }, bankFileProblems.BALANCE_DIFFERS, values);
}

/** The end record of a statement counts all records, itself too, and the accounts. */
export function checkEnd(end: ZenginRecord, records: number, accounts: number): void {
  compare(end, 'records', records);
  compare(end, 'accounts', accounts);
}
