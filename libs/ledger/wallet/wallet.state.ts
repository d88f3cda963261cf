import { type AccountId, BusinessMonth, type Instant, Money } from '#kernel';
import { emptyTalk } from './incoming-discount.js';
import { Names } from './names.js';
import type {
  LotPart,
  LotState,
  MonthTalk,
  MonthUsage,
  TaxedSum,
  UsageCounter,
  WalletBalance,
} from './wallet.facts.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A lot in the books. `posted` and `held` change in place. */
export interface Lot extends Mutable<LotState> {
  /**
   * How many entries of `drawn` and `receivablePaid` name it: a spent lot leaves the wallet when there is
   * none.
   */
  uses: number;
}

/** Earliest expiry, then issue instant, then id (DECISIONS: Prepaid ledger). */
export function compareLots(a: LotState, b: LotState): number {
  return a.expiresOn - b.expiresOn || a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A part of a lot, by reference: what a hold keeps, what a month drew, what paid a debt. */
export interface Part {
  readonly lot: Lot;
  amount: Money;
}

export interface Hold {
  readonly id: string;
  readonly heldAt: Instant;
  readonly purpose: string;
  /** In draw order. */
  parts: Part[];
}

export type Counter = Mutable<UsageCounter>;

export interface MonthBooks extends Omit<Mutable<MonthUsage>, 'counters' | 'drawn'> {
  counters: Counter[];
  drawn: Part[];
}

export type TalkSum = Mutable<TaxedSum>;

/** What the discount of a month of use goes by. `paid` changes in place: nobody else may hold it. */
export interface TalkBooks extends MonthTalk {
  readonly paid: TalkSum[];
}

/** The books of one wallet stream. `evolve` changes them in place; everyone else only reads them. */
export interface Books {
  readonly account: string;
  readonly month: BusinessMonth;
  /** Lots with posted funds, in draw order: the scan of a draw meets no spent lot. */
  lots: Lot[];
  /** Those, and the spent ones that something still names. */
  readonly byId: Map<string, Lot>;
  readonly holds: Map<string, Hold>;
  receivable: Money;
  /** From when on something has been owed without interruption; null: nothing is. */
  owingSince: Instant | null;
  /** From when on the service is suspended for it; null: it is not. */
  suspendedSince: Instant | null;
  /** Open billing months. */
  readonly usage: Map<BusinessMonth, MonthBooks>;
  receivablePaid: Part[];
  /** As `entryKey` names them. */
  readonly reversed: Set<string>;
  /** Names that were given in this month's stream; they are carried nowhere. */
  readonly named: Names;
  readonly talk: Map<BusinessMonth, TalkBooks>;
  netDrawn: Money;
  closedThrough: BusinessMonth | null;
  closedInvoice: string | null;
  lastDecidedAt: Instant;
}

export interface UnopenedWallet {
  readonly phase: 'unopened';
}
export interface OpenedWallet extends Books {
  readonly phase: 'open';
}
export interface ClosedWallet extends Books {
  readonly phase: 'closed';
  readonly next: BusinessMonth;
}
export type WalletState = UnopenedWallet | OpenedWallet | ClosedWallet;

/** A stream of one wallet and one month of wallet time (ARCHITECTURE: Streams). */
export const walletStream = (account: string, month: BusinessMonth): string =>
  `wallet-${account}_${BusinessMonth.text(month)}`;

/** The account of a wallet stream's name. Ids carry no underscore, so the last one separates the month. */
export const accountOfWallet = (stream: string): AccountId =>
  stream.slice('wallet-'.length, stream.lastIndexOf('_')) as AccountId;

/** The instant before all decisions: a backfill into a new wallet is decided at its own time. */
const NEVER = 0 as Instant;

const parts = (list: readonly Part[]): LotPart[] =>
  list.map(part => ({ lot: part.lot.id, kind: part.lot.kind, amount: part.amount }));

const usageOf = (month: MonthBooks): MonthUsage => ({
  month: month.month,
  counters: month.counters.map(counter => ({ ...counter })),
  incomingCalls: month.incomingCalls,
  incomingDurationMs: month.incomingDurationMs,
  unansweredCalls: month.unansweredCalls,
  drawn: parts(month.drawn),
  receivable: month.receivable,
  unreturned: month.unreturned,
});

/** An open month in which nothing has happened yet. */
export const emptyMonth = (month: BusinessMonth): MonthBooks => ({
  month,
  counters: [],
  incomingCalls: 0,
  incomingDurationMs: 0,
  unansweredCalls: 0,
  drawn: [],
  receivable: Money.zero,
  unreturned: Money.zero,
});

/** What the wallet gathered for a billing month that is still open; all zero when there is nothing. */
export function monthUsage(state: WalletState, month: BusinessMonth): MonthUsage {
  const found = state.phase === 'unopened' ? undefined : state.usage.get(month);
  return usageOf(found ?? emptyMonth(month));
}

const talkBooks = (talk: MonthTalk): TalkBooks => ({ ...talk, paid: talk.paid.map(sum => ({ ...sum })) });

/** What the discount of a month of use goes by; empty when nothing is known of it. */
export const monthTalk = (books: Books, month: BusinessMonth): TalkBooks =>
  talkBooks(books.talk.get(month) ?? emptyTalk(month));

/** The months of use that a close may give a discount for. */
export const talksOf = (state: WalletState): readonly MonthTalk[] =>
  state.phase === 'unopened' ? [] : [...state.talk.values()].map(talkBooks);

/** A closed month is never changed: what belongs to it counts in the first open month after it. */
export const openMonth = (books: Books, month: BusinessMonth): BusinessMonth =>
  books.closedThrough !== null && month <= books.closedThrough
    ? BusinessMonth.plus(books.closedThrough, 1)
    : month;

/** An entry of a debit or call id among those that were reversed. No id holds a tab. */
export const entryKey = (id: string, entry = 1): string => (entry === 1 ? id : `${id}\t${entry}`);

/** The whole of the books as data: what the next stream is opened with. */
export const closingBalance = (books: Books): WalletBalance => ({
  lots: [...books.byId.values()].sort(compareLots).map(({ uses: _, ...lot }) => lot),
  holds: [...books.holds.values()].map(({ parts: held, ...hold }) => ({ ...hold, parts: parts(held) })),
  receivable: books.receivable,
  usage: [...books.usage.values()].sort((a, b) => a.month - b.month).map(usageOf),
  closedThrough: books.closedThrough,
  lastDecidedAt: books.lastDecidedAt,
  closedInvoice: books.closedInvoice,
  receivablePaid: parts(books.receivablePaid),
  reversed: [...books.reversed],
  talk: [...books.talk.values()].map(talkBooks).sort((a, b) => a.month - b.month),
  netDrawn: books.netDrawn,
  ...(books.owingSince !== null && { owingSince: books.owingSince }),
  ...(books.suspendedSince !== null && { suspendedSince: books.suspendedSince }),
});

/** Balances of before did not say since when something is owed: their debts are as old as they are. */
const owingSinceOf = ({ receivable, owingSince, lastDecidedAt }: WalletBalance): Instant | null =>
  receivable > 0 ? (owingSince ?? lastDecidedAt) : null;

/**
 * Books that begin with what was carried over. @throws Error when a part names a lot that was not carried: a
 * bug.
 */
export function openBooks(
  account: string,
  month: BusinessMonth,
  carried: WalletBalance | null,
): OpenedWallet {
  const byId = new Map<string, Lot>();
  for (const lot of carried?.lots ?? []) byId.set(lot.id, { ...lot, uses: 0 });
  const refer = (part: LotPart): Part => {
    const lot = byId.get(part.lot);
    if (!lot) throw new Error(`lot ${part.lot} is named but was not carried over`);
    return { lot, amount: part.amount };
  };
  const use = (part: LotPart): Part => {
    const found = refer(part);
    found.lot.uses++;
    return found;
  };
  const holds = (carried?.holds ?? []).map(hold => ({ ...hold, parts: hold.parts.map(refer) }));
  const months = (carried?.usage ?? []).map(usage => ({
    ...usage,
    counters: usage.counters.map(counter => ({ ...counter })),
    drawn: usage.drawn.map(use),
  }));
  return {
    phase: 'open',
    account,
    month,
    lots: [...byId.values()].filter(lot => lot.posted > 0).sort(compareLots),
    byId,
    holds: new Map(holds.map(hold => [hold.id, hold])),
    receivable: carried?.receivable ?? Money.zero,
    owingSince: carried && owingSinceOf(carried),
    suspendedSince: carried?.suspendedSince ?? null,
    usage: new Map(months.map(usage => [usage.month, usage])),
    receivablePaid: (carried?.receivablePaid ?? []).map(use),
    reversed: new Set(carried?.reversed ?? []),
    named: new Names(),
    talk: new Map((carried?.talk ?? []).map(talk => [talk.month, talkBooks(talk)])),
    netDrawn: carried?.netDrawn ?? Money.zero,
    closedThrough: carried?.closedThrough ?? null,
    closedInvoice: carried?.closedInvoice ?? null,
    lastDecidedAt: carried?.lastDecidedAt ?? NEVER,
  };
}

/** The same books, shared with no one: for a decision whose later events depend on its earlier ones. */
export const copyOf = (books: Books): OpenedWallet =>
  openBooks(books.account, books.month, closingBalance(books));

/** What every event of open books has. */
export interface Happened {
  readonly type: string;
  readonly at: Instant;
}

/** What each of these events does to the books, in place. It never decides and reads no clock. */
export type Evolutions<Event extends Happened> = {
  readonly [Type in Event['type']]: (books: Books, event: Extract<Event, { readonly type: Type }>) => void;
};

/** Applies one event to open books. @throws Error for one that cannot follow */
export function apply<Event extends Happened>(
  evolutions: Evolutions<Event>,
  books: Books,
  event: Event,
): void {
  books.lastDecidedAt = event.at;
  const evolve = evolutions[event.type as Event['type']] as (books: Books, event: Event) => void;
  evolve(books, event);
  if (books.receivable > 0) books.owingSince ??= event.at;
  else books.owingSince = null;
}
