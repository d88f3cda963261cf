import { type AccountId, happened, type Instant, nothing, type Outcome, rejected } from '#kernel';
import type { PrepaidSettingsEvent } from './settings.events.js';
import {
  type PrepaidSettingsRejection,
  prepaidSettingsRefusals,
  prepaidSettingsUnchanged,
} from './settings.refusals.js';
import type { PrepaidSettingsState } from './settings.state.js';

// Cards that gateways keep for later (PAY-05, INF-10): a token, the last four digits, two dates.

interface Of {
  readonly now: Instant;
  readonly account: AccountId;
  readonly card: string;
}

/** A gateway keeps the card that was typed on its page. */
export interface KeepCard extends Of {
  readonly type: 'KeepCard';
  readonly gateway: string;
  readonly environment: 'test' | 'live';
  readonly token: string;
  readonly brand: string;
  /** 4 digits. */
  readonly lastFour: string;
}

/** A payment by a kept card is there. */
export interface UseCard extends Of {
  readonly type: 'UseCard';
  readonly payment: string;
}

export interface ForgetCard extends Of {
  readonly type: 'ForgetCard';
}
export type CardCommand = KeepCard | UseCard | ForgetCard;

type Decision = Outcome<PrepaidSettingsEvent, PrepaidSettingsRejection>;

function keep(command: KeepCard, { cards }: PrepaidSettingsState): Decision {
  const { now: at, account, card, gateway, environment, token, brand, lastFour } = command;
  const known = [...cards.values()].find(one => one.gateway === gateway && one.token === token);
  if (known) return nothing(prepaidSettingsUnchanged.CARD_KNOWN);
  return happened<PrepaidSettingsEvent>({
    type: 'CardKept',
    at,
    ...{ account, card, gateway, environment, token, brand, lastFour },
  });
}

function use({ now: at, account, card, payment }: UseCard, { cards }: PrepaidSettingsState): Decision {
  const known = cards.get(card);
  // What a card paid that was removed meanwhile is in the payment.
  if (!known || known.lastPayment === payment) return nothing(prepaidSettingsUnchanged.CARD_USE_KNOWN);
  return happened<PrepaidSettingsEvent>({ type: 'CardUsed', at, account, card, payment });
}

function forget({ now: at, account, card }: ForgetCard, state: PrepaidSettingsState): Decision {
  if (!state.cards.has(card))
    return state.forgotten.has(card)
      ? nothing(prepaidSettingsUnchanged.CARD_GONE)
      : rejected(prepaidSettingsRefusals.NO_SUCH_CARD);
  if (state.inFlight?.card === card) return rejected(prepaidSettingsRefusals.CARD_IN_USE);
  return happened<PrepaidSettingsEvent>({
    type: 'CardForgotten',
    at,
    account,
    card,
    chosen: state.settings.card === card,
  });
}

export function decideCard(command: CardCommand, state: PrepaidSettingsState): Decision {
  if (command.type === 'KeepCard') return keep(command, state);
  return command.type === 'UseCard' ? use(command, state) : forget(command, state);
}
