import { attemptRules } from './payment-gateway.attempt-rules.js';
import { endingRules } from './payment-gateway.ending-rules.js';
import { methodRules } from './payment-gateway.method-rules.js';
import type { OpenPaymentGateway } from './payment-gateway.samples.js';

export type {
  Forgery,
  GatewayWorld,
  OpenPaymentGateway,
  PaymentGatewayUnderTest,
  TypedCard,
} from './payment-gateway.samples.js';

/**
 * What the port `PaymentGateway` promises, as tests. Every adapter runs all of it; there are no options. A
 * method that it does not offer it must refuse.
 * @param open gives an agency for each test that has taken nothing yet, on the clock that it is given
 */
export function paymentGatewayContract(adapter: string, open: OpenPaymentGateway): void {
  describe(`payment gateway contract: ${adapter}`, () => {
    attemptRules(open);
    methodRules(open);
    endingRules(open);
  });
}
