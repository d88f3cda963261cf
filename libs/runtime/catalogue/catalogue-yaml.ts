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
import { type IssuerProfile } from '#contracts';
import {
  BusinessDay,
  charactersIn,
  InvalidInput,
  printProblem,
  problem,
  type SaidProblem,
  TAX_ROUNDINGS,
  type TaxRounding,
  textProblem,
  valueProblems,
} from '#kernel';
import { checkPolicy, type PolicyName } from '#policies';
import { type CheckedTariff, checkTariffRows, type RawTariffRow } from '#rating';
import { catalogueProblems } from './problems.js';
import { yamlWords } from './yaml-words.js';

/** What is wrong at one place of a file. */
export interface ReadProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly problem: SaidProblem;
}

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
  readonly problems: readonly ReadProblem[];
}

const unknownEntry = (known: readonly string[]): SaidProblem =>
  problem(catalogueProblems.UNKNOWN_ENTRY, { known: known.join(', ') });

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
  tooMuch(token: string): SaidProblem | undefined {
    const { keys, entries, aliases, anchors } = this.counts;
    if (keys > KEYS_MAX) return problem(catalogueProblems.TOO_MANY_KEYS, { most: KEYS_MAX });
    if (entries > KEYS_MAX) return problem(catalogueProblems.TOO_MANY_ENTRIES, { most: KEYS_MAX });
    if (aliases > ALIASES_MAX) return problem(catalogueProblems.TOO_MANY_ALIASES, { most: ALIASES_MAX });
    if (anchors > ALIASES_MAX) return problem(catalogueProblems.TOO_MANY_ANCHORS, { most: ALIASES_MAX });
    if (this.brackets > DEPTH_MAX || this.onLine > DEPTH_MAX)
      return problem(catalogueProblems.TOO_DEEP, { most: DEPTH_MAX });
    // A comment is no value, and costs nothing.
    if (token.length > VALUE_MAX && token[0] !== '#' && token.trim() !== '')
      return problem(catalogueProblems.VALUE_TOO_LONG, { most: VALUE_MAX });
    return undefined;
  }
}

/** What makes a file too much to be read, found without building anything from it, as early as it shows. */
function tooMuch(text: string): Omit<ReadProblem, 'file'> | undefined {
  if (text.length > CHARACTERS_MAX) {
    const tooLong = problem(catalogueProblems.TOO_MANY_CHARACTERS, { most: CHARACTERS_MAX });
    return { line: 1, field: null, problem: tooLong };
  }
  const contents = new Contents();
  for (const token of new Lexer().lex(text)) {
    const { line } = contents;
    contents.take(token);
    const much = contents.tooMuch(token);
    if (much !== undefined) return { line, field: contents.section, problem: much };
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
  readonly problems: ReadProblem[] = [];
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
      const { line, col: column } = this.lines.linePos(error.pos[0]);
      const wrong = problem(catalogueProblems.NOT_YAML, { words: yamlWords(error), column });
      this.problems.push({ file, line, field: null, problem: wrong });
    }
    for (const key of keysTwice(document)) this.bad(key, null, problem(catalogueProblems.KEY_TWICE));
    this.root = document.contents as Node | null;
  }

  line(node: Node | null | undefined): number {
    return node?.range ? this.lines.linePos(node.range[0]).line : 1;
  }

  bad(node: Node | null | undefined, field: string | null, problem: SaidProblem): void {
    this.problems.push({ file: this.file, line: this.line(node), field, problem });
  }

  /** The scalar fields of a mapping as texts; unknown and non-scalar fields are problems. */
  fields(map: YAMLMap, allowed: readonly string[] | null): Map<string, { text: string; node: Node }> {
    const found = new Map<string, { text: string; node: Node }>();
    for (const pair of map.items) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      const node = pair.value as Node | null;
      if (allowed && !allowed.includes(key)) this.bad(pair.key as Node, key, unknownEntry(allowed));
      else if (!isScalar(node))
        this.bad(node ?? (pair.key as Node), key, problem(catalogueProblems.NOT_A_SINGLE_VALUE));
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
      this.bad(node, name, problem(catalogueProblems.NOT_A_LIST));
      return [];
    }
    return node.items.filter((item): item is YAMLMap => {
      if (!isMap(item)) this.bad(item as Node, name, problem(catalogueProblems.NOT_AN_ENTRY));
      return isMap(item);
    });
  }
}

const ISSUER_TEXT_MAX = 200;

/** Every field of the issuer stands on its invoices. */
const issuerProblem = (text: string): SaidProblem | undefined =>
  charactersIn(text) > ISSUER_TEXT_MAX
    ? problem(valueProblems.TOO_LONG, { most: ISSUER_TEXT_MAX })
    : (textProblem(text) ?? printProblem(text));

function readIssuer(read: Reader): CatalogueFile['issuer'] {
  const node = read.section('issuer');
  if (node === null) return null;
  if (!isMap(node)) {
    read.bad(node, 'issuer', problem(catalogueProblems.NOT_A_MAPPING));
    return null;
  }
  const fields = read.fields(node, ISSUER_FIELDS);
  const text = (name: string): string => fields.get(name)?.text.normalize('NFC').trim() ?? '';
  const taxRounding = text('tax_rounding') || 'half_up';
  if (!(TAX_ROUNDINGS as readonly string[]).includes(taxRounding)) {
    const allowed = TAX_ROUNDINGS.join(', ');
    const wrong = problem(valueProblems.NOT_ONE_OF, { allowed });
    read.bad(fields.get('tax_rounding')?.node, 'tax_rounding', wrong);
  }
  if (text('name') === '') read.bad(node, 'name', problem(valueProblems.REQUIRED));
  for (const [name, { text: said, node: at }] of fields) {
    const wrong = issuerProblem(said.normalize('NFC').trim());
    if (wrong !== undefined) read.bad(at, name, wrong);
  }
  const registrationNumber = text('registration_number');
  if (registrationNumber !== '' && !/^T\d{13}$/.test(registrationNumber)) {
    const wrong = problem(catalogueProblems.NOT_A_REGISTRATION_NUMBER);
    read.bad(fields.get('registration_number')?.node, 'registration_number', wrong);
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
      for (const name of POLICY_FIELDS)
        if (!fields.has(name)) throw InvalidInput.of(name, valueProblems.REQUIRED);
      const name = fields.get('name')!.text;
      const value = fields.get('value')!.text;
      checkPolicy(name, value, fields.has('name') ? `policy ${name}` : 'name');
      const validFrom = BusinessDay.parse(fields.get('valid_from')!.text, 'valid_from');
      const key = `${name} ${validFrom}`;
      const earlier = lines.get(key);
      if (earlier !== undefined)
        throw InvalidInput.of('valid_from', catalogueProblems.DECIDED_TWICE, { line: earlier, name });
      const line = read.line(entry);
      lines.set(key, line);
      policies.push({ name, value, validFrom, line });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      read.bad(fields.get(error.field)?.node ?? entry, error.field, error.said);
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
    read.bad(read.root, null, problem(catalogueProblems.NOT_A_CATALOGUE, { known: SECTIONS.join(', ') }));
    return { ...empty, problems: read.problems };
  }
  for (const { key } of read.root.items) {
    const name = String(isScalar(key) ? key.value : key);
    if (!SECTIONS.includes(name)) read.bad(key as Node, name, unknownEntry(SECTIONS));
  }
  const issuer = readIssuer(read);
  const policies = readPolicies(read);
  const tariff = readTariff(read, file);
  return { issuer, policies, tariff, problems: read.problems };
}
