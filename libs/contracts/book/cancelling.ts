import { type AccountId, BusinessDay, type EventOf, event, fact, Instant, nothing, rejected } from '#kernel';
import type { ProductKind } from '../catalogue/product.js';
import { type AllotmentEvent, type ReductionOn, reductionsDue } from './allotting.js';
import { bookRefusals, bookUnchanged, type Decision } from './book.refusals.js';
import { type Book, type Contract, contractsOn, type Ending, type EndsWith, isOver } from './book.state.js';
import { type EndRule, endDay, undoUntil } from './prices.js';

// Cancellations: when what is cancelled ends, its undo, and the end itself.

export const cancellationEvents = {
  CancellationAccepted: event(
    {
      account: fact.id<AccountId>(),
      contract: fact.text,
      /** The last day of the contract. */
      endsOn: fact.day,
      /** null: it cannot be undone. */
      undoUntil: fact.orNull(fact.instant),
      /** The policies that gave the day, with their versions. */
      policy: fact.text,
      endsWith: fact.oneOf('contract', 'circle', 'account'),
    },
    {
      word: { ja: '解約を承った。', en: 'A cancellation was accepted: the contract ends with its last day.' },
      sentence: {
        ja: '契約 {contract} の解約を承った。{endsOn} に終了する（{endsWith|code}、{policy}）。',
        en: 'Contract {contract} was cancelled: its last day is {endsOn} ({endsWith|code}, {policy}).',
      },
    },
  ),
  CancellationUndone: event(
    { account: fact.id<AccountId>(), contract: fact.text },
    {
      word: { ja: '解約を取り消した。', en: 'A cancellation was undone: the contract goes on.' },
      sentence: {
        ja: '契約 {contract} の解約を取り消した。',
        en: 'The cancellation of contract {contract} was undone.',
      },
    },
  ),
  ContractEnded: event(
    { account: fact.id<AccountId>(), contract: fact.text, endsOn: fact.day },
    {
      act: false,
      word: { ja: '契約が終了した。', en: 'A contract ended with the day before.' },
      sentence: {
        ja: '契約 {contract} が {endsOn} をもって終了した。',
        en: 'Contract {contract} ended with {endsOn}.',
      },
    },
  ),
  CircleCancelled: event(
    {
      account: fact.id<AccountId>(),
      circle: fact.text,
      endsOn: fact.day,
      /** The policies that gave the day; circles that were cancelled before they were kept have none. */
      policy: fact.optional(fact.text),
    },
    {
      word: { ja: 'サークルの解約を承った。', en: 'A circle was cancelled, with everything in it.' },
      sentence: {
        ja: 'サークル {circle} の解約を承った。{endsOn} に、すべての契約とともに終了する[（{policy}）]。',
        en: 'Circle {circle} was cancelled: it ends on {endsOn} with everything in it[ ({policy})].',
      },
    },
  ),
  CircleCancellationUndone: event(
    { account: fact.id<AccountId>(), circle: fact.text },
    {
      word: { ja: 'サークルの解約を取り消した。', en: 'The cancellation of a circle was undone.' },
      sentence: {
        ja: 'サークル {circle} の解約を取り消した。',
        en: 'The cancellation of circle {circle} was undone.',
      },
    },
  ),
  AccountCancelled: event(
    { account: fact.id<AccountId>(), endsOn: fact.day, policy: fact.text },
    {
      word: {
        ja: 'アカウントの解約を承った。取り消しはできない。',
        en: 'The whole account was cancelled; this cannot be undone.',
      },
      sentence: {
        ja: 'アカウント {account} の解約を承った。{endsOn} にすべての契約が終了する（{policy}）。',
        en: 'Account {account} was cancelled: everything ends on {endsOn} ({policy}).',
      },
    },
  ),
};
export type CancellationEvent = EventOf<{ declared: typeof cancellationEvents }>;
export type CancellationAccepted = Extract<CancellationEvent, { type: 'CancellationAccepted' }>;

/** What may be cancelled: the kinds of products, and what holds contracts. */
export type EndingKind = ProductKind | 'circle' | 'account';

/** The policies by which ends are decided, as they were in force when the application came. */
export interface CancellationTerms {
  readonly cutOffMs: number;
  /** The kinds that end with the month of the application; all others with the month after it. */
  readonly endWithMonth: ReadonlySet<string>;
  /** Their own rule of single products, by code. */
  readonly ofProduct: ReadonlyMap<string, EndRule>;
  /** The list and its version that has those rules: `standard@3`. */
  readonly priceList: string;
  /** Names both policies with the versions in force. */
  readonly policy: string;
}

const ruleOf = ({ endWithMonth }: CancellationTerms, kind: EndingKind): EndRule =>
  endWithMonth.has(kind) ? 'end_of_current_month' : 'end_of_next_month';

export interface Cancelling {
  readonly now: Instant;
  readonly account: AccountId;
  readonly contracts: readonly string[];
  readonly endsWith: EndsWith;
  readonly terms: CancellationTerms;
  /** Where everything ends together. */
  readonly together?: BusinessDay;
}

export type CancelContracts = { readonly type: 'CancelContracts' } & Omit<
  Cancelling,
  'endsWith' | 'together'
>;
export interface CancelCircle {
  readonly type: 'CancelCircle';
  readonly now: Instant;
  readonly account: AccountId;
  readonly circle: string;
  readonly terms: CancellationTerms;
}
export interface CancelAccount {
  readonly type: 'CancelAccount';
  readonly now: Instant;
  readonly account: AccountId;
  readonly terms: CancellationTerms;
}
export interface UndoCancellation {
  readonly type: 'UndoCancellation';
  readonly now: Instant;
  readonly contracts: readonly string[];
  /** Go on with them where they were cancelled too: the numbers of a terminal (CAN-02, CN-23). */
  readonly also: readonly string[];
}
export interface UndoCircleCancellation {
  readonly type: 'UndoCircleCancellation';
  readonly now: Instant;
  readonly circle: string;
  /** Also a circle in which nothing is in contract has its limit. */
  readonly cutOffMs: number;
}
/** Books the ends that are due. */
export interface EndDue {
  readonly type: 'EndDue';
  readonly now: Instant;
  readonly reductionOn: ReductionOn;
}
export type CancellationCommand =
  | CancelContracts
  | CancelCircle
  | CancelAccount
  | UndoCancellation
  | UndoCircleCancellation
  | EndDue;

type Accepted = { readonly kind: 'events'; readonly events: readonly CancellationAccepted[] } | Refused;
type Refused = Extract<Decision<never>, { kind: 'rejected' }>;

/** A known contract that is not over; else why not. */
function present(
  book: Book,
  contract: string,
  day: BusinessDay,
): { readonly kind: 'present'; readonly of: Contract } | Refused {
  const known = book.contracts.get(contract);
  if (!known) return rejected(bookRefusals.NO_SUCH_CONTRACT, { contract });
  if (isOver(known, day)) {
    const endsOn = BusinessDay.text(known.ending!.endsOn);
    return rejected(bookRefusals.CONTRACT_ENDED, { contract, endsOn });
  }
  return { kind: 'present', of: known };
}

/**
 * When a contract would end, how long that could be undone, and by which policies: what is shown before
 * anybody confirms. Where a product has a rule of its own, its price list gave the day:
 * `standard@3/fax=end_of_current_month`.
 */
export function endingOf(
  { kind, product }: Pick<Contract, 'kind' | 'product'>,
  receivedAt: Instant,
  terms: CancellationTerms,
): Pick<Ending, 'endsOn' | 'policy'> & { readonly undoUntil: Instant } {
  const own = terms.ofProduct.get(product);
  const endsOn = endDay(receivedAt, terms.cutOffMs, own ?? ruleOf(terms, kind));
  const policy = own === undefined ? terms.policy : `${terms.policy} ${terms.priceList}/${product}=${own}`;
  return { endsOn, undoUntil: undoUntil(endsOn, terms.cutOffMs), policy };
}

/** When a circle or the account would end as a whole, and how long that could be undone; null: it cannot. */
export function wholeEndingOf(kind: 'circle' | 'account', receivedAt: Instant, terms: CancellationTerms) {
  const endsOn = endDay(receivedAt, terms.cutOffMs, ruleOf(terms, kind));
  const until = kind === 'account' ? null : undoUntil(endsOn, terms.cutOffMs);
  return { endsOn, undoUntil: until, policy: terms.policy };
}

/** The cancellations of contracts; those that end already are left as they are. */
export function cancellationsOf(book: Book, cancelling: Cancelling): Accepted {
  const { now: at, account, contracts, endsWith, terms, together } = cancelling;
  const events: CancellationAccepted[] = [];
  for (const contract of new Set(contracts)) {
    const known = present(book, contract, BusinessDay.of(at));
    if (known.kind === 'rejected') return known;
    const { of } = known;
    // VBA-09: what is bought overseas stands at least until the next day.
    if (of.kind === 'vba_number' && endsWith === 'contract' && of.since === BusinessDay.of(at))
      return rejected(bookRefusals.NO_IMMEDIATE_CANCELLATION, { contract });
    const alone = endingOf(of, at, terms);
    const endsOn = together ?? alone.endsOn;
    // What ends no later by an application of its own stays with it.
    if (of.ending !== null && of.ending.endsOn <= endsOn) continue;
    const until = endsWith === 'account' ? null : undoUntil(endsOn, terms.cutOffMs);
    const { policy } = together === undefined ? alone : terms;
    events.push({
      type: 'CancellationAccepted',
      at,
      account,
      contract,
      endsOn,
      undoUntil: until,
      policy,
      endsWith,
    });
  }
  return { kind: 'events', events };
}

function cancelContracts(command: CancelContracts, book: Book): Decision<CancellationEvent> {
  const accepted = cancellationsOf(book, { ...command, endsWith: 'contract' });
  if (accepted.kind === 'events' && accepted.events.length === 0)
    return nothing(bookUnchanged.CANCELLED_BEFORE);
  return accepted;
}

const idsOf = (contracts: readonly Contract[]): string[] => contracts.map(({ contract }) => contract);

function cancelCircle(command: CancelCircle, book: Book): Decision<CancellationEvent> {
  const { now: at, account, circle, terms } = command;
  if (book.circlesEnd.has(circle)) return nothing(bookUnchanged.CIRCLE_CANCELLED_BEFORE);
  const { endsOn, policy } = wholeEndingOf('circle', at, terms);
  const inside = contractsOn(book, BusinessDay.of(at)).filter(contract => contract.circle === circle);
  const contracts = idsOf(inside);
  const accepted = cancellationsOf(book, { ...command, contracts, endsWith: 'circle', together: endsOn });
  if (accepted.kind === 'rejected') return accepted;
  return {
    kind: 'events',
    events: [{ type: 'CircleCancelled', at, account, circle, endsOn, policy }, ...accepted.events],
  };
}

function cancelAccount(command: CancelAccount, book: Book): Decision<CancellationEvent> {
  const { now: at, account, terms } = command;
  if (book.accountEndsOn !== null) return nothing(bookUnchanged.ACCOUNT_CANCELLED_BEFORE);
  const { endsOn, policy } = wholeEndingOf('account', at, terms);
  const contracts = idsOf(contractsOn(book, BusinessDay.of(at)));
  const accepted = cancellationsOf(book, { ...command, contracts, endsWith: 'account', together: endsOn });
  if (accepted.kind === 'rejected') return accepted;
  return {
    kind: 'events',
    events: [{ type: 'AccountCancelled', at, account, endsOn, policy }, ...accepted.events],
  };
}

/** Why an ending cannot be undone at an instant; undefined when it can. */
export function notUndone({ ending }: Contract, at: Instant): Decision<never> | undefined {
  if (ending === null) return undefined;
  if (ending.undoUntil === null) return rejected(bookRefusals.ACCOUNT_NOT_UNDONE);
  if (at > ending.undoUntil)
    return rejected(bookRefusals.UNDO_TOO_LATE, { until: Instant.text(ending.undoUntil) });
  return undefined;
}

/** What ends as a whole ends with everything in it: its parts do not go on beyond it. */
export function endsWhole(book: Book, circle: string | null): Decision<never> | undefined {
  if (book.accountEndsOn !== null) return rejected(bookRefusals.ACCOUNT_NOT_UNDONE);
  if (circle !== null && book.circlesEnd.has(circle)) return rejected(bookRefusals.CIRCLE_CANCELLED);
  return undefined;
}

function undo({ now: at, contracts, also }: UndoCancellation, book: Book): Decision<CancellationEvent> {
  const today = BusinessDay.of(at);
  const account = book.account!;
  const undone = new Set<string>();
  for (const asked of contracts) {
    const known = present(book, asked, today);
    if (known.kind === 'rejected') return known;
    if (known.of.ending === null) continue;
    const refused = endsWhole(book, known.of.circle) ?? notUndone(known.of, at);
    if (refused) return refused;
    undone.add(asked);
  }
  if (undone.size === 0) return nothing(bookUnchanged.NOT_CANCELLED);
  for (const beside of also) {
    const known = book.contracts.get(beside);
    if (!known?.ending || isOver(known, today) || endsWhole(book, known.circle)) continue;
    if (!notUndone(known, at)) undone.add(beside);
  }
  const events = [...undone].map(
    (contract): CancellationEvent => ({ type: 'CancellationUndone', at, account, contract }),
  );
  return { kind: 'events', events };
}

function undoCircle(command: UndoCircleCancellation, book: Book): Decision<CancellationEvent> {
  const { now: at, circle, cutOffMs } = command;
  const endsOn = book.circlesEnd.get(circle);
  if (endsOn === undefined) return nothing(bookUnchanged.CIRCLE_NOT_CANCELLED);
  if (book.accountEndsOn !== null) return rejected(bookRefusals.ACCOUNT_NOT_UNDONE);
  const until = undoUntil(endsOn, cutOffMs);
  if (at > until) return rejected(bookRefusals.UNDO_TOO_LATE, { until: Instant.text(until) });
  const account = book.account!;
  const events: CancellationEvent[] = [{ type: 'CircleCancellationUndone', at, account, circle }];
  for (const contract of contractsOn(book, BusinessDay.of(at))) {
    if (contract.circle !== circle || contract.ending?.endsWith !== 'circle') continue;
    const refused = notUndone(contract, at);
    if (refused) return refused;
    events.push({ type: 'CancellationUndone', at, account, contract: contract.contract });
    // What was cancelled by itself before stays cancelled, for the day that it had.
    const own = contract.ending.instead;
    if (own) events.push(acceptedAgain(at, account, contract.contract, own));
  }
  return { kind: 'events', events };
}

function acceptedAgain(
  at: Instant,
  account: AccountId,
  contract: string,
  { endsOn, undoUntil: until, policy, endsWith }: Ending,
): CancellationAccepted {
  const ending = { endsOn, undoUntil: until, policy, endsWith };
  return { type: 'CancellationAccepted', at, account, contract, ...ending };
}

/** Each end is dated 00:00:00 of the day after its last day, whenever it is booked. */
function endDue({ now, reductionOn }: EndDue, book: Book): Decision<CancellationEvent | AllotmentEvent> {
  const today = BusinessDay.of(now);
  const due = [...book.contracts.values()].filter(contract => !contract.ended && isOver(contract, today));
  const reductions = reductionsDue(book, now, reductionOn);
  if (due.length + reductions.length === 0) return nothing(bookUnchanged.NO_END_DUE);
  const events = due.map(({ contract, ending }): CancellationEvent => {
    const { endsOn } = ending!;
    const at = BusinessDay.start(BusinessDay.plus(endsOn, 1));
    return { type: 'ContractEnded', at, account: book.account!, contract, endsOn };
  });
  return { kind: 'events', events: [...events, ...reductions].sort((a, b) => a.at - b.at) };
}

export const cancellationDecisions = {
  CancelContracts: cancelContracts,
  CancelCircle: cancelCircle,
  CancelAccount: cancelAccount,
  UndoCancellation: undo,
  UndoCircleCancellation: undoCircle,
  EndDue: endDue,
};

function change(book: Book, contract: string, change: Partial<Contract>): void {
  const known = book.contracts.get(contract);
  if (!known) throw new Error(`the log names contract ${contract}, which this account does not have`);
  book.contracts.set(contract, { ...known, ...change });
}

export const cancellationEvolutions = {
  CancellationAccepted(book: Book, event: CancellationAccepted) {
    const { contract, at: requestedAt, endsOn, undoUntil: until, policy, endsWith } = event;
    const before = book.contracts.get(contract)?.ending ?? null;
    const instead = endsWith === 'circle' ? before : null;
    const ending = { endsOn, requestedAt, undoUntil: until, policy, endsWith, instead };
    change(book, contract, { ending });
  },
  CancellationUndone: (book: Book, { contract }: { readonly contract: string }) =>
    change(book, contract, { ending: null }),
  ContractEnded: (book: Book, { contract }: { readonly contract: string }) =>
    change(book, contract, { ended: true }),
  CircleCancelled(book: Book, { circle, endsOn }: { readonly circle: string; readonly endsOn: BusinessDay }) {
    book.circlesEnd.set(circle, endsOn);
  },
  CircleCancellationUndone(book: Book, { circle }: { readonly circle: string }) {
    book.circlesEnd.delete(circle);
  },
  AccountCancelled(book: Book, { endsOn }: { readonly endsOn: BusinessDay }) {
    book.accountEndsOn = endsOn;
  },
};
