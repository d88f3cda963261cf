import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { IssuerProfile } from '#contracts';
import {
  BusinessDay,
  charactersIn,
  InvalidInput,
  printProblem,
  TAX_ROUNDINGS,
  type TaxRounding,
  textProblem,
} from '#kernel';
import { checkPolicy, type PolicyName } from '#policies';
import { type CheckedTariff, checkTariffRows, type RawTariffRow } from '#rating';
import type { FileProblem } from '../product.views.js';

/** A catalogue file, read and checked as far as one file can be. */
export interface CatalogueFile {
  readonly issuer: { readonly profile: IssuerProfile; readonly line: number } | null;
  readonly policies: readonly {
    readonly name: PolicyName;
    readonly value: string;
    readonly validFrom: BusinessDay;
    readonly line: number;
  }[];
  readonly tariff: CheckedTariff;
  readonly problems: readonly FileProblem[];
}

const SECTIONS = ['issuer', 'policies', 'tariffs'];
const ISSUER_FIELDS = ['name', 'postal_code', 'address', 'registration_number', 'phone', 'tax_rounding'];
const POLICY_FIELDS = ['name', 'value', 'valid_from'];

/** As much as a file may have over HTTP. */
const CHARACTERS_MAX = 16_000_000;
/** More than a catalogue of twenty thousand tariff rows has; a larger tariff comes as tariff.csv. */
const KEYS_MAX = 300_000;
/** A year of closed days is a tenth of it. */
const VALUE_MAX = 40_000;
/** A catalogue is three deep. */
const DEPTH_MAX = 20;
const ALIASES_MAX = 1_000;

/** What the lexer writes between tokens; it stands nowhere in the file. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f', '\ufeff']);
const SECTION = /^[A-Za-z_]{1,40}$/;

/** What a file has been found to hold so far. */
class Contents {
  line = 1;
  /** The key at the beginning of a line that was read last: where in the file we are. */
  section: string | null = null;
  private column = 0;
  private readonly counts = { keys: 0, entries: 0, aliases: 0, anchors: 0 };
  private brackets = 0;
  /** Lists and keys that begin on one line within each other: `- - - x`. */
  private onLine = 0;

  take(token: string): void {
    if (MARKS.has(token)) return;
    const { counts } = this;
    const first = token[0];
    const isAlone = token.length === 1;
    if (this.column === 0 && SECTION.test(token)) this.section = token;
    if (first === '*') counts.aliases++;
    else if (first === '&') counts.anchors++;
    else if (isAlone && first === ':') counts.keys++;
    else if (isAlone && (first === '-' || first === ',')) counts.entries++;
    else if (isAlone && (first === '[' || first === '{')) this.brackets++;
    else if (isAlone && (first === ']' || first === '}')) this.brackets--;
    if (isAlone && (first === '-' || first === '?')) this.onLine++;
    this.column += token.length;
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) {
      this.line++;
      this.column = token.length - at - 1;
      this.onLine = 0;
    }
  }

  /** Why this is too much. */
  problem(token: string): string | undefined {
    const { keys, entries, aliases, anchors } = this.counts;
    if (keys > KEYS_MAX) return `holds more than ${KEYS_MAX} keys; large tariffs are imported as tariff.csv`;
    if (entries > KEYS_MAX)
      return `holds more than ${KEYS_MAX} list entries; large tariffs are imported as tariff.csv`;
    if (aliases > ALIASES_MAX) return `holds more than ${ALIASES_MAX} aliases`;
    if (anchors > ALIASES_MAX) return `holds more than ${ALIASES_MAX} anchors`;
    if (this.brackets > DEPTH_MAX || this.onLine > DEPTH_MAX) return `is nested more than ${DEPTH_MAX} deep`;
    // A comment is no value, and costs nothing.
    if (token.length > VALUE_MAX && token[0] !== '#' && token.trim() !== '')
      return `holds a value of more than ${VALUE_MAX} characters`;
    return undefined;
  }
}

/** What makes a file too much to be read, found without building anything from it, as early as it shows. */
function tooMuch(text: string): Omit<FileProblem, 'file'> | undefined {
  if (text.length > CHARACTERS_MAX) {
    const problem = `holds more than ${CHARACTERS_MAX} characters; large tariffs are imported as tariff.csv`;
    return { line: 1, field: null, problem };
  }
  const contents = new Contents();
  for (const token of new Lexer().lex(text)) {
    const { line } = contents;
    contents.take(token);
    const problem = contents.problem(token);
    if (problem !== undefined) return { line, field: contents.section, problem };
  }
  return undefined;
}

/** Each key that stands twice in one mapping. The package's own check compares every key with every other. */
function keysTwice(document: Document): Node[] {
  const twice: Node[] = [];
  const left: unknown[] = [document.contents];
  while (left.length > 0) {
    const node = left.pop();
    if (isSeq(node)) for (const item of node.items.toReversed()) left.push(item);
    else if (isPair(node)) left.push(node.value);
    else if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        if (!isScalar(key)) continue;
        const text = String(key.value);
        if (seen.has(text)) twice.push(key);
        seen.add(text);
      }
      for (const item of node.items.toReversed()) left.push(item);
    }
  }
  return twice;
}

/** Reads YAML node by node, so that every problem has its line. */
class Reader {
  readonly problems: FileProblem[] = [];
  private readonly lines = new LineCounter();
  readonly root: Node | null;

  constructor(
    private readonly file: string,
    text: string,
  ) {
    const much = tooMuch(text);
    if (much) {
      this.problems.push({ file, ...much });
      this.root = null;
      return;
    }
    // Pretty errors copy the line of each one: a line of a hundred thousand commas took half a minute.
    const options = { lineCounter: this.lines, uniqueKeys: false, prettyErrors: false };
    const document = parseDocument(text, options);
    for (const error of [...document.errors, ...document.warnings]) {
      const { line } = this.lines.linePos(error.pos[0]);
      this.problems.push({ file, line, field: null, problem: error.message });
    }
    for (const key of keysTwice(document)) this.bad(key, null, 'Map keys must be unique');
    this.root = document.contents as Node | null;
  }

  line(node: Node | null | undefined): number {
    return node?.range ? this.lines.linePos(node.range[0]).line : 1;
  }

  bad(node: Node | null | undefined, field: string | null, problem: string): void {
    this.problems.push({ file: this.file, line: this.line(node), field, problem });
  }

  /** The scalar fields of a mapping as texts; unknown and non-scalar fields are problems. */
  fields(map: YAMLMap, allowed: readonly string[] | null): Map<string, { text: string; node: Node }> {
    const found = new Map<string, { text: string; node: Node }>();
    for (const pair of map.items) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      const node = pair.value as Node | null;
      if (allowed && !allowed.includes(key))
        this.bad(pair.key as Node, key, `is not known here; known are ${allowed.join(', ')}`);
      else if (!isScalar(node)) this.bad(node ?? (pair.key as Node), key, 'must be a single value');
      else found.set(key, { text: node.source ?? String(node.value ?? ''), node });
    }
    return found;
  }

  section(name: string): Node | null {
    return isMap(this.root) ? ((this.root.get(name, true) as Node | undefined) ?? null) : null;
  }

  /** The mappings of a list section. */
  list(name: string): YAMLMap[] {
    const node = this.section(name);
    if (node === null) return [];
    if (!isSeq(node)) {
      this.bad(node, name, 'must be a list');
      return [];
    }
    return node.items.filter((item): item is YAMLMap => {
      if (!isMap(item)) this.bad(item as Node, name, 'each entry must be a mapping of fields');
      return isMap(item);
    });
  }
}

const ISSUER_TEXT_MAX = 200;

/** Every field of the issuer stands on its invoices. */
const issuerProblem = (text: string): string | undefined =>
  charactersIn(text) > ISSUER_TEXT_MAX
    ? `is longer than ${ISSUER_TEXT_MAX} characters`
    : (textProblem(text) ?? printProblem(text));

function readIssuer(read: Reader): CatalogueFile['issuer'] {
  const node = read.section('issuer');
  if (node === null) return null;
  if (!isMap(node)) {
    read.bad(node, 'issuer', 'must be a mapping of fields');
    return null;
  }
  const fields = read.fields(node, ISSUER_FIELDS);
  const text = (name: string): string => fields.get(name)?.text.normalize('NFC').trim() ?? '';
  const taxRounding = text('tax_rounding') || 'half_up';
  if (!(TAX_ROUNDINGS as readonly string[]).includes(taxRounding)) {
    read.bad(fields.get('tax_rounding')?.node, 'tax_rounding', `must be one of ${TAX_ROUNDINGS.join(', ')}`);
  }
  if (text('name') === '') read.bad(node, 'name', 'is required');
  for (const [name, { text: said, node: at }] of fields) {
    const problem = issuerProblem(said.normalize('NFC').trim());
    if (problem !== undefined) read.bad(at, name, problem);
  }
  const registrationNumber = text('registration_number');
  if (registrationNumber !== '' && !/^T\d{13}$/.test(registrationNumber)) {
    read.bad(fields.get('registration_number')?.node, 'registration_number', 'must be T and 13 digits');
  }
  const profile = {
    name: text('name'),
    postalCode: text('postal_code'),
    address: text('address'),
    registrationNumber,
    phone: text('phone'),
    taxRounding: taxRounding as TaxRounding,
  };
  return { profile, line: read.line(node) };
}

function readPolicies(read: Reader): CatalogueFile['policies'] {
  const policies: CatalogueFile['policies'][number][] = [];
  const lines = new Map<string, number>();
  for (const entry of read.list('policies')) {
    const fields = read.fields(entry, POLICY_FIELDS);
    try {
      for (const name of POLICY_FIELDS) if (!fields.has(name)) throw new InvalidInput(name, 'is required');
      const name = fields.get('name')!.text;
      const value = fields.get('value')!.text;
      checkPolicy(name, value, fields.has('name') ? `policy ${name}` : 'name');
      const validFrom = BusinessDay.parse(fields.get('valid_from')!.text, 'valid_from');
      const key = `${name} ${validFrom}`;
      const earlier = lines.get(key);
      if (earlier !== undefined)
        throw new InvalidInput('valid_from', `line ${earlier} decides ${name} from the same day already`);
      const line = read.line(entry);
      lines.set(key, line);
      policies.push({ name, value, validFrom, line });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      read.bad(fields.get(error.field)?.node ?? entry, error.field, error.problem);
    }
  }
  return policies;
}

/** Tariff rows with the columns of tariff.csv as fields. */
function readTariff(read: Reader, file: string): CheckedTariff {
  const raws: RawTariffRow[] = read.list('tariffs').map(entry => {
    const fields: Record<string, string> = {};
    for (const [name, { text }] of read.fields(entry, null)) fields[name] = text;
    return { file, line: read.line(entry), fields };
  });
  return checkTariffRows(raws);
}

/** Never throws for what is in the file: every problem is named with its line. */
export function readCatalogue(file: string, text: string): CatalogueFile {
  const read = new Reader(file, text);
  const empty = { issuer: null, policies: [], tariff: { rows: [], problems: [] } };
  if (read.problems.length > 0) return { ...empty, problems: read.problems };
  if (!isMap(read.root)) {
    read.bad(read.root, null, `must be a mapping with ${SECTIONS.join(', ')}`);
    return { ...empty, problems: read.problems };
  }
  for (const { key } of read.root.items) {
    const name = String(isScalar(key) ? key.value : key);
    if (!SECTIONS.includes(name))
      read.bad(key as Node, name, `is not known here; known are ${SECTIONS.join(', ')}`);
  }
  const issuer = readIssuer(read);
  const policies = readPolicies(read);
  const tariff = readTariff(read, file);
  return { issuer, policies, tariff, problems: read.problems };
}
