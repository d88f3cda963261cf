import { isSeq, type Node, type YAMLMap } from 'yaml';
import {
  PRODUCT_ENDS,
  PRODUCT_KINDS,
  type Product,
  type ProductField,
  type ProductKind,
  problemsOf,
  productFacts,
} from '#contracts';
import { BusinessDay, InvalidInput, Money, problem, TAX_CATEGORIES, valueProblems } from '#kernel';
import { catalogueProblems } from './problems.js';
import type { FieldText, YamlReader } from './yaml-reader.js';

/** One version of a price list, as a catalogue file has it. */
export interface PriceListInFile {
  readonly priceList: string;
  readonly validFrom: BusinessDay;
  readonly line: number;
  readonly products: readonly Product[];
}

/** More than the numbers of every country and the devices of a large shop. */
const PRODUCTS_MAX = 2_000;
/** Each list is a stream, each version a command of its own. */
const PRICE_LISTS_MAX = 100;
const PRICE_LIST_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** `forNumbers` -> `for_numbers`: the fields of a product are called so in the file. */
const fieldInFile = (field: string): string => field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const LISTS: readonly ProductField[] = ['forNumbers', 'capabilities'];
const FIELDS_IN_FILE = Object.keys(productFacts).map(fieldInFile);
const LIST_FIELDS = ['name', 'valid_from', 'products'];

/** What is charged beside what was bought: nobody puts it into a cart. */
const NOT_FOR_SALE: readonly ProductKind[] = ['per_number', 'recording_gb', 'shipping'];
/** What follows a count or a volume of the month is never a part of a month. */
const NEVER_PRO_RATED: readonly ProductKind[] = ['per_number', 'recording_gb', 'invoice_posting'];

/** The fields of one product, each read in the form that it has. */
class ProductReader {
  private readonly singles = new Map<string, FieldText>();
  private readonly lists = new Map<string, readonly string[]>();
  private readonly nodes = new Map<string, Node>();
  private readonly problemsBefore: number;

  constructor(
    private readonly read: YamlReader,
    private readonly entry: YAMLMap,
  ) {
    this.problemsBefore = read.problems.length;
    for (const [name, node, at] of read.entries(entry, FIELDS_IN_FILE)) {
      this.nodes.set(name, node ?? at);
      if (LISTS.some(field => fieldInFile(field) === name)) this.lists.set(name, this.texts(name, node, at));
      else {
        const said = read.scalar(name, node, at);
        if (said) this.singles.set(name, said);
      }
    }
  }

  private texts(name: string, node: Node | null, at: Node): readonly string[] {
    if (!isSeq(node)) {
      this.read.bad(node ?? at, name, problem(catalogueProblems.NOT_A_LIST));
      return [];
    }
    return node.items.flatMap(item => this.read.scalar(name, item as Node, node)?.text ?? []);
  }

  /** Where a field stands; the product itself where it has none. */
  nodeOf = (field: ProductField): Node => this.nodes.get(fieldInFile(field)) ?? this.entry;

  get isGood(): boolean {
    return this.read.problems.length === this.problemsBefore;
  }

  /** A field of one value, or what stands for one that is not there. */
  private one<Value, Other>(
    field: ProductField,
    other: Other,
    parse: (text: string, name: string) => Value,
  ): Value | Other {
    const said = this.singles.get(fieldInFile(field));
    if (said === undefined) return other;
    return this.read.attempt(said.node, () => parse(said.text, fieldInFile(field))) ?? other;
  }

  text = (field: ProductField): string => this.one(field, '', text => text.normalize('NFC').trim());
  yen = (field: ProductField): Money | null => this.one(field, null, Money.of);
  list = (field: ProductField): readonly string[] => this.lists.get(fieldInFile(field)) ?? [];

  whole = (field: ProductField): number | null =>
    this.one(field, null, text => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN));

  flag = (field: ProductField, standard: boolean): boolean =>
    this.one(field, standard, (text, name) => {
      if (text !== 'true' && text !== 'false') throw InvalidInput.of(name, catalogueProblems.NOT_YES_OR_NO);
      return text === 'true';
    });

  word<const Word extends string, Other>(
    field: ProductField,
    words: readonly Word[],
    other: Other,
  ): Word | Other {
    return this.one(field, other, (text, name) => {
      const found = words.find(word => word === text);
      if (found === undefined)
        throw InvalidInput.of(name, valueProblems.NOT_ONE_OF, { allowed: words.join(', ') });
      return found;
    });
  }

  required(field: ProductField): void {
    if (this.nodes.has(fieldInFile(field))) return;
    this.read.bad(this.entry, fieldInFile(field), problem(valueProblems.REQUIRED));
  }
}

/** A product of the file; undefined where something of it is wrong, which is told. */
function readProduct(read: YamlReader, entry: YAMLMap): Product | undefined {
  const of = new ProductReader(read, entry);
  for (const field of ['code', 'kind', 'nameJa', 'nameEn'] as const) of.required(field);
  const kind = of.word('kind', PRODUCT_KINDS, 'unique');
  const monthly = of.yen('monthly');
  const product: Product = {
    code: of.text('code'),
    kind,
    nameJa: of.text('nameJa'),
    nameEn: of.text('nameEn'),
    descriptionJa: of.text('descriptionJa'),
    descriptionEn: of.text('descriptionEn'),
    monthly,
    initial: of.yen('initial'),
    proRated: of.flag('proRated', monthly !== null && !NEVER_PRO_RATED.includes(kind)),
    taxCategory: of.word('taxCategory', TAX_CATEGORIES, 'standard'),
    end: of.word('end', PRODUCT_ENDS, null),
    most: of.whole('most'),
    perSheets: of.whole('perSheets'),
    campaign: of.flag('campaign', false),
    corporateOnly: of.flag('corporateOnly', false),
    single: of.flag('single', false),
    forNumbers: of.list('forNumbers'),
    capabilities: of.list('capabilities'),
    selfService: of.flag('selfService', !NOT_FOR_SALE.includes(kind)),
  };
  if (!of.isGood) return undefined;
  for (const wrong of problemsOf(product))
    read.bad(of.nodeOf(wrong.field), fieldInFile(wrong.field), wrong.problem);
  return of.isGood ? product : undefined;
}

/** The products of one list. Each one and each group of numbers stands there once. */
function readProducts(read: YamlReader, list: YAMLMap): readonly Product[] {
  const node = (list.get('products', true) as Node | undefined) ?? null;
  const entries = read.mappings('products', node);
  if (node === null || (isSeq(node) && node.items.length === 0))
    read.bad(node ?? list, 'products', problem(catalogueProblems.NO_PRODUCTS));
  if (entries.length > PRODUCTS_MAX) {
    const tooMany = problem(catalogueProblems.TOO_MANY_PRODUCTS, { most: PRODUCTS_MAX });
    read.bad(entries[PRODUCTS_MAX], 'products', tooMany);
    return [];
  }
  const lines = new Map<string, number>();
  const products: Product[] = [];
  for (const entry of entries) {
    const product = readProduct(read, entry);
    if (!product) continue;
    const { code, kind, forNumbers } = product;
    const line = read.line(entry);
    const first = lines.get(code);
    if (first !== undefined) {
      const twice = problem(catalogueProblems.PRODUCT_TWICE, { product: code, line: first });
      read.bad(entry, 'code', twice);
    }
    lines.set(code, first ?? line);
    for (const numbers of forNumbers) {
      const key = `${kind} ${numbers}`;
      const before = lines.get(key);
      if (before !== undefined) {
        const twice = problem(catalogueProblems.NUMBERS_PRICED_TWICE, { numbers, line: before });
        read.bad(entry, 'for_numbers', twice);
      }
      lines.set(key, before ?? line);
    }
    products.push(product);
  }
  return products;
}

function readPriceList(read: YamlReader, entry: YAMLMap): PriceListInFile | undefined {
  const before = read.problems.length;
  const fields = new Map<string, FieldText>();
  for (const [name, node, at] of read.entries(entry, LIST_FIELDS)) {
    const said = name === 'products' ? undefined : read.scalar(name, node, at);
    if (said) fields.set(name, said);
  }
  const name = fields.get('name');
  const from = fields.get('valid_from');
  for (const field of ['name', 'valid_from'])
    if (!entry.has(field)) read.bad(entry, field, problem(valueProblems.REQUIRED));
  if (name && !PRICE_LIST_NAME.test(name.text))
    read.bad(name.node, 'name', problem(catalogueProblems.NOT_A_PRICE_LIST_NAME));
  const validFrom = from && read.attempt(from.node, () => BusinessDay.parse(from.text, 'valid_from'));
  const products = readProducts(read, entry);
  if (!name || validFrom === undefined || read.problems.length > before) return undefined;
  return { priceList: name.text, validFrom, line: read.line(entry), products };
}

/** The section `price_lists`: whole lists, each with the day from which it holds. */
export function readPriceLists(read: YamlReader): readonly PriceListInFile[] {
  const entries = read.list('price_lists');
  if (entries.length > PRICE_LISTS_MAX) {
    const tooMany = problem(catalogueProblems.TOO_MANY_PRICE_LISTS, { most: PRICE_LISTS_MAX });
    read.bad(entries[PRICE_LISTS_MAX], 'price_lists', tooMany);
    return [];
  }
  const found: PriceListInFile[] = [];
  for (const entry of entries) {
    const list = readPriceList(read, entry);
    if (!list) continue;
    const { priceList: name, validFrom } = list;
    const first = found.find(one => one.priceList === name && one.validFrom === validFrom);
    if (first)
      read.bad(entry, 'valid_from', problem(catalogueProblems.PRICE_LIST_TWICE, { name, line: first.line }));
    found.push(list);
  }
  return found;
}
