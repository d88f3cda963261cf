import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

export const repository = join(import.meta.dirname, '..', '..');

/** Folders that hold nothing written by hand. */
const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'data', 'coverage']);

/** A file of the tree: path from the repository's root with `/`, and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Any node of the syntax tree: SWC's own types leave out too much to walk over them. */
export interface SyntaxNode {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [key: string]: unknown;
}

export interface SourceFile extends TextFile {
  readonly lines: readonly string[];
  /**
   * Calls `visit` for every node below the root, parents first, with the chain of its parents, nearest last.
   */
  walk(visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void): void;
  /** First and last line of a node, 1-based. */
  linesOf(node: SyntaxNode): { readonly first: number; readonly last: number };
}

/** Paths of all files under the given folders and files of the repository, sorted. */
export function filesUnder(...starts: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (NOT_OURS.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else if (entry.isFile()) found.push(relative(repository, inner).replaceAll('\\', '/'));
    }
  };
  for (const start of starts) if (existsSync(join(repository, start))) visit(join(repository, start));
  return [...new Set(found)].sort();
}

export const readText = (path: string): TextFile => ({
  path,
  text: readFileSync(join(repository, path), 'utf8'),
});

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function walkFrom(
  value: unknown,
  parents: SyntaxNode[],
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) walkFrom(item, parents, visit);
  } else if (typeof value === 'object' && value !== null) {
    // Arguments stand in `{ spread, expression }`, which is no node but holds one.
    const node = isNode(value) ? value : null;
    if (node) {
      visit(node, parents);
      parents.push(node);
    }
    for (const [key, inner] of Object.entries(value)) if (key !== 'span') walkFrom(inner, parents, visit);
    if (node) parents.pop();
  }
}

/** Offsets in the UTF-8 bytes at which the lines of a text begin. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** @throws Error naming the file when SWC cannot read it. */
export function parseSource({ path, text }: TextFile): SourceFile {
  // SWC's offsets count bytes from wherever the last parse ended; an empty statement put before the text
  // marks 0.
  const withoutShebang = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  const syntax = /\.tsx?$/.test(path)
    ? ({ syntax: 'typescript', tsx: path.endsWith('x'), decorators: true } as const)
    : ({ syntax: 'ecmascript' } as const);
  let root: SyntaxNode;
  try {
    root = parseSync(`;${withoutShebang}`, { ...syntax, target: 'es2022' }) as unknown as SyntaxNode;
  } catch (error) {
    throw new Error(`${path}: ${String(error)}`);
  }
  const base = root.span!.start + 1;
  const starts = lineStarts(Buffer.from(text));
  return {
    path,
    text,
    lines: text.split('\n'),
    walk: visit => walkFrom(root['body'], [], visit),
    linesOf: node => ({
      first: lineAt(starts, Math.max(0, node.span!.start - base)),
      last: lineAt(starts, Math.max(0, node.span!.end - base - 1)),
    }),
  };
}

/** `describe.skip` of `describe.skip(...)`, `Date` of `new Date()`; null for what has no plain name. */
export function calleeName(node: SyntaxNode): string | null {
  if (node.type === 'Identifier') return String(node['value']);
  if (node.type === 'ParenthesisExpression') return calleeName(node['expression'] as SyntaxNode);
  if (node.type !== 'MemberExpression') return null;
  const [object, property] = [node['object'] as SyntaxNode, node['property'] as SyntaxNode];
  const before = calleeName(object);
  return before !== null && property.type === 'Identifier' ? `${before}.${String(property['value'])}` : null;
}
