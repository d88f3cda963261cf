import { isShipped } from './code-rules.js';
import { calleeName, type SourceFile, type SyntaxNode } from './source.js';

interface Declared {
  readonly set: string;
  readonly code: string;
  readonly at: string;
  /** The name in another set that it stands for, where it is named instead of repeated. */
  readonly of: string | null;
}

/** What one file declares and gives. A name is that of a set and a code: `walletRefusals.NO_FUNDS`. */
interface Read {
  readonly declared: Declared[];
  readonly given: Set<string>;
}

const DEFINES = /^(defineRefusals|defineProblems|defineUnchanged)$/;
const isDefinition = (node: SyntaxNode | null): boolean =>
  node?.type === 'CallExpression' && DEFINES.test(calleeName(node['callee'] as SyntaxNode) ?? '');

const keyOf = (property: SyntaxNode): string => String((property['key'] as SyntaxNode)['value']);

/** The codes that a pattern takes out of a set: `const { REASON_REQUIRED } = common`. */
const takenBy = (pattern: SyntaxNode): string[] =>
  pattern.type === 'ObjectPattern'
    ? (pattern['properties'] as SyntaxNode[]).filter(one => one['key'] !== undefined).map(keyOf)
    : [];

function readDeclarator(file: SourceFile, declarator: SyntaxNode, found: Read): void {
  const [id, init] = [declarator['id'] as SyntaxNode, declarator['init'] as SyntaxNode | null];
  if (init?.type === 'Identifier')
    for (const code of takenBy(id)) found.given.add(`${String(init['value'])}.${code}`);
  if (!init || !isDefinition(init)) return;
  // One that is taken apart at once has no name; its file stands for it.
  const set = id.type === 'Identifier' ? String(id['value']) : file.path;
  const [all] = init['arguments'] as { readonly expression: SyntaxNode }[];
  for (const property of all!.expression['properties'] as SyntaxNode[]) {
    // What another set declares is given under that set's name.
    if (property.type === 'SpreadElement') continue;
    const at = `${file.path}:${file.linesOf(property['key'] as SyntaxNode).first}`;
    const of = calleeName(property['value'] as SyntaxNode);
    found.declared.push({ set, code: keyOf(property), at, of });
  }
}

/** Calls that give the refusal named after what there is not: `found(invoice, 'INVOICE')`. */
const SEEKS = /(^|\.)(found|noSuch)$/;

function readText(node: SyntaxNode, parent: SyntaxNode | undefined, found: Read): void {
  const text = String(node['value']);
  if (parent?.type === 'KeyValueProperty' && keyOf(parent) === 'sought') found.given.add(`NO_SUCH_${text}`);
  if (parent?.type !== 'CallExpression') return;
  found.given.add(`'${text}'`);
  if (SEEKS.test(calleeName(parent['callee'] as SyntaxNode) ?? '')) found.given.add(`NO_SUCH_${text}`);
}

function readMember(node: SyntaxNode, parent: SyntaxNode | undefined, found: Read): void {
  // Of `common.NAME_REQUIRED.code` only a part is read: nothing is given.
  if (parent?.type === 'MemberExpression' && parent['object'] === node) return;
  const name = calleeName(node);
  if (name !== null) found.given.add(name);
  if ((node['property'] as SyntaxNode).type === 'Computed')
    found.given.add(`${calleeName(node['object'] as SyntaxNode)}[]`);
}

function read(file: SourceFile): Read {
  const found: Read = { declared: [], given: new Set() };
  file.walk((node, parents) => {
    if (node.type === 'VariableDeclarator') readDeclarator(file, node, found);
    if (parents.some(isDefinition)) return;
    const parent = parents.at(-1);
    if (node.type === 'StringLiteral') readText(node, parent, found);
    if (node.type === 'MemberExpression') readMember(node, parent, found);
    if (node.type === 'SpreadElement') found.given.add(`${calleeName(node['arguments'] as SyntaxNode)}[]`);
    if (node.type === 'Identifier' && parent?.type !== 'AssignmentPatternProperty')
      found.given.add(`${file.path}.${String(node['value'])}`);
  });
  return found;
}

/**
 * Refusals, problems and reasons for nothing that are declared, and that no production code gives: nobody
 * will ever read them. One is given by its name; or, where its set is asked with a code, by a call with that
 * code; or by a search in vain for what it is named after.
 */
export function neverGiven(files: readonly SourceFile[]): string[] {
  const all = files.filter(({ path }) => isShipped(path)).map(read);
  const given = new Set(all.flatMap(one => [...one.given]));
  const declared = all.flatMap(one => one.declared);
  const isGiven = (set: string, code: string): boolean =>
    given.has(`${set}.${code}`) ||
    given.has(code) ||
    (given.has(`${set}[]`) && given.has(`'${code}'`)) ||
    declared.some(other => other.of === `${set}.${code}` && isGiven(other.set, other.code));
  return declared
    .filter(({ set, code }) => !isGiven(set, code))
    .map(({ code, at }) => `${at} declares ${code}, which nobody gives`);
}
