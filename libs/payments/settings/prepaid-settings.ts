import {
  type AccountId,
  assertNever,
  type Decider,
  happened,
  type Instant,
  type Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { type CardCommand, decideCard } from './cards.js';
import { type TellExpiry, tellExpiry } from './expiry-mails.js';
import { decideRecharge, type RechargeCommand } from './recharging.js';
import type { PrepaidSettingsEvent } from './settings.events.js';
import {
  type PrepaidSettingsRejection,
  prepaidSettingsRefusals,
  prepaidSettingsUnchanged,
} from './settings.refusals.js';
import {
  evolvePrepaidSettings,
  freshPrepaidSettings,
  type PrepaidSettings,
  type PrepaidSettingsState,
} from './settings.state.js';

/**
 * All of the page at once. The amount of a charge is whole yen within the limits of a card payment, which the
 * caller has checked; so are the lists of addresses, at most five each (AR-12).
 */
export interface ChangePrepaidSettings {
  readonly type: 'ChangePrepaidSettings';
  readonly now: Instant;
  readonly account: AccountId;
  readonly settings: PrepaidSettings;
  /** How many addresses each list has. */
  readonly addresses: { readonly alert: number; readonly limit: number };
}

export type PrepaidSettingsCommand = ChangePrepaidSettings | CardCommand | RechargeCommand | TellExpiry;

type Decision = Outcome<PrepaidSettingsEvent, PrepaidSettingsRejection>;

/** What is missing of settings that are on; what is off may be left half written. */
function missing({ settings, addresses }: ChangePrepaidSettings, { cards }: PrepaidSettingsState) {
  const { alert, alertAmounts, recharge, trigger, amount, limit, card, limitAlert } = settings;
  if (alert !== 'off' && alertAmounts.length === 0) return prepaidSettingsRefusals.ALERT_AMOUNT_REQUIRED;
  if (alert !== 'off' && addresses.alert === 0) return prepaidSettingsRefusals.ALERT_MAILS_REQUIRED;
  if (limitAlert !== 'off' && addresses.limit === 0) return prepaidSettingsRefusals.LIMIT_MAILS_REQUIRED;
  if (card !== null && !cards.has(card)) return prepaidSettingsRefusals.NO_SUCH_CARD;
  if (!recharge) return undefined;
  if (trigger === null) return prepaidSettingsRefusals.TRIGGER_REQUIRED;
  if (amount === null) return prepaidSettingsRefusals.RECHARGE_AMOUNT_REQUIRED;
  if (limit === null) return prepaidSettingsRefusals.MONTH_LIMIT_REQUIRED;
  if (limit < amount) return prepaidSettingsRefusals.MONTH_LIMIT_TOO_LOW;
  return card === null ? prepaidSettingsRefusals.RECHARGE_CARD_REQUIRED : undefined;
}

const same = (one: PrepaidSettings, other: PrepaidSettings): boolean =>
  one.alert === other.alert &&
  one.alertAmounts.join() === other.alertAmounts.join() &&
  one.mails?.ref === other.mails?.ref &&
  one.recharge === other.recharge &&
  one.trigger === other.trigger &&
  one.amount === other.amount &&
  one.limit === other.limit &&
  one.card === other.card &&
  one.limitAlert === other.limitAlert;

/** An amount that was told stays told; a new one is told as soon as the balance is found below it. */
function alertsKept({ alert, alertAmounts }: PrepaidSettings, { settings, told }: PrepaidSettingsState) {
  const stays = (amount: Money): boolean => settings.alert !== 'off' && told.includes(amount);
  if (alert === 'off') return { told: [], untold: [] };
  return { told: alertAmounts.filter(stays), untold: alertAmounts.filter(one => !stays(one)) };
}

function change(command: ChangePrepaidSettings, state: PrepaidSettingsState): Decision {
  const { now: at, account, settings } = command;
  const refusal = missing(command, state);
  if (refusal) return rejected(refusal);
  // Saved once more, a card that was refused too often is charged again.
  const isOff = settings.card !== null && state.cards.get(settings.card)?.switchedOff === true;
  if (same(settings, state.settings) && !(settings.recharge && isOff))
    return nothing(prepaidSettingsUnchanged.SETTINGS_THE_SAME);
  return happened<PrepaidSettingsEvent>({
    type: 'PrepaidSettingsChanged',
    at,
    ...{ account, ...settings, ...alertsKept(settings, state) },
  });
}

function decide(command: PrepaidSettingsCommand, state: PrepaidSettingsState): Decision {
  switch (command.type) {
    case 'ChangePrepaidSettings':
      return change(command, state);
    case 'KeepCard':
    case 'UseCard':
    case 'ForgetCard':
      return decideCard(command, state);
    case 'TellExpiry':
      return tellExpiry(command, state);
    case 'ObserveBalance':
    case 'EndRecharge':
      return decideRecharge(command, state);
    default:
      return assertNever(command);
  }
}

/** What a customer set of prepaid value, the cards he registered, and the one charge that is in flight. */
export const prepaidSettings: Decider<
  PrepaidSettingsCommand,
  PrepaidSettingsEvent,
  PrepaidSettingsState,
  PrepaidSettingsRejection
> = {
  name: 'prepaidSettings',
  decide,
  evolve: evolvePrepaidSettings,
  fresh: freshPrepaidSettings,
};
