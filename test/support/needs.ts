import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps the servers that are not on the PATH: /usr/lib/postgresql/<version>/bin. */
const POSTGRES_HOME = '/usr/lib/postgresql';

/** Other names under which a program is installed. */
const ALSO_KNOWN_AS: Readonly<Record<string, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  postgres: ['postgres'],
  'redis-server': ['redis-server', 'valkey-server'],
};

/** Debian package that brings a program; said in the reason of a skip. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  initdb: 'postgresql',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
};

function folders(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  if (!existsSync(POSTGRES_HOME)) return onPath;
  const newestFirst = readdirSync(POSTGRES_HOME).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return [...onPath, ...newestFirst.map(version => join(POSTGRES_HOME, version, 'bin'))];
}

/** The full path of a program of this machine, or null when it is not installed. */
export function findProgram(name: string): string | null {
  const names = ALSO_KNOWN_AS[name] ?? [name];
  for (const folder of folders()) {
    const found = names.map(known => join(folder, known)).find(path => existsSync(path));
    if (found) return found;
  }
  return null;
}

/**
 * `describe` when every program is installed, else `describe.skip` under a name that says what is missing:
 *
 *     needsProgram('pdftotext')('the text of an invoice', () => { ... });
 *
 * `npm test` lists the skipped tests with that reason; with `CI=true` each of them is a failure.
 */
export function needsProgram(...programs: readonly string[]): (name: string, tests: () => void) => void {
  const missing = programs.filter(program => findProgram(program) === null);
  if (missing.length === 0) return (name, tests) => describe(name, tests);
  const packages = missing.map(program => PACKAGE_OF[program] ?? program);
  const reason = `needs ${missing.join(', ')}; apt-get install ${[...new Set(packages)].join(' ')}`;
  return (name, tests) => describe.skip(`${name} [${reason}]`, tests);
}

/**
 * Full path of a program for a test that stands inside `needsProgram`. @throws Error when it is not
 * installed.
 */
export function program(name: string): string {
  const path = findProgram(name);
  if (path === null) throw new Error(`${name} is not installed; guard the test with needsProgram('${name}')`);
  return path;
}
