import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { processHost } from './main.js';
import { leaves, tree } from './reference.js';
import { fixture, jsonLines, type Ran, ran } from './spec-support.fixture.js';

const CATALOGUE = `issuer:
  name: 見本通信
  tax_rounding: half_up
`;
const LATE =
  'call_id,account,number,direction,from,to,start,answer,end,hangup_cause\n' +
  'bad,A9,0501,out,0501,0312345678,2025-11-01T00:00:00.000+09:00,,2025-11-01T00:00:09.000+09:00,NO_ANSWER\n';

/** What happens to one provider, in this order; every verb of the tree once and more. */
const STORY: readonly (readonly [path: string, rest: string, exit?: number])[] = [
  ['catalogue import', 'catalogue.yaml'],
  ['tariff import', fixture('statement-002', 'tariff.csv')],
  ['tariff list', ''],
  ['tariff show', 'std'],
  ['rate', `--tariff ${fixture('rating', 'tariff.csv')} ${fixture('rating', 'cdr.csv')}`, 1],
  ['account create', 'A1 --name 見本 --number 05012345678 --tariff std --incoming-discount 0.5'],
  ['account create', 'A1 --name 見本 --number 05012345678 --tariff std --incoming-discount 0.5'],
  ['account create', 'A1 --name 別の会社 --tariff std', 1],
  ['account show', 'A1'],
  ['account list', '--search A'],
  ['account number', 'A1 05012345679'],
  ['account tariff', 'A1 std'],
  ['account discount', 'A1 0.5'],
  ['note add', 'calls-back --account A1'],
  ['note add', 'calls-back --account NOBODY', 1],
  ['note list', '--account A1'],
  ['note list', '--account NOBODY', 1],
  ['charge', '--account A1 --amount 200000 --method bank_transfer --at 2025-10-01T00:00:00+09:00 --id c1'],
  ['charge', '--account A1 --amount 200000 --method bank_transfer --at 2025-10-01T00:00:00+09:00 --id c1'],
  ['charge', '--account A1 --amount 1 --method bank_transfer --id c1', 1],
  ['charge', '--account NOBODY --amount 1 --method bank_transfer', 1],
  ['cdr import', `--dry-run ${fixture('statement-002', 'cdr.csv')} late.csv`],
  ['cdr import', `${fixture('statement-002', 'cdr.csv')} late.csv`],
  ['cdr list', ''],
  ['cdr suspense list', ''],
  ['cdr suspense retry', '', 1],
  ['balance', '--account A1 --as-of 2025-10-15T12:00:00+09:00'],
  ['balance', '--account NOBODY', 1],
  ['history', '--account A1 --limit 5'],
  ['history', '--account NOBODY', 1],
  ['calls', '--account A1 --month 2025-10 --direction out --limit 5'],
  ['calls', '--account NOBODY', 1],
  ['statement', '--account A1 --month 2025-10'],
  ['statement', '--account A1 --month 2025-10 --format pdf --out statement.pdf'],
  ['statement', '--account NOBODY --month 2025-10', 1],
  ['close', '--month 2025-10 --dry-run'],
  ['close', '--month 2025-10'],
  ['close', '--month 2025-10 --account A1'],
  ['close', '--month 2199-12', 1],
  ['invoice list', '--account A1'],
  ['invoice list', '--account NOBODY', 1],
  ['invoice show', '202510-000001'],
  ['invoice show', '202510-999999', 1],
  ['invoice pdf', '202510-000001 --out invoice.pdf'],
  ['reconcile', '--month 2025-10'],
  ['reverse', 'c000912 --account A1 --reason wrong'],
  ['correct', 'c000912 --account A1 --to 0312345678 --reason wrong'],
  ['correct', 'nocall --account A1 --to 0312345678 --reason wrong', 1],
  ['adjust', '--account A1 --amount 5 --reason goodwill'],
  ['adjust', '--account A1 --amount 5000000 --reason goodwill', 1],
  ['explain', 'c000912'],
  ['explain', 'nothing', 1],
  ['trial-balance', ''],
  ['trial-balance', '--account NOBODY', 1],
  ['audit verify', ''],
  ['audit replay', ''],
  ['audit export', '--from 1 --to 3'],
  ['rebuild', ''],
  ['key create', '--role customer --account A1 --label shop'],
  ['key list', ''],
  ['key revoke', 'nokey', 1],
  ['staff create', 'keeper --role admin --name 管理 --mail keeper@example.jp'],
  ['staff create', 'keeper --role billing', 1],
  ['staff list', ''],
  ['staff unlock', 'keeper --reason forgotten'],
  ['staff unlock', 'keeper', 2],
  ['staff unlock', 'nobody --reason forgotten', 1],
  ['login create', '--account A1 --name 見本 --login-id shop --mail shop@example.jp --invite'],
  ['login create', '--account A1 --name 見本 --login-id shop --mail shop@example.jp', 1],
  ['login create', '--account A1 --name 見本 --invite', 2],
  ['login create', '--account A1 --name 営業部 --level circle --login-id sales'],
  ['login create', '--account A1 --name 受付 --level unique', 2],
  ['login list', '--account A1'],
  ['login list', '--account NOBODY', 1],
  ['login unlock', 'sales --level circle --reason forgotten'],
  ['outbox', ''],
  ['jobs list', '--state parked'],
  ['jobs retry', 'close-month/2025-10', 1],
  ['jobs discard', 'close-month/2025-10', 1],
  ['clock show', ''],
  ['clock confirm', '--reason checked'],
  ['migrate', ''],
  ['backup', 'copy.db'],
  ['restore', 'copy.db', 1],
  ['restore', 'copy.db --data other'],
  ['audit replay', '--data other'],
  ['audit verify', '--data other'],
  ['staff list', '--data other'],
  ['login list', '--account A1 --data other'],
  ['migrate-store', '--to esdb://127.0.0.1:1?tls=false&maxDiscoverAttempts=1&gossipTimeout=1', 1],
  ['demo', '', 1],
  ['serve', '--port 0 --log-level silent'],
];

const words = (line: string): string[] => line.split(' ').filter(word => word !== '');

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
    writeFileSync(join(cwd, 'late.csv'), LATE);
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
    expect(silent).toEqual(['reconcile --month 2025-10', 'outbox ', 'jobs list --state parked']);
  });

  it('writes nothing outside the data directory but the files that were named', () => {
    const named = ['catalogue.yaml', 'copy.db', 'data', 'invoice.pdf', 'late.csv', 'other', 'statement.pdf'];
    expect(readdirSync(cwd).sort()).toEqual(named);
    expect(readdirSync(join(cwd, 'data', 'tmp'))).toEqual([]);
  });
});
