import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/temporary-directory.js';

const repository = join(import.meta.dirname, '..', '..');
const fixtures = join(repository, 'test', 'fixtures', 'statement-002');
const daicho = join(repository, 'apps', 'cli', 'bin', 'daicho.js');

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function start(program: string, args: readonly string[], cwd = repository): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, LANG: 'C', DAICHO_DATA: '' } });
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => (out += chunk));
    child.stderr.on('data', chunk => (err += chunk));
    child.on('error', reject);
    child.on('close', exit => resolve({ exit, out, err }));
  });
}

/** From the newest source to the newest of the build: the journey goes over what would be shipped. */
function newest(folder: string, ending: string): number {
  if (!existsSync(folder)) return 0;
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith(ending) && !name.endsWith('.spec.ts') && !name.endsWith('.fixture.ts'))
      .map(name => statSync(join(folder, name)).mtimeMs),
  );
}

function buildWhenStale(): void {
  const sources = Math.max(
    ...['apps', 'libs', 'migrations'].map(folder => newest(join(repository, folder), '.ts')),
  );
  if (sources <= newest(join(repository, 'dist'), '.js')) return;
  const { status, stderr } = spawnSync('npm', ['run', 'build'], { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm run build: ${stderr}`);
}

describe('an operator at the command line', () => {
  const place = temporaryDirectory();
  const data = join(place, 'data');
  const run = (...args: string[]) => start(process.execPath, [daicho, ...args, '--data', data], place);
  const done = async (...args: string[]): Promise<string> => {
    const { exit, out, err } = await run(...args);
    expect([args.join(' '), exit, err]).toEqual([args.join(' '), 0, '']);
    return out;
  };

  beforeAll(buildWhenStale, 120_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('sets up a customer and charges the wallet', async () => {
    await done('tariff', 'import', join(fixtures, 'tariff.csv'));
    const facts = [
      '--name',
      '見本',
      '--number',
      '05012345678',
      '--tariff',
      'std',
      '--incoming-discount',
      '0.5',
    ];
    await done('account', 'create', 'A1', ...facts);
    const charge = ['--account', 'A1', '--amount', '200000', '--method', 'bank_transfer'];
    const out = await done('charge', ...charge, '--at', '2025-10-01T00:00:00+09:00', '--id', 'order-1');
    expect(out).toBe(
      'charged 200,000 yen, lot order-1, valid through 2026-03-30\n' +
        'That day is over: it pays for calls up to it that are still brought in, and the rest expires.\n',
    );
  }, 60_000);

  it('imports a month of calls, once however often', async () => {
    const first = JSON.parse(await done('cdr', 'import', join(fixtures, 'cdr.csv'), '--json'));
    expect(first.counts).toMatchObject({
      read: 6152,
      charged: 3016,
      noted: 3136,
      duplicates: 0,
      suspended: 0,
    });
    const again = JSON.parse(await done('cdr', 'import', join(fixtures, 'cdr.csv'), '--json'));
    expect(again.counts).toMatchObject({ charged: 0, noted: 0, duplicates: 6152 });
  }, 60_000);

  it('reads the statement that the sample prints (US-01, US-02, US-03, US-04)', async () => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
    const month = ['--account', 'A1', '--month', '2025-10'];
    const [json, table] = await Promise.all(
      ['json', 'table'].map(format => done('statement', ...month, '--format', format)),
    );
    expect(JSON.parse(json!)).toEqual(expected);
    expect(table).toContain('109:54:23.5');
  }, 60_000);

  it('closes the month once and has its invoice', async () => {
    const closed = JSON.parse(await done('close', '--month', '2025-10', '--json'));
    expect(closed.accounts[0]).toMatchObject({
      outcome: 'closed',
      invoice: '202510-000001',
      total: '132121',
    });
    const again = JSON.parse(await done('close', '--month', '2025-10', '--json'));
    expect(again.accounts[0]).toMatchObject({ invoice: '202510-000001', total: '132121' });
    const [list, invoice] = await Promise.all([
      done('invoice', 'list', '--json'),
      done('invoice', 'show', '202510-000001', '--json'),
    ]);
    expect(list.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(invoice)).toMatchObject({
      issueDate: '2025-10-31',
      total: '132121',
      availableFrom: '2025-11-06',
    });
  }, 60_000);

  it('follows the total back to calls and tariff rows', async () => {
    const [invoice, call] = await Promise.all([
      done('explain', '202510-000001'),
      done('explain', 'c000912', '--json'),
    ]);
    expect(invoice).toContain('c000912');
    expect(JSON.stringify(JSON.parse(call))).toContain('8 x 180 / 180 = 8');
  }, 60_000);

  it('proves the books, saves them and has them back', async () => {
    const [verify] = await Promise.all([
      done('audit', 'verify', '--json'),
      done('audit', 'replay'),
      done('backup', 'books.db'),
    ]);
    const verified = JSON.parse(verify);
    expect(verified).toMatchObject({ ok: true, problems: [] });
    const copy = ['--data', join(place, 'copy')];
    expect(await start(process.execPath, [daicho, 'restore', 'books.db', ...copy], place)).toMatchObject({
      exit: 0,
    });
    const back = await start(process.execPath, [daicho, 'audit', 'verify', '--json', ...copy], place);
    expect(JSON.parse(back.out)).toMatchObject({ ok: true, head: verified.head, events: verified.events });
    expect(readdirSync(place).sort()).toEqual(['books.db', 'copy', 'data']);
  }, 60_000);

  it('starts it with npx from a checkout', async () => {
    const { exit, out } = await start('npx', ['daicho', '--version']);
    expect([exit, out.trim()]).toEqual([0, '0.1.0']);
  }, 60_000);
});
