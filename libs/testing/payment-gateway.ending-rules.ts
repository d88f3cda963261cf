import { Money } from '#kernel';
import { lacking, NotificationRefused } from '#ports';
import {
  AFTER_DEADLINE,
  AMOUNT,
  cannotBeCancelled,
  cannotBeGivenBack,
  type GatewayTest,
  having,
  type OpenPaymentGateway,
  offering,
  onFreshGateway,
  PAYER,
} from './payment-gateway.samples.js';

export function endingRules(open: OpenPaymentGateway): void {
  cancelRules(open);
  uncancelledRules(open);
  refundRules(open);
  refundLimitRules(open);
  notificationRules(open);
}

function cancelRules(open: OpenPaymentGateway): void {
  const where = having(open);
  describe('is cancelled', () => {
    it(
      'so that no card can pay it any more, and stays so',
      where(
        'card',
        'cancel',
        async ({ begin, gateway, now, world }) => {
          const begun = await begin();
          expect(await gateway.cancel(begun.payment)).toMatchObject({ state: 'cancelled', received: 0 });
          await world.typeCard(begun, 'good');
          expect(await now(begun)).toMatchObject({ state: 'cancelled', received: 0 });
          expect(await gateway.cancel(begun.payment)).toMatchObject({ state: 'cancelled' });
          expect(await begin()).toMatchObject({ payment: begun.payment, state: 'cancelled' });
          expect((await world.books()).taken).toBe(0);
        },
        cannotBeCancelled('card'),
      ),
    );

    it(
      'so that no shop takes its slip any more',
      where(
        'konbini',
        'cancel',
        async ({ begin, gateway, now, world }) => {
          const { chains } = gateway.abilities.find(({ method }) => method === 'konbini')!;
          const begun = await begin({ method: 'konbini', chain: chains[0]!.code });
          await gateway.cancel(begun.payment);
          await world.payAtShop(begun);
          expect(await now(begun)).toMatchObject({ state: 'cancelled', received: 0 });
        },
        cannotBeCancelled('konbini', { chain: 'lawson' }),
      ),
    );

    it(
      'also after the deadline, so that no bank takes money for it any more',
      where(
        'bank_transfer',
        'cancel',
        async ({ begin, clock, gateway, now, world }) => {
          const begun = await begin({ method: 'bank_transfer' });
          clock.moveTo(AFTER_DEADLINE);
          expect(await gateway.cancel(begun.payment)).toMatchObject({ state: 'cancelled' });
          await world.transfer(begun, AMOUNT, PAYER);
          expect(await now(begun)).toMatchObject({ state: 'cancelled', received: 0 });
        },
        cannotBeCancelled('bank_transfer'),
      ),
    );
  });
}

function uncancelledRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  const fresh = onFreshGateway(open);
  describe('is not cancelled', () => {
    it(
      'when it is paid',
      where('card', async ({ begin, gateway, now, world }) => {
        const begun = await begin();
        await world.typeCard(begun, 'good');
        await expect(gateway.cancel(begun.payment)).rejects.toMatchObject({ name: 'NotCancellable' });
        expect(await now(begun)).toMatchObject({ state: 'paid', received: AMOUNT });
      }),
    );

    it(
      'when it is paid at the same time: one of the two happens',
      where('card', async ({ begin, gateway, now, world }) => {
        const begun = await begin();
        const cancelled = gateway.cancel(begun.payment).then(
          () => true,
          () => false,
        );
        await world.typeCard(begun, 'good').catch(() => undefined);
        const said = await now(begun);
        expect(said).toMatchObject(
          (await cancelled) ? { state: 'cancelled', received: 0 } : { state: 'paid', received: AMOUNT },
        );
      }),
    );

    it(
      'when there is none',
      fresh(async ({ gateway }) => {
        const refused = { name: 'InvalidInput', field: 'payment' };
        await expect(gateway.cancel('nowhere')).rejects.toMatchObject(refused);
        const given = gateway.refund('nowhere', 'r-1', AMOUNT);
        const field = lacking(gateway, 'card', 'refund') ? 'refund' : 'payment';
        await expect(given).rejects.toMatchObject({ ...refused, field });
      }),
    );
  });
}

async function paid({ begin, now, world }: GatewayTest): Promise<string> {
  const begun = await begin();
  await world.typeCard(begun, 'good');
  return (await now(begun)).payment;
}

function refundRules(open: OpenPaymentGateway): void {
  const where = having(open);
  describe('gives money back', () => {
    it(
      'once for each refund, also when its answer was lost',
      where(
        'card',
        'refund',
        async the => {
          const { gateway, world } = the;
          const payment = await paid(the);
          await world.loseNextAnswer();
          const lost = gateway.refund(payment, 'r-1', Money.yen(1_000));
          await expect(lost).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
          const again = () => gateway.refund(payment, 'r-1', Money.yen(1_000));
          const [said] = await Promise.all([again(), again()]);
          expect(said).toMatchObject({ state: 'paid', received: AMOUNT, returned: Money.yen(1_000) });
          expect(await world.books()).toMatchObject({ taken: AMOUNT, returned: Money.yen(1_000) });
        },
        cannotBeGivenBack,
      ),
    );

    it(
      'never more than came in and was not given back',
      where(
        'card',
        'refund',
        async the => {
          const { gateway, world } = the;
          const payment = await paid(the);
          await gateway.refund(payment, 'r-1', Money.yen(2_000));
          const refused = { name: 'InvalidInput', field: 'amount' };
          await expect(gateway.refund(payment, 'r-2', Money.yen(1_001))).rejects.toMatchObject(refused);
          await expect(gateway.refund(payment, 'r-2', Money.zero)).rejects.toMatchObject(refused);
          await expect(gateway.refund(payment, 'r-2', Money.of('0.5'))).rejects.toMatchObject(refused);
          const known = gateway.refund(payment, 'r-1', Money.yen(1));
          await expect(known).rejects.toMatchObject({ name: 'InvalidInput', field: 'refund' });
          expect(await gateway.refund(payment, 'r-3', Money.yen(1_000))).toMatchObject({ returned: AMOUNT });
          expect((await world.books()).returned).toBe(AMOUNT);
        },
        cannotBeGivenBack,
      ),
    );
  });
}

function refundLimitRules(open: OpenPaymentGateway): void {
  const where = having(open);
  describe('gives no more money back than there is', () => {
    it(
      'also where the holder of a card objects: nothing is left to give back',
      where(
        'card',
        'refund',
        async ({ begin, gateway, now, world }) => {
          const begun = await begin();
          await world.typeCard(begun, 'good');
          await gateway.refund(begun.payment, 'r-1', Money.yen(1_000));
          await world.loseDispute(begun);
          expect(await now(begun)).toMatchObject({ state: 'paid', received: AMOUNT, returned: AMOUNT });
          const given = gateway.refund(begun.payment, 'r-2', Money.yen(1));
          await expect(given).rejects.toMatchObject({ name: 'InvalidInput', field: 'amount' });
        },
        cannotBeGivenBack,
      ),
    );

    it(
      'never what did not come in',
      where(
        'card',
        'refund',
        async ({ begin, gateway }) => {
          const { payment } = await begin();
          const given = gateway.refund(payment, 'r-1', Money.yen(1));
          await expect(given).rejects.toMatchObject({ name: 'InvalidInput', field: 'amount' });
        },
        cannotBeGivenBack,
      ),
    );
  });
}

function notificationRules(open: OpenPaymentGateway): void {
  const where = offering(open);
  describe('notifies', () => {
    it(
      'of a payment that was made, by its attempt or its own id',
      where('card', async the => {
        const { clock, gateway, world } = the;
        const payment = await paid(the);
        const [first] = await world.notifications(1);
        const said = gateway.read(first!, clock.now());
        expect(said.id).not.toBe('');
        expect([said.attempt, said.payment].filter(one => one !== null).length).toBeGreaterThan(0);
        if (said.attempt !== null) expect(said.attempt).toBe('order-1-1');
        if (said.payment !== null) expect(said.payment).toBe(payment);
        expect(gateway.read(first!, clock.now())).toEqual(said);
      }),
    );

    it(
      'so that one that comes twice is recognized, in whatever order they come',
      where('card', async ({ begin, clock, gateway, world }) => {
        await world.disturbNotifications();
        for (let i = 1; i <= 3; i++) await world.typeCard(await begin({ attempt: `order-1-${i}` }), 'good');
        const all = (await world.notifications(4)).map(one => gateway.read(one, clock.now()));
        const ids = new Set(all.map(({ id }) => id));
        expect(ids.size).toBe(all.length - 1);
      }),
    );

    it(
      'and is not believed when it is not its own, not ours or not of now',
      where('card', async the => {
        const { begin, clock, gateway, world } = the;
        const begun = await begin();
        const forgeries = await world.forgeries(begun);
        const outcomes = forgeries.map(({ what, notification }) => {
          try {
            gateway.read(notification, clock.now());
            return [what, 'taken'];
          } catch (error) {
            return [what, error instanceof NotificationRefused ? error.code : String(error)];
          }
        });
        expect(outcomes).toEqual(forgeries.map(({ what, code }) => [what, code]));
        const codes = forgeries.map(({ code }) => code);
        expect(codes).toEqual(expect.arrayContaining(['UNREADABLE', 'WRONG_ENVIRONMENT']));
        expect(codes.some(code => code === 'WRONG_SIGNATURE' || code === 'WRONG_SENDER')).toBe(true);
      }),
    );
  });
}
