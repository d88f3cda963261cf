import { Instant, Money } from '#kernel';
import { type GatewayPayment, lacking } from '#ports';
import {
  AFTER_DEADLINE,
  AMOUNT,
  cannotKeepCards,
  GATEWAY_START,
  type GatewayTest,
  having,
  keptCard,
  type OpenPaymentGateway,
  offering,
  PAYER,
  TYPED_CARDS,
  type TypedCard,
} from './payment-gateway.samples.js';

const PAID_NOW = { state: 'paid', received: AMOUNT, paidAt: Instant.parse(GATEWAY_START), decline: null };
/** The number of no card: 12 digits and more that belong together. */
const CARD_NUMBER = /\d{12,}/;
/** Without its amounts and times. */
const textsOf = (said: GatewayPayment): string =>
  JSON.stringify(said, (_key, value: unknown) => (typeof value === 'number' ? undefined : value));

export function methodRules(open: OpenPaymentGateway): void {
  cardRules(open);
  keptCardRules(open);
  keptCardOwnerRules(open);
  netBankRules(open);
  konbiniRules(open);
  transferRules(open);
}

function cardRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  describe('takes cards', () => {
    it(
      'waits for the customer with a page, and is not paid',
      where('card', async ({ begin }) => {
        const begun = await begin();
        expect(begun).toMatchObject({ state: 'waits_for_customer', received: 0, paidAt: null, card: null });
        expect(begun.page).toMatch(/^https?:\/\//);
      }),
    );

    it.each(Object.entries(TYPED_CARDS) as [TypedCard, string | null][])(
      'says what came of a card: %s',
      (card, decline) =>
        where('card', async ({ begin, now, world }) => {
          const begun = await begin();
          await world.typeCard(begun, card);
          const said = await now(begun);
          if (decline === null) expect(said).toMatchObject(PAID_NOW);
          else expect(said).toMatchObject({ state: 'failed', decline, received: 0, paidAt: null });
          expect((await world.books()).taken).toBe(decline === null ? AMOUNT : 0);
          expect(textsOf(said)).not.toMatch(CARD_NUMBER);
        })(),
    );

    it(
      'is charged once, however often the card is typed',
      where('card', async ({ begin, now, world }) => {
        const begun = await begin();
        await world.typeCard(begun, 'good');
        await world.typeCard(begun, 'good');
        expect(await now(begun)).toMatchObject(PAID_NOW);
        expect((await world.books()).taken).toBe(AMOUNT);
      }),
    );

    it(
      'says that the customer turned away',
      where('card', async ({ begin, gateway, now, world }) => {
        const begun = await begin();
        await world.giveUp(begun);
        const failed = { state: 'failed', decline: 'given_up' };
        const said = lacking(gateway, 'card', 'unopened') ? { state: 'waits_for_customer' } : failed;
        expect(await now(begun)).toMatchObject({ ...said, received: 0 });
      }),
    );

    it(
      'takes no card after the deadline',
      where('card', async ({ begin, clock, now, world }) => {
        const begun = await begin();
        clock.moveTo(AFTER_DEADLINE);
        expect(await now(begun)).toMatchObject({ state: 'failed', decline: 'deadline_passed' });
        await world.typeCard(begun, 'good');
        expect((await world.books()).taken).toBe(0);
      }),
    );
  });
}

function keptCardRules(open: OpenPaymentGateway): void {
  const where = having(open);
  describe('keeps cards', () => {
    it(
      'keeps a card that it is asked to keep, by a token and without its number',
      where(
        'card',
        'kept_cards',
        async the => {
          const { token, brand, lastFour } = await keptCard(the);
          expect(lastFour).toMatch(/^\d{4}$/);
          expect(brand).toMatch(/^[A-Z]+$/);
          expect(token).not.toMatch(CARD_NUMBER);
        },
        cannotKeepCards,
      ),
    );

    it(
      'keeps none that it was not asked to keep, nor one that was refused',
      where(
        'card',
        'kept_cards',
        async ({ begin, now, world }) => {
          const [other, refused] = [await begin(), await begin({ attempt: 'order-1-2', keepCard: true })];
          await world.typeCard(other, 'good');
          await world.typeCard(refused, 'refused');
          expect((await now(other)).card).toBeNull();
          expect((await now(refused)).card).toBeNull();
        },
        cannotKeepCards,
      ),
    );

    it.each<[TypedCard, string | null]>([
      ['good', null],
      ['asked', null],
      ['refused_later', 'declined'],
      ['asked_later', 'authentication_required'],
    ])('charges a kept card that was %s while nobody sits there', (card, decline) =>
      where(
        'card',
        'kept_cards',
        async the => {
          const { token } = await keptCard(the, card);
          const said = await the.begin({ card: token, unattended: true });
          if (decline === null) expect(said).toMatchObject({ ...PAID_NOW, page: null });
          else expect(said).toMatchObject({ state: 'failed', decline, received: 0 });
        },
        cannotKeepCards,
      )(),
    );
  });
}

function keptCardOwnerRules(open: OpenPaymentGateway): void {
  const where = having(open);
  describe('keeps cards for their customer alone', () => {
    it(
      'lets nobody charge the card of another customer',
      where(
        'card',
        'kept_cards',
        async the => {
          const { token } = await keptCard(the);
          const charged = the.begin({ card: token, customer: 'a-2', unattended: true });
          await expect(charged).rejects.toMatchObject({ name: 'InvalidInput', field: 'card' });
        },
        cannotKeepCards,
      ),
    );

    it(
      'charges no card that it was told to forget, and forgets one twice',
      where(
        'card',
        'kept_cards',
        async the => {
          const { token } = await keptCard(the);
          await the.gateway.forgetCard('a-2', token);
          expect(await the.begin({ card: token, unattended: true })).toMatchObject({ state: 'paid' });
          await the.gateway.forgetCard('a-1', token);
          await the.gateway.forgetCard('a-1', token);
          const charged = the.begin({ attempt: 'order-2-1', card: token, unattended: true });
          await expect(charged).rejects.toMatchObject({ name: 'InvalidInput', field: 'card' });
          // What was asked before it was forgotten is still one payment.
          expect(await the.begin({ card: token, unattended: true })).toMatchObject({ state: 'paid' });
        },
        cannotKeepCards,
      ),
    );
  });
}

function netBankRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  describe('takes money from net banks', () => {
    it(
      'is paid at once by a bank that settles at once',
      where('net_bank', async ({ begin, now, world }) => {
        const begun = await begin({ method: 'net_bank' });
        expect(begun).toMatchObject({ state: 'waits_for_customer', received: 0 });
        await world.payByNetBank(begun);
        expect(await now(begun)).toMatchObject({ ...PAID_NOW, payer: expect.any(String) });
      }),
    );
  });
}

function konbiniRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  const chainsOf = ({ gateway }: GatewayTest) =>
    gateway.abilities.find(({ method }) => method === 'konbini')!.chains;

  describe('takes money at shops', () => {
    it(
      'issues the numbers of each chain, which are not money',
      where('konbini', async the => {
        for (const [i, { code, ja, en }] of chainsOf(the).entries()) {
          const begun = await the.begin({ method: 'konbini', chain: code, attempt: `order-1-${i}` });
          expect(begun).toMatchObject({ state: 'waits_for_money', received: 0, paidAt: null });
          expect(begun.slip).toMatchObject({ chain: code });
          expect(begun.slip!.numbers.length).toBeGreaterThan(0);
          expect([ja, en].filter(name => name === '')).toEqual([]);
        }
        expect((await the.world.books()).taken).toBe(0);
      }),
    );

    it(
      'lets the customer choose the chain, and is paid there once',
      where('konbini', async the => {
        const { begin, now, world } = the;
        const { code } = chainsOf(the)[0]!;
        const begun = await begin({ method: 'konbini' });
        expect(begun).toMatchObject({ state: 'waits_for_customer', slip: null });
        await world.chooseChain(begun, code);
        const issued = await now(begun);
        expect(issued).toMatchObject({ state: 'waits_for_money', received: 0, slip: { chain: code } });
        await world.payAtShop(issued);
        await world.payAtShop(issued);
        expect(await now(begun)).toMatchObject({ ...PAID_NOW, slip: issued.slip });
        expect((await world.books()).taken).toBe(AMOUNT);
      }),
    );

    it(
      'ends at the deadline, and says so',
      where('konbini', async the => {
        const { code: chain } = chainsOf(the)[0]!;
        const begun = await the.begin({ method: 'konbini', chain });
        the.clock.moveTo(AFTER_DEADLINE);
        expect(await the.now(begun)).toMatchObject({ state: 'failed', decline: 'deadline_passed' });
      }),
    );
  });
}

function transferRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  const transfers = (amount: number, expected: Partial<GatewayPayment>) =>
    where('bank_transfer', async ({ begin, now, world }) => {
      const begun = await begin({ method: 'bank_transfer' });
      await world.transfer(begun, Money.yen(amount), PAYER);
      expect(await now(begun)).toMatchObject({ state: 'paid', amount: AMOUNT, ...expected });
    });

  describe('takes transfers', () => {
    it(
      'issues an account, which is not money',
      where('bank_transfer', async ({ begin }) => {
        const begun = await begin({ method: 'bank_transfer' });
        expect(begun).toMatchObject({ state: 'waits_for_money', received: 0, paidAt: null });
        expect(begun.account!.number).toMatch(/^\d{7}$/);
      }),
    );

    it('says who paid what', transfers(3_000, { ...PAID_NOW, payer: PAYER } as Partial<GatewayPayment>));
    it('shows too little as what it is', transfers(2_999, { received: Money.yen(2_999) }));
    it('shows too much as what it is', transfers(3_001, { received: Money.yen(3_001) }));

    it(
      'adds what comes a second time',
      where('bank_transfer', async ({ begin, now, world }) => {
        const begun = await begin({ method: 'bank_transfer' });
        await world.transfer(begun, AMOUNT, PAYER);
        await world.transfer(begun, AMOUNT, 'ベツノ ヒト');
        expect(await now(begun)).toMatchObject({ state: 'paid', received: Money.yen(6_000), payer: PAYER });
        expect((await world.books()).taken).toBe(Money.yen(6_000));
      }),
    );

    it(
      'shows money that came after the deadline, and when it came',
      where('bank_transfer', async ({ begin, clock, now, world }) => {
        const begun = await begin({ method: 'bank_transfer' });
        clock.moveTo(AFTER_DEADLINE);
        expect(await now(begun)).toMatchObject({ state: 'failed', decline: 'deadline_passed', received: 0 });
        await world.transfer(begun, AMOUNT, PAYER);
        const late = { state: 'paid', received: AMOUNT, paidAt: Instant.parse(AFTER_DEADLINE) };
        expect(await now(begun)).toMatchObject({ ...late, decline: null });
      }),
    );
  });
}
