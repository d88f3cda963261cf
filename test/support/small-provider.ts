import { BusinessDay, type Instant, Money, parseAccountId } from '#kernel';
import type { Clock } from '#ports';
import type { Caller, Product } from '#runtime';

/** A clock that stands still until it is set: every decision of a test has a known instant. */
export class StandingClock implements Clock {
  constructor(public at: Instant) {}
  now(): Instant {
    return this.at;
  }
}

/** Prices of the worked cases (fixed 180 s / 8, mobile 60 s / 16, overseas 1 s / 0.15). */
export const TARIFF_HEADER =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from,tax';
export const TARIFF = `${TARIFF_HEADER}
std,03,東京,一般通話,0,8,180,180,180,2020-01-01,standard
std,06,大阪,一般通話,0,8,180,180,180,2020-01-01,standard
std,090,携帯,携帯通話,0,16,60,60,60,2020-01-01,standard
std,050,IP電話,IP通話,0,0,60,60,60,2020-01-01,standard
std,0101,アメリカ,国際通話,0,0.15,1,1,1,2020-01-01,export_exempt
`;

export const CDR_HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';

export const callerOf = (commandId: string, actor = 'staff:test'): Caller => ({
  actor: { id: actor, reason: 'test' },
  commandId,
});

/** Numbers of [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number of [0, below). */
export const pickBelow = (random: () => number, below: number): number => Math.floor(random() * below);

/** A new list in an order that the seed gives (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = pickBelow(random, i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** The number of the n-th account of `accountNames`, 1-based. */
export const numberOfAccount = (n: number): string => `050${String(10_000_000 + n)}`;
export const accountNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `A${String(i + 1).padStart(2, '0')}`);

/** Publishes the tariff and opens the accounts, each with one number and the discount on incoming talk. */
export async function openProvider(
  product: Product,
  accounts: readonly string[],
  openedOn: string,
): Promise<void> {
  await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
  for (const [i, name] of accounts.entries()) {
    await openAccount(product, name, numberOfAccount(i + 1), openedOn);
  }
}

export const openAccount = (product: Product, account: string, number: string, openedOn: string) =>
  product.accounts.open(
    {
      account: parseAccountId(account),
      name: `株式会社${account}`,
      openedOn: BusinessDay.parse(openedOn),
      numbers: [number],
      tariff: 'std',
      incomingDiscount: Money.of('0.5'),
    },
    callerOf(`open/${account}`),
  );
