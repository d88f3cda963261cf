import { BusinessDay, type EventOf, event, fact, type Instant, nothing } from '#kernel';
import { expiriesDue, type LotExpired } from './lots.js';
import { type Decision, decided, walletUnchanged } from './refusals.js';
import type { Books, Evolutions } from './wallet.state.js';

// What a debt does to the service: it stops when the grace is over, and goes on when the last yen is paid.

export const suspensionEvents = {
  ServiceSuspended: event(
    {
      /** From when on something was owed without interruption. */
      owingSince: fact.instant,
      receivable: fact.money,
      /** The policy that gave the grace, e.g. `contracts.suspension-grace-days@2020-01-01=7`. */
      policy: fact.text,
    },
    {
      word: {
        ja: '未収金の猶予期間が過ぎ、サービスを停止した。',
        en: 'The grace of a debt was over: the service stops.',
      },
      sentence: {
        ja: '{owingSince|time} からの未収金 {receivable|yen} の猶予期間が過ぎたため、サービスを停止した。',
        en: 'The service was suspended: {receivable|yen} is owed, something since {owingSince|time}.',
      },
    },
  ),
  ServiceResumed: event(
    { suspendedSince: fact.instant },
    {
      word: {
        ja: '未収金がなくなり、サービスを再開した。',
        en: 'Nothing is owed any more: the service goes on.',
      },
      sentence: {
        ja: '未収金がなくなり、{suspendedSince|time} から停止していたサービスを再開した。',
        en: 'The service, suspended since {suspendedSince|time}, was resumed: nothing is owed any more.',
      },
    },
  ),
};
export type SuspensionEvent = EventOf<{ declared: typeof suspensionEvents }>;

/** Asks whether the service of a debtor stops: what a timer sends, however often. */
export interface SuspendOverdue {
  readonly type: 'SuspendOverdue';
  readonly now: Instant;
  /** Whole days; that of the debt is not counted, as of a lot (EX-01). */
  readonly graceDays: number;
  readonly policy: string;
}

/** The last day on which a debt leaves the service alone. */
const graceEnds = (owingSince: Instant, graceDays: number): BusinessDay =>
  BusinessDay.plus(BusinessDay.of(owingSince), graceDays);

function suspendOverdue(
  { graceDays, policy }: SuspendOverdue,
  books: Books,
  at: Instant,
  day: BusinessDay,
): Decision<SuspensionEvent | LotExpired> {
  const { owingSince, suspendedSince, receivable } = books;
  if (suspendedSince !== null || owingSince === null || day <= graceEnds(owingSince, graceDays))
    return nothing(walletUnchanged.NOT_OVERDUE);
  const expired = expiriesDue(books, day);
  return decided([...expired, { type: 'ServiceSuspended', at, owingSince, receivable, policy }]);
}

export const suspensionDecisions = { SuspendOverdue: suspendOverdue };

export const suspensionEvolutions: Evolutions<SuspensionEvent> = {
  ServiceSuspended(books, { at }) {
    books.suspendedSince = at;
  },
  ServiceResumed(books) {
    books.suspendedSince = null;
  },
};
