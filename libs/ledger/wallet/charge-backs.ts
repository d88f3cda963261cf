import { type BusinessDay, type EventOf, event, fact, type Instant, Money } from '#kernel';
import { draw, drawFree, freeOf, isValidOn, sumOf } from './drawing.js';
import { CHARGE_METHODS, type ChargeMethod, expiriesDue, type LotExpired } from './lots.js';
import { type Decision, decided, requirePositive } from './refusals.js';
import type { SuspensionEvent } from './suspension.js';
import { type LotPart, lotPartFact } from './wallet.facts.js';
import type { Books, Evolutions } from './wallet.state.js';

// Money of a charge that went back to whoever paid it: its value is taken back, what was spent is owed.

export const chargeBackEvents = {
  ChargeTakenBack: event(
    {
      /** The payment's own name of what went back. */
      back: fact.text,
      /** The lot that the charge had become. */
      lot: fact.text,
      method: fact.oneOf(...CHARGE_METHODS),
      amount: fact.money,
      parts: fact.listOf(lotPartFact),
      /** What no lot covers any more: it was spent. */
      receivable: fact.money,
    },
    {
      word: {
        ja: 'チャージの代金が支払元に返金されたため、残高から差し引いた。',
        en: 'The money of a charge went back to whoever paid it: its value is taken back.',
      },
      sentence: {
        ja:
          'チャージ {lot}（{method|code}）の代金 {amount|yen} が返金されたため、残高から差し引いた。' +
          '未収金 {receivable|yen}。',
        en:
          '{amount|yen} of charge {lot} ({method|code}) went back to whoever paid: it was taken from the ' +
          'balance, and {receivable|yen} is owed.',
      },
      act: false,
    },
  ),
};
export type ChargeBackEvent = EventOf<{ declared: typeof chargeBackEvents }>;

/** A dispute that was lost, or a refund at the gateway: the money is gone, so nothing refuses it. */
export interface TakeBackCharge {
  readonly type: 'TakeBackCharge';
  readonly now: Instant;
  readonly back: string;
  readonly lot: string;
  readonly method: Exclude<ChargeMethod, 'bonus'>;
  /** Above zero, at most what was charged. */
  readonly amount: Money;
}

/** What is left of the lot itself first, then what the customer has besides. */
function drawn(books: Books, day: BusinessDay, { lot, amount }: TakeBackCharge): LotPart[] {
  const own = books.byId.get(lot);
  const free = own && isValidOn(own, day) ? Money.min(amount, freeOf(own)) : Money.zero;
  if (!own || free === 0) return drawFree(books, day, amount);
  const others = drawFree(books, day, Money.add(Money.subtract(amount, free), freeOf(own)));
  const rest = Money.subtract(amount, free);
  return [
    { lot, kind: own.kind, amount: free },
    ...upTo(
      rest,
      others.filter(part => part.lot !== lot),
    ),
  ];
}

function upTo(amount: Money, parts: readonly LotPart[]): LotPart[] {
  let left = amount;
  return parts.flatMap(part => {
    const taken = Money.min(left, part.amount);
    left = Money.subtract(left, taken);
    return taken === 0 ? [] : [{ ...part, amount: taken }];
  });
}

/** Nothing refuses it. What was spent is owed, and the service stops until it is paid. */
function takeBack(
  command: TakeBackCharge,
  books: Books,
  at: Instant,
  day: BusinessDay,
): Decision<ChargeBackEvent | SuspensionEvent | LotExpired> {
  const { back, lot, method, amount } = command;
  requirePositive(amount);
  const parts = drawn(books, day, command);
  const receivable = Money.subtract(amount, sumOf(parts));
  const events: (ChargeBackEvent | SuspensionEvent | LotExpired)[] = [
    ...expiriesDue(books, day),
    { type: 'ChargeTakenBack', at, back, lot, method, amount, parts, receivable },
  ];
  if (receivable > 0 && books.suspendedSince === null) {
    const owingSince = books.owingSince ?? at;
    const owed = Money.add(books.receivable, receivable);
    // No grace: it was not a bill that is late, the charge itself was taken away.
    if (owed > 0)
      events.push({ type: 'ServiceSuspended', at, owingSince, receivable: owed, policy: 'chargeback' });
  }
  return decided(events);
}

export const chargeBackDecisions = { TakeBackCharge: takeBack };

export const chargeBackEvolutions: Evolutions<ChargeBackEvent> = {
  ChargeTakenBack: (books, { parts, receivable }) => draw(books, null, parts, receivable),
};
