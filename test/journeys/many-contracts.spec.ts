import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { buy, offerProducts } from '../support/contracts-home.js';
import { callerOf, openProvider, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** More than one append takes. */
const CONTRACTS = 1_200;
const A1 = parseAccountId('A1');

async function feesOf(product: Product): Promise<string[]> {
  const debits: string[] = [];
  for await (const piece of product.audit.export('jsonl'))
    for (const text of piece.split('\n')) {
      if (text === '') continue;
      const { type, data } = JSON.parse(text) as { type: string; data: Readonly<Record<string, string>> };
      if (type === 'ledger.Debited.v1' && data['debit']!.endsWith('-2026-12')) debits.push(data['debit']!);
    }
  return debits;
}

describe(`an account of ${CONTRACTS} contracts`, () => {
  let product: Product;
  const clock = new StandingClock(Instant.parse('2026-11-30T10:00:00.000+09:00'));
  beforeAll(async () => {
    product = await openProduct({ directory: temporaryDirectory(), clock });
    await openProvider(product, ['A1'], '2026-11-01');
    await offerProducts(product);
    const charge = { account: A1, amount: Money.of('200000'), method: 'card' } as const;
    expect(await product.prepaid.charge(charge, callerOf('charge'))).toMatchObject({ kind: 'done' });
    for (let n = 0; n < CONTRACTS; n += 400)
      await buy(product, `order-${n}`, { account: A1, circle: null, items: [['invoice.posting', 400]] });
    clock.at = Instant.parse('2026-12-01T09:00:00.000+09:00');
  }, 120_000);
  afterAll(() => product.close());

  it('pays each fee of a month once, in several appends, however often it is asked', async () => {
    const start = (id: string) => product.contracts.fees.start(BusinessMonth.parse('2026-12'), callerOf(id));
    expect(await start('first')).toMatchObject({ value: { accounts: 1, debited: CONTRACTS, refused: 0 } });
    expect(await start('again')).toMatchObject({ value: { accounts: 1, debited: 0, refused: 0 } });
    const debits = await feesOf(product);
    expect([debits.length, new Set(debits).size]).toEqual([CONTRACTS, CONTRACTS]);
    expect(await product.contracts.fees.missing(A1, BusinessMonth.parse('2026-12'))).toBeUndefined();
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  }, 120_000);
});
