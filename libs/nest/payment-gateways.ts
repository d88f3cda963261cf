import { systemClock } from '#adapters/clock';
import type { Config } from '#config';
import type { Clock, PaymentGateway } from '#ports';
import type { PaymentPorts } from '#runtime';

/** An agency with link forms; undefined where none is configured. */
async function linkForm({ environment }: Config, clock: Clock): Promise<PaymentGateway | undefined> {
  const { DAICHO_LINK_FORM_URL: url, DAICHO_LINK_FORM_SHOP: shop, DAICHO_LINK_FORM_KEY: key } = environment;
  const { DAICHO_LINK_FORM_SENDERS: senders, DAICHO_LINK_FORM_CONTACT: contact } = environment;
  const publicUrl = environment.DAICHO_PUBLIC_URL;
  if (!url || !shop || !key || !senders || !contact || !publicUrl) return undefined;
  const { openLinkFormPayments } = await import('#adapters/link-form-payments');
  const [telno, email] = contact.split(',');
  return openLinkFormPayments({
    ...{ clock, url, shop, key, senders: senders.split(',') },
    testId: environment.DAICHO_LINK_FORM_TEST_ID ?? null,
    pageUrl: `${new URL(publicUrl).origin}/api/v1/payment-gateways/linkform/form`,
    contact: { telno: telno!, email: email! },
  });
}

/**
 * Where customers pay, as the configuration says; the same in every process that asks gateways. Undefined:
 * it names no gateway. The adapters are loaded only where they are configured.
 */
export async function openPaymentGateways(
  config: Config,
  clock: Clock = systemClock,
): Promise<PaymentPorts | undefined> {
  const gateway = await linkForm(config, clock);
  if (!gateway) return undefined;
  const origin = new URL(config.environment.DAICHO_PUBLIC_URL!).origin;
  return { gateways: [gateway], returnTo: payment => `${origin}/charge/${payment}` };
}
