import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { isShipped, isSpec } from './code-rules.js';
import { repository, type SourceFile, type SyntaxNode, type TextFile } from './source.js';

/** What package.json says, as far as these rules ask. */
export interface Manifest {
  readonly name?: string;
  readonly imports?: Readonly<Record<string, { readonly 'daicho-source': string }>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
}

/** Every text literal of a file, the sources of its imports included. */
export function literals(file: SourceFile): string[] {
  const found: string[] = [];
  file.walk((node: SyntaxNode) => {
    if (node.type === 'StringLiteral') found.push(String(node['value']));
    if (node.type === 'TemplateElement') found.push(String(node['cooked'] ?? node['raw']));
  });
  return found;
}

/** The source file that a literal leads to from a file, if it leads to one of the tree. */
function target(
  from: string,
  literal: string,
  manifest: Manifest,
  paths: ReadonlySet<string>,
): string | null {
  const inner = manifest.imports?.[literal]?.['daicho-source'];
  const path = inner ?? (/^\.{1,2}\//.test(literal) ? join(dirname(from), literal) : literal);
  const source = normalize(path)
    .replaceAll('\\', '/')
    .replace(/^(\.\.\/)*dist\//, '');
  const stem = source.replace(/\.(js|ts|mjs)$/, '');
  return [source, `${stem}.ts`, `${stem}.tsx`, `${source}/index.ts`].find(known => paths.has(known)) ?? null;
}

const POLICY_NAME = /^[a-z]+\.[a-z]+(-[a-z]+)*$/;
const IN_POLICIES = 'libs/policies/';

/**
 * Policies that no production code reads by their full name: a rule that does nothing misleads an operator.
 */
export function unreadPolicies(files: readonly SourceFile[]): string[] {
  const shipped = files.filter(({ path }) => isShipped(path) && !path.startsWith('apps/portal/'));
  const [own, others] = [true, false].map(inside =>
    shipped.filter(({ path }) => path.startsWith(IN_POLICIES) === inside),
  );
  const read = new Set(others!.flatMap(literals));
  // A name that is read within the room stands there twice: declared, and asked for.
  const said = own!.flatMap(literals).filter(literal => POLICY_NAME.test(literal));
  const names = [...new Set(said)];
  const isRead = (name: string) => read.has(name) || said.filter(other => other === name).length > 1;
  return names.filter(name => !isRead(name)).map(name => `policy ${name} has no reader`);
}

/** Where reading begins: programs, specs and the settings of tools. */
const ENTRIES = [
  /^apps\/[^/]+\/(src\/)?main\.tsx?$/,
  /^apps\/[^/]+\/bin\/[^/]+\.js$/,
  /^apps\/[^/]+\/vite\.config\.ts$/,
  /^test\/run\.mjs$/,
  // Named in jest.config.js.
  /^test\/support\/(patient-environment\.mjs|seed-properties\.ts|seed-reporter\.mjs)$/,
  // Types of a package that brings none: read by the type check.
  /\.d\.ts$/,
  /^[^/]+\.(js|mjs|cjs)$/,
];

/**
 * Files that no program, no spec and no npm script leads to. A file also counts as reached when a living file
 * names it in a text (a worker or a child process started by path).
 */
export function deadFiles(files: readonly SourceFile[], manifest: Manifest): string[] {
  const byPath = new Map(files.map(file => [file.path, file]));
  const paths = new Set(byPath.keys());
  const scripts = Object.values(manifest.scripts ?? {}).flatMap(script => script.split(/\s+/));
  const started = scripts.flatMap(word => target('package.json', word, manifest, paths) ?? []);
  const entries = [...paths].filter(path => isSpec(path) || ENTRIES.some(entry => entry.test(path)));
  const alive = new Set([...entries, ...started]);
  for (const path of alive) {
    for (const literal of literals(byPath.get(path)!)) {
      const found = target(path, literal, manifest, paths);
      if (found) alive.add(found);
    }
  }
  return [...paths].filter(path => !alive.has(path)).map(path => `${path} is reached by nothing`);
}

const manifestOf = (name: string): Manifest => {
  const path = join(repository, 'node_modules', name, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {};
};

function commandsOf(name: string): string[] {
  const { bin } = manifestOf(name);
  if (bin === undefined) return [];
  return typeof bin === 'string' ? [name.replace(/^@[^/]+\//, '')] : Object.keys(bin);
}

/**
 * Packages that package.json asks for and nobody uses. Used is what a source imports or names in a text, what
 * a script or a tool of the tests starts, the types of a used package, and the peers that a used package asks
 * for.
 */
export function idlePackages(
  files: readonly SourceFile[],
  manifest: Manifest,
  scripts: readonly TextFile[],
  about: (name: string) => { peers: readonly string[]; commands: readonly string[] } = name => ({
    peers: Object.keys(manifestOf(name).peerDependencies ?? {}),
    commands: commandsOf(name),
  }),
): string[] {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const texts = files.flatMap(literals);
  const words = new Set(
    [...Object.values(manifest.scripts ?? {}), ...scripts.map(file => file.text)].flatMap(text =>
      text.split(/[^A-Za-z0-9_.@/-]+/),
    ),
  );
  const used = new Set(
    names.filter(name => {
      if (texts.some(text => text === name || text.startsWith(`${name}/`))) return true;
      return about(name).commands.some(command => words.has(command));
    }),
  );
  for (const name of used) {
    for (const peer of about(name).peers) if (names.includes(peer)) used.add(peer);
    const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
    if (names.includes(types)) used.add(types);
  }
  for (const name of names) {
    // The types of a package that another one brings along, e.g. express with Nest.
    const typed = name.startsWith('@types/') ? name.slice('@types/'.length) : null;
    if (typed && (typed === 'node' || texts.includes(typed))) used.add(name);
  }
  return names.filter(name => !used.has(name)).map(name => `package.json: nobody uses ${name}`);
}

/** What runs in production without being imported: the Node that every script runs on. */
const ENGINE = 'node';

/**
 * Packages that stand in the wrong list of package.json: production means what apps and libs use without the
 * portal, which is built before.
 */
export function misplacedPackages(
  files: readonly SourceFile[],
  manifest: Manifest,
  about: (name: string) => { peers: readonly string[] } = name => ({
    peers: Object.keys(manifestOf(name).peerDependencies ?? {}),
  }),
): string[] {
  const productive = files.filter(({ path }) => isShipped(path) && !path.startsWith('apps/portal/'));
  const texts = productive.flatMap(literals);
  const imports = (name: string) => texts.some(text => text === name || text.startsWith(`${name}/`));
  const [runtime, dev] = [manifest.dependencies, manifest.devDependencies].map(list =>
    Object.keys(list ?? {}),
  );
  const used = new Set(runtime!.filter(name => name === ENGINE || imports(name)));
  for (const name of used) for (const peer of about(name).peers) used.add(peer);
  return [
    ...runtime!.filter(name => !used.has(name)).map(name => `${name} is no dependency of production`),
    ...dev!.filter(imports).map(name => `${name} is a dependency of production`),
  ].map(problem => `package.json: ${problem}`);
}

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (markdown: string): string[] =>
  [...prose(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(match => anchorOf(match[1]!));

/** Markdown without its code, in which brackets and hashes mean something else. */
const prose = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```/gm, '');

/** Relative links of Markdown files that lead to no file, or to no heading of the file. */
export function deadLinks(documents: readonly TextFile[], exists: (path: string) => boolean): string[] {
  const byPath = new Map(documents.map(document => [document.path, document.text]));
  return documents.flatMap(({ path, text }) => {
    const links = [
      ...prose(text)
        .replace(/`[^`\n]*`/g, '')
        .matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)/g),
    ];
    return links.flatMap(match => {
      const [address = '', anchor] = match[1]!.split('#');
      if (/^[a-z]+:/i.test(match[1]!)) return [];
      const file = address === '' ? path : normalize(join(dirname(path), decodeURI(address)));
      if (file.startsWith('..') || !exists(file)) return [`${path} links to ${match[1]}, which is not there`];
      const target = byPath.get(file);
      if (!anchor || target === undefined || anchorsOf(target).includes(decodeURI(anchor))) return [];
      return [`${path} links to ${match[1]}, which has no such heading`];
    });
  });
}

/**
 * Folders of the machines on which this was written; built from parts, so that this file does not name them.
 */
const WORKPLACES = [
  ['wo', 'rk'],
  ['fa', 'rm'],
  ['tmp/bash', '_jobs'],
].map(parts => `/${parts.join('')}`);

/** Paths of one machine mean nothing on another. */
export function workplacePaths(files: readonly TextFile[]): string[] {
  const path = new RegExp(`(?<![\\w.])(${WORKPLACES.join('|')})(?=[/.])`);
  return files.flatMap(file =>
    file.text
      .split('\n')
      .flatMap((line, i) =>
        path.test(line) ? [`${file.path}:${i + 1} names a workplace: ${line.trim()}`] : [],
      ),
  );
}
