import { type AccountId, BusinessMonth, happened, type Instant, nothing, rejected } from '#kernel';
import { bookRefusals, bookUnchanged, type Decision } from './book.refusals.js';
import { type Book, type Contract, has, isInContract } from './book.state.js';
import type { Measured, MeasureEvent } from './measure.events.js';

// What of a contract is measured month by month: what is kept of recordings, the sheets of an invoice.

export interface MeasureContract {
  readonly type: 'MeasureContract';
  readonly now: Instant;
  readonly account: AccountId;
  readonly contract: string;
  readonly month: BusinessMonth;
  readonly amount: number;
  /** What one unit holds; null: everything is in the monthly fee. */
  readonly per: number | null;
  /** More is a matter for people (REC-01): each unit is a debit of its own. */
  readonly mostUnits: number;
  readonly priced: Pick<Measured, 'net' | 'nameJa' | 'nameEn' | 'taxCategory' | 'priceList' | 'priceVersion'>;
}

/** What of a contract is measured; null: nothing is. */
export const measureOf = (contract: Pick<Contract, 'kind' | 'capabilities'>): Measured['what'] | null => {
  if (contract.kind === 'invoice_posting') return 'invoice_sheets';
  return has(contract, 'records_calls') ? 'recording_bytes' : null;
};

/** Every unit that was begun counts, and one always: it is the monthly fee (RC-10, PR-11). */
export const unitsOf = (amount: number, per: number | null): number =>
  per === null ? 1 : Math.max(1, Math.ceil(amount / per));

/** An invoice is posted when its month is over: what it costs belongs to the next one. */
export const billedIn = ({ what, month }: Pick<Measured, 'what' | 'month'>): BusinessMonth =>
  what === 'invoice_sheets' ? BusinessMonth.plus(month, 1) : month;

/** In contract on some day of the month. */
const wasIn = (contract: Contract, month: BusinessMonth): boolean =>
  contract.since <= BusinessMonth.lastDay(month) &&
  (contract.since > BusinessMonth.firstDay(month) || isInContract(contract, BusinessMonth.firstDay(month)));

function measureContract(command: MeasureContract, book: Book): Decision<MeasureEvent> {
  const { now: at, account, contract, month, amount, per, mostUnits, priced } = command;
  const known = book.contracts.get(contract);
  if (!known) return rejected(bookRefusals.NO_SUCH_CONTRACT, { contract });
  const what = measureOf(known);
  if (what === null) return rejected(bookRefusals.NOT_MEASURED, { contract });
  if (!wasIn(known, month)) return rejected(bookRefusals.NOT_IN_CONTRACT_THEN, { contract });
  if (billedIn({ what, month }) > BusinessMonth.of(at)) return rejected(bookRefusals.MEASURED_TOO_EARLY);
  const units = unitsOf(amount, per);
  if (units > mostUnits) return rejected(bookRefusals.MEASURED_TOO_MUCH, { most: String(mostUnits) });
  const before = book.measured.findLast(one => one.contract === contract && one.month === month);
  if (before && amount <= before.amount) return nothing(bookUnchanged.NO_NEW_PEAK);
  const unitsBefore = before?.units ?? 1;
  return happened<MeasureEvent>({
    type: 'ContractMeasured',
    at,
    ...{ account, contract, month, what, amount, unitsBefore },
    units: Math.max(units, unitsBefore),
    ...priced,
  });
}

export const measureDecisions = { MeasureContract: measureContract };

export const measureEvolutions = {
  ContractMeasured(book: Book, { type: _, account: __, ...measured }: MeasureEvent) {
    book.measured.push(measured);
  },
};
