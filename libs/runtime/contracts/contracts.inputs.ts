import { z } from 'zod';
import { BUYERS } from '#contracts';
import { defineProblems, PhoneNumber } from '#kernel';
import { accountId, businessMonth, described, saying, wholeNumber } from '../engine/inputs.js';

const itemProblems = defineProblems({
  NOT_AN_ITEM: {
    ja: '商品コード、商品コード:数量、商品コード@電話番号、商品コード@グループ:数量 のいずれかで指定してください。',
    en: 'must be PRODUCT, PRODUCT:QUANTITY, PRODUCT@NUMBER or PRODUCT@GROUP:QUANTITY',
  },
});

/** What somebody wants to buy: so many of a product, or of a group of it, or one chosen number. */
export interface WantedItem {
  readonly product: string;
  readonly quantity: number;
  readonly number: string | null;
  /** Of devices: the terminals that they are set up for, in turn. */
  readonly uniques?: readonly (string | null)[];
  /** Of overseas numbers. */
  readonly group?: string;
}

const ITEM = /^([a-z0-9._-]{1,60})(?::([1-9]\d{0,3})|@([^\s@:]{1,40}))?$/;
const OF_GROUP = /^([a-z0-9._-]{1,60})@([A-Za-z0-9][A-Za-z0-9.-]{0,63}):([1-9]\d{0,3})$/;

/** `unique.extension`, `unique.extension:3`, `number.03@0312345678`, `vba.us@us-new-york:3`. */
const itemText = z
  .string()
  .transform((text, context): WantedItem => {
    const [, ofGroup, group, count] = OF_GROUP.exec(text.trim()) ?? [];
    if (ofGroup !== undefined && group !== undefined)
      return { product: ofGroup, quantity: Number(count), number: null, group };
    const [, product, quantity, number] = ITEM.exec(text.trim()) ?? [];
    if (product !== undefined && number === undefined)
      return { product, quantity: Number(quantity ?? '1'), number: null };
    const read = number === undefined ? undefined : PhoneNumber.read(number);
    if (product !== undefined && read) return { product, quantity: 1, number: read };
    const told = saying(itemProblems.NOT_AN_ITEM);
    context.addIssue({ code: 'custom', ...told });
    return z.NEVER;
  })
  .meta({ example: 'unique.extension:2' });

/** An order may be as large as a company; each of its lines is a few events. */
const ITEMS_AT_MOST = 200;
const items = described(z.array(itemText).max(ITEMS_AT_MOST), {
  ja: '商品。「商品コード」「商品コード:数量」「商品コード@電話番号」、海外電話番号は「商品コード@グループ:数量」。',
  en:
    'What is bought: PRODUCT, PRODUCT:QUANTITY, PRODUCT@NUMBER for a chosen telephone number, or ' +
    'PRODUCT@GROUP:QUANTITY for overseas numbers.',
  short: 'product',
});
export const circleId = described(z.string().regex(/^\d{10}$/), {
  ja: 'サークルID（数字10桁）。',
  en: 'Id of the circle, ten digits.',
  short: 'circle',
});
export const contractId = described(z.string().regex(/^[A-Za-z0-9-]{1,80}$/), {
  ja: '契約のID。',
  en: 'Id of a contract.',
  short: 'contract',
});
const contracts = described(z.array(contractId).min(1).max(1000), {
  ja: '契約のID。',
  en: 'Ids of the contracts.',
  short: 'contract',
});

/** "Ticked uniques and their incoming numbers together", or the uniques alone (CAN-01). */
const withNumbers = described(z.boolean().optional(), {
  ja: 'ユニークに設定した電話番号も同時に解約する。',
  en: 'The numbers that are set on the terminals among them are cancelled at the same time.',
});

/** Who orders; the edge knows, and no request says it. */
export const buyer = z.enum(BUYERS);
export const newOrder = z.strictObject({
  account: accountId,
  circle: circleId.optional(),
  items: items.default([]),
  cancels: described(z.array(contractId).max(1000).default([]), {
    ja: '同じ注文で解約する契約のID。',
    en: 'Contracts that are cancelled with the same order.',
    short: 'contract',
  }),
  withNumbers,
});
export type NewOrder = z.output<typeof newOrder>;

/** Whose orders and contracts are meant: without it those of the whole account. */
export const ofOneCircle = described(circleId.optional(), {
  ja: 'このサークルのもの。',
  en: 'Those of this circle.',
  short: 'circle',
});
export const someContracts = z.strictObject({ account: accountId, circle: ofOneCircle, contracts });
export type SomeContracts = z.output<typeof someContracts>;

export const cancelledContracts = z.strictObject({ ...someContracts.shape, withNumbers });
export type CancelledContracts = z.output<typeof cancelledContracts>;

/** One of them is named: contracts (of a circle), a circle with everything in it, or the whole account. */
export const lookedAtCancellation = z.strictObject({
  account: accountId,
  contracts: contracts.optional(),
  withNumbers,
  circle: ofOneCircle,
  whole: described(z.boolean().optional(), {
    ja: 'アカウント全体。',
    en: 'The whole account.',
  }),
});
export type LookedAtCancellation = z.output<typeof lookedAtCancellation>;

const productCode = z.string().regex(/^[a-z0-9._-]{1,60}$/);
/** An order may have as many units, and one append holds no more. */
const UNITS_AT_MOST = 500;
const COUNT = { ja: '個数。', en: 'How many.', short: 'n' };
/** So many units of a product: the book says which. */
export const contractUnits = z.strictObject({
  account: accountId,
  circle: circleId.optional(),
  product: described(productCode, { ja: '商品コード。', en: 'Code of the product.', short: 'product' }),
  count: described(z.int().min(1).max(UNITS_AT_MOST), COUNT),
});
export type ContractUnits = z.output<typeof contractUnits>;
/** The same in a query. */
export const askedUnits = z.strictObject({
  ...contractUnits.shape,
  count: described(wholeNumber(UNITS_AT_MOST), COUNT),
});

export const newMeasurement = z.strictObject({
  account: accountId,
  contract: contractId,
  month: described(businessMonth, {
    ja: '対象の月。請求書は、その利用月。',
    en: 'Of which month; of an invoice the month that it is about.',
    short: 'month',
  }),
  amount: described(z.int().min(0).max(1_000_000_000_000_000), {
    ja: '全通話録音は保存容量（バイト）、請求書発送は枚数。月の最大値が請求される。',
    en: 'Of recordings the bytes that are kept, of posted invoices the sheets; the most of a month counts.',
    short: 'n',
  }),
});
export type NewMeasurement = z.output<typeof newMeasurement>;

const shareProblems = defineProblems({
  NOT_A_SHARE: {
    ja: 'ユニーク:個数 で指定してください。',
    en: 'must be UNIQUE:COUNT',
  },
});
/** `0000000001:3` */
const shareText = z
  .string()
  .transform((text, context) => {
    const [, unique, count] = /^(\d{10}):(\d{1,4})$/.exec(text.trim()) ?? [];
    if (unique !== undefined && count !== undefined) return { unique, count: Number(count) };
    context.addIssue({ code: 'custom', ...saying(shareProblems.NOT_A_SHARE) });
    return z.NEVER;
  })
  .meta({ example: '0000000001:3' });

/** What the terminals of a circle have of calls, FAX channels or an option, all of it at once. */
export const allottedUnits = z.strictObject({
  account: accountId,
  circle: circleId,
  pool: described(productCode, {
    ja: '割り当てるもの。calls（同時通話数）、fax（FAXチャネル）、またはオプションの商品コード。',
    en: 'What is allotted: calls, fax, or the code of an option.',
    short: 'pool',
  }),
  allotted: described(z.array(shareText).max(1000).default([]), {
    ja: '「ユニーク:個数」。指定のないユニークの割り当てはなくなります。',
    en: 'UNIQUE:COUNT. A unique that is not named has none.',
    short: 'unique:count',
  }),
});
export type AllottedUnits = z.output<typeof allottedUnits>;
