import {
  bookRefusals,
  type CartLine,
  type CartOrdering,
  type CartPurchase,
  type Contract,
  cartRefusals,
  type DeliveryWish,
  has,
  isAccountOnly,
  isCancellation,
  linesOf,
  type OrderedGroup,
  type PriceListVersion,
  type Product,
  type VbaGroupFacts,
  withShipping,
} from '#contracts';
import {
  BusinessDay,
  Instant,
  Money,
  type Rejection,
  rejection,
  type Sentence,
  saidOf,
  taxOfDebit,
} from '#kernel';
import { type PolicyState, policyOf } from '#policies';
import { taxRateOf } from '../engine/facts.js';
import type { CartChangeView, CartView, ShopProductView, ShopView } from './cart.shapes.js';
import type { WantedItem } from './contracts.inputs.js';
import type { Quoted } from './contracts.service.js';
import { lineViews } from './order-costs.js';
import { AS_USUAL } from './wanted.js';

/** A cart beside what is sold, what is free and what is in contract now. */
export interface Looked {
  readonly day: BusinessDay;
  /** What an order of it would be made of. */
  readonly items: WantedItem[];
  readonly cancels: string[];
  readonly rows: readonly Row[];
  readonly changes: readonly CartChangeView[];
  readonly ordering: CartOrdering | null;
  readonly delivery: DeliveryWish | null;
  /** Comes with devices, without a line of its own (DEV-02). */
  readonly shipping: Product | null;
}
type Row =
  | { readonly line: string; readonly contract: Contract }
  | {
      readonly line: string;
      readonly item: CartPurchase;
      readonly product: Product;
      readonly group: OrderedGroup | undefined;
      readonly until: Instant | null;
    };

interface Around {
  readonly lines: readonly CartLine[];
  readonly day: BusinessDay;
  readonly prices: PriceListVersion | undefined;
  /** Of each line that keeps something of the stock, as `Numbers.keptUntil`. */
  readonly kept: ReadonlyMap<string, Instant | null | undefined>;
  readonly groups: ReadonlyMap<string, VbaGroupFacts>;
  readonly inContract: readonly Contract[];
  readonly ordering: CartOrdering | null;
  readonly delivery: DeliveryWish | null;
}

const yenOrNull = (price: Money | null): string | null => (price === null ? null : Money.text(price));

function changeOf(item: CartPurchase, kind: CartChangeView['kind'], now?: Product): CartChangeView {
  const { line, product, nameJa, nameEn, number, monthly, initial } = item;
  return {
    ...{ line, product, nameJa, nameEn, number, kind },
    monthlyBefore: yenOrNull(monthly),
    monthlyNow: now ? yenOrNull(now.monthly) : null,
    initialBefore: yenOrNull(initial),
    initialNow: now ? yenOrNull(now.initial) : null,
  };
}

/** What a contract was that is over, or never was: only its id is in the cart. */
const gone = (line: string, contract: string): CartChangeView => ({
  ...{ line, product: contract, nameJa: contract, nameEn: contract, number: null, kind: 'contract_gone' },
  ...{ monthlyBefore: null, monthlyNow: null, initialBefore: null, initialNow: null },
});

function shippingOf(
  rows: readonly Row[],
  prices: PriceListVersion | undefined,
  delivery: DeliveryWish | null,
): Product | null {
  const goods = rows.flatMap(row =>
    'item' in row ? [{ product: row.product, quantity: 1, numbers: [] }] : [],
  );
  const all = withShipping(goods, prices?.products ?? [], (delivery ?? AS_USUAL).payOnDelivery);
  return all.find(({ product }) => product.kind === 'shipping')?.product ?? null;
}

/** Compares a cart with what holds now. What is no longer sold, or over, is not ordered. */
export function lookAt(around: Around): Looked {
  const { lines, day, prices, kept, groups, inContract, ordering, delivery } = around;
  const rows: Row[] = [];
  const changes: CartChangeView[] = [];
  for (const line of lines) {
    if (isCancellation(line)) {
      const contract = inContract.find(one => one.contract === line.contract);
      if (contract) rows.push({ line: line.line, contract });
      else changes.push(gone(line.line, line.contract));
      continue;
    }
    const product = prices?.products.find(({ code }) => code === line.product);
    if (!product) {
      changes.push(changeOf(line, 'not_sold'));
      continue;
    }
    const until = kept.has(line.line) ? kept.get(line.line) : null;
    const facts = line.group === undefined ? undefined : groups.get(line.group);
    const group = line.group !== undefined && facts ? { group: line.group, facts } : undefined;
    if (product.monthly !== line.monthly || product.initial !== line.initial)
      changes.push(changeOf(line, 'price', product));
    if (until === undefined) {
      const kind = line.group === undefined ? 'number_gone' : 'stock_gone';
      changes.push(changeOf(line, kind, product));
    }
    rows.push({ line: line.line, item: line, product, group, until: until ?? null });
  }
  const items = rows.flatMap((row): WantedItem[] => ('item' in row ? [row.item] : []));
  const cancels = rows.flatMap(row => ('contract' in row ? [row.contract.contract] : []));
  const shipping = shippingOf(rows, prices, delivery);
  return { day, items, cancels, rows, changes, ordering, delivery, shipping };
}

/** What the shop says of a product, with the prices and rules of a day. */
function shopView(
  product: Product,
  { inUse, policies, day }: { inUse: number; policies: PolicyState; day: BusinessDay },
): ShopProductView {
  const { taxCategory, end: _, forNumbers: __, monthly, initial, capabilities, ...shown } = product;
  const withTax = initial && Money.add(initial, taxOfDebit(initial, taxRateOf(policies, taxCategory, day)));
  const guaranteed = product.kind === 'device' ? policyOf(policies, 'devices.warranty-months', day) : null;
  return {
    ...shown,
    monthly: yenOrNull(monthly),
    initial: yenOrNull(initial),
    initialWithTax: yenOrNull(withTax),
    guaranteeMonths: guaranteed,
    capabilities: [...capabilities],
    inUse,
  };
}

interface Sold {
  readonly prices: PriceListVersion | undefined;
  /** What the account has in contract, with its circles. */
  readonly all: readonly Contract[];
  /** null: it is bought for the account. */
  readonly circle: string | null;
}

/** What the pages of the shop offer (CAT-01, CAT-24 to 26). */
export function shopOf({ prices, all, circle }: Sold, policies: PolicyState, day: BusinessDay): ShopView {
  const sold = (prices?.products ?? []).filter(one => circle === null || !isAccountOnly(one));
  const present = all.filter(one => one.circle === circle);
  const inUse = (code: string): number => present.filter(({ product }) => product === code).length;
  const having = (capability: string): number =>
    (circle === null ? all : present).filter(one => has(one, capability)).length;
  return {
    rows: sold.map(one => shopView(one, { inUse: inUse(one.code), policies, day })),
    ...{ calls: having('adds_call'), fax: having('adds_fax') },
    mostCalls: policyOf(policies, 'contracts.calls-at-most', day),
  };
}

/** Every fee of a line, as the columns of CRT-02 have them. */
function rowViews(row: Row, day: BusinessDay): Omit<CartView['lines'][number], 'no'>[] {
  if ('contract' in row) {
    const { line, contract } = row;
    const of = { line, contract: contract.contract, reservedUntil: null, uniques: [] };
    return lineViews([], [contract]).map(view => ({ ...view, ...of }));
  }
  const { line, item, product, group, until } = row;
  const { quantity, number } = item;
  const uniques = product.kind === 'device' ? item.uniques.slice(0, quantity) : [];
  const of = { line, contract: null, reservedUntil: until === null ? null : Instant.text(until), uniques };
  const numbers = number === null ? [] : [number];
  return lineViews(linesOf([{ product, quantity, numbers, ...(group && { group }) }], day)).map(view => ({
    ...view,
    ...of,
  }));
}

/** The row that the cart adds by itself. */
const shippingViews = (product: Product, day: BusinessDay): Omit<CartView['lines'][number], 'no'>[] =>
  lineViews(linesOf([{ product, quantity: 1, numbers: [] }], day)).map(view => ({
    ...view,
    ...{ line: null, contract: null, reservedUntil: null, uniques: [] },
  }));

export function cartView(looked: Looked, { view, ...quoted }: Quoted): CartView {
  const { rows, changes, ordering, day, shipping } = looked;
  const shipped = shipping ? shippingViews(shipping, day) : [];
  const lines = [...rows.flatMap(row => rowViews(row, day)), ...shipped].map((row, at) => ({
    ...row,
    no: at + 1,
  }));
  const unsold = changes.filter(({ kind }) => kind === 'not_sold' || kind === 'contract_gone').length;
  // How much is missing stands beside it, except where a circle asks.
  const refused = quoted.refused ?? (view.missing === null ? quoted.short : null);
  return {
    ...view,
    lines,
    changes,
    count: rows.length + unsold,
    refusal: rows.length === 0 || !refused ? null : { code: refused.code, ...saidOf(refused) },
    ordering: ordering?.order ?? null,
  };
}

/** Why a cart cannot be bought as its buyer has seen it. @param total with tax, as it was shown */
export function refusalOfCart(
  looked: Looked,
  { view, refused, short }: Quoted,
  total: Money,
): Rejection | undefined {
  if (looked.rows.length + looked.changes.length === 0) return rejection(cartRefusals.CART_EMPTY);
  const missing = looked.changes.find(({ kind }) => kind === 'not_sold');
  if (missing)
    return rejection(bookRefusals.NO_SUCH_PRODUCT, {
      ...{ product: missing.product, day: BusinessDay.text(looked.day) },
    });
  const due = Money.of(view.due);
  if (looked.rows.length > 0 && due !== total)
    return rejection(bookRefusals.PRICES_CHANGED, { seen: Money.text(total), total: view.due });
  return refused ?? short ?? undefined;
}

/** What is no longer as it was when a line was chosen, in words. */
export function saidChanges({ changes }: Pick<CartView, 'changes'>): Sentence[] {
  return changes.map(({ kind, nameJa, nameEn, number, product }) => {
    switch (kind) {
      case 'price':
        return {
          ja: `「${nameJa}」の価格が、カートに入れた後に変わりました。`,
          en: `The price of ${nameEn} has changed since it was put into the cart.`,
        };
      case 'not_sold':
        return {
          ja: `「${nameJa}」は販売を終了しました。カートから削除してください。`,
          en: `${nameEn} is no longer sold. Please take it out of the cart.`,
        };
      case 'number_gone':
        return {
          ja: `電話番号${number}は購入できなくなりました。別の番号を選んでください。`,
          en: `Number ${number} can no longer be had. Please choose another one.`,
        };
      case 'stock_gone':
        return {
          ja: `「${nameJa}」の在庫が足りなくなりました。数量を減らすか、別のグループを選んでください。`,
          en: `There are no longer so many of ${nameEn}. Please take fewer, or choose another group.`,
        };
      default:
        return {
          ja: `契約${product}は既に終了しています。カートから削除してください。`,
          en: `Contract ${product} is over already. Please take it out of the cart.`,
        };
    }
  });
}
