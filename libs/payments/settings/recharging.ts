import {
  type AccountId,
  BusinessMonth,
  happened,
  Instant,
  Money,
  type MoneyTotal,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import type { PrepaidSettingsEvent } from './settings.events.js';
import {
  type PrepaidSettingsRejection,
  prepaidSettingsRefusals,
  prepaidSettingsUnchanged,
} from './settings.refusals.js';
import { chosenCard, type PrepaidSettingsState, rechargedIn } from './settings.state.js';

// What a balance calls for: a mail, a charge (PRE-02 to PRE-11; DECISIONS: Alert, Auto-recharge).

/** How auto-recharges follow one another. */
export interface RechargeTerms {
  /** Whole minutes between the beginnings of two, 30 or more (PRE-07). */
  readonly minutesBetween: number;
  /** A card that is refused so often in a row is not charged by itself any more (PRE-11). */
  readonly failuresInARow: number;
  /** Name and version of the rules, for the record. */
  readonly policy: string;
}

/** What the wallet holds at this moment. */
export interface ObserveBalance {
  readonly type: 'ObserveBalance';
  readonly now: Instant;
  readonly account: AccountId;
  /** What the customer sees as the balance: what calls hold is still his. */
  readonly balance: MoneyTotal;
  /** What a new call finds. */
  readonly available: MoneyTotal;
  /** The name of the payment, should one begin: new for each look. */
  readonly payment: string;
  /** The chosen card's gateway is there, and the account can be credited: outside facts. */
  readonly canCharge: boolean;
  readonly terms: RechargeTerms;
}

/** What became of the payment of an auto-recharge, for good. */
export interface EndRecharge {
  readonly type: 'EndRecharge';
  readonly now: Instant;
  readonly account: AccountId;
  readonly payment: string;
  /** Null: its money is a lot. Else why nothing will come of it. */
  readonly why: string | null;
  readonly terms: RechargeTerms;
}
export type RechargeCommand = ObserveBalance | EndRecharge;

type Decision = Outcome<PrepaidSettingsEvent, PrepaidSettingsRejection>;

/**
 * Why a card was refused. Anything else, as a gateway that was silent or a deadline that passed, says nothing
 * of the card and is not counted against it.
 */
const OF_THE_CARD: ReadonlySet<string> = new Set([
  ...['declined', 'insufficient_funds', 'expired_card'],
  ...['authentication_failed', 'authentication_required', 'no_3d_secure'],
]);

/** Each amount is told once on the way down (balance < amount), and again when it was reached in between. */
function alerts(command: ObserveBalance, { settings, told }: PrepaidSettingsState): PrepaidSettingsEvent[] {
  const { now: at, account, balance } = command;
  const { alert, alertAmounts } = settings;
  if (alert === 'off') return [];
  const isBelow = (amount: Money): boolean => balance < amount;
  const now = { told: alertAmounts.filter(isBelow), untold: alertAmounts.filter(one => !isBelow(one)) };
  const below = now.told.filter(amount => !told.includes(amount));
  const reached = now.untold.filter(amount => told.includes(amount));
  const events: PrepaidSettingsEvent[] = [];
  if (below.length > 0)
    events.push({
      type: 'BalanceAlertFired',
      at,
      ...{ account, alertAmounts: below, balance, wish: alert, ...now },
    });
  if (reached.length > 0)
    events.push({ type: 'BalanceAlertArmed', at, account, alertAmounts: reached, balance, ...now });
  return events;
}

/** The earliest instant of the next one (AR-06); undefined: at once. */
export const nextRechargeAt = (
  { lastBegunAt }: Pick<PrepaidSettingsState, 'lastBegunAt'>,
  { minutesBetween }: Pick<RechargeTerms, 'minutesBetween'>,
): Instant | undefined =>
  lastBegunAt === null ? undefined : Instant.plusMs(lastBegunAt, minutesBetween * 60_000);

/** One charge, or the end of charging for this month. Never two in flight. */
function recharge(command: ObserveBalance, state: PrepaidSettingsState): PrepaidSettingsEvent[] {
  const { now: at, account, available, payment, canCharge, terms } = command;
  const { trigger, amount, limit, limitAlert: wish } = state.settings;
  const chosen = chosenCard(state);
  if (!chosen || !canCharge || state.inFlight || trigger === null || amount === null || limit === null)
    return [];
  if (available > trigger || at < (nextRechargeAt(state, terms) ?? at)) return [];
  const month = BusinessMonth.of(at);
  const before = rechargedIn(state, month);
  const monthTotal = Money.add(before, amount);
  if (monthTotal > limit) {
    if (state.stoppedIn === month) return [];
    return [{ type: 'RechargeStopped', at, account, month, monthTotal: before, amount, limit, wish }];
  }
  const { card } = chosen;
  // After that time the next one may begin: this one must be over.
  const payableUntil = Instant.plusMs(at, terms.minutesBetween * 60_000);
  const { policy } = terms;
  return [
    {
      type: 'RechargeBegun',
      at,
      ...{ account, payment, card, amount, available, monthTotal, payableUntil, policy },
    },
  ];
}

function observe(command: ObserveBalance, state: PrepaidSettingsState): Decision {
  const [first, ...others] = [...alerts(command, state), ...recharge(command, state)];
  if (!first) return nothing(prepaidSettingsUnchanged.BALANCE_AS_BEFORE);
  return happened<PrepaidSettingsEvent>(first, ...others);
}

function end(command: EndRecharge, state: PrepaidSettingsState): Decision {
  const { now: at, account, payment, why, terms } = command;
  const { inFlight, cards } = state;
  if (inFlight?.payment !== payment) return rejected(prepaidSettingsRefusals.NO_SUCH_RECHARGE);
  const { card, amount } = inFlight;
  if (why === null)
    return happened<PrepaidSettingsEvent>({ type: 'RechargeDone', at, account, payment, card });
  const { failures: before = 0, switchedOff: wasOff = false } = cards.get(card) ?? {};
  const failures = before + (OF_THE_CARD.has(why) ? 1 : 0);
  const switchedOff = wasOff || failures >= terms.failuresInARow;
  return happened<PrepaidSettingsEvent>({
    type: 'RechargeFailed',
    at,
    ...{ account, payment, card, amount, why, failures, switchedOff },
  });
}

export const decideRecharge = (command: RechargeCommand, state: PrepaidSettingsState): Decision =>
  command.type === 'ObserveBalance' ? observe(command, state) : end(command, state);
