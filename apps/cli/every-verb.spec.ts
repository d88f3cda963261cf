import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { processHost } from './main.js';
import { leaves, tree } from './reference.js';
import { jsonLines, type Ran, ran } from './spec-support.fixture.js';
import { CATALOGUE, DEARER, DEPOSITS, LATE, NUMBERS, PARTY, STORY, words } from './story.fixture.js';

describe('every verb over a real store', () => {
  const results: (readonly [line: string, Ran, expected: number])[] = [];
  const cwd = temporaryDirectory();

  /** The story's streams end at once, so that `serve` stops as soon as it runs. */
  async function tell(path: string, rest: string, expected = 0): Promise<Ran> {
    const argv = [...words(path), ...words(rest), '--json'];
    const result = await ran(argv, processHost, {
      cwd,
      stop: AbortSignal.abort(),
      secret: async () => 'Minato-2026',
    });
    results.push([`${path} ${rest}`, result, expected]);
    return result;
  }

  beforeAll(async () => {
    writeFileSync(join(cwd, 'catalogue.yaml'), CATALOGUE);
    writeFileSync(join(cwd, 'dearer.yaml'), DEARER);
    writeFileSync(join(cwd, 'late.csv'), LATE);
    writeFileSync(join(cwd, 'party.json'), PARTY);
    writeFileSync(join(cwd, 'numbers.csv'), NUMBERS);
    writeFileSync(join(cwd, 'deposits.csv'), DEPOSITS);
    mkdirSync(join(cwd, 'other'));
    for (const [path, rest, exit] of STORY) await tell(path, rest, exit);
    const [row] = jsonLines((await tell('cdr suspense list', '')).out) as { import: string; line: number }[];
    await tell('cdr suspense discard', `--import ${row!.import} --line ${row!.line} --reason spam`);
  }, 60_000);
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it('is in the story: a new verb needs its line there', () => {
    const told = new Set(results.map(([line]) => line));
    const missing = leaves(tree()).filter(({ path }) => ![...told].some(line => line.startsWith(`${path} `)));
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it('ends as it should', () => {
    const ended = results.map(([line, { exit, err }]) => [line, exit, exit === 0 ? '' : err]);
    const expected = results.map(([line, , exit]) => [
      line,
      exit,
      exit === 0 ? '' : expect.stringMatching(/^[A-Z][A-Z0-9_]+: \S/),
    ]);
    expect(ended).toEqual(expected);
    // A bug is no refusal.
    expect(ended.filter(([, , err]) => String(err).startsWith('INTERNAL'))).toEqual([]);
  });

  it('answers NO_SUCH_ACCOUNT for an account that does not exist, whatever is asked of it', () => {
    const asked = results.filter(([line]) => line.includes('--account NOBODY'));
    const codes = asked.map(([, { exit, err }]) => [exit, err.split(':')[0]]);
    expect(codes).toEqual(asked.map(() => [1, 'NO_SUCH_ACCOUNT']));
    expect(asked.length).toBeGreaterThan(5);
  });

  it('lists what was sealed with a key that the restored store has not, and says so', () => {
    const listed = results.filter(([line]) => /^(staff|login) list .*other/.test(line));
    expect(listed).toHaveLength(2);
    for (const [, { out }] of listed) expect(out).toContain('"loginId":"(unreadable)"');
    expect(listed[1]![1].out).toContain('"masked":"(unreadable)"');
  });

  it('writes nothing but JSON with --json, one document or one per line', () => {
    for (const [line, { out }] of results) {
      const parsed = out
        .split('\n')
        .slice(0, -1)
        .filter(text => typeof (JSON.parse(text) as unknown) !== 'object');
      expect([line, parsed]).toEqual([line, []]);
    }
    const silent = results.filter(([, { exit, out }]) => exit === 0 && out === '').map(([line]) => line);
    const nothing = [
      ...['number search --area 99', 'number groups '],
      ...['account papers list ', 'order list --account A1', 'order all --state refused'],
      ...['contract list --account A1', 'contract history --account A1'],
      ...['allotment list --account A1 --circle 0000000000', 'shipment list '],
      ...['reconcile --month 2025-10', 'outbox ', 'jobs list --state parked'],
    ];
    expect(silent).toEqual(nothing);
  });

  it('writes nothing outside the data directory but the files that were named', () => {
    const named = [
      'catalogue.yaml',
      'copy.db',
      'data',
      'dearer.yaml',
      'deposits.csv',
      'invoice.pdf',
      'late.csv',
      'numbers.csv',
      'other',
      'party.json',
    ];
    expect(readdirSync(cwd).sort()).toEqual([...named, 'statement.pdf']);
    expect(readdirSync(join(cwd, 'data', 'tmp'))).toEqual([]);
  });
});
