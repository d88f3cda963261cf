import { randomUUID } from 'node:crypto';
import { type AccountId, BusinessDay, type Instant, MoneyTotal } from '#kernel';
import { available, balanceAt, posted } from '#ledger';
import {
  chosenCard,
  type PaymentState,
  type PrepaidSettingsState,
  type RechargeInFlight,
  type RechargeTerms,
} from '#payments';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { accountsWithLotsDue } from '../prepaid/prepaid.queries.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Cards } from './cards.js';
import { type Payments, paymentIdOf } from './payments.service.js';
import { accountsToWatch } from './prepaid-settings.queries.js';
import type { WatchedAccounts } from './watched-accounts.js';

interface Parts {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly wallets: Wallets;
  readonly cards: Cards;
  readonly payments: Payments;
  readonly watched: WatchedAccounts;
}

/** What is left of one look for the next: a charge that is over makes room, a debt may have taken it all. */
const LOOKS_AT_MOST = 3;

/**
 * Looks at balances: mails what a customer wants to be told of, and charges his card when he wants it. What
 * is done is decided in the settings of the account; this only carries out what was decided there, so whoever
 * looks, however often and after whatever crash, does it once (AR-01 to AR-15).
 */
export class Recharging {
  private readonly pending = new Set<AccountId>();
  private working: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {}

  /** A wallet has changed: it is looked at after the answer. Whatever keeps it from that, the job does. */
  soon(account: AccountId): void {
    this.pending.add(account);
    this.working ??= this.work().finally(() => {
      this.working = undefined;
    });
  }

  private async work(): Promise<void> {
    for (const account of this.pending) {
      this.pending.delete(account);
      const caller = { actor: { id: 'job:watch-balances' }, commandId: randomUUID() };
      if (await this.parts.watched.has(account).catch(() => false))
        await this.look(account, caller).catch(() => undefined);
    }
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  /** Accounts whose balance calls for something, ids ascending. */
  due(limit: number, after = ''): Promise<AccountId[]> {
    return accountsToWatch(this.parts.readModels, { now: this.parts.runner.clock.now(), limit, after });
  }

  /** Looks at one balance now, and goes on with the charge that is in flight. */
  look(account: AccountId, caller: Caller): Promise<void> {
    return this.parts.runner.lock.run(`recharge ${account}`, async () => {
      for (let looks = 0; looks < LOOKS_AT_MOST; looks++) if (!(await this.lookOnce(account, caller))) return;
    });
  }

  /** True when another look may find more. */
  private async lookOnce(account: AccountId, caller: Caller): Promise<boolean> {
    const state = await this.parts.cards.state(account);
    if (state.inFlight) return this.goOn(account, state.inFlight, caller);
    const observed = await this.observe(account, state, caller);
    return observed.some(({ type }) => type === 'RechargeBegun');
  }

  private async observe(account: AccountId, state: PrepaidSettingsState, caller: Caller) {
    const { facts, cards, payments } = this.parts;
    const now = this.parts.runner.clock.now();
    const funds = await this.funds(account, now);
    const chosen = chosenCard(state);
    const gateway = chosen && payments.gatewayNamed(chosen.gateway);
    const canCharge =
      gateway !== undefined &&
      gateway.environment === chosen?.environment &&
      (await facts.takesMoney(account));
    const key = randomUUID();
    const payment = paymentIdOf(gateway ?? { environment: 'test' }, account, key);
    const terms = await this.terms(now);
    const done = await cards.run(
      account,
      at => ({ type: 'ObserveBalance', now: at, account, ...funds, payment, canCharge, terms }),
      { observe: account, payment },
      { ...caller, commandId: key },
    );
    return done.kind === 'done' ? done.events : [];
  }

  /**
   * Tells what will expire, where a mail is due: once each, whoever looks and however often.
   */
  async tellExpiry(account: AccountId, caller: Caller): Promise<void> {
    const { facts, wallets, cards, runner } = this.parts;
    const today = BusinessDay.of(runner.clock.now());
    const segment = await wallets.lock(account, () => wallets.segment(account));
    if (!segment) return;
    const { lots } = balanceAt(segment.state, runner.clock.now());
    const expiring = lots.map(({ expiresOn, free }) => ({ expiresOn, amount: free }));
    const daysBefore = await facts.policy('prepaid.expiry-mail-days', today);
    const atLeast = await facts.policy('prepaid.expiry-mail-from', today);
    await cards.run(
      account,
      now => ({ type: 'TellExpiry', now, account, expiring, daysBefore, atLeast }),
      { tellExpiry: account, on: BusinessDay.text(today) },
      { ...caller, commandId: randomUUID() },
    );
  }

  /** Accounts with value whose last day is near enough for a mail, ids ascending. */
  async expiring(limit: number, after = ''): Promise<AccountId[]> {
    const { facts, runner, readModels } = this.parts;
    const today = BusinessDay.of(runner.clock.now());
    const days = await facts.policy('prepaid.expiry-mail-days', today);
    if (days.length === 0) return [];
    const to = BusinessDay.plus(today, Math.max(...days) + 1);
    return accountsWithLotsDue(readModels, { from: today, today: to, after, limit });
  }

  private async funds(account: AccountId, now: Instant) {
    const { wallets } = this.parts;
    const segment = await wallets.lock(account, () => wallets.segment(account));
    if (!segment) return { balance: MoneyTotal.zero, available: MoneyTotal.zero };
    return { balance: posted(segment.state, now), available: available(segment.state, now) };
  }

  private async terms(now: Instant): Promise<RechargeTerms> {
    const { facts } = this.parts;
    const day = BusinessDay.of(now);
    return {
      minutesBetween: await facts.policy('recharge.minutes-between', day),
      failuresInARow: await facts.policy('recharge.failures-in-a-row', day),
      policy: (await facts.policyInForce('recharge.minutes-between', day)).reference,
    };
  }

  /** True when it is over. */
  private async goOn(account: AccountId, flight: RechargeInFlight, caller: Caller): Promise<boolean> {
    const { payments, cards, runner } = this.parts;
    const why = endOf(await payments.recharge(account, flight, caller));
    if (why === undefined) return false;
    const { payment } = flight;
    const terms = await this.terms(runner.clock.now());
    await cards.run(
      account,
      now => ({ type: 'EndRecharge', now, account, payment, why, terms }),
      { endRecharge: payment, why },
      { ...caller, commandId: randomUUID() },
    );
    return true;
  }
}

/** Null: the lot is there. Else why it came to nothing; undefined as long as nobody knows. */
function endOf({ phase, attempts }: PaymentState): string | null | undefined {
  if (phase === 'completed') return null;
  if (phase === 'open' || phase === 'accepted') return undefined;
  return attempts.at(-1)?.ended ?? phase;
}
