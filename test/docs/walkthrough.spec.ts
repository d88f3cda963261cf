import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeArguments } from '../support/child.js';

/** The first steps of the documentation, word by word, on the real command. */
const repository = join(import.meta.dirname, '..', '..');
const page = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** What stands in the fenced blocks of a language, in order. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block]) => block!);

/** `npx daicho …` lines as the words of each command; comments and other commands left out. */
const commandsOf = (block: string): string[][] =>
  block
    .split(/\n|&&/)
    .map(line => line.replace(/ +#.*$/, '').trim())
    .filter(line => line.startsWith('npx daicho '))
    .map(line =>
      line
        .slice('npx daicho '.length)
        .split(/ +/)
        .map(word => word.replace(/^'(.*)'$/, '$1')),
    );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daicho-walk-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function daicho(words: readonly string[]) {
  const args = nodeArguments('apps/cli/run.fixture.ts', ...words, '--lang', 'en');
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { status, stdout, stderr };
}

describe('docs/start.md', () => {
  const start = page('docs/start.md');
  const [, byHand = ''] = start.split('## The first account, by hand');

  it('leads to the balance that it promises', () => {
    const [tariff, calls] = blocks(byHand, 'csv');
    writeFileSync(join(folder, 'tariff.csv'), tariff!);
    writeFileSync(join(folder, 'cdr.csv'), calls!);
    const commands = blocks(byHand, 'sh').flatMap(commandsOf);
    expect(commands.map(([verb]) => verb)).toEqual([
      ...['tariff', 'account', 'charge', 'cdr', 'balance', 'explain'],
    ]);
    for (const words of commands) expect([words, daicho(words)]).toMatchObject([words, { status: 0 }]);
    const asOf = ['balance', '--account', 'A1', '--as-of', '2026-10-06T00:00:00+09:00', '--json'];
    expect(JSON.parse(daicho(asOf).stdout)).toMatchObject({ available: '2991.2' });
    expect(daicho(['explain', 'c-1']).stdout).toContain('8 x 180 / 180 = 8');
    const again = JSON.parse(daicho(['cdr', 'import', 'cdr.csv', '--json']).stdout) as { counts: object };
    expect(again.counts).toMatchObject({ charged: 0, duplicates: 1 });
  }, 60_000);
});

describe('docs/how-to/set-up-the-provider.md', () => {
  it('shows a catalogue that can be imported', () => {
    const [catalogue] = blocks(page('docs/how-to/set-up-the-provider.md'), 'yaml');
    writeFileSync(join(folder, 'provider.yaml'), catalogue!);
    expect(daicho(['catalogue', 'import', 'provider.yaml', '--data', 'other'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('issuer 台帳通信株式会社'),
    });
  }, 30_000);
});

describe('every page', () => {
  const pages = [
    'README.md',
    'docs/start.md',
    'close-a-month',
    'check-the-books',
    'import-calls',
    'let-people-sign-in',
  ].map(path => (path.endsWith('.md') ? path : `docs/how-to/${path}.md`));

  it.each(pages)(
    '%s shows commands and options that there are',
    path => {
      const commands = blocks(page(path), 'sh').flatMap(commandsOf);
      expect(commands.length).toBeGreaterThan(0);
      for (const words of commands) {
        const verb = words.slice(0, 3).filter(word => /^[a-z-]+$/.test(word) && !word.startsWith('--'));
        const named = [
          'audit',
          'staff',
          'login',
          'account',
          'tariff',
          'invoice',
          'cdr',
          'catalogue',
        ].includes(verb[0]!);
        const depth = verb[1] === 'suspense' ? 3 : named ? 2 : 1;
        const help = daicho([...verb.slice(0, depth), '--help']);
        expect([words, help.status]).toEqual([words, 0]);
        for (const option of words.filter(word => word.startsWith('--')))
          expect([words, help.stdout]).toEqual([words, expect.stringContaining(`${option} `)]);
      }
    },
    60_000,
  );
});
