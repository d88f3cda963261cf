import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { type Product, perform, publishTariffs } from '#runtime';
import { callerOf, type StandingClock, TARIFF } from './small-provider.js';

export const SHOPPERS = ['A1', 'A2', 'A3'].map(name => parseAccountId(name));
/** All of them want it. */
export const CONTESTED = '0300002009';
const ORDERS_EACH = 4;

const CATALOGUE = `price_lists:
  - name: standard
    valid_from: 2025-04-01
    products:
      - code: number.03
        kind: number
        name_ja: 電話番号 03
        name_en: Number 03
        monthly: 500
        initial: 1000
        pro_rated: true
        tax_category: standard
        for_numbers: ["03"]
      - code: option.night
        kind: option
        name_ja: 夜間案内
        name_en: Night greeting
        monthly: 300
        pro_rated: true
        tax_category: standard
`;
const NUMBERS = `first,last,kind,product,region,city,area_code
0300002000,0300002099,KDU,number.03,東京都,千代田区,03
`;
const jst = (text: string): Instant => Instant.parse(`${text}+09:00`);

/** What a run goes through, in order: customers order; then months begin, and all else with them. */
export const SHOP_PHASES = ['orders', 'turns'] as const;
export type ShopPhase = (typeof SHOP_PHASES)[number];
export const SHOP_MONTHS = ['2025-05', '2025-06', '2025-07', '2025-08'] as const;

type Shopper = (typeof SHOPPERS)[number];
const item = (product: string, quantity: number, number: string | null = null) => ({
  ...{ product, quantity, number },
});

/**
 * Customers that order at the same time, one number all of them, and beyond what they have; then months that
 * start while contracts end and customers order. Run again on the same log it goes on where it was killed.
 */
export class BusyShop {
  constructor(
    private readonly product: Product,
    private readonly clock: StandingClock,
    private readonly told: (phase: ShopPhase) => void,
  ) {}

  async run(): Promise<void> {
    const { product, clock, told } = this;
    clock.at = jst('2025-04-16T10:00:00.000');
    await perform(product, publishTariffs, { file: 'tariff.csv', text: TARIFF }, callerOf('tariff'));
    await product.catalogue.importCatalogueYaml('c.yaml', CATALOGUE, callerOf('catalogue'));
    await product.numbers.importFile('n.csv', NUMBERS, callerOf('numbers'), { dryRun: false });
    for (const account of SHOPPERS) await this.open(account);
    told('orders');
    await Promise.all(SHOPPERS.map((account, at) => this.buy(account, at)));
    told('turns');
    for (const [at, month] of SHOP_MONTHS.entries()) {
      clock.at = jst(`${month}-01T00:00:01.000`);
      await Promise.all([
        product.contracts.fees.start(BusinessMonth.parse(month), callerOf(`start/${month}`)),
        ...SHOPPERS.flatMap((account, i) => [
          product.contracts.endDue(account, callerOf(`end/${account}/${month}`)),
          this.order(account, month, [item('number.03', 1, numberOf(i, ORDERS_EACH + at))]),
        ]),
      ]);
      // They end with June and with July.
      if (at === 0) for (const account of SHOPPERS) await this.cancelFirst(account, one => one !== null);
      if (at === 1) for (const account of SHOPPERS) await this.cancelFirst(account, one => one === null);
    }
  }

  private async open(account: Shopper): Promise<void> {
    const { product } = this;
    const opening = { account, name: `株式会社${account}`, numbers: [], tariff: 'std' };
    const openedOn = BusinessDay.parse('2025-04-01');
    const open = { ...opening, openedOn, incomingDiscount: Money.zero };
    await product.accounts.open(open, callerOf(`open/${account}`));
    const charge = { account, amount: Money.of('18000'), method: 'bank_transfer', lot: 'L1' } as const;
    await product.prepaid.charge(charge, callerOf(`charge/${account}`));
  }

  private async buy(account: Shopper, at: number): Promise<void> {
    for (let n = 0; n < ORDERS_EACH; n++)
      await this.order(account, `${n}`, [
        item('option.night', n + 1),
        item('number.03', 1, numberOf(at, n)),
        // The last order wants what others want, too.
        ...(n === ORDERS_EACH - 1 ? [item('number.03', 1, CONTESTED)] : []),
      ]);
  }

  private order(account: Shopper, name: string, items: ReturnType<typeof item>[]) {
    const of = { account, items, cancels: [] };
    return this.product.contracts.placeOrder(of, 'staff', callerOf(`order/${account}/${name}`));
  }

  private async cancelFirst(account: Shopper, which: (number: string | null) => boolean): Promise<void> {
    const { product } = this;
    await product.ready('head');
    const { rows } = await product.contracts.contracts({ account, limit: 100, ended: true });
    const first = rows.find(({ number }) => which(number));
    if (first?.status !== 'active') return;
    const contracts = [first.contract];
    await product.contracts.cancel({ account, contracts }, callerOf(`cancel/${account}/${first.contract}`));
  }
}

/** A number that only the customer at this place wants. */
const numberOf = (at: number, nth: number): string => `03000020${at + 1}${nth}`;
