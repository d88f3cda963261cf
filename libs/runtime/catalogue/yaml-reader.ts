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
import { InvalidInput, problem, type SaidProblem } from '#kernel';
import { catalogueProblems } from './problems.js';
import { yamlWords } from './yaml-words.js';

/** What is wrong at one place of a file. */
export interface ReadProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly problem: SaidProblem;
}

export const unknownEntry = (known: readonly string[]): SaidProblem =>
  problem(catalogueProblems.UNKNOWN_ENTRY, { known: known.join(', ') });

/** What stands for one field: its text as the file has it, and where. */
export interface FieldText {
  readonly text: string;
  readonly node: Node;
}

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
export class YamlReader {
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
  fields(map: YAMLMap, allowed: readonly string[] | null): Map<string, FieldText> {
    const found = new Map<string, FieldText>();
    for (const [key, node, at] of this.entries(map, allowed)) {
      const said = this.scalar(key, node, at);
      if (said) found.set(key, said);
    }
    return found;
  }

  /** The keys of a mapping that are known here, each with its value and the node of the key. */
  entries(map: YAMLMap, allowed: readonly string[] | null): [key: string, value: Node | null, at: Node][] {
    return map.items.flatMap(({ key, value }) => {
      const at = key as Node;
      const name = String(isScalar(key) ? key.value : key);
      if (!allowed || allowed.includes(name)) return [[name, value as Node | null, at]];
      this.bad(at, name, unknownEntry(allowed));
      return [];
    });
  }

  /** The text of a single value. */
  scalar(field: string, node: Node | null, at: Node): FieldText | undefined {
    if (isScalar(node)) return { text: node.source ?? String(node.value ?? ''), node };
    this.bad(node ?? at, field, problem(catalogueProblems.NOT_A_SINGLE_VALUE));
    return undefined;
  }

  /** Reads one value; what is wrong with it is a problem of its field. */
  attempt<Value>(node: Node, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.bad(node, error.field, error.said);
      return undefined;
    }
  }

  section(name: string): Node | null {
    return isMap(this.root) ? ((this.root.get(name, true) as Node | undefined) ?? null) : null;
  }

  /** The mappings of a list section. */
  list(name: string): YAMLMap[] {
    return this.mappings(name, this.section(name));
  }

  /** The mappings of a list. */
  mappings(field: string, node: Node | null): YAMLMap[] {
    if (node === null) return [];
    if (!isSeq(node)) {
      this.bad(node, field, problem(catalogueProblems.NOT_A_LIST));
      return [];
    }
    return node.items.filter((item): item is YAMLMap => {
      if (!isMap(item)) this.bad(item as Node, field, problem(catalogueProblems.NOT_AN_ENTRY));
      return isMap(item);
    });
  }
}
