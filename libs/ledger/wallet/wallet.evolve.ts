import { assertNever, BusinessMonth, Money } from '#kernel';
import { insertLot } from './drawing.js';
import { type CounterKey, count, monthOf, talkGranted, talkIncoming, talkPaid } from './usage.js';
import { countedAs, issuedAtOf, type LotFacts, type LotPart, type WalletEvent } from './wallet.events.js';
import {
  type Books,
  compareLots,
  entryKey,
  type Lot,
  type MonthBooks,
  openBooks,
  type Part,
  type WalletState,
} from './wallet.state.js';

type EventOf<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

/** The statement's and the invoice's word for a discount. */
const DISCOUNT_CATEGORY = '着割';

function lotOf(books: Books, id: string): Lot {
  const lot = books.byId.get(id);
  if (lot === undefined) throw new Error(`the log names lot ${id}, which this wallet does not have`);
  return lot;
}

function leaveWhenSpent(books: Books, lot: Lot): void {
  if (lot.posted === 0 && lot.uses === 0) books.byId.delete(lot.id);
}

function spend(books: Books, lot: Lot, amount: Money): void {
  lot.posted = Money.subtract(lot.posted, amount);
  if (lot.posted > 0) return;
  books.lots.splice(books.lots.indexOf(lot), 1);
  leaveWhenSpent(books, lot);
}

function giveBack(books: Books, parts: readonly LotPart[]): void {
  for (const part of parts) {
    const lot = lotOf(books, part.lot);
    if (lot.posted === 0) insertLot(books.lots, lot);
    lot.posted = Money.add(lot.posted, part.amount);
  }
}

/**
 * Adds to a sum per lot (`drawn`, `receivablePaid`) that keeps the lot in the wallet. The lot that was named
 * last stands last: what is given back goes there first.
 */
function note(list: Part[], lot: Lot, amount: Money): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const entry = list[i]!;
    if (entry.lot !== lot) continue;
    entry.amount = Money.add(entry.amount, amount);
    if (i < list.length - 1) list.push(...list.splice(i, 1));
    return;
  }
  lot.uses++;
  list.push({ lot, amount });
}

/** Takes off such sums, down to zero: what another month drew is not in this month's list. */
function unnote(books: Books, list: Part[], parts: readonly LotPart[]): void {
  for (const part of parts) {
    const index = list.findIndex(entry => entry.lot.id === part.lot);
    const entry = list[index];
    if (entry === undefined) continue;
    entry.amount = Money.subtract(entry.amount, Money.min(entry.amount, part.amount));
    if (entry.amount > 0) continue;
    list.splice(index, 1);
    entry.lot.uses--;
    leaveWhenSpent(books, entry.lot);
  }
}

/** Draws a debit: from the lots, on the month's account, the rest on credit. */
function draw(books: Books, month: MonthBooks | null, parts: readonly LotPart[], receivable: Money): void {
  for (const part of parts) {
    const lot = lotOf(books, part.lot);
    if (month !== null) note(month.drawn, lot, part.amount);
    spend(books, lot, part.amount);
    books.netDrawn = Money.add(books.netDrawn, part.amount);
  }
  if (receivable === 0) return;
  books.receivable = Money.add(books.receivable, receivable);
  if (month !== null) month.receivable = Money.add(month.receivable, receivable);
}

/** What was drawn once and comes back to its lots, or would if they had not expired. */
function returnParts(books: Books, parts: readonly LotPart[], expired: readonly LotPart[]): void {
  giveBack(books, parts);
  for (const { amount } of [...parts, ...expired]) books.netDrawn = Money.subtract(books.netDrawn, amount);
}

/** The opposite: `receivable` is what is no longer owed. */
function undraw(
  books: Books,
  month: MonthBooks,
  back: Pick<EventOf<'DebitReversed'>, 'parts' | 'expired' | 'receivable' | 'revived'>,
): void {
  for (const facts of back.revived) addLot(books, facts, Money.zero);
  returnParts(books, back.parts, back.expired);
  unnote(books, month.drawn, back.parts);
  unnote(books, month.drawn, back.expired);
  books.receivable = Money.subtract(books.receivable, back.receivable);
  month.receivable = Money.max(Money.zero, Money.subtract(month.receivable, back.receivable));
}

function releaseHold(books: Books, id: string | null): void {
  const hold = id === null ? undefined : books.holds.get(id);
  if (hold === undefined) return;
  for (const part of hold.parts) part.lot.held = Money.subtract(part.lot.held, part.amount);
  books.holds.delete(hold.id);
}

function hold(books: Books, kept: Part[], parts: readonly LotPart[]): Part[] {
  for (const part of parts) {
    const lot = lotOf(books, part.lot);
    lot.held = Money.add(lot.held, part.amount);
    const known = kept.find(other => other.lot === lot);
    if (known) known.amount = Money.add(known.amount, part.amount);
    else kept.push({ lot, amount: part.amount });
  }
  return kept.sort((a, b) => compareLots(a.lot, b.lot));
}

function addLot(books: Books, facts: LotFacts, posted: Money): void {
  const { lot: id, kind, issuedAt, expiresOn, credited } = facts;
  const lot: Lot = { id, kind, issuedAt, expiresOn, credited, posted, held: Money.zero, uses: 0 };
  books.byId.set(id, lot);
  if (posted > 0) insertLot(books.lots, lot);
}

function chargeCall(books: Books, event: EventOf<'CallCharged'>): void {
  const { call, net, tax } = event;
  const month = monthOf(books, event.billingMonth);
  if (event.hold !== null) releaseHold(books, event.hold);
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
}

function noteCall(books: Books, { call, why, category, hold: id, billingMonth }: EventOf<'CallNoted'>): void {
  const month = monthOf(books, billingMonth);
  releaseHold(books, id);
  const counted = countedAs(why, call);
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
    case 'emergency': {
      // Free of charge, so without tax; the statement counts them under their category (DECISIONS: Calls).
      const key: CounterKey = { kind: 'usage', category, taxCategory: 'out_of_scope', taxRate: 0 };
      const add = { calls: 1, durationMs: call.durationMs, net: Money.zero, tax: Money.zero };
      count(month, key, BusinessMonth.of(call.startedAt), add);
      return;
    }
    default:
      assertNever(counted);
  }
}

function debit(books: Books, event: EventOf<'Debited'>): void {
  const month = monthOf(books, event.billingMonth);
  draw(books, month, event.parts, event.receivable);
  const add = { calls: 0, durationMs: 0, net: event.net, tax: event.tax };
  count(month, event, event.billingMonth, add);
}

function reverseDebit(books: Books, event: EventOf<'DebitReversed'>): void {
  const month = monthOf(books, event.billingMonth);
  undraw(books, month, event);
  const { call, usageMonth, durationMs, discounts } = event;
  books.reversed.add(entryKey(event.debit, call?.entry));
  month.unreturned = Money.add(month.unreturned, event.unreturned);
  for (const { taxCategory, taxRate, net, tax } of discounts) {
    const key = { kind: 'discount', category: DISCOUNT_CATEGORY, taxCategory, taxRate } as const;
    count(month, key, usageMonth, { calls: 0, durationMs: 0, net, tax });
  }
  if (discounts.length > 0) talkGranted(books, usageMonth, discounts, -1);
  if (call?.why === 'unanswered') month.unansweredCalls--;
  else if (call?.why === 'incoming') {
    month.incomingCalls--;
    month.incomingDurationMs -= durationMs;
    talkIncoming(books, usageMonth, durationMs, -1);
  } else {
    if (call?.direction === 'out') talkPaid(books, usageMonth, event, -1);
    count(month, event, usageMonth, {
      calls: event.kind === 'usage' ? -1 : 0,
      durationMs: durationMs === 0 ? 0 : -durationMs,
      net: Money.negate(event.net),
      tax: Money.negate(event.tax),
    });
  }
}

function adjust(books: Books, event: EventOf<'Adjusted'>): void {
  if (event.expiresOn === null) {
    draw(books, null, event.parts, event.receivable);
    return;
  }
  const { adjustment: lot, expiresOn, amount: credited } = event;
  addLot(books, { lot, kind: 'bonus', issuedAt: issuedAtOf(event), expiresOn, credited }, credited);
}

function payReceivable(books: Books, event: EventOf<'ReceivablePaid'>): void {
  books.receivable = Money.subtract(books.receivable, event.amount);
  for (const part of event.parts) {
    const lot = lotOf(books, part.lot);
    note(books.receivablePaid, lot, part.amount);
    spend(books, lot, part.amount);
    books.netDrawn = Money.add(books.netDrawn, part.amount);
  }
}

function returnPayment(books: Books, event: EventOf<'ReceivablePaymentReturned'>): void {
  books.receivable = Money.add(books.receivable, event.amount);
  returnParts(books, event.parts, event.expired);
  unnote(books, books.receivablePaid, event.parts);
  unnote(books, books.receivablePaid, event.expired);
}

function grantDiscount(books: Books, event: EventOf<'IncomingDiscountGranted'>): void {
  const month = monthOf(books, event.billingMonth);
  if (Money.add(event.net, event.tax) >= 0) undraw(books, month, event);
  else draw(books, month, event.parts, Money.negate(event.receivable));
  month.unreturned = Money.add(month.unreturned, event.unreturned);
  talkGranted(books, event.usageMonth, [event], 1);
}

function bookRounding(books: Books, event: EventOf<'RoundingDifferenceBooked'>): void {
  const month = monthOf(books, event.billingMonth);
  if (event.amount > 0) draw(books, month, event.parts, event.receivable);
  else undraw(books, month, { ...event, receivable: Money.negate(event.receivable) });
}

function closeMonth(books: Books, event: EventOf<'BillingMonthClosed'>): void {
  const month = books.usage.get(event.month);
  books.usage.delete(event.month);
  books.closedThrough = event.month;
  books.closedInvoice = event.invoice;
  for (const part of month?.drawn ?? []) {
    part.lot.uses--;
    leaveWhenSpent(books, part.lot);
  }
  for (const talk of [...books.talk.values()]) {
    if (talk.month > event.month) continue;
    const rate = event.rates.find(({ month: of }) => of === talk.month);
    if (rate !== undefined) books.talk.set(talk.month, { ...talk, perMinute: rate.perMinute });
    // A discount is agreed for days to come: a month that ended without one never gets one.
    else if (talk.granted.length === 0) books.talk.delete(talk.month);
  }
}

/** Applies one event to open books, in place. */
export function evolveBooks(
  books: Books,
  event: Exclude<WalletEvent, EventOf<'WalletOpened' | 'WalletClosed'>>,
): void {
  books.lastDecidedAt = event.at;
  books.named.take(event);
  switch (event.type) {
    case 'CallCharged':
      chargeCall(books, event);
      break;
    case 'CallNoted':
      noteCall(books, event);
      break;
    case 'LotCredited':
      addLot(books, { ...event, issuedAt: issuedAtOf(event), credited: event.amount }, event.amount);
      break;
    case 'LotExpired':
      spend(books, lotOf(books, event.lot), event.amount);
      break;
    case 'ReceivablePaid':
      payReceivable(books, event);
      break;
    case 'ReceivablePaymentReturned':
      returnPayment(books, event);
      break;
    case 'FundsHeld': {
      const { hold: id, at: heldAt, purpose } = event;
      books.holds.set(id, { id, heldAt, purpose, parts: hold(books, [], event.parts) });
      break;
    }
    case 'HoldExtended': {
      const known = books.holds.get(event.hold);
      if (!known) throw new Error(`the log extends hold ${event.hold}, which this wallet does not have`);
      known.parts = hold(books, known.parts, event.parts);
      break;
    }
    case 'HoldReleased':
      releaseHold(books, event.hold);
      break;
    case 'Debited':
      debit(books, event);
      break;
    case 'DebitReversed':
      reverseDebit(books, event);
      break;
    case 'Adjusted':
      adjust(books, event);
      break;
    case 'IncomingDiscountGranted':
      grantDiscount(books, event);
      break;
    case 'RoundingDifferenceBooked':
      bookRounding(books, event);
      break;
    case 'BillingMonthClosed':
      closeMonth(books, event);
      break;
    default:
      assertNever(event);
  }
}

/** Never decides, never reads a clock. @throws Error for an event that cannot follow. */
export function evolve(state: WalletState, event: WalletEvent): WalletState {
  switch (event.type) {
    case 'WalletOpened':
      if (state.phase !== 'unopened') throw new Error('the log opens this wallet a second time');
      return openBooks(event.account, event.month, event.carried);
    case 'WalletClosed':
      if (state.phase !== 'open') throw new Error('the log closes a wallet that is not open');
      return { ...state, phase: 'closed', next: event.next };
    default:
      if (state.phase !== 'open') throw new Error(`the log has ${event.type} in a wallet that is not open`);
      evolveBooks(state, event);
      return state;
  }
}
