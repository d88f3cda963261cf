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

/**
 * Customers that order at the same time, one number all of them, and beyond what they have; months that
 * start, contracts that end. Run again on the same log it goes on where it was killed.
 */
export class BusyShop {
  constructor(
    private readonly product: Product,
    private readonly clock: StandingClock,
    private readonly told: (step: string) => void,
  ) {}

  async run(): Promise<void> {
    const { product, clock, told } = this;
    clock.at = jst('2025-04-16T10:00:00.000');
    await perform(product, publishTariffs, { file: 'tariff.csv', text: TARIFF }, callerOf('tariff'));
    await product.catalogue.importCatalogueYaml('c.yaml', CATALOGUE, callerOf('catalogue'));
    await product.numbers.importFile('n.csv', NUMBERS, callerOf('numbers'), { dryRun: false });
    for (const account of SHOPPERS) await this.open(account);
    told('open');
    await Promise.all(SHOPPERS.map((account, at) => this.buy(account, at)));
    for (const month of ['2025-05', '2025-06', '2025-07']) {
      clock.at = jst(`${month}-01T00:00:01.000`);
      await product.contracts.fees.start(BusinessMonth.parse(month), callerOf(`start/${month}`));
      told(`start/${month}`);
      if (month === '2025-05') for (const account of SHOPPERS) await this.cancelFirst(account);
    }
    for (const account of SHOPPERS) await product.contracts.endDue(account, callerOf(`end/${account}`));
    told('ended');
  }

  private async open(account: (typeof SHOPPERS)[number]): Promise<void> {
    const { product } = this;
    const opening = { account, name: `株式会社${account}`, numbers: [], tariff: 'std' };
    const openedOn = BusinessDay.parse('2025-04-01');
    const open = { ...opening, openedOn, incomingDiscount: Money.zero };
    await product.accounts.open(open, callerOf(`open/${account}`));
    const charge = { account, amount: Money.of('9000'), method: 'bank_transfer', lot: 'L1' } as const;
    await product.prepaid.charge(charge, callerOf(`charge/${account}`));
  }

  private async buy(account: (typeof SHOPPERS)[number], at: number): Promise<void> {
    const item = (product: string, quantity: number, number: string | null = null) => ({
      ...{ product, quantity, number },
    });
    for (let n = 0; n < ORDERS_EACH; n++) {
      const own = `03000020${at + 1}${n}`;
      const items = [
        item('option.night', n + 1),
        item('number.03', 1, own),
        // The last order wants what others want, too.
        ...(n === ORDERS_EACH - 1 ? [item('number.03', 1, CONTESTED)] : []),
      ];
      const id = `order/${account}/${n}`;
      await this.product.contracts.placeOrder({ account, items, cancels: [] }, true, callerOf(id));
      this.told(id);
    }
  }

  private async cancelFirst(account: (typeof SHOPPERS)[number]): Promise<void> {
    const { product } = this;
    await product.ready('head');
    const { rows } = await product.contracts.contracts({ account, limit: 100 });
    const first = rows.find(({ number }) => number !== null);
    if (first?.status !== 'active') return;
    const contracts = [first.contract];
    await product.contracts.cancel({ account, contracts }, callerOf(`cancel/${account}/${first.contract}`));
  }
}
