import { posix } from 'node:path';
import { isShipped } from './code-rules.js';
import type { SourceFile, SyntaxNode } from './source.js';

interface Exported {
  readonly name: string;
  readonly line: number;
  /** A type stands in the signatures of its own file, where nobody has to name it. */
  readonly isType: boolean;
}

const TYPES = new Set(['TsInterfaceDeclaration', 'TsTypeAliasDeclaration']);

/** The names that a declaration binds: one, or those in a pattern. */
function namesOf(bound: SyntaxNode | null): string[] {
  if (bound === null) return [];
  if (bound.type === 'Identifier') return [String(bound['value'])];
  const parts = (bound['properties'] ?? bound['elements']) as SyntaxNode[] | undefined;
  if (parts) return parts.flatMap(namesOf);
  if (bound.type === 'AssignmentPatternProperty') return namesOf(bound['key'] as SyntaxNode);
  return namesOf((bound['value'] ?? bound['left'] ?? bound['argument'] ?? null) as SyntaxNode | null);
}

function declared(declaration: SyntaxNode): string[] {
  if (declaration.type !== 'VariableDeclaration')
    return namesOf((declaration['identifier'] ?? declaration['id']) as SyntaxNode);
  return (declaration['declarations'] as SyntaxNode[]).flatMap(one => namesOf(one['id'] as SyntaxNode));
}

interface Read {
  readonly exported: readonly Exported[];
  readonly said: ReadonlyMap<string, number>;
  /** Files of which it takes every export: `import * as keys`, handed on as `{ keys }`. */
  readonly whole: readonly string[];
}

/** The names under which a file imports others as one object, by the file. */
function namespacesOf(node: SyntaxNode, path: string): [string, string][] {
  if (node.type !== 'ImportDeclaration') return [];
  const from = String((node['source'] as SyntaxNode)['value']);
  const file = posix.join(posix.dirname(path), from.replace(/\.js$/, '.ts'));
  return (node['specifiers'] as SyntaxNode[])
    .filter(({ type }) => type === 'ImportNamespaceSpecifier')
    .map(one => [String((one['local'] as SyntaxNode)['value']), file]);
}

/** What a file exports by name, and how often it says each name. A re-export says nothing. */
function read(file: SourceFile): Read {
  const exported: Exported[] = [];
  const said = new Map<string, number>();
  const namespaces = new Map<string, string>();
  const whole: string[] = [];
  const isReexport = (node: SyntaxNode) => node.type === 'ExportNamedDeclaration' && node['source'] !== null;
  file.walk((node, parents) => {
    if (node.type === 'ExportDeclaration') {
      const declaration = node['declaration'] as SyntaxNode;
      const line = file.linesOf(declaration).first;
      const isType = TYPES.has(declaration.type);
      for (const name of declared(declaration)) exported.push({ name, line, isType });
    }
    for (const [name, of] of namespacesOf(node, file.path)) namespaces.set(name, of);
    if (node.type !== 'Identifier' || parents.some(isReexport)) return;
    const name = String(node['value']);
    said.set(name, (said.get(name) ?? 0) + 1);
    const of = namespaces.get(name);
    if (of !== undefined && parents.at(-1)?.type === 'ObjectExpression') whole.push(of);
  });
  return { exported, said, whole };
}

/**
 * What production code exports and does not use: nothing but tests, or nothing at all, says its name. A thing
 * that its own file uses may be exported for a test, but not for nobody.
 */
export function deadExports(files: readonly SourceFile[]): string[] {
  const inside = files
    .filter(({ path }) => isShipped(path))
    .map(file => ({ ...read(file), path: file.path }));
  const tests = new Set(
    files.filter(({ path }) => !isShipped(path)).flatMap(file => [...read(file).said.keys()]),
  );
  const sayers = new Map<string, number>();
  for (const { said } of inside)
    for (const name of said.keys()) sayers.set(name, (sayers.get(name) ?? 0) + 1);
  const whole = new Set(inside.flatMap(file => file.whole));
  return inside.flatMap(({ path, exported, said }) =>
    exported.flatMap(({ name, line, isType }) => {
      if (sayers.get(name)! > 1 || whole.has(path)) return [];
      const usesItself = said.get(name)! > 1;
      if (!usesItself) return [`${path}:${line} exports ${name}, which no production code uses`];
      return isType || tests.has(name) ? [] : [`${path}:${line} exports ${name} to nobody`];
    }),
  );
}
