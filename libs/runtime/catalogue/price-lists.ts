import { type PriceListState, type PriceListVersion, type Product, priceListOn } from '#contracts';
import { BusinessDay, Instant, Money } from '#kernel';
import type { PriceListDiff, PriceListOn, ProductView } from './catalogue.shapes.js';
import type { PriceListInFile } from './price-lists-yaml.js';

/** A product as the event stores it: amounts as texts. */
export const productView = (product: Product): ProductView => ({
  ...product,
  monthly: product.monthly === null ? null : Money.text(product.monthly),
  initial: product.initial === null ? null : Money.text(product.initial),
});

export const priceListView = (priceList: string, version: PriceListVersion): PriceListOn => ({
  priceList,
  version: version.version,
  validFrom: BusinessDay.text(version.validFrom),
  publishedAt: Instant.text(version.publishedAt),
  products: version.products.map(productView),
});

/** The day before the next first day after one; null when there is none. */
export function lastDay(firstDays: readonly BusinessDay[], from: BusinessDay): BusinessDay | null {
  const [next] = firstDays.filter(day => day > from).sort((a, b) => a - b);
  return next === undefined ? null : BusinessDay.plus(next, -1);
}

const dayOrNull = (day: BusinessDay | null): string | null => (day === null ? null : BusinessDay.text(day));

/** Fields in which two forms of a product differ, in the order of the form. */
const fieldsThatDiffer = (a: ProductView, b: ProductView): string[] =>
  (Object.keys(b) as (keyof ProductView)[]).filter(
    field => JSON.stringify(a[field]) !== JSON.stringify(b[field]),
  );

/** What a version would change against what holds on its first day until then. */
export function diffPriceList(
  { versions }: PriceListState,
  { priceList, validFrom, products }: Omit<PriceListInFile, 'line'>,
): PriceListDiff {
  const replaced = priceListOn({ versions }, validFrom);
  const before = new Map(replaced?.products.map(product => [product.code, productView(product)]));
  const added: ProductView[] = [];
  const changed: PriceListDiff['changed'][number][] = [];
  let unchanged = 0;
  for (const to of products.map(productView)) {
    const from = before.get(to.code);
    before.delete(to.code);
    const fields = from && fieldsThatDiffer(from, to);
    if (!from || !fields) added.push(to);
    else if (fields.length > 0) changed.push({ from, to, fields });
    else unchanged++;
  }
  return {
    priceList,
    version: versions.length + 1,
    replaces: replaced?.version ?? null,
    validFrom: BusinessDay.text(validFrom),
    validUntil: dayOrNull(
      lastDay(
        versions.map(one => one.validFrom),
        validFrom,
      ),
    ),
    added,
    removed: [...before.values()],
    changed,
    unchanged,
  };
}
