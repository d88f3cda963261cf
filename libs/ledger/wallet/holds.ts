import { type BusinessDay, type EventOf, event, fact, type Instant, Money, nothing, rejected } from '#kernel';
import { type DebtEvent, payingDebt } from './debts.js';
import { drawFree, freeFunds, lotOf, sumOf } from './drawing.js';
import { expiriesDue, expiriesOf, type LotExpired, lotEvolutions } from './lots.js';
import {
  type Decision,
  decided,
  insufficient,
  requirePositive,
  walletRefusals,
  walletUnchanged,
} from './refusals.js';
import { type LotPart, lotPartFact } from './wallet.facts.js';
import { type Books, compareLots, type Evolutions, type Hold, type Part } from './wallet.state.js';

// Holds: funds that are set aside for a call while it runs, or for an order until it is paid.

export const holdEvents = {
  FundsHeld: event(
    { hold: fact.text, purpose: fact.text, amount: fact.money, parts: fact.listOf(lotPartFact) },
    {
      word: {
        ja: '通話や注文のために資金を確保した。',
        en: 'Funds were set aside for a running call or an order.',
      },
      sentence: {
        ja: '{purpose} のために {amount|yen} を確保した（{hold}）。',
        en: '{amount|yen} was set aside for {purpose} (hold {hold}).',
      },
    },
  ),
  HoldExtended: event(
    { hold: fact.text, amount: fact.money, parts: fact.listOf(lotPartFact) },
    {
      word: { ja: '確保を増額した。', en: 'More funds were set aside.' },
      sentence: {
        ja: '確保 {hold} に {amount|yen} を加えた。',
        en: '{amount|yen} more was set aside for hold {hold}.',
      },
    },
  ),
  HoldReleased: event(
    { hold: fact.text, parts: fact.listOf(lotPartFact) },
    {
      word: { ja: '確保を解除した。', en: 'What was set aside is free again.' },
      sentence: { ja: '確保 {hold} を解除した。', en: 'Hold {hold} was released.' },
    },
  ),
};
type HoldEvent = EventOf<{ declared: typeof holdEvents }>;
export type HoldReleased = Extract<HoldEvent, { type: 'HoldReleased' }>;

export interface HoldFunds {
  readonly type: 'HoldFunds';
  readonly now: Instant;
  readonly hold: string;
  readonly amount: Money;
  readonly purpose: string;
}

export interface ExtendHold {
  readonly type: 'ExtendHold';
  readonly now: Instant;
  readonly hold: string;
  readonly amount: Money;
}

export interface ReleaseHold {
  readonly type: 'ReleaseHold';
  readonly now: Instant;
  readonly hold: string;
}
export type HoldCommand = HoldFunds | ExtendHold | ReleaseHold;

type HoldDecision = Decision<HoldEvent | LotExpired | DebtEvent>;

/** All of the amount or nothing of it: a call is not begun with half its funds. */
function holdFunds(command: HoldFunds, books: Books, at: Instant, day: BusinessDay): HoldDecision {
  const { hold, amount, purpose } = command;
  requirePositive(amount);
  if (books.holds.has(hold)) return rejected(walletRefusals.HOLD_EXISTS, { hold });
  const parts = drawFree(books, day, amount);
  if (sumOf(parts) < amount) return insufficient(freeFunds(books, day), amount);
  const events: (HoldEvent | LotExpired)[] = expiriesDue(books, day);
  events.push({ type: 'FundsHeld', at, hold, purpose, amount, parts });
  return decided(events);
}

function extendHold(command: ExtendHold, books: Books, at: Instant, day: BusinessDay): HoldDecision {
  const { hold, amount } = command;
  requirePositive(amount);
  if (!books.holds.has(hold)) return rejected(walletRefusals.NO_SUCH_HOLD, { hold });
  const parts = drawFree(books, day, amount);
  if (sumOf(parts) < amount) return insufficient(freeFunds(books, day), amount);
  const events: (HoldEvent | LotExpired)[] = expiriesDue(books, day);
  events.push({ type: 'HoldExtended', at, hold, amount, parts });
  return decided(events);
}

function releaseHold({ hold: id }: ReleaseHold, books: Books, at: Instant, day: BusinessDay): HoldDecision {
  const hold = books.holds.get(id);
  if (hold === undefined) return nothing(walletUnchanged.HOLD_OVER);
  const events: (HoldEvent | LotExpired)[] = expiriesDue(books, day);
  const parts = hold.parts.map(({ lot, amount }) => ({ lot: lot.id, kind: lot.kind, amount }));
  events.push({ type: 'HoldReleased', at, hold: id, parts }, ...expiriesOf(hold.parts, at, day));
  return decided(payingDebt(books, at, events, releaseEvolutions));
}

/**
 * The hold that the end of a call frees: the one that is named, else the one that the switch named after the
 * call, whoever reports it. A call file names none, and the call is over all the same.
 */
export const holdOf = (books: Books, id: string | null, callId: string): Hold | undefined =>
  (id === null ? undefined : books.holds.get(id)) ?? books.holds.get(callId);

/** What a hold keeps beyond what was used of it, in the order of the hold. */
export function unusedOf(hold: Hold, used: readonly LotPart[]): Part[] {
  const unused: Part[] = [];
  for (const part of hold.parts) {
    const taken = used.find(other => other.lot === part.lot.id)?.amount ?? Money.zero;
    if (taken < part.amount) unused.push({ lot: part.lot, amount: Money.subtract(part.amount, taken) });
  }
  return unused;
}

export const holdDecisions = { HoldFunds: holdFunds, ExtendHold: extendHold, ReleaseHold: releaseHold };

/** What an event that ends a hold does to it. */
export function freeHold(books: Books, id: string | null): void {
  const hold = id === null ? undefined : books.holds.get(id);
  if (hold === undefined) return;
  for (const part of hold.parts) part.lot.held = Money.subtract(part.lot.held, part.amount);
  books.holds.delete(hold.id);
}

/** What a debit of an order draws is no longer set aside; the hold ends with its last part. */
export function takeFromHold(books: Books, id: string, drawn: readonly LotPart[]): void {
  const hold = books.holds.get(id);
  if (hold === undefined) return;
  const kept: Part[] = [];
  for (const part of hold.parts) {
    const taken = drawn.find(({ lot }) => lot === part.lot.id)?.amount ?? Money.zero;
    const used = Money.min(taken, part.amount);
    part.lot.held = Money.subtract(part.lot.held, used);
    const left = Money.subtract(part.amount, used);
    if (left > 0) kept.push({ lot: part.lot, amount: left });
  }
  if (kept.length === 0) books.holds.delete(id);
  else hold.parts = kept;
}

function setAside(books: Books, kept: Part[], parts: readonly LotPart[]): Part[] {
  for (const part of parts) {
    const lot = lotOf(books, part.lot);
    lot.held = Money.add(lot.held, part.amount);
    const known = kept.find(other => other.lot === lot);
    if (known) known.amount = Money.add(known.amount, part.amount);
    else kept.push({ lot, amount: part.amount });
  }
  return kept.sort((a, b) => compareLots(a.lot, b.lot));
}

export const holdEvolutions: Evolutions<HoldEvent> = {
  FundsHeld(books, { hold: id, at: heldAt, purpose, parts }) {
    books.holds.set(id, { id, heldAt, purpose, parts: setAside(books, [], parts) });
  },
  HoldExtended(books, { hold, parts }) {
    const known = books.holds.get(hold);
    if (!known) throw new Error(`the log extends hold ${hold}, which this wallet does not have`);
    known.parts = setAside(books, known.parts, parts);
  },
  HoldReleased: (books, { hold }) => freeHold(books, hold),
};
const releaseEvolutions = { ...holdEvolutions, LotExpired: lotEvolutions.LotExpired };
