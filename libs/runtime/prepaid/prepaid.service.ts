import { accountRefusals } from '#contracts';
import {
  type AccountId,
  BusinessDay,
  BusinessMonth,
  common,
  Instant,
  Money,
  type Rejection,
  rejected,
  rejection,
  saidId,
} from '#kernel';
import { issuedAtOf, type TakeBackCharge, type WalletCommand, type WalletEvent } from '#ledger';
import { answered } from '../engine/answered.js';
import type { Facts } from '../engine/facts.js';
import type { Executed } from '../engine/run-command.js';
import type { CallPricing } from '../imports/call-pricing.js';
import type { Answer, Caller, PageRequest } from '../product.views.js';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { ReadModels } from '../projecting/read-models.js';
import { CallQueries, type CallsRequest } from '../reports/calls.queries.js';
import { CallCorrections, type Correction } from './call-corrections.js';
import { outsideLimits } from './charge-limits.js';
import { HistoryQueries } from './history.queries.js';
import { TrialBalances } from './journal.queries.js';
import { OriginalDebits } from './original-debits.js';
import type { Adjustment, Charge, MoreHeld, NewHold, Reversal, StandingHold } from './prepaid.inputs.js';
import { PrepaidQueries } from './prepaid.queries.js';
import type {
  AdjustmentView,
  BalanceView,
  CorrectedCallView,
  CorrectionPreview,
  CreditedLot,
  HoldView,
  ReleasedHoldView,
  ReversalView,
} from './prepaid.shapes.js';
import { RecentPostings } from './recent-postings.js';
import { prepaidRefusals } from './refusals.js';
import { type EndedCall, Settlements } from './settlements.js';
import { SpentLots } from './spent-lots.js';
import { TakenNames } from './taken-names.js';
import type { OpenSegment } from './wallet-segments.js';
import type { Wallets } from './wallets.js';

type EventOf<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

/** The event of a type that a command gave, and the answer made of it. */
function answer<Type extends WalletEvent['type'], Value>(
  done: Executed<WalletEvent>,
  type: Type,
  toValue: (event: EventOf<Type>, events: readonly WalletEvent[]) => Value,
): Answer<Value> {
  if (done.kind !== 'done') return done;
  const event = done.events.find((e): e is EventOf<Type> => e.type === type);
  if (!event)
    throw new Error(`a command that should give ${type} gave ${done.events.map(e => e.type).join(', ')}`);
  return answered(done, toValue(event, done.events));
}

/** What the decision that made a lot leaves of it: it may have paid a debt, or have expired at once. */
function leftOf(
  { lot, amount }: EventOf<'LotCredited'>,
  events: readonly WalletEvent[],
): { remaining: Money; expired: Money } {
  let [paid, expired] = [Money.zero, Money.zero];
  for (const e of events) {
    if (e.type === 'LotExpired' && e.lot === lot) expired = Money.add(expired, e.amount);
    if (e.type !== 'ReceivablePaid') continue;
    for (const part of e.parts) if (part.lot === lot) paid = Money.add(paid, part.amount);
  }
  return { remaining: Money.subtract(amount, Money.add(paid, expired)), expired };
}

const APPROVER_IS_ACTOR = rejected(prepaidRefusals.APPROVER_IS_ACTOR);
const REASON_REQUIRED = rejected(common.REASON_REQUIRED);
const NO_SUCH_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);

export class Prepaid {
  private readonly queries: PrepaidQueries;
  private readonly past: HistoryQueries;
  private readonly callQueries: CallQueries;
  private readonly trialBalances: TrialBalances;
  private readonly corrections: CallCorrections;
  private readonly debits: OriginalDebits;
  private readonly lots: SpentLots;
  private readonly names: TakenNames;
  private readonly settlements: Settlements;
  private readonly postings: RecentPostings;

  constructor(
    private readonly wallets: Wallets,
    readModels: ReadModels,
    private readonly facts: Facts,
    pricing: CallPricing,
    /** Where others append to the log: how far the read models are. */
    watch?: PositionWatch,
  ) {
    this.queries = new PrepaidQueries(wallets, readModels, facts);
    this.past = new HistoryQueries(readModels);
    this.callQueries = new CallQueries(readModels);
    this.trialBalances = new TrialBalances(wallets.runner.events, readModels, facts);
    this.corrections = new CallCorrections(wallets.runner.events, wallets, pricing);
    this.debits = new OriginalDebits(wallets.runner.events, readModels);
    this.settlements = new Settlements(wallets, pricing);
    this.postings = new RecentPostings(wallets.runner.events, facts);
    this.lots = new SpentLots(wallets, readModels, watch);
    this.names = new TakenNames(wallets, readModels, watch);
  }

  private now(): Instant {
    return this.wallets.runner.clock.now();
  }

  private today(): BusinessDay {
    return BusinessDay.of(this.now());
  }

  async charge(input: Charge, caller: Caller): Promise<Answer<CreditedLot>> {
    const { account, amount, method, approvedBy = null } = input;
    if (approvedBy === caller.actor.id) return APPROVER_IS_ACTOR;
    const at = input.at ?? this.now();
    if (input.at !== undefined && at > (await this.facts.latest())) {
      const untrusted = await this.wallets.clockRefusal(at);
      return untrusted ? { kind: 'rejected', rejection: untrusted } : rejected(prepaidRefusals.IN_THE_FUTURE);
    }
    const tooLarge = await this.tooLarge(amount, caller);
    if (tooLarge) return { kind: 'rejected', rejection: tooLarge };
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const outside = await outsideLimits(this.facts, { method, amount, at });
    // What was booked before stands, whatever the limits are now.
    if (outside && !(await this.wallets.runner.isKnown(caller)))
      return { kind: 'rejected', rejection: outside };
    return this.credit(input, at, caller);
  }

  /** What a gateway took, or a bank: it is there, whatever the limits are by now. */
  async creditPayment(
    input: Required<Pick<Charge, 'account' | 'amount' | 'method' | 'lot' | 'at'>>,
    caller: Caller,
  ): Promise<Answer<CreditedLot>> {
    if (input.at > (await this.facts.latest())) return rejected(prepaidRefusals.IN_THE_FUTURE);
    if (!(await this.facts.account(input.account))) return NO_SUCH_ACCOUNT;
    return this.credit(input, input.at, caller);
  }

  /** Money of a charge went back to whoever paid: nothing refuses it, what was spent is owed. */
  async takeBackCharge(
    { account, ...of }: Omit<TakeBackCharge, 'type' | 'now'> & { readonly account: AccountId },
    caller: Caller,
  ): Promise<Answer<{ readonly back: string }>> {
    const command = (): WalletCommand => ({
      type: 'TakeBackCharge',
      now: this.wallets.runner.clock.now(),
      ...of,
    });
    const body = { takeBack: account, back: of.back, lot: of.lot, amount: Money.text(of.amount) };
    const done = await this.wallets.run(account, command, body, caller);
    return answer(done, 'ChargeTakenBack', ({ back }) => ({ back }));
  }

  private async credit(input: Charge, at: Instant, caller: Caller): Promise<Answer<CreditedLot>> {
    const { account, amount, method, approvedBy = null } = input;
    const expiryDays = await this.facts.policy('prepaid.expiry-days', BusinessDay.of(at));
    const expiry = await this.facts.policyInForce('prepaid.expiry-days', BusinessDay.of(at));
    const lot = input.lot ?? saidId(caller.commandId);
    const isBonus = method === 'bonus';
    const approval = isBonus && { approvedBy, approvalAbove: await this.approvalAbove() };
    if (approval && approvedBy !== null && amount > approval.approvalAbove && !caller.actor.reason?.trim())
      return REASON_REQUIRED;
    const command = async (segment: OpenSegment): Promise<WalletCommand> => ({
      type: 'CreditLot',
      now: at,
      lot,
      kind: isBonus ? 'bonus' : 'paid',
      method,
      amount,
      expiryDays,
      policy: expiry.reference,
      takenBefore: await this.names.before(account, lot, segment),
      ...(approval && { approval }),
      ...(await this.postedBefore(input, segment, e => {
        return e.type === 'LotCredited' && e.amount === amount && e.method === method;
      })),
    });
    const approved = approval && approvedBy !== null && { approvedBy };
    const body = { charge: account, amount, method, lot, at: input.at ?? null, ...approved };
    const done = await this.wallets.run(account, command, body, caller);
    return answer(done, 'LotCredited', (e, events) => {
      const { remaining, expired } = leftOf(e, events);
      return {
        lot: e.lot,
        kind: e.kind,
        method: e.method,
        credited: Money.text(e.amount),
        remaining: Money.text(remaining),
        held: '0',
        issuedAt: Instant.text(issuedAtOf(e)),
        expiresOn: BusinessDay.text(e.expiresOn),
        expired: Money.text(expired),
      };
    });
  }

  private approvalAbove(): Promise<Money> {
    return this.facts.policy('adjustment.approval-above', this.today());
  }

  /** Looked for only where somebody wants to be asked. */
  private async postedBefore(
    { account, askRepeat }: { account: AccountId; askRepeat?: boolean },
    segment: OpenSegment,
    isSame: (event: WalletEvent) => boolean,
  ): Promise<{ postedMinutesAgo?: number }> {
    if (!askRepeat) return {};
    const minutes = await this.postings.minutesAgo(account, segment, this.now(), isSame);
    return minutes === undefined ? {} : { postedMinutesAgo: minutes };
  }

  private async tooLarge(amount: Money, caller: Caller): Promise<Rejection | undefined> {
    const most = await this.facts.policy('prepaid.most-at-once', this.today());
    const size = amount < 0 ? Money.negate(amount) : amount;
    if (size <= most || (await this.wallets.runner.isKnown(caller))) return undefined;
    return rejection(prepaidRefusals.AMOUNT_TOO_LARGE, { most: Money.text(most) });
  }

  async hold(input: NewHold, caller: Caller): Promise<Answer<HoldView>> {
    const { account, hold, amount, purpose } = input;
    const command = (): WalletCommand => ({ type: 'HoldFunds', now: this.now(), hold, amount, purpose });
    const done = await this.wallets.run(account, command, { hold, account, amount, purpose }, caller);
    return answer(done, 'FundsHeld', e => ({ hold: e.hold, amount: Money.text(e.amount) }));
  }

  async extendHold(input: MoreHeld, caller: Caller): Promise<Answer<HoldView>> {
    const { account, hold, amount } = input;
    const command = (): WalletCommand => ({ type: 'ExtendHold', now: this.now(), hold, amount });
    const done = await this.wallets.run(account, command, { extend: hold, account, amount }, caller);
    return answer(done, 'HoldExtended', e => ({ hold: e.hold, amount: Money.text(e.amount) }));
  }

  async releaseHold(input: StandingHold, caller: Caller): Promise<Answer<ReleasedHoldView>> {
    const { account, hold } = input;
    const command = (): WalletCommand => ({ type: 'ReleaseHold', now: this.now(), hold });
    const done = await this.wallets.run(account, command, { release: hold, account }, caller);
    return answer(done, 'HoldReleased', e => ({ hold: e.hold }));
  }

  /** Rates the call with the account's tariff and settles it against the hold. */
  settleHold(input: EndedCall, caller: Caller) {
    return this.settlements.settle(input, caller);
  }

  async adjust(input: Adjustment, caller: Caller): Promise<Answer<AdjustmentView>> {
    const { account, adjustment, amount, reason, approvedBy } = input;
    if (approvedBy === caller.actor.id) return APPROVER_IS_ACTOR;
    const tooLarge = await this.tooLarge(amount, caller);
    if (tooLarge) return { kind: 'rejected', rejection: tooLarge };
    const today = this.today();
    const approvalAbove = await this.approvalAbove();
    const expiryDays = await this.facts.policy('prepaid.expiry-days', today);
    const command = async (segment: OpenSegment): Promise<WalletCommand> => ({
      type: 'Adjust',
      now: this.now(),
      adjustment,
      amount,
      reason,
      approvedBy,
      approvalAbove,
      expiryDays,
      takenBefore: await this.names.before(account, adjustment, segment),
      ...(await this.postedBefore(input, segment, e => e.type === 'Adjusted' && e.amount === amount)),
    });
    const done = await this.wallets.run(
      account,
      command,
      { adjust: account, adjustment, amount, reason, approvedBy },
      caller,
    );
    return answer(done, 'Adjusted', e => ({ adjustment: e.adjustment, amount: Money.text(e.amount) }));
  }

  /** Takes a call charge, or another debit, back in full. */
  reverse(input: Reversal, caller: Caller): Promise<Answer<ReversalView>> {
    const { account, reversal, debit, reason } = input;
    return this.takeBack(input, { reverse: debit, account, reversal, reason }, caller);
  }

  /**
   * Takes a call back, if it stands, and charges or notes it as it was in truth: a new entry under the same
   * call id. Once per record: what stands already is answered as it stands.
   */
  async correctCall(
    input: Correction & Omit<Reversal, 'debit'>,
    caller: Caller,
  ): Promise<Answer<CorrectedCallView>> {
    const { account, reversal, call: debit, reason } = input;
    if (reason.trim() === '') return REASON_REQUIRED;
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    return this.corrections.correct(input, caller, record => {
      const body = { correct: debit, account, reversal, reason, record };
      return this.takeBack({ account, reversal, debit, reason }, body, caller);
    });
  }

  /**
   * A call as it is recorded, and what it would cost as it was in truth; nothing is written. `corrected` is
   * null without changes.
   */
  async previewCorrection(input: Correction): Promise<Answer<CorrectionPreview>> {
    if (!(await this.facts.account(input.account))) return NO_SUCH_ACCOUNT;
    return this.corrections.preview(input);
  }

  /** @param body what was asked, for who asks again */
  private async takeBack(
    { account, reversal, debit, reason }: Reversal,
    body: object,
    caller: Caller,
  ): Promise<Answer<ReversalView>> {
    if (reason.trim() === '') return REASON_REQUIRED;
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const original = await this.debits.find(account, debit);
    if (!original) return rejected(prepaidRefusals.NO_SUCH_DEBIT);
    const named = original.parts.map(part => part.lot);
    const command = async (segment: OpenSegment): Promise<WalletCommand> => ({
      type: 'ReverseDebit',
      now: this.now(),
      reversal,
      reason,
      original: { ...original, lots: await this.lots.of({ account, segment, day: this.today(), named }) },
      takenBefore: await this.names.before(account, reversal, segment),
    });
    const done = await this.wallets.run(account, command, body, caller);
    return answer(done, 'DebitReversed', e => ({
      reversal: e.reversal,
      net: Money.text(e.net),
      tax: Money.text(e.tax),
    }));
  }

  /** Books the breakage of lots that are due. */
  async expireDue(account: AccountId, caller: Caller): Promise<Answer<{ expired: string }>> {
    const untrusted = await this.wallets.timeStandsStill();
    if (untrusted) return { kind: 'rejected', rejection: untrusted };
    const command = (): WalletCommand => ({ type: 'ExpireDue', now: this.now() });
    const done = await this.wallets.run(
      account,
      command,
      { expireDue: account, id: caller.commandId },
      caller,
    );
    if (done.kind !== 'done') return done;
    const expired = Money.sum(done.events.map(e => (e.type === 'LotExpired' ? e.amount : Money.zero)));
    return answered(done, { expired: Money.text(expired) });
  }

  /** Suspends the service of an account whose debt is older than the grace. */
  async suspendOverdue(account: AccountId, caller: Caller): Promise<Answer<{ suspended: AccountId }>> {
    const untrusted = await this.wallets.timeStandsStill();
    if (untrusted) return { kind: 'rejected', rejection: untrusted };
    const graceDays = await this.facts.policy('contracts.suspension-grace-days', this.today());
    const grace = await this.facts.policyInForce('contracts.suspension-grace-days', this.today());
    const command = (): WalletCommand => ({
      type: 'SuspendOverdue',
      now: this.now(),
      ...{ graceDays, policy: grace.reference },
    });
    const done = await this.wallets.run(account, command, { suspendOverdue: account }, caller);
    return done.kind === 'done' ? answered(done, { suspended: account }) : done;
  }

  balance(account: AccountId, asOf?: Instant): Promise<BalanceView | undefined> {
    return this.queries.balance(account, asOf);
  }

  history(account: AccountId, request?: PageRequest & { month?: BusinessMonth }) {
    return this.past.history(account, request);
  }

  calls(account: AccountId, request?: CallsRequest) {
    return this.callQueries.calls(account, request);
  }

  /** As of an instant only of one account. @throws InvalidInput for an instant without an account */
  trialBalance(account?: AccountId, asOf?: Instant) {
    return this.trialBalances.read(account, asOf);
  }
}
