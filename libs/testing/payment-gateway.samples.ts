import { Instant, Money } from '#kernel';
import {
  type GatewayLack,
  type GatewayMethod,
  type GatewayPayment,
  lacking,
  type NotificationProblem,
  type PaymentGateway,
  type PaymentRequest,
  type RawNotification,
} from '#ports';
import { SimulatedClock } from './simulated-clock.js';

/** What comes of a card that is typed on the page; `asked`: for a code, which the customer types right. */
export const TYPED_CARDS = {
  good: null,
  asked: null,
  asked_and_failed: 'authentication_failed',
  refused: 'declined',
  poor: 'insufficient_funds',
  expired: 'expired_card',
  without_3d_secure: 'no_3d_secure',
} as const;
/** `refused_later`, `asked_later`: good when it is typed, and not when it is charged without its holder. */
export type TypedCard = keyof typeof TYPED_CARDS | 'refused_later' | 'asked_later';

/** A notification that must not be taken, and what it is refused as. */
export interface Forgery {
  readonly what: string;
  readonly code: NotificationProblem;
  readonly notification: RawNotification;
}

/** What happens on the other side: customers, shops, banks, and the line in between. */
export interface GatewayWorld {
  /** The customer opens the page of a payment and types a card. */
  typeCard(payment: GatewayPayment, card: TypedCard): Promise<void>;
  /** The customer opens the page and pays from a bank that settles at once. */
  payByNetBank(payment: GatewayPayment): Promise<void>;
  /** The customer opens the page and chooses a chain of shops. */
  chooseChain(payment: GatewayPayment, chain: string): Promise<void>;
  /** Somebody pays the slip at the shop; nothing happens where the shop does not take it. */
  payAtShop(payment: GatewayPayment): Promise<void>;
  /** Somebody sends money to the account of a payment; nothing happens where the bank does not take it. */
  transfer(payment: GatewayPayment, amount: Money, payer: string): Promise<void>;
  /** The customer opens the page and turns away. */
  giveUp(payment: GatewayPayment): Promise<void>;
  /** The holder of a card objects to what it was charged, and is given it back without us. */
  loseDispute(payment: GatewayPayment): Promise<void>;
  /** The next call is carried out, and its answer never comes. */
  loseNextAnswer(): Promise<void>;
  /** The next call is lost on the way, after the connection stood. */
  loseNextCall(): Promise<void>;
  /** Nobody listens there any more. */
  goDown(): Promise<void>;
  /** How many payments the agency has begun, and what it has taken and given back, by its own books. */
  books(): Promise<{ readonly payments: number; readonly taken: Money; readonly returned: Money }>;
  /** Waits until the agency has sent so many notifications, repeats included, and gives all of them. */
  notifications(atLeast: number): Promise<readonly RawNotification[]>;
  /** The next notification is sent twice; the two after it the wrong way round. */
  disturbNotifications(): Promise<void>;
  /** Among them one that cannot be read, one of the other environment, and one that another has made. */
  forgeries(payment: GatewayPayment): Promise<readonly Forgery[]>;
}

export interface PaymentGatewayUnderTest {
  readonly gateway: PaymentGateway;
  readonly world: GatewayWorld;
  dispose(): Promise<void>;
}

/** An agency that has taken nothing yet, on the clock that it is given. */
export type OpenPaymentGateway = (clock: SimulatedClock) => Promise<PaymentGatewayUnderTest>;

export interface GatewayTest extends PaymentGatewayUnderTest {
  readonly clock: SimulatedClock;
  readonly begin: (change?: Partial<PaymentRequest>) => Promise<GatewayPayment>;
  /** What the gateway says of it now. */
  readonly now: (payment: GatewayPayment) => Promise<GatewayPayment>;
}

export const GATEWAY_START = '2026-11-20T09:00:00.000+09:00';
export const DEADLINE = '2026-11-27T23:59:59.999+09:00';
export const AFTER_DEADLINE = '2026-11-28T00:00:00.000+09:00';
export const AMOUNT = Money.yen(3_000);
export const PAYER = 'ダイチョウ タロウ';

export const sampleRequest = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  attempt: 'order-1-1',
  method: 'card',
  amount: AMOUNT,
  customer: 'a-1',
  card: null,
  keepCard: false,
  unattended: false,
  chain: null,
  payableUntil: Instant.parse(DEADLINE),
  returnTo: 'http://localhost:3000/payments/order-1',
  language: 'ja',
  ...change,
});

/** Runs `test` with an agency of its own and removes it afterwards, whatever happened. */
export const onFreshGateway =
  (open: OpenPaymentGateway) => (test: (the: GatewayTest) => Promise<void>) => async (): Promise<void> => {
    const clock = new SimulatedClock(GATEWAY_START);
    const under = await open(clock);
    const { gateway } = under;
    try {
      await test({
        ...under,
        clock,
        begin: change => gateway.begin(sampleRequest(change)),
        async now({ payment }) {
          const found = await gateway.inquire({ payment });
          if (!found) throw new Error(`${payment} is not known any more`);
          return found;
        },
      });
    } finally {
      await under.dispose();
    }
  };

/**
 * The same where the gateway offers a method. Where it does not, it must say so before it asks anybody: no
 * rule is passed over in silence.
 */
export const offering =
  (open: OpenPaymentGateway) => (method: GatewayMethod, test: (the: GatewayTest) => Promise<void>) =>
    onFreshGateway(open)(async the => {
      if (the.gateway.abilities.some(one => one.method === method)) return test(the);
      const refused = the.begin({ method });
      await expect(refused).rejects.toMatchObject({ name: 'InvalidInput', field: 'method' });
      expect((await the.world.books()).payments).toBe(0);
    });

/**
 * The same of what a gateway may lack. Where it does, `lacked` says what it must do in its place.
 */
export const having =
  (open: OpenPaymentGateway) =>
  (
    method: GatewayMethod,
    lack: GatewayLack,
    test: (the: GatewayTest) => Promise<void>,
    lacked: (the: GatewayTest) => Promise<void>,
  ) =>
    offering(open)(method, the => (lacking(the.gateway, method, lack) ? lacked : test)(the));

/** What cannot be cancelled stays as it is, and can be paid. */
export const cannotBeCancelled =
  (method: GatewayMethod, change: Partial<PaymentRequest> = {}) =>
  async ({ begin, gateway, now }: GatewayTest): Promise<void> => {
    const begun = await begin({ method, ...change });
    const before = await now(begun);
    await expect(gateway.cancel(begun.payment)).rejects.toMatchObject({ name: 'NotCancellable' });
    expect(await now(begun)).toEqual(before);
  };

/** Whoever pays goes by hand: nothing is given back, and it is said. */
export async function cannotBeGivenBack({ begin, gateway, now, world }: GatewayTest): Promise<void> {
  const begun = await begin();
  await world.typeCard(begun, 'good');
  const before = await now(begun);
  const given = gateway.refund(begun.payment, 'r-1', AMOUNT);
  await expect(given).rejects.toMatchObject({ name: 'InvalidInput', field: 'refund' });
  expect(await now(begun)).toEqual(before);
  expect((await world.books()).returned).toBe(0);
}

/** No card is kept, whoever asks for it, and nothing is begun. */
export async function cannotKeepCards({ begin, world }: GatewayTest): Promise<void> {
  const keeping = begin({ keepCard: true });
  await expect(keeping).rejects.toMatchObject({ name: 'InvalidInput', field: 'keepCard' });
  const charging = begin({ card: 'c', unattended: true });
  await expect(charging).rejects.toMatchObject({ name: 'InvalidInput', field: 'card' });
  expect((await world.books()).payments).toBe(0);
}

/** How many payments an agency has begun of so many that it was asked for and nobody has opened. */
export const unopened = ({ gateway }: GatewayTest, asked: number): number =>
  lacking(gateway, 'card', 'unopened') ? 0 : asked;

/** A card that the agency keeps, typed in a payment of its own. */
export async function keptCard({ begin, now, world }: GatewayTest, card: TypedCard = 'good') {
  const payment = await begin({ attempt: 'order-0-1', keepCard: true });
  await world.typeCard(payment, card);
  const { card: kept } = await now(payment);
  if (!kept) throw new Error('the card was not kept');
  return kept;
}
