import { CompareCatalogue, ListPriceLists, ShowPriceList } from '#nest';
import { noSuch, type PriceListDiff, type ProductView } from '#runtime';
import { Refused } from '../failure.js';
import { nameOf, readText, refuseFile } from '../files.js';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { inputOf, listVerb, verbOf } from '../use-case-verb.js';
import {
  PRICE_LIST_STATES,
  PRODUCT_ENDS,
  PRODUCT_KINDS,
  productFieldInJapanese,
  productValueInJapanese,
  TAX_CATEGORIES,
} from '../words.js';

const PRICE_LISTS: readonly Column[] = [
  { key: 'priceList', head: { ja: '価格表', en: 'price list' } },
  { key: 'version', head: { ja: '版', en: 'version' }, kind: 'count' },
  { key: 'state', head: { ja: '状態', en: 'state' }, valuesInJapanese: PRICE_LIST_STATES },
  { key: 'validFrom', head: { ja: '適用開始', en: 'valid from' } },
  { key: 'validUntil', head: { ja: '適用終了', en: 'valid until' } },
  { key: 'products', head: { ja: '商品数', en: 'products' }, kind: 'count' },
  { key: 'publishedAt', head: { ja: '公開日時', en: 'published' }, kind: 'time' },
];

const PRODUCTS: readonly Column[] = [
  { key: 'code', head: { ja: '商品', en: 'product' } },
  { key: 'nameEn', inJapanese: 'nameJa', head: { ja: '名称', en: 'name' } },
  { key: 'kind', head: { ja: '種類', en: 'kind' }, valuesInJapanese: PRODUCT_KINDS },
  { key: 'monthly', head: { ja: '月額', en: 'monthly' }, kind: 'money' },
  { key: 'initial', head: { ja: '初期費用', en: 'initial' }, kind: 'money' },
  { key: 'proRated', head: { ja: '日割', en: 'pro-rated' } },
  { key: 'taxCategory', head: { ja: '税', en: 'tax' }, valuesInJapanese: TAX_CATEGORIES },
  { key: 'end', head: { ja: '解約', en: 'ends' }, valuesInJapanese: PRODUCT_ENDS },
  { key: 'forNumbers', head: { ja: '番号', en: 'numbers' } },
];

async function showPriceList(invocation: Invocation): Promise<Output> {
  const asked = inputOf(invocation, ShowPriceList.useCase);
  const found = await invocation.ask(new ShowPriceList(asked));
  if (!found) throw Refused.of(noSuch('PRICE_LIST', { priceList: asked.priceList }));
  const rows = invocation.json
    ? found.products
    : found.products.map(product => ({ ...product, forNumbers: product.forNumbers.join(' ') }));
  return {
    kind: 'list',
    rows,
    columns: PRODUCTS,
    empty: { ja: '商品がありません。', en: 'No products.' },
  };
}

const shown = (value: unknown): string => {
  if (value === null || value === '') return '-';
  return Array.isArray(value) ? value.join(' ') || '-' : String(value);
};

/** `+ number.03 …`, `~ unique.extension: monthly 500 -> 550`, `- …`. */
function changeLines(invocation: Invocation, diff: PriceListDiff): string {
  const { priceList, validFrom, validUntil, added, removed, changed, unchanged } = diff;
  const until = validUntil === null ? '' : invocation.say(` ${validUntil} まで`, ` to ${validUntil}`);
  const whole = ({ code, nameJa, nameEn, monthly, initial }: ProductView): string =>
    invocation.say(
      `${code} ${nameJa} 月額 ${shown(monthly)}、初期費用 ${shown(initial)}`,
      `${code} ${nameEn} monthly ${shown(monthly)}, initial ${shown(initial)}`,
    );
  const change = (field: string, from: string, to: string): string =>
    invocation.say(
      `${productFieldInJapanese(field)} ${productValueInJapanese(field, from)} -> ` +
        productValueInJapanese(field, to),
      `${field} ${from} -> ${to}`,
    );
  const lines = [
    invocation.say(
      `価格表 ${priceList}（${validFrom} から${until}）：追加 ${added.length}、削除 ${removed.length}、` +
        `変更 ${changed.length}、同じ ${unchanged}`,
      `price list ${priceList}, from ${validFrom}${until}: ${added.length} added, ` +
        `${removed.length} removed, ${changed.length} changed, ${unchanged} the same`,
    ),
    ...added.map(product => `+ ${whole(product)}`),
    ...removed.map(product => `- ${whole(product)}`),
    ...changed.map(({ from, to, fields }) => {
      const told = fields.map(name => {
        const field = name as keyof ProductView;
        return change(field, shown(from[field]), shown(to[field]));
      });
      return `~ ${to.code}: ${told.join(', ')}`;
    }),
  ];
  return lines.map(line => `${line}\n`).join('');
}

async function compareCatalogue(invocation: Invocation): Promise<Output> {
  const file = invocation.arg(0);
  const text = await readText(invocation.path(file), file);
  const asked = { file: nameOf(file), text, whose: invocation.caller().actor.id };
  const { changes, changesJa, parts, tariffs, priceLists, ...faults } = await invocation.ask(
    new CompareCatalogue(asked),
  );
  refuseFile(faults, file);
  return {
    kind: 'document',
    value: { file, changes, changesJa, parts, tariffs, priceLists },
    human: () =>
      changes.length === 0
        ? invocation.say('変更はありません。\n', 'Nothing would change.\n')
        : [
            ...(invocation.language === 'ja' ? changesJa : changes).map(what => `${what}\n`),
            ...priceLists.map(diff => changeLines(invocation, diff)),
          ].join(''),
  };
}

export const priceVerbs: Verbs = (_program, add, group) => {
  const price = group('price', { ja: '商品の価格表', en: 'price lists of products' });
  add(
    price,
    listVerb(ListPriceLists, {
      columns: PRICE_LISTS,
      empty: { ja: '価格表はありません。', en: 'There is no price list.' },
    }),
  );
  add(price, { ...verbOf(ShowPriceList), run: showPriceList });
  add(price, { ...verbOf(CompareCatalogue), run: compareCatalogue });
};
