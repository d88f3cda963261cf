import { type AccountId, assertNever, BusinessDay, BusinessMonth, type Instant, Money } from '#kernel';
import type { MailWish, PrepaidSettingsEvent } from './settings.events.js';

/** Where the lists of addresses lie. */
export interface MailsReference {
  readonly ref: string;
  readonly mac: string;
}

export interface KeptCardState {
  readonly card: string;
  readonly gateway: string;
  readonly environment: 'test' | 'live';
  /** What the gateway charges it by; no face of the product shows it. */
  readonly token: string;
  readonly brand: string;
  readonly lastFour: string;
  readonly keptAt: Instant;
  readonly lastUsedAt: Instant;
  /** The payment that it was used for last. */
  readonly lastPayment: string | null;
  /** Auto-recharges that it was refused for in a row. */
  readonly failures: number;
  /** It was refused too often: it is not charged by itself until the customer says so. */
  readonly switchedOff: boolean;
}

/** What a customer set (PRE-02 to PRE-10). */
export interface PrepaidSettings {
  readonly alert: MailWish;
  /** One or two amounts, in the order of their fields. */
  readonly alertAmounts: readonly Money[];
  readonly mails: MailsReference | null;
  readonly recharge: boolean;
  /** Charged when the available funds are at or below. */
  readonly trigger: Money | null;
  readonly amount: Money | null;
  /** The most of a calendar month of Japan. */
  readonly limit: Money | null;
  readonly card: string | null;
  readonly limitAlert: MailWish;
}

export interface RechargeInFlight {
  readonly payment: string;
  readonly card: string;
  readonly amount: Money;
  readonly month: BusinessMonth;
  readonly begunAt: Instant;
  readonly payableUntil: Instant;
  readonly policy: string;
}

export interface PrepaidSettingsState {
  account: AccountId | null;
  settings: PrepaidSettings;
  cards: Map<string, KeptCardState>;
  /** Cards that were removed: where they had been kept. */
  forgotten: Map<string, Pick<KeptCardState, 'gateway' | 'environment'>>;
  /** Alert amounts that were told and not reached again since. */
  told: readonly Money[];
  /** Of value that is told to expire after a day: how many days before that day it was told last. */
  readonly expiryTold: Map<BusinessDay, number>;
  inFlight: RechargeInFlight | null;
  /** When the last one began, whatever came of it. */
  lastBegunAt: Instant | null;
  /** Auto-recharges of the newest month that had one: those that are or may be charged. */
  month: BusinessMonth | null;
  monthTotal: Money;
  /** Nothing more is charged in this month. */
  stoppedIn: BusinessMonth | null;
}

export const NOTHING_SET: PrepaidSettings = {
  ...{ alert: 'off', alertAmounts: [], mails: null, limitAlert: 'off' },
  ...{ recharge: false, trigger: null, amount: null, limit: null, card: null },
};

export const freshPrepaidSettings = (): PrepaidSettingsState => ({
  ...{
    account: null,
    settings: NOTHING_SET,
    cards: new Map(),
    forgotten: new Map(),
    told: [],
    expiryTold: new Map(),
  },
  ...{ inFlight: null, lastBegunAt: null, month: null, monthTotal: Money.zero, stoppedIn: null },
});

export const prepaidSettingsStream = (account: AccountId): string => `prepaidSettings-${account}`;

/** What was auto-recharged in a month: what failed does not count. */
export const rechargedIn = ({ month, monthTotal }: PrepaidSettingsState, of: BusinessMonth): Money =>
  month === of ? monthTotal : Money.zero;

/** The card that auto-recharge would charge; undefined where none can be. */
export function chosenCard({ settings, cards }: PrepaidSettingsState): KeptCardState | undefined {
  const { recharge, card } = settings;
  const chosen = recharge && card !== null ? cards.get(card) : undefined;
  return chosen?.switchedOff ? undefined : chosen;
}

type Of<Type extends PrepaidSettingsEvent['type']> = Extract<PrepaidSettingsEvent, { type: Type }>;

function changeCard(
  { cards }: PrepaidSettingsState,
  card: string,
  change: (known: KeptCardState) => Partial<KeptCardState>,
): void {
  const known = cards.get(card);
  if (known) cards.set(card, { ...known, ...change(known) });
}

function forgetCard(state: PrepaidSettingsState, { card, chosen }: Of<'CardForgotten'>): void {
  const { gateway, environment } = state.cards.get(card)!;
  state.cards.delete(card);
  state.forgotten.set(card, { gateway, environment });
  // Nothing is charged by itself without a card.
  if (chosen) state.settings = { ...state.settings, card: null, recharge: false };
}

function applySettings(state: PrepaidSettingsState, event: Of<'PrepaidSettingsChanged'>): void {
  const { alert, alertAmounts, mails, recharge, trigger, amount, limit, card, limitAlert } = event;
  state.settings = { alert, alertAmounts, mails, recharge, trigger, amount, limit, card, limitAlert };
  state.told = event.told;
  // What was set now may fit into the month again.
  state.stoppedIn = null;
  // The customer says that the card is to be charged.
  if (recharge && card !== null) changeCard(state, card, known => (known.switchedOff ? NOT_REFUSED : {}));
}

const NOT_REFUSED = { failures: 0, switchedOff: false } as const;

function tell({ expiryTold }: PrepaidSettingsState, { at, expiring }: Of<'ExpiryTold'>): void {
  const today = BusinessDay.of(at);
  for (const day of expiryTold.keys()) if (day < today) expiryTold.delete(day);
  for (const { expiresOn, daysBefore } of expiring) expiryTold.set(expiresOn, daysBefore);
}

function begin(state: PrepaidSettingsState, event: Of<'RechargeBegun'>): void {
  const { payment, card, amount, at, monthTotal, payableUntil, policy } = event;
  const month = BusinessMonth.of(at);
  state.inFlight = { payment, card, amount, month, begunAt: at, payableUntil, policy };
  state.lastBegunAt = at;
  state.month = month;
  state.monthTotal = monthTotal;
}

function fail(state: PrepaidSettingsState, event: Of<'RechargeFailed'>): void {
  const { card, failures, switchedOff } = event;
  const { inFlight } = state;
  if (inFlight && inFlight.month === state.month)
    state.monthTotal = Money.subtract(state.monthTotal, inFlight.amount);
  state.inFlight = null;
  changeCard(state, card, () => ({ failures, switchedOff }));
}

export function evolvePrepaidSettings(
  state: PrepaidSettingsState,
  event: PrepaidSettingsEvent,
): PrepaidSettingsState {
  state.account = event.account;
  switch (event.type) {
    case 'CardKept': {
      const { card, gateway, environment, token, brand, lastFour, at } = event;
      const fresh = { keptAt: at, lastUsedAt: at, lastPayment: null, ...NOT_REFUSED };
      state.cards.set(card, { card, gateway, environment, token, brand, lastFour, ...fresh });
      break;
    }
    case 'CardUsed':
      changeCard(state, event.card, () => ({
        ...{ lastUsedAt: event.at, lastPayment: event.payment, failures: 0 },
      }));
      break;
    case 'CardForgotten':
      forgetCard(state, event);
      break;
    case 'PrepaidSettingsChanged':
      applySettings(state, event);
      break;
    case 'BalanceAlertFired':
    case 'BalanceAlertArmed':
      state.told = event.told;
      break;
    case 'ExpiryTold':
      tell(state, event);
      break;
    case 'RechargeBegun':
      begin(state, event);
      break;
    case 'RechargeDone':
      state.inFlight = null;
      changeCard(state, event.card, () => NOT_REFUSED);
      break;
    case 'RechargeFailed':
      fail(state, event);
      break;
    case 'RechargeStopped':
      state.stoppedIn = event.month;
      break;
    default:
      assertNever(event);
  }
  return state;
}
