import { accountRefusals, readMails } from '#contracts';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, rejected } from '#kernel';
import {
  chosenCard,
  type KeptCardState,
  nextRechargeAt,
  type PrepaidSettings,
  type PrepaidSettingsCommand,
  type PrepaidSettingsState,
  prepaidSettingsStream,
  rechargedIn,
} from '#payments';
import { answered } from '../engine/answered.js';
import { type Facts, runningPrepaidSettings } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { recordBytes, type Sealing } from '../parties/sealing.js';
import { outsideLimits } from '../prepaid/charge-limits.js';
import type { Answer, Caller } from '../product.views.js';
import type { Cards } from './cards.js';
import type { Payments } from './payments.service.js';
import type { ChangeOfPrepaidSettings, OneCard } from './prepaid-settings.inputs.js';
import type { KeptCardView, PrepaidSettingsView } from './prepaid-settings.shapes.js';
import type { Recharging } from './recharging.js';
import type { WatchedAccounts } from './watched-accounts.js';

const NO_SUCH_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);

/** The two lists of addresses as they lie sealed. */
export interface AlertMails {
  readonly alert: string;
  readonly limit: string;
}
const NO_MAILS: AlertMails = { alert: '', limit: '' };

interface Parts {
  readonly runner: CommandRunner;
  readonly facts: Facts;
  readonly sealing: Sealing;
  readonly cards: Cards;
  readonly payments: Payments;
  readonly recharging: Recharging;
  readonly watched: WatchedAccounts;
}

/** What customers set of their prepaid value (PRE-01 to PRE-12), and the cards they registered (INF-10). */
export class PrepaidSettingsService {
  constructor(private readonly parts: Parts) {}

  async show(account: AccountId): Promise<PrepaidSettingsView | undefined> {
    if (!(await this.parts.facts.account(account))) return undefined;
    return this.view(account, await this.parts.cards.state(account));
  }

  private async view(account: AccountId, state: PrepaidSettingsState): Promise<PrepaidSettingsView> {
    const { facts, runner } = this.parts;
    const now = runner.clock.now();
    const { alert, alertAmounts, recharge, trigger, amount, limit, card, limitAlert } = state.settings;
    const mails = await this.mails(account);
    const minutesBetween = await facts.policy('recharge.minutes-between', BusinessDay.of(now));
    const next = nextRechargeAt(state, { minutesBetween });
    const month = BusinessMonth.of(now);
    return {
      account,
      ...{ alert, alertAmounts: alertAmounts.map(Money.text), alertMails: mails.alert },
      ...{ recharge, trigger: text(trigger), amount: text(amount), limit: text(limit), card },
      ...{ limitAlert, limitMails: mails.limit },
      cards: [...state.cards.values()].map(cardView),
      recharging: chosenCard(state) !== undefined,
      inFlight: state.inFlight?.payment ?? null,
      monthTotal: Money.text(rechargedIn(state, month)),
      stoppedUntil:
        state.stoppedIn === month ? Instant.text(BusinessMonth.start(BusinessMonth.plus(month, 1))) : null,
      nextAt: next !== undefined && next > now ? Instant.text(next) : null,
    };
  }

  /** Opened; empty where there are none, or none any more. */
  async mails(account: AccountId): Promise<AlertMails> {
    const { settings } = await this.parts.cards.state(account);
    return (await this.parts.sealing.read<AlertMails>(account, settings.mails)) ?? NO_MAILS;
  }

  /** All of the page at once: what is left out is not set from now on. */
  async change(input: ChangeOfPrepaidSettings, caller: Caller): Promise<Answer<PrepaidSettingsView>> {
    const { account, alertMails: alert, limitMails: limit, ...settings } = input;
    const { facts, runner, watched, recharging } = this.parts;
    if (!(await facts.account(account))) return NO_SUCH_ACCOUNT;
    const { amount } = settings;
    if (amount !== null && !(await runner.isKnown(caller))) {
      const outside = await outsideLimits(facts, { method: 'card', amount, at: runner.clock.now() });
      if (outside) return { kind: 'rejected', rejection: outside };
    }
    const done = await this.store(account, settings, { alert, limit }, caller);
    if (done.kind !== 'done') return done;
    // The balance may call for something at once.
    watched.add(account);
    recharging.soon(account);
    return answered(done, await this.view(account, await this.parts.cards.state(account)));
  }

  private async store(
    account: AccountId,
    settings: Omit<PrepaidSettings, 'mails'>,
    mails: AlertMails,
    caller: Caller,
  ) {
    const { runner, sealing, cards } = this.parts;
    const addresses = { alert: readMails(mails.alert).length, limit: readMails(mails.limit).length };
    const { settings: before } = await cards.state(account);
    return sealing.sealed(
      {
        ...{ running: runningPrepaidSettings, stream: prepaidSettingsStream(account), account },
        ...{ kind: 'mails', bytes: recordBytes(mails), standing: before.mails },
        said: { prepaidSettings: account, ...writtenOf(settings) },
        commandOf: (reference): PrepaidSettingsCommand => ({
          type: 'ChangePrepaidSettings',
          now: runner.clock.now(),
          ...{ account, addresses, settings: { ...settings, mails: reference } },
        }),
      },
      caller,
    );
  }

  /** The gateway forgets it first: a card that is removed here can be charged by nobody. */
  async forgetCard({ account, card }: OneCard, caller: Caller): Promise<Answer<PrepaidSettingsView>> {
    const { facts, cards, payments } = this.parts;
    if (!(await facts.account(account))) return NO_SUCH_ACCOUNT;
    const { cards: kept, inFlight } = await cards.state(account);
    const known = kept.get(card);
    if (known && inFlight?.card !== card) await payments.forgetCard(account, known);
    const forget = (now: Instant) => ({ type: 'ForgetCard', now, account, card }) as const;
    const done = await cards.run(account, forget, { forgetCard: account, card }, caller);
    if (done.kind !== 'done') return done;
    return answered(done, await this.view(account, await cards.state(account)));
  }
}

const text = (amount: Money | null): string | null => (amount === null ? null : Money.text(amount));

const writtenOf = (settings: Omit<PrepaidSettings, 'mails'>): object => ({
  ...settings,
  alertAmounts: settings.alertAmounts.map(Money.text),
  ...{ trigger: text(settings.trigger), amount: text(settings.amount), limit: text(settings.limit) },
});

const cardView = (of: KeptCardState): KeptCardView => ({
  ...{ card: of.card, brand: of.brand, lastFour: of.lastFour, switchedOff: of.switchedOff },
  ...{ keptAt: Instant.text(of.keptAt), lastUsedAt: Instant.text(of.lastUsedAt) },
});
