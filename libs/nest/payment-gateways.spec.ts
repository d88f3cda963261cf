import { readConfig } from '#config';
import { Instant, Money } from '#kernel';
import type { PaymentRequest } from '#ports';
import { SimulatedClock } from '#testing';
import { LINK_FORM_KEY, LINK_FORM_SHOP, openLinkFormWorld } from '../../test/support/link-form-world.js';
import { openPaymentGateways } from './payment-gateways.js';

const request: PaymentRequest = {
  ...{ attempt: 't1-1', method: 'card', amount: Money.yen(3_000), customer: 'A1', card: null, chain: null },
  ...{ keepCard: false, unattended: false, language: 'ja', returnTo: 'https://billing.example.jp/charge/t1' },
  payableUntil: Instant.parse('2026-11-27T23:59:59.999+09:00'),
};

describe('gateways as the configuration says', () => {
  it('are none without a word of any', async () => {
    expect(await openPaymentGateways(readConfig({}))).toBeUndefined();
  });

  it('lead back to the portal and over its page, with or without real money', async () => {
    const clock = new SimulatedClock('2026-11-20T09:00:00+09:00');
    const home = await openLinkFormWorld(clock);
    const env = {
      DAICHO_LINK_FORM_URL: home.running.url,
      DAICHO_LINK_FORM_SHOP: LINK_FORM_SHOP,
      DAICHO_LINK_FORM_KEY: LINK_FORM_KEY,
      DAICHO_LINK_FORM_SENDERS: '127.0.0.1,192.0.2.67',
      DAICHO_LINK_FORM_CONTACT: '0312345678,billing@example.jp',
      DAICHO_PUBLIC_URL: 'https://billing.example.jp/',
    };
    const opened = async (more: object) =>
      (await openPaymentGateways(readConfig({ ...env, ...more }), clock))!;
    const { gateways, returnTo } = await opened({ DAICHO_LINK_FORM_TEST_ID: 'practice' });
    expect(returnTo('t1')).toBe('https://billing.example.jp/charge/t1');
    expect([gateways[0]!.name, gateways[0]!.environment]).toEqual(['linkform', 'test']);
    expect((await opened({})).gateways[0]!.environment).toBe('live');
    const { page } = await gateways[0]!.begin(request);
    expect(page).toMatch(
      /^https:\/\/billing\.example\.jp\/api\/v1\/payment-gateways\/linkform\/form\?payment=t\./,
    );
    const slip = await gateways[0]!.begin({
      ...request,
      attempt: 't1-2',
      method: 'konbini',
      chain: 'lawson',
    });
    expect(slip).toMatchObject({ state: 'waits_for_money', environment: 'test' });
    await home.dispose();
  });
});
