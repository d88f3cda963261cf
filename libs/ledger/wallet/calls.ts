import {
  assertNever,
  type BasisPoints,
  type BusinessDay,
  BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  Money,
  rejected,
  type TaxCategory,
  taxOfDebit,
  type ValueOf,
} from '#kernel';
import { type DebtEvent, payingDebt } from './debts.js';
import { draw, drawDebit, sumOf } from './drawing.js';
import { freeHold, holdOf, unusedOf } from './holds.js';
import { expiriesDue, expiriesOf, type LotExpired, lotEvolutions } from './lots.js';
import { type Decision, decided, requireNotNegative, walletRefusals } from './refusals.js';
import { type CounterKey, count, monthOf, talkIncoming, talkPaid } from './usage.js';
import { lotPartFact, type NotedWhy, notedWhyFact } from './wallet.facts.js';
import { type Books, type Evolutions, entryKey, type MonthBooks, openMonth } from './wallet.state.js';

// Calls: what was spoken is debited, or counted where it costs nothing.

/** The priced part of a call; the result of rating. */
const callPriceFact = fact.record({
  tariff: fact.text,
  tariffVersion: fact.whole,
  /** 1-based row of the tariff file, header not counted. */
  tariffRow: fact.whole,
  prefix: fact.text,
  destination: fact.text,
  chargedSeconds: fact.whole,
  increments: fact.whole,
});
export type CallPrice = ValueOf<typeof callPriceFact>;

/** The call as it was recorded by the switch. */
const callFact = fact.record({
  callId: fact.text,
  direction: fact.oneOf('out', 'in'),
  /** The account's own number. */
  number: fact.text,
  from: fact.text,
  to: fact.text,
  startedAt: fact.instant,
  /** null: not answered. */
  answeredAt: fact.orNull(fact.instant),
  endedAt: fact.instant,
  /** Answer to end; 0 when not answered. */
  durationMs: fact.whole,
  hangupCause: fact.text,
});
export type CallFacts = ValueOf<typeof callFact>;

export const callEvents = {
  CallDebited: event(
    {
      call: callFact,
      price: callPriceFact,
      category: fact.text,
      taxCategory: fact.id<TaxCategory>(),
      taxRate: fact.wholeOf<BasisPoints>(),
      billingMonth: fact.month,
      net: fact.money,
      tax: fact.money,
      /** The hold it was settled from; what it did not use is released by this event. */
      hold: fact.orNull(fact.text),
      parts: fact.listOf(lotPartFact),
      /** net + tax - parts: what no lot could cover. */
      receivable: fact.money,
    },
    {
      word: {
        ja: '通話料金を引き落とした。',
        en: 'A call was charged: its price, tax, the lots it drew and what is owed.',
      },
      sentence: {
        ja:
          '{call.startedAt|time} {call.from} から {call.to} への通話（{category}、{price.destination}、' +
          '{call.durationMs|talk}）を {net|yen}、税 {tax|yen} で課金した[。うち未収 {receivable|yen}]。',
        en:
          'A call from {call.from} to {call.to} at {call.startedAt|time} ({category}, ' +
          '{price.destination}, {call.durationMs|talk}) was charged: {net|yen} and {tax|yen} tax[; ' +
          '{receivable|yen} is owed].',
      },
    },
    { version: 1, older: [], storedAs: 'CallCharged' },
  ),
  /**
   * A call that costs nothing by its nature: unanswered, incoming, internal, emergency. Counted as
   * `countedAs` says, never priced.
   */
  CallNoted: event(
    {
      call: callFact,
      why: notedWhyFact,
      category: fact.text,
      billingMonth: fact.month,
      hold: fact.orNull(fact.text),
    },
    {
      word: { ja: '無料の通話を記録した。', en: 'A call that costs nothing by its nature was counted.' },
      sentence: {
        ja:
          '{call.startedAt|time} {call.from} から {call.to} への無料の通話（{why|code}、' +
          '{call.durationMs|talk}）を記録した。',
        en:
          'A free call from {call.from} to {call.to} at {call.startedAt|time} ({why|code}, ' +
          '{call.durationMs|talk}) was noted.',
      },
    },
  ),
};
type CallEvent = EventOf<{ declared: typeof callEvents }>;

/** A rated call. `net` is its price; the tax is added here at 4 decimals. Never refused for want of funds. */
export interface DebitCall {
  readonly type: 'DebitCall';
  readonly now: Instant;
  readonly call: CallFacts;
  readonly price: CallPrice;
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Zero or more. */
  readonly net: Money;
  /** A hold that is gone already (released by a timer) counts as none; then one named after the call. */
  readonly hold: string | null;
  /** The entry of its call id that this is, when it corrects one: the entry before must be reversed. */
  readonly entry?: number;
}

export interface NoteCall {
  readonly type: 'NoteCall';
  readonly now: Instant;
  readonly call: CallFacts;
  readonly why: NotedWhy;
  readonly category: string;
  readonly hold: string | null;
  /** As in `DebitCall`. */
  readonly entry?: number;
}
export type CallCommand = DebitCall | NoteCall;

type CallDecision = Decision<CallEvent | LotExpired | DebtEvent>;

/** A correction follows the reversal of the entry before it, in whichever wallet that one was. */
function notReversed({ call, entry }: CallCommand, books: Books): Decision<never> | undefined {
  if (entry === undefined || entry === 1 || books.reversed.has(entryKey(call.callId, entry - 1)))
    return undefined;
  const details = { call: call.callId };
  return rejected(walletRefusals.NOT_REVERSED, details);
}

/**
 * What happened is debited: what no lot covers is owed (DECISIONS: a late CDR may take the balance below
 * zero).
 */
function debitCall(command: DebitCall, books: Books, at: Instant, day: BusinessDay): CallDecision {
  const { call, price, category, taxCategory, taxRate, net } = command;
  requireNotNegative(net, 'net');
  const early = notReversed(command, books);
  if (early) return early;
  const hold = holdOf(books, command.hold, call.callId);
  const tax = taxOfDebit(net, taxRate);
  const gross = Money.add(net, tax);
  const parts = drawDebit(books, day, gross, hold);
  const events: (CallEvent | LotExpired)[] = expiriesDue(books, day);
  events.push({
    type: 'CallDebited',
    at,
    call,
    price,
    category,
    taxCategory,
    taxRate,
    billingMonth: openMonth(books, BusinessMonth.of(call.startedAt)),
    net,
    tax,
    hold: hold === undefined ? null : hold.id,
    parts,
    receivable: Money.subtract(gross, sumOf(parts)),
  });
  if (hold === undefined) return decided(events);
  events.push(...expiriesOf(unusedOf(hold, parts), at, day));
  return decided(payingDebt(books, at, events, endOfCallEvolutions));
}

function noteCall(command: NoteCall, books: Books, at: Instant, day: BusinessDay): CallDecision {
  const { call, why, category } = command;
  const early = notReversed(command, books);
  if (early) return early;
  const hold = holdOf(books, command.hold, call.callId);
  const billingMonth = openMonth(books, BusinessMonth.of(call.startedAt));
  const events: (CallEvent | LotExpired)[] = expiriesDue(books, day);
  events.push({
    type: 'CallNoted',
    at,
    call,
    why,
    category,
    billingMonth,
    hold: hold === undefined ? null : hold.id,
  });
  if (hold === undefined) return decided(events);
  events.push(...expiriesOf(hold.parts, at, day));
  return decided(payingDebt(books, at, events, endOfCallEvolutions));
}

export const callDecisions = { DebitCall: debitCall, NoteCall: noteCall };

type CallNoted = Extract<CallEvent, { type: 'CallNoted' }>;

/** Older logs say `emergency` of an emergency call that nobody answered too: it is not counted as a call. */
export const countedAs = (why: NotedWhy, call: CallFacts): NotedWhy =>
  why === 'emergency' && call.answeredAt === null ? 'unanswered' : why;

/** Free of charge, so without tax; the statement counts them under their category (DECISIONS: Calls). */
function countFree({ call, category }: CallNoted, month: MonthBooks): void {
  const key: CounterKey = { kind: 'usage', category, taxCategory: 'out_of_scope', taxRate: 0 };
  const add = { calls: 1, durationMs: call.durationMs, net: Money.zero, tax: Money.zero };
  count(month, key, BusinessMonth.of(call.startedAt), add);
}

export const callEvolutions: Evolutions<CallEvent> = {
  CallDebited(books, event) {
    const { call, net, tax } = event;
    const month = monthOf(books, event.billingMonth);
    if (event.hold !== null) freeHold(books, event.hold);
    draw(books, month, event.parts, event.receivable);
    const usageMonth = BusinessMonth.of(call.startedAt);
    const key: CounterKey = {
      kind: 'usage',
      category: event.category,
      taxCategory: event.taxCategory,
      taxRate: event.taxRate,
    };
    count(month, key, usageMonth, { calls: 1, durationMs: call.durationMs, net, tax });
    if (call.direction === 'out') talkPaid(books, usageMonth, event, 1);
  },
  CallNoted(books, event) {
    const { call } = event;
    const month = monthOf(books, event.billingMonth);
    freeHold(books, event.hold);
    const counted = countedAs(event.why, call);
    switch (counted) {
      case 'unanswered':
        month.unansweredCalls++;
        return;
      case 'incoming':
        month.incomingCalls++;
        month.incomingDurationMs += call.durationMs;
        talkIncoming(books, BusinessMonth.of(call.startedAt), call.durationMs, 1);
        return;
      case 'internal':
      case 'emergency':
        countFree(event, month);
        return;
      default:
        assertNever(counted);
    }
  },
};
const endOfCallEvolutions = { ...callEvolutions, LotExpired: lotEvolutions.LotExpired };
