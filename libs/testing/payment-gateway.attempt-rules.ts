import { Money } from '#kernel';
import { lacking, type PaymentRequest } from '#ports';
import {
  AMOUNT,
  cannotKeepCards,
  having,
  keptCard,
  type OpenPaymentGateway,
  onFreshGateway,
  sampleRequest,
  unopened,
} from './payment-gateway.samples.js';

/** What a request must not be: [what, change, field that is named]. */
const MALFORMED: readonly (readonly [string, Partial<PaymentRequest>, string])[] = [
  ['an attempt without a name', { attempt: '' }, 'attempt'],
  ['capitals in an attempt', { attempt: 'Order-1' }, 'attempt'],
  ['an attempt of 61 characters', { attempt: 'a'.repeat(61) }, 'attempt'],
  ['a way of paying that there is not', { method: 'cheque' as 'card' }, 'method'],
  ['nothing to pay', { amount: Money.zero }, 'amount'],
  ['less than nothing', { amount: Money.yen(-1) }, 'amount'],
  ['parts of a yen', { amount: Money.of('1000.5') }, 'amount'],
  ['a chain that there is not', { method: 'konbini', chain: 'nowhere' }, 'chain'],
  ['a chain for a card', { chain: 'lawson' }, 'chain'],
  ['a card for a shop', { method: 'konbini', card: 'c' }, 'card'],
  ['nobody to type a card', { unattended: true }, 'card'],
  ['a card that is not kept', { card: 'nowhere' }, 'card'],
  ['a way back that is a script', { returnTo: 'javascript:alert(1)' }, 'returnTo'],
  ['a way back without a server', { returnTo: '/payments/1' }, 'returnTo'],
  ['a header in the way back', { returnTo: 'http://a.example/\r\nset-cookie: a=b' }, 'returnTo'],
];

export function attemptRules(open: OpenPaymentGateway): void {
  onceRules(open);
  refusingRules(open);
  inquiryRules(open);
  failureRules(open);
}

function onceRules(open: OpenPaymentGateway): void {
  const fresh = onFreshGateway(open);
  const where = having(open);
  describe('is asked once for each attempt', () => {
    it(
      'finds what the same attempt has begun',
      fresh(async the => {
        const { begin, world } = the;
        const first = await begin();
        expect(first).toMatchObject({ attempt: 'order-1-1', amount: AMOUNT, received: 0, returned: 0 });
        expect(await begin()).toEqual(first);
        expect((await begin({ attempt: 'order-1-2' })).payment).not.toBe(first.payment);
        expect((await world.books()).payments).toBe(unopened(the, 2));
      }),
    );

    it(
      'makes one payment of an attempt that is asked many times at once',
      fresh(async the => {
        const { begin, world } = the;
        const all = await Promise.all(Array.from({ length: 8 }, () => begin()));
        expect(new Set(all.map(({ payment }) => payment)).size).toBe(1);
        expect((await world.books()).payments).toBe(unopened(the, 1));
      }),
    );

    it(
      'finds a payment whose answer was lost, by asking again and by inquiring',
      fresh(async the => {
        const { begin, gateway, world } = the;
        await world.loseNextAnswer();
        await expect(begin()).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
        const found = await gateway.inquire({ attempt: 'order-1-1' });
        if (lacking(gateway, 'card', 'unopened')) expect(found).toBeUndefined();
        else expect(found).toMatchObject({ attempt: 'order-1-1' });
        expect(await begin()).toEqual(found ?? (await begin()));
        expect((await world.books()).payments).toBe(unopened(the, 1));
      }),
    );

    it(
      'charges a kept card once, however often and however unluckily it is asked',
      where(
        'card',
        'kept_cards',
        async the => {
          const { token } = await keptCard(the);
          const change = { card: token, unattended: true };
          await the.world.loseNextAnswer();
          await expect(the.begin(change)).rejects.toMatchObject({ executed: 'unknown' });
          const all = await Promise.all(Array.from({ length: 4 }, () => the.begin(change)));
          expect(new Set(all.map(({ payment }) => payment)).size).toBe(1);
          expect(all[0]).toMatchObject({ state: 'paid', received: AMOUNT });
          expect(await the.world.books()).toMatchObject({ payments: 2, taken: Money.yen(6_000) });
        },
        cannotKeepCards,
      ),
    );
  });
}

function refusingRules(open: OpenPaymentGateway): void {
  const fresh = onFreshGateway(open);
  describe('refuses what it cannot ask', () => {
    it.each<[string, Partial<PaymentRequest>]>([
      ['amount', { amount: Money.yen(3_001) }],
      ['customer', { customer: 'a-2' }],
      ['method', { method: 'bank_transfer' }],
    ])('refuses a known attempt with another %s', (_what, change) =>
      fresh(async ({ begin, gateway, now, world }) => {
        const { abilities } = gateway;
        const begun = await begin();
        // Only what somebody has opened is known there.
        if (lacking(gateway, 'card', 'unopened')) await world.typeCard(begun, 'good');
        const first = await now(begun);
        const offered =
          change.method === undefined || abilities.some(({ method }) => method === change.method);
        const field = offered ? 'attempt' : 'method';
        await expect(begin(change)).rejects.toMatchObject({ name: 'InvalidInput', field });
        expect(await now(first)).toEqual(first);
      })(),
    );

    it(
      'lets the way back and the language of a known attempt change',
      fresh(async ({ begin }) => {
        const { payment } = await begin();
        const again = await begin({ language: 'en', returnTo: 'http://localhost:3001/' });
        expect(again.payment).toBe(payment);
      }),
    );

    it.each(MALFORMED)('refuses %s before anything is begun', (_what, change, field) =>
      fresh(async ({ gateway, world }) => {
        const begun = gateway.begin(sampleRequest(change));
        const offered = gateway.abilities.some(({ method }) => method === (change.method ?? 'card'));
        const named = offered || field === 'attempt' ? field : 'method';
        await expect(begun).rejects.toMatchObject({ name: 'InvalidInput', field: named });
        expect((await world.books()).payments).toBe(0);
      })(),
    );
  });
}

function inquiryRules(open: OpenPaymentGateway): void {
  const fresh = onFreshGateway(open);
  describe('knows what it was asked', () => {
    it(
      'is found by attempt and by payment alike',
      fresh(async ({ begin, gateway, now, world }) => {
        const opened = await begin();
        if (lacking(gateway, 'card', 'unopened')) await world.typeCard(opened, 'good');
        const begun = await now(opened);
        const [byAttempt, byPayment] = await Promise.all([
          gateway.inquire({ attempt: 'order-1-1' }),
          gateway.inquire({ payment: begun.payment }),
        ]);
        expect(byAttempt).toEqual(begun);
        expect(byPayment).toEqual(begun);
      }),
    );

    it(
      'knows a payment whose page nobody has used, or says that it cannot',
      fresh(async ({ begin, gateway }) => {
        const begun = await begin();
        const knowsNothing = lacking(gateway, 'card', 'unopened');
        const byPayment = await gateway.inquire({ payment: begun.payment });
        expect(byPayment).toEqual(knowsNothing ? { ...begun, page: null } : begun);
        const byAttempt = await gateway.inquire({ attempt: 'order-1-1' });
        expect(byAttempt).toEqual(knowsNothing ? undefined : begun);
      }),
    );

    it(
      'says undefined of what it does not know',
      fresh(async ({ gateway }) => {
        expect(await gateway.inquire({ attempt: 'order-9-1' })).toBeUndefined();
        expect(await gateway.inquire({ payment: 'nowhere' })).toBeUndefined();
      }),
    );

    it(
      'has the environment of its gateway, and a name that can be part of a key',
      fresh(async ({ begin, gateway }) => {
        expect(gateway.name).toMatch(/^[a-z][a-z0-9]{0,19}$/);
        expect((await begin()).environment).toBe(gateway.environment);
      }),
    );
  });
}

function failureRules(open: OpenPaymentGateway): void {
  const fresh = onFreshGateway(open);
  describe('says what became of a call that failed', () => {
    it(
      'surely nothing, where nobody listened',
      fresh(async ({ begin, gateway, world }) => {
        await world.goDown();
        const nothing = { name: 'GatewayFailed', executed: 'no' };
        await expect(begin()).rejects.toMatchObject(nothing);
        await expect(gateway.inquire({ attempt: 'order-1-1' })).rejects.toMatchObject(nothing);
      }),
    );

    it(
      'nobody knows, where the line broke',
      fresh(async the => {
        const { begin, gateway, world } = the;
        await world.loseNextCall();
        const error: unknown = await begin().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
        expect(String(error)).not.toMatch(/a-1|order-1|localhost/);
        expect(await gateway.inquire({ attempt: 'order-1-1' })).toBeUndefined();
        await begin();
        expect((await world.books()).payments).toBe(unopened(the, 1));
      }),
    );
  });
}
