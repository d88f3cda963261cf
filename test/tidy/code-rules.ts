import { DOMAIN } from './rooms.js';
import { calleeName, type SourceFile, type SyntaxNode } from './source.js';

/** A rule looks at one file and names what is wrong in it, each with its line. */
export type CodeRule = (file: SourceFile) => string[];

export const isSpec = (path: string): boolean => /\.(spec|fixture)\.tsx?$/.test(path);
const isPortal = (path: string): boolean => path.startsWith('apps/portal/');
const isProduction = (path: string): boolean => /^(apps|libs|migrations)\//.test(path) && !isSpec(path);
/** What is in production: `libs/testing` keeps the habits too, but nothing runs it there. */
export const isShipped = (path: string): boolean => isProduction(path) && !path.startsWith('libs/testing/');

const LONGEST_FILE = 420;
const LONGEST_LINE = 110;
const LONGEST_FUNCTION = 70;

/** All plain names that are called or constructed, with their lines. */
function calls(file: SourceFile): { readonly name: string; readonly line: number }[] {
  const found: { name: string; line: number }[] = [];
  file.walk(node => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
    const name = calleeName(node['callee'] as SyntaxNode);
    if (name === null) return;
    found.push({
      name: node.type === 'NewExpression' ? `new ${name}` : name,
      line: file.linesOf(node).first,
    });
  });
  return found;
}

const CLOCK_AND_CHANCE = new Set(['new Date', 'Date', 'Date.now', 'Math.random']);
/** How long something took is no business time: glue may measure it, the domain may not. */
const STOPWATCH = 'performance.now';
const OF_DOMAIN = new RegExp(`^libs/(${DOMAIN.join('|')})/`);

/** `now` and every outside fact arrive on the command: only adapters ask the machine. */
export const noClockNorChance: CodeRule = file => {
  const free = /^libs\/(kernel|adapters)\//.test(file.path) || isPortal(file.path);
  if (!isProduction(file.path) || free) return [];
  return calls(file)
    .filter(({ name }) => CLOCK_AND_CHANCE.has(name) || (name === STOPWATCH && OF_DOMAIN.test(file.path)))
    .map(call => `${file.path}:${call.line} calls ${call.name}`);
};

const SPEAKS_OF_MONEY = /money|amount|price|yen(?![a-z])|(?<![a-z])net(?![a-z])|(?<!syn)tax/i;
const TO_FLOAT = new Set(['Number', 'parseFloat', 'Number.parseFloat', 'parseInt', 'Number.parseInt']);

/** Money text becomes Money through the kernel, never a binary float. */
export const noFloatMoney: CodeRule = file => {
  if (!isProduction(file.path) || file.path.startsWith('libs/kernel/')) return [];
  const speaks = (line: number) => SPEAKS_OF_MONEY.test(file.lines[line - 1] ?? '');
  return calls(file)
    .filter(call => TO_FLOAT.has(call.name) && speaks(call.line))
    .map(call => `${file.path}:${call.line} reads money with ${call.name}`);
};

/** A test that is switched off is a test that cannot fail. */
export const noSwitchedOffTests: CodeRule = file =>
  calls(file)
    .filter(({ name }) =>
      /^(describe|it|test)\.(.*\.)?(only|skip|todo)\b|^[fx](it|describe|test)\b/.test(name),
    )
    .map(call => `${file.path}:${call.line} calls ${call.name}`);

/** Libs answer to their callers; what is printed is decided by an app. */
export const noConsoleInLibs: CodeRule = file =>
  isProduction(file.path) && file.path.startsWith('libs/')
    ? calls(file)
        .filter(call => call.name.startsWith('console.'))
        .map(call => `${file.path}:${call.line} calls ${call.name}`)
    : [];

export const filesAreShort: CodeRule = file => {
  const count = file.text.endsWith('\n') ? file.lines.length - 1 : file.lines.length;
  return count > LONGEST_FILE ? [`${file.path} has ${count} lines`] : [];
};

/** Characters, not bytes: a line of Japanese may be as long as one of English. */
export const linesAreShort: CodeRule = file =>
  file.lines.flatMap((line, i) =>
    [...line].length > LONGEST_LINE ? [`${file.path}:${i + 1} has ${[...line].length} columns`] : [],
  );

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'Constructor',
  'MethodProperty',
]);

/** The callback of `describe`, of `needsProgram(...)` and the like is a chapter, not a function. */
function isChapter(node: SyntaxNode, parents: readonly SyntaxNode[]): boolean {
  const call = parents.at(-1);
  if (node.type !== 'ArrowFunctionExpression' || call?.type !== 'CallExpression') return false;
  let callee = call['callee'] as SyntaxNode;
  while (callee.type === 'CallExpression') callee = callee['callee'] as SyntaxNode;
  return /^(describe|needsProgram)\b/.test(calleeName(callee) ?? '');
}

export const functionsAreShort: CodeRule = file => {
  const long: string[] = [];
  file.walk((node, parents) => {
    if (!FUNCTIONS.has(node.type) || isChapter(node, parents)) return;
    const { first, last } = file.linesOf(node);
    const count = last - first + 1;
    if (count > LONGEST_FUNCTION) long.push(`${file.path}:${first} is a function of ${count} lines`);
  });
  return long;
};
