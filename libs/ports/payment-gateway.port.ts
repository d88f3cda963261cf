import { type Instant, InvalidInput, type Language, Money } from '#kernel';

/** Ways of paying that a gateway may carry. Bank transfers to the provider's own account need no gateway. */
export const GATEWAY_METHODS = ['card', 'net_bank', 'konbini', 'bank_transfer'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];

/** A gateway is asked with test data or with real money, never with both (FIELD 1.8, fault 12). */
export type GatewayEnvironment = 'test' | 'live';

/** One attempt to be paid. The same attempt asked twice is one payment at the gateway, for ever. */
export interface PaymentRequest {
  /** Ours, for ever: 1-60 characters of `a-z`, `0-9` and `-`. */
  readonly attempt: string;
  readonly method: GatewayMethod;
  /** Whole yen, above zero. */
  readonly amount: Money;
  /** Who pays, in our words: the gateway keeps the cards of one customer together. */
  readonly customer: string;
  /** A registered card: its token at this gateway. Null: the customer types one on the gateway's page. */
  readonly card: string | null;
  /** The gateway shall keep the card that is typed, for later charges. */
  readonly keepCard: boolean;
  /** Nobody sits before a browser: a registered card is charged without a page (auto-recharge). */
  readonly unattended: boolean;
  /** A code of `chains`; null: the customer chooses on the gateway's page. Only of `konbini`. */
  readonly chain: string | null;
  /** The last instant at which it may be paid. */
  readonly payableUntil: Instant;
  /** Where the gateway's page sends the browser in the end, whatever came of it: an absolute http(s) URL. */
  readonly returnTo: string;
  readonly language: Language;
}

/**
 * `waits_for_customer`: the gateway's page is open. `waits_for_money`: a slip or an account was issued; it is
 * not paid (FIELD 1.8, fault 14). `paid`: money has come in, be it another amount or late. The last three are
 * final for the customer; money may still come, or go.
 */
export const GATEWAY_STATES = [
  'waits_for_customer',
  'waits_for_money',
  'paid',
  'failed',
  'cancelled',
] as const;
export type GatewayState = (typeof GATEWAY_STATES)[number];

/** What a customer types into the machine of a shop, in the words of its chain. */
export interface SlipNumber {
  readonly kind: 'receipt' | 'confirmation' | 'company' | 'order' | 'online' | 'phone' | 'voucher';
  readonly value: string;
}

export interface KonbiniSlip {
  readonly chain: string;
  readonly numbers: readonly SlipNumber[];
}

export interface TransferAccount {
  readonly bank: string;
  readonly branch: string;
  readonly kind: 'ordinary' | 'current';
  /** 7 digits. */
  readonly number: string;
  /** Half-width or full-width kana, as the bank writes it. */
  readonly holder: string;
}

export interface KeptCard {
  /** What the gateway charges it by; no face of the product shows it. */
  readonly token: string;
  /** `VISA`, `JCB` …, in capitals; `OTHER` where the gateway does not say. */
  readonly brand: string;
  readonly lastFour: string;
}

/** Why it failed. */
export const DECLINES = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'authentication_failed',
  'authentication_required',
  'no_3d_secure',
  'deadline_passed',
  'given_up',
] as const;
export type Decline = (typeof DECLINES)[number];

/** What a gateway says of a payment at this moment: a piece of evidence, never a decision. */
export interface GatewayPayment {
  /** The gateway's own id: with its name, what a credit goes by. */
  readonly payment: string;
  /** Null: it was not begun by us. */
  readonly attempt: string | null;
  readonly environment: GatewayEnvironment;
  readonly method: GatewayMethod;
  readonly state: GatewayState;
  /** What was asked for. */
  readonly amount: Money;
  /** What has come in, also where it is another amount; zero before. */
  readonly received: Money;
  /** When it came in; null before. */
  readonly paidAt: Instant | null;
  /** Who paid, as the bank wrote it; null where the method has no name. */
  readonly payer: string | null;
  /** The page for the customer's browser; null where there is none to open. */
  readonly page: string | null;
  readonly slip: KonbiniSlip | null;
  readonly account: TransferAccount | null;
  readonly decline: Decline | null;
  /** The card that was kept for later, or the kept one that was charged. */
  readonly card: KeptCard | null;
  /** What went back to the customer: refunds and lost disputes. */
  readonly returned: Money;
}

/** A notification as it came over HTTP. */
export interface RawNotification {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The very bytes: signatures are made over them. */
  readonly body: Uint8Array;
  /** The address of the peer, as our own proxy settings know it. */
  readonly from: string;
}

/** What a notification is about. It is never believed: whoever takes it asks the gateway (FIELD 1.8). */
export interface Notification {
  /** The gateway's id of the notification, or one of its content where it has none. */
  readonly id: string;
  /** At least one of the two. */
  readonly attempt: string | null;
  readonly payment: string | null;
}

export type NotificationProblem =
  | 'UNREADABLE'
  | 'WRONG_SIGNATURE'
  /** Its time is too far from ours, also ahead of it. */
  | 'TOO_OLD'
  | 'WRONG_ENVIRONMENT'
  | 'WRONG_SENDER';

/** A notification that is not the gateway's, or not for us: it changes nothing. */
export class NotificationRefused extends Error {
  override readonly name = 'NotificationRefused';
  constructor(readonly code: NotificationProblem) {
    super(code);
  }
}

/**
 * Nobody knows what became of a call. `executed: 'no'`: surely nothing; the same call may be made again.
 * `'unknown'`: it may have happened; whoever asked inquires before anything else.
 */
export class GatewayFailed extends Error {
  override readonly name = 'GatewayFailed';
  constructor(
    readonly executed: 'no' | 'unknown',
    /** In English, without personal data and secrets. */
    readonly problem: string,
  ) {
    super(problem);
  }
}

/** What a payment can no longer be cancelled for. */
export class NotCancellable extends Error {
  override readonly name = 'NotCancellable';
}

/**
 * What some agencies cannot do, said before anybody relies on it. `cancel`: it has no call for it, so
 * everything is `NotCancellable` until it ends by itself. `refund`: money goes back by hand, on its own pages
 * or by transfer. `kept_cards`: it keeps none for us. `unopened`: of a page that nobody has used yet it knows
 * nothing: an inquiry by attempt says undefined, one by payment says no page (that of `begin` stands), and
 * who turns away from it leaves no trace.
 */
export type GatewayLack = 'cancel' | 'refund' | 'kept_cards' | 'unopened';

export interface GatewayAbility {
  readonly method: GatewayMethod;
  /** What it cannot do with this method; nothing without it. */
  readonly lacks?: readonly GatewayLack[];
  /** Of `konbini`: the chains of shops, by code, with the names that customers know. */
  readonly chains: readonly { readonly code: string; readonly ja: string; readonly en: string }[];
}

/** What a browser posts to reach the page of a gateway. */
export interface GatewayForm {
  readonly attempt: string;
  /** An absolute http(s) URL. */
  readonly action: string;
  /** ASCII only: agencies read other alphabets than we write. */
  readonly fields: Readonly<Record<string, string>>;
  readonly amount: Money;
  readonly language: Language;
}

/**
 * A payment agency. It takes the customer's money; what it says is evidence. Every adapter passes
 * `paymentGatewayContract` of `#testing`, all of it.
 */
export interface PaymentGateway {
  /** `[a-z][a-z0-9]{0,19}`: part of the key of every credit, so it never changes. */
  readonly name: string;
  readonly environment: GatewayEnvironment;
  readonly abilities: readonly GatewayAbility[];
  /**
   * Begins a payment, or finds the one that this attempt has begun. A known attempt with another method,
   * amount, customer, card or chain is refused; the way back and the language may change.
   * @throws InvalidInput naming the field (`attempt` of a known one, `card` that is not kept): nothing was
   * begun
   * @throws GatewayFailed when the answer did not come
   */
  begin(request: PaymentRequest): Promise<GatewayPayment>;
  /**
   * What is known of a payment, by our attempt or by its own id; undefined: there is none.
   * @throws GatewayFailed
   */
  inquire(
    of: { readonly attempt: string } | { readonly payment: string },
  ): Promise<GatewayPayment | undefined>;
  /**
   * Makes sure that nobody can pay it any more, also after its deadline; one that is cancelled stays so.
   * @throws NotCancellable when money has come in, or where it lacks `cancel`
   * @throws InvalidInput naming `payment` when there is none
   * @throws GatewayFailed
   */
  cancel(payment: string): Promise<GatewayPayment>;
  /**
   * Gives money back to the customer; the same `refund` twice is one.
   * @param amount whole yen, at most what was received and has not been given back
   * @throws InvalidInput naming `amount`; `refund` of a known one with another amount, or where it lacks
   * `refund`; `payment`
   * @throws GatewayFailed
   */
  refund(payment: string, refund: string, amount: Money): Promise<GatewayPayment>;
  /** Forgets a card; one that is not known is forgotten already. @throws GatewayFailed */
  forgetCard(customer: string, token: string): Promise<void>;
  /**
   * Only where the gateway's page is reached by posting a form: `page` is then an address of ours, and this
   * is what it leads to. Undefined: that is no page of ours, or it can no longer be paid there.
   * @param query of that address
   * @throws GatewayFailed
   */
  form?(query: Readonly<Record<string, string>>): Promise<GatewayForm | undefined>;
  /** @throws NotificationRefused */
  read(notification: RawNotification, now: Instant): Notification;
}

/** Whether a gateway cannot do something with a method, offered or not. */
export const lacking = (
  { abilities }: Pick<PaymentGateway, 'abilities'>,
  method: GatewayMethod,
  lack: GatewayLack,
): boolean => abilities.find(one => one.method === method)?.lacks?.includes(lack) ?? false;

const ATTEMPT = /^[a-z0-9-]{1,60}$/;
const URL_FORM = /^https?:\/\/[\x21-\x7e]{1,1000}$/;

/** What every adapter checks before it asks. @throws InvalidInput naming the field */
export function checkPaymentRequest(request: PaymentRequest, abilities: readonly GatewayAbility[]): void {
  const { attempt, method, amount, chain, card, keepCard, unattended, returnTo } = request;
  if (!ATTEMPT.test(attempt)) throw new InvalidInput('attempt', 'must be 1-60 of a-z, 0-9 and -');
  const ability = abilities.find(one => one.method === method);
  if (!ability) throw new InvalidInput('method', 'is not offered by this gateway');
  if (amount <= 0 || amount !== Money.toWholeYen(amount, 'down'))
    throw new InvalidInput('amount', 'must be whole yen above zero');
  if (chain !== null && !ability.chains.some(({ code }) => code === chain))
    throw new InvalidInput('chain', 'is not one of the chains of this gateway');
  if (card !== null && method !== 'card') throw new InvalidInput('card', 'is only for card payments');
  const keepsNone = ability.lacks?.includes('kept_cards');
  if (keepsNone && keepCard) throw new InvalidInput('keepCard', 'is not offered by this gateway');
  if (keepsNone && card !== null) throw new InvalidInput('card', 'is none that this gateway keeps');
  if (unattended && card === null) throw new InvalidInput('card', 'is needed where nobody can type one');
  if (!URL_FORM.test(returnTo)) throw new InvalidInput('returnTo', 'must be an http or https URL');
}
