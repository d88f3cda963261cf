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

/** What a file exports by name, and how often it says each name. A re-export says nothing. */
function read(file: SourceFile): { exported: Exported[]; said: Map<string, number> } {
  const exported: Exported[] = [];
  const said = new Map<string, number>();
  const isReexport = (node: SyntaxNode) => node.type === 'ExportNamedDeclaration' && node['source'] !== null;
  file.walk((node, parents) => {
    if (node.type === 'ExportDeclaration') {
      const declaration = node['declaration'] as SyntaxNode;
      const line = file.linesOf(declaration).first;
      const isType = TYPES.has(declaration.type);
      for (const name of declared(declaration)) exported.push({ name, line, isType });
    }
    if (node.type !== 'Identifier' || parents.some(isReexport)) return;
    const name = String(node['value']);
    said.set(name, (said.get(name) ?? 0) + 1);
  });
  return { exported, said };
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
  return inside.flatMap(({ path, exported, said }) =>
    exported.flatMap(({ name, line, isType }) => {
      if (sayers.get(name)! > 1) return [];
      const usesItself = said.get(name)! > 1;
      if (!usesItself) return [`${path}:${line} exports ${name}, which no production code uses`];
      return isType || tests.has(name) ? [] : [`${path}:${line} exports ${name} to nobody`];
    }),
  );
}
