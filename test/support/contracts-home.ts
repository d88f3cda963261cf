import { type AccountId, Instant, Money, parseAccountId } from '#kernel';
import { changeParty, type OrderView, type Product } from '#runtime';
import { PERSON } from './person.js';
import { callerOf } from './small-provider.js';

/** A price list with a product of most kinds, and ten numbers of Tokyo. */
export const PRICES = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: unique.extension, kind: unique, name_ja: 内線端末, name_en: Extension terminal,
          monthly: 500, initial: 1000 }
      - { code: number.03, kind: number, name_ja: 国内電話番号, name_en: Domestic number,
          monthly: 300, initial: 1000, for_numbers: ["03"] }
      - { code: trunk2, kind: trunk, name_ja: SIPトランク2, name_en: SIP trunk 2, monthly: 2000, initial: 3000,
          capabilities: [adds_call] }
      - { code: trunk2.channel, kind: trunk_channel, name_ja: SIPトランク2追加チャネル,
          name_en: SIP trunk 2 channel, monthly: 800, initial: 500, capabilities: [adds_call] }
      - { code: option.recording, kind: option, name_ja: 全通話録音, name_en: Recording of all calls,
          monthly: 1000, initial: 1000, capabilities: [records_calls] }
      - { code: invoice.posting, kind: invoice_posting, name_ja: 請求書発送, name_en: Invoice by post,
          monthly: 100, per_sheets: 10 }
      - { code: device.phone, kind: device, name_ja: IP電話機, name_en: IP telephone, initial: 9800 }
      - { code: shipping.domestic, kind: shipping, name_ja: 国内配送料, name_en: Domestic shipping,
          initial: 800 }
`;
const NUMBERS = `first,last,kind,product,region,city,area_code
0300001000,0300001009,KDU,number.03,東京都,千代田区,03
`;

/** What is bought, and for which circle; null: for the account. */
export interface Buying {
  readonly account: AccountId;
  readonly circle: string | null;
  readonly items: readonly (readonly [product: string, quantity: number, number?: string])[];
}

/** Prices, from a day on, and numbers to buy from. */
export async function offerProducts({ catalogue, numbers }: Product, from = '2026-01-01'): Promise<void> {
  const prices = PRICES.replace('2026-01-01', from);
  const priced = await catalogue.importCatalogueYaml('prices.yaml', prices, callerOf('prices'));
  const stocked = await numbers.importFile('numbers.csv', NUMBERS, callerOf('stock'));
  const problems = [...priced.problems, ...stocked.problems];
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

/** Where devices of an account go. */
export async function giveDelivery({ parties }: Product, account: AccountId): Promise<void> {
  const address = changeParty.input.parse({ account, part: 'delivery', ...PERSON });
  const changed = await parties.change(address, callerOf(`delivery-${account}`));
  if (changed.kind !== 'done') throw new Error(JSON.stringify(changed));
}

/** Buys with what the balance has; `name` tells one order from another. */
export async function buy(product: Product, name: string, buying: Buying): Promise<OrderView> {
  const { account, circle } = buying;
  const items = buying.items.map(([code, quantity, number = null]) => ({ product: code, quantity, number }));
  const order = { account, ...(circle !== null && { circle }), items, cancels: [] };
  const bought = await product.contracts.placeOrder(order, 'staff', callerOf(name));
  if (bought.kind !== 'done') throw new Error(JSON.stringify(bought));
  return bought.value;
}

/**
 * A1 has 100,000 yen more and has bought, in its first circle, two terminals with a number, a trunk with two
 * channels and a recording; of its account the paper invoices. The number and a channel are cancelled.
 */
export async function fillContracts(product: Product, at: string): Promise<readonly OrderView[]> {
  const account = parseAccountId('A1');
  const amount = Money.of('100000');
  const paid = { account, amount, method: 'card', at: Instant.parse(at), lot: 'lot-orders' } as const;
  const charged = await product.prepaid.charge(paid, callerOf('lot-orders'));
  if (charged.kind !== 'done') throw new Error(JSON.stringify(charged));
  await offerProducts(product);
  const [first] = await product.identity.circles.circles(account);
  const { circle } = first!;
  const phones = await buy(product, 'order-phones', {
    ...{ account, circle },
    items: [
      ['unique.extension', 2],
      ['number.03', 1, '0300001001'],
    ],
  });
  const lines = await buy(product, 'order-lines', {
    ...{ account, circle },
    items: [
      ['trunk2', 1],
      ['trunk2.channel', 2],
      ['option.recording', 1],
    ],
  });
  const post = await buy(product, 'order-post', {
    ...{ account, circle: null },
    items: [['invoice.posting', 1]],
  });
  const contracts = [phones.contracts[2]!, lines.contracts[1]!];
  const cancelled = await product.contracts.cancel({ account, contracts }, callerOf('cancel-two'));
  if (cancelled.kind !== 'done') throw new Error(JSON.stringify(cancelled));
  return [phones, lines, post];
}
