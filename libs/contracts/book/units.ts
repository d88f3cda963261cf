import { type AccountId, BusinessDay, type Instant, nothing, rejected } from '#kernel';
import { bookRefusals, bookUnchanged, type Decision } from './book.refusals.js';
import { type Book, type Contract, contractsOn } from './book.state.js';
import {
  type CancellationEvent,
  type CancellationTerms,
  cancellationsOf,
  endsWhole,
  notUndone,
} from './cancelling.js';

// Channels and other units that nobody can tell apart are cancelled, and go on, by their count: the book says
// which (CAN-05, CAN-06, CAN-09).

/** The units of one product in one circle; null: those of the account. */
export interface SomeUnits {
  readonly circle: string | null;
  readonly product: string;
  /** 1 or more. */
  readonly count: number;
}
export interface CancelUnits extends SomeUnits {
  readonly type: 'CancelUnits';
  readonly now: Instant;
  readonly account: AccountId;
  readonly terms: CancellationTerms;
}
export interface UndoUnits extends SomeUnits {
  readonly type: 'UndoUnits';
  readonly now: Instant;
}
export type UnitsCommand = CancelUnits | UndoUnits;

type Counted = { readonly kind: 'counted'; readonly units: readonly Contract[] };
type Refused = Extract<Decision<never>, { kind: 'rejected' }>;

const nameOf = ({ nameJa, nameEn }: Contract) => ({ product: { ja: nameJa, en: nameEn } });

/** Units of a day in the order in which they began. Terminals and numbers are never taken by their count. */
function counted(book: Book, { circle, product }: SomeUnits, day: BusinessDay): Counted | Refused {
  const units = contractsOn(book, day).filter(one => one.circle === circle && one.product === product);
  const [first] = units;
  if (first === undefined) return rejected(bookRefusals.NO_SUCH_UNITS, { product });
  const own = units.find(({ unique, number }) => unique !== null || number !== null);
  return own ? rejected(bookRefusals.NOT_BY_COUNT, nameOf(own)) : { kind: 'counted', units };
}

/** The newest units first, of those that do not end yet. */
function cancelUnits(command: CancelUnits, book: Book): Decision<CancellationEvent> {
  const { now, account, count, terms } = command;
  const known = counted(book, command, BusinessDay.of(now));
  if (known.kind === 'rejected') return known;
  const goOn = known.units.filter(({ ending }) => ending === null);
  if (count > goOn.length) {
    const sizes = { present: String(goOn.length), count: String(count) };
    return rejected(bookRefusals.TOO_FEW_UNITS, { ...nameOf(known.units[0]!), ...sizes });
  }
  const contracts = goOn.slice(-count).reverse();
  const ids = contracts.map(({ contract }) => contract);
  return cancellationsOf(book, { now, account, contracts: ids, endsWith: 'contract', terms });
}

/** What was cancelled last goes on first: of one act the unit that was picked last. */
function undoUnits(command: UndoUnits, book: Book): Decision<CancellationEvent> {
  const { now: at, circle, count } = command;
  const known = counted(book, command, BusinessDay.of(at));
  if (known.kind === 'rejected') return known;
  const ending = known.units.filter(unit => unit.ending !== null);
  if (ending.length === 0) return nothing(bookUnchanged.NOT_CANCELLED);
  const whole = endsWhole(book, circle);
  if (whole) return whole;
  const open = ending.filter(unit => !notUndone(unit, at));
  if (count > open.length) {
    const late = ending.find(unit => notUndone(unit, at));
    const sizes = { present: String(open.length), count: String(count) };
    const few = rejected(bookRefusals.TOO_FEW_CANCELLED, { ...nameOf(ending[0]!), ...sizes });
    return open.length === 0 && late ? notUndone(late, at)! : few;
  }
  const latest = open.sort(
    (a, b) => b.ending!.endsOn - a.ending!.endsOn || b.ending!.requestedAt - a.ending!.requestedAt,
  );
  const account = book.account!;
  const events = latest
    .slice(0, count)
    .map(({ contract }): CancellationEvent => ({ type: 'CancellationUndone', at, account, contract }));
  return { kind: 'events', events };
}

export const unitsDecisions = { CancelUnits: cancelUnits, UndoUnits: undoUnits };
