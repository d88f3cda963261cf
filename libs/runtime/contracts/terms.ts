import type { CancellationTerms, EndRule, PriceListVersion, ReductionOn, ShippingTerms } from '#contracts';
import { BusinessDay, type Instant } from '#kernel';
import { policyInForce, policyOf } from '#policies';
import type { Facts } from '../engine/facts.js';

/** The list of an account, and its version in force. */
interface Prices {
  readonly priceList: string;
  readonly version: PriceListVersion | undefined;
}

/** The rules of cancellations that are in force at an instant, and where they come from. */
export async function termsAt(
  facts: Facts,
  at: Instant,
  { priceList, version }: Prices,
): Promise<CancellationTerms> {
  const policies = await facts.policies();
  const day = BusinessDay.of(at);
  const rules = (version?.products ?? []).flatMap(({ code, end }): [string, EndRule][] =>
    end === null ? [] : [[code, end]],
  );
  const named = ['contracts.cut-off-ms', 'contracts.ends-with-month'] as const;
  return {
    cutOffMs: policyOf(policies, 'contracts.cut-off-ms', day),
    endWithMonth: policyOf(policies, 'contracts.ends-with-month', day),
    ofProduct: new Map(rules),
    priceList: `${priceList}@${version?.version ?? 0}`,
    policy: named.map(name => policyInForce(policies, name, day).reference).join(' '),
  };
}

/** The rules of shipments that are in force at an instant, and where they come from. */
export async function shippingTermsAt(facts: Facts, at: Instant): Promise<ShippingTerms> {
  const policies = await facts.policies();
  const day = BusinessDay.of(at);
  const named = [
    ...(['devices.ships-from-business-days', 'devices.ships-to-business-days'] as const),
    ...(['devices.return-days', 'devices.warranty-months'] as const),
  ];
  return {
    shipsFrom: policyOf(policies, 'devices.ships-from-business-days', day),
    shipsTo: policyOf(policies, 'devices.ships-to-business-days', day),
    returnDays: policyOf(policies, 'devices.return-days', day),
    warrantyMonths: policyOf(policies, 'devices.warranty-months', day),
    closedDays: new Set(policyOf(policies, 'provider.closed-days', day)),
    yearEnd: policyOf(policies, 'provider.year-end-days', day),
    policy: named.map(name => policyInForce(policies, name, day).reference).join(' '),
  };
}

/** Who loses what is allotted above the rest, by the policy in force on the day of an end. */
export async function reductionsOf(facts: Facts): Promise<ReductionOn> {
  const name = 'contracts.allotment-reduction';
  const policies = await facts.policies();
  return day => ({
    rule: policyOf(policies, name, day),
    policy: policyInForce(policies, name, day).reference,
  });
}
