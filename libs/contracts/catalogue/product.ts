import {
  charactersIn,
  defineProblems,
  fact,
  Money,
  printProblem,
  problem,
  type SaidProblem,
  TAX_CATEGORIES,
  type TaxCategory,
  textProblem,
  type ValuesOf,
  valueProblems,
} from '#kernel';

/** What can be bought (CAT-01 to 26, OPT-01 to 09, TRK-02, DEV-01) or is charged with what was bought. */
export const PRODUCT_KINDS = [
  'unique',
  'number',
  'vba_number',
  'option',
  'account_option',
  'trunk',
  'trunk_channel',
  'fax',
  'fax_channel',
  'device',
  'shipping',
  'per_number',
  'recording_gb',
  'invoice_posting',
] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

export const PRODUCT_ENDS = ['end_of_next_month', 'end_of_current_month'] as const;

/** What a product brings along. Other words are refused: nothing would obey them. */
export const CAPABILITIES = [
  /** Calls to and from 020 numbers. */
  'reaches_020',
  /** One more simultaneous call of a SIP trunk, or one more simultaneous FAX. */
  'adds_call',
  'adds_fax',
  /** A conference room, a sorting, a menu: a unique of its own, at which no telephone registers. */
  'makes_unique',
  'not_a_terminal',
  /** Sold as a count and allotted to uniques (OPT-07). */
  'allotted',
  /** Whispering does not reach it. */
  'not_whispered_to',
  'records_calls',
] as const;

export const productFacts = {
  /** `unique.extension`, `number.03`, `trunk2.channel`: what contracts and invoices name for ever. */
  code: fact.text,
  kind: fact.oneOf(...PRODUCT_KINDS),
  nameJa: fact.text,
  nameEn: fact.text,
  descriptionJa: fact.text,
  descriptionEn: fact.text,
  /** Net, of one unit; null: there is none. */
  monthly: fact.orNull(fact.money),
  /** Net, once; of a device its price. */
  initial: fact.orNull(fact.money),
  /** false: the first month is paid whole (CRT-05, PR-10). */
  proRated: fact.flag,
  taxCategory: fact.oneOf<TaxCategory>(...TAX_CATEGORIES),
  /** When a cancelled contract ends; null: as the policy of the kind says. */
  end: fact.orNull(fact.oneOf(...PRODUCT_ENDS)),
  /** By self-service and account (29 calls, LM-11); null: no limit. */
  most: fact.orNull(fact.whole),
  /** Of paper invoices: the price is that of as many sheets (PR-11). */
  perSheets: fact.orNull(fact.whole),
  campaign: fact.flag,
  corporateOnly: fact.flag,
  /** Owned once: whoever has it sees 利用中 in place of a quantity. */
  single: fact.flag,
  /** Of numbers: the area codes, kinds or countries that it prices. */
  forNumbers: fact.listOf(fact.text),
  capabilities: fact.listOf(fact.text),
  /** false: sold by staff only, or not to be bought at all. */
  selfService: fact.flag,
};

export interface Product extends ValuesOf<typeof productFacts> {}
export type ProductField = keyof Product;

/** How much a product may say of itself. */
const PRODUCT_MOST = {
  code: 60,
  name: 100,
  description: 500,
  /** Times a quantity it stays far below what the ledger can hold. */
  price: Money.yen(10_000_000),
  units: 100_000,
  sheets: 10_000,
  numbers: 300,
} as const;

const productProblems = defineProblems({
  NAME_OF_POOL: {
    ja: '{names} は割り当ての名前です。別のコードにしてください。',
    en: 'must be another code: {names} are what calls and FAX channels are allotted as',
  },
  NOT_A_PRODUCT_CODE: {
    ja: '商品コードは半角の英小文字・数字と . _ - で60文字までです。',
    en: 'must be 1-60 characters of a-z 0-9 . _ -',
  },
  NO_PRICE: {
    ja: '月額費用または初期費用のどちらかが必要です。',
    en: 'needs a monthly or an initial fee',
  },
  NOT_OF_KIND: { ja: '種類 {kind} の商品では使えません。', en: 'is not for products of kind {kind}' },
  NEEDED_OF_KIND: { ja: '種類 {kind} の商品では必要です。', en: 'is required for products of kind {kind}' },
  PRO_RATED_WITHOUT_MONTHLY: {
    ja: '月額費用のない商品は日割にできません。',
    en: 'needs a monthly fee: there is nothing to pro-rate',
  },
  NOT_A_NUMBER_GROUP: {
    ja: '電話番号の区分は半角英数字と . _ - で40文字までです：{value}',
    en: 'names groups of numbers by 1-40 characters of A-Z a-z 0-9 . _ -, not {value}',
  },
  NAMED_TWICE: { ja: '{value} が2回あります。', en: 'names {value} twice' },
});

/** What is wrong with a product, field by field. */
export interface ProductProblem {
  readonly field: ProductField;
  readonly problem: SaidProblem;
}

const MONTHLY_KINDS: readonly ProductKind[] = ['per_number', 'recording_gb', 'invoice_posting'];
const ONCE_KINDS: readonly ProductKind[] = ['device', 'shipping'];
const NUMBER_KINDS: readonly ProductKind[] = ['number', 'vba_number'];

const wordsProblem = (text: string, most: number): SaidProblem | undefined =>
  charactersIn(text) > most
    ? problem(valueProblems.TOO_LONG, { most })
    : (textProblem(text) ?? printProblem(text));

function priceProblem(price: Money | null): SaidProblem | undefined {
  if (price === null) return undefined;
  if (price < 0) return problem(valueProblems.TOO_SMALL, { least: '0' });
  return price > PRODUCT_MOST.price
    ? problem(valueProblems.AMOUNT_TOO_LARGE, { most: Money.display(PRODUCT_MOST.price, 0) })
    : undefined;
}

const countProblem = (count: number | null, most: number): SaidProblem | undefined =>
  count !== null && !(Number.isSafeInteger(count) && count >= 1 && count <= most)
    ? problem(valueProblems.NOT_A_WHOLE_NUMBER, { least: 1, most })
    : undefined;

const twiceIn = (list: readonly string[]): string | undefined =>
  list.find((one, at) => list.indexOf(one) !== at);

function groupsProblem({ forNumbers }: Product): SaidProblem | undefined {
  if (forNumbers.length > PRODUCT_MOST.numbers)
    return problem(valueProblems.TOO_BIG, { most: PRODUCT_MOST.numbers });
  const strange = forNumbers.find(one => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(one));
  if (strange !== undefined) return problem(productProblems.NOT_A_NUMBER_GROUP, { value: strange });
  const twice = twiceIn(forNumbers);
  return twice === undefined ? undefined : problem(productProblems.NAMED_TWICE, { value: twice });
}

function capabilitiesProblem({ capabilities }: Product): SaidProblem | undefined {
  const unknown = capabilities.some(one => !(CAPABILITIES as readonly string[]).includes(one));
  if (unknown) return problem(valueProblems.NOT_ONE_OF, { allowed: CAPABILITIES.join(', ') });
  const twice = twiceIn(capabilities);
  return twice === undefined ? undefined : problem(productProblems.NAMED_TWICE, { value: twice });
}

/** A price or a field that belongs to some kinds of products, and to no other. */
function kindProblem(product: Product): ProductProblem | undefined {
  const { kind, monthly, initial, proRated, perSheets, forNumbers } = product;
  const needed = (field: ProductField) => ({
    field,
    problem: problem(productProblems.NEEDED_OF_KIND, { kind }),
  });
  const strange = (field: ProductField) => ({
    field,
    problem: problem(productProblems.NOT_OF_KIND, { kind }),
  });
  if (ONCE_KINDS.includes(kind)) {
    if (initial === null) return needed('initial');
    if (monthly !== null) return strange('monthly');
  }
  if (MONTHLY_KINDS.includes(kind) && monthly === null) return needed('monthly');
  if (monthly === null && initial === null)
    return { field: 'monthly', problem: problem(productProblems.NO_PRICE) };
  if (proRated && monthly === null)
    return { field: 'proRated', problem: problem(productProblems.PRO_RATED_WITHOUT_MONTHLY) };
  if (kind === 'invoice_posting' && perSheets === null) return needed('perSheets');
  if (kind !== 'invoice_posting' && perSheets !== null) return strange('perSheets');
  if (NUMBER_KINDS.includes(kind) && forNumbers.length === 0) return needed('forNumbers');
  if (!NUMBER_KINDS.includes(kind) && forNumbers.length > 0) return strange('forNumbers');
  return undefined;
}

/** Calls and FAX channels are allotted under these names, whatever the products are that bring them. */
export const POOLS = ['calls', 'fax'] as const;

function codeProblem({ code, capabilities }: Product): SaidProblem | undefined {
  // What is allotted by its own name must not be taken for a pool.
  if (capabilities.includes('allotted') && (POOLS as readonly string[]).includes(code))
    return problem(productProblems.NAME_OF_POOL, { names: POOLS.join(', ') });
  return /^[a-z0-9._-]{1,60}$/.test(code) ? undefined : problem(productProblems.NOT_A_PRODUCT_CODE);
}

/** Everything that is wrong with a product by itself. */
export function problemsOf(product: Product): readonly ProductProblem[] {
  const named = (text: string, most: number): SaidProblem | undefined =>
    text.trim() === '' ? problem(valueProblems.REQUIRED) : wordsProblem(text, most);
  const found: readonly (readonly [ProductField, SaidProblem | undefined])[] = [
    ['code', codeProblem(product)],
    ['nameJa', named(product.nameJa, PRODUCT_MOST.name)],
    ['nameEn', named(product.nameEn, PRODUCT_MOST.name)],
    ['descriptionJa', wordsProblem(product.descriptionJa, PRODUCT_MOST.description)],
    ['descriptionEn', wordsProblem(product.descriptionEn, PRODUCT_MOST.description)],
    ['monthly', priceProblem(product.monthly)],
    ['initial', priceProblem(product.initial)],
    ['most', countProblem(product.most, PRODUCT_MOST.units)],
    ['perSheets', countProblem(product.perSheets, PRODUCT_MOST.sheets)],
    ['forNumbers', groupsProblem(product)],
    ['capabilities', capabilitiesProblem(product)],
  ];
  const problems = found.flatMap(([field, wrong]) => (wrong ? [{ field, problem: wrong }] : []));
  const ofKind = kindProblem(product);
  return ofKind === undefined ? problems : [...problems, ofKind];
}
