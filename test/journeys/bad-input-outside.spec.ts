import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BusinessDay, Instant } from '#kernel';
import { openProduct } from '#nest';
import { nodeArguments } from '../support/child.js';
import { CDR_HEADER, callerOf, StandingClock, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const path = (name: string): string => join(directory, name);
const call = (id: string): string =>
  `${id},A01,05010000001,out,05010000001,0312345678,` +
  '2025-10-05T12:00:00.000+09:00,,2025-10-05T12:00:09.000+09:00,X';

/** Runs a program of the repository to its end. */
function run(script: string, ...args: string[]) {
  const env = { ...process.env, LANG: 'C.UTF-8' };
  const done = spawnSync(process.execPath, nodeArguments(script, ...args), { encoding: 'utf8', env });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

const MEGABYTE = 1 << 20;
const LONG = 200;

/** `before`, then 200 MB of one letter, then `after`. */
function writeLong(file: string, before: string, after: string): void {
  const handle = openSync(file, 'w');
  const filler = Buffer.alloc(MEGABYTE, 'x');
  writeSync(handle, before);
  for (let i = 0; i < LONG; i++) writeSync(handle, filler);
  writeSync(handle, after);
  closeSync(handle);
}

interface Outcome {
  readonly counts?: Record<string, number>;
  readonly refused?: string;
  readonly waiting: readonly { line: number; reason: string; problem: string; rawLength: number }[];
  readonly stored: number;
  readonly megabytes: number;
}

describe('a line of 200 MB', () => {
  const imported = (format: string): Outcome => {
    const { status, out, err } = run(
      'test/journeys/import-file.fixture.ts',
      path('data'),
      path('long'),
      format,
    );
    expect({ status, err }).toEqual({ status: 0, err: '' });
    return JSON.parse(out) as Outcome;
  };

  it.each([
    ['csv', `${CDR_HEADER}\n${call('c1')}\n`, `\n${call('c2')}\n`, 3, 2],
    ['csv', `${CDR_HEADER}\n${call('c1')}\n${call('c2')}\n`, '', 4, 2],
    ['freeswitch-json', '{"variables":{}}\n', '\n', 2, 0],
  ])(
    'in a %s file waits as its beginning, and the process stays small',
    (format, before, after, at, noted) => {
      writeLong(path('long'), before, after);
      const { counts, waiting, megabytes } = imported(format);
      expect(counts).toMatchObject({ noted });
      const long = waiting.find(row => row.line === at);
      expect(long).toMatchObject({ reason: 'BAD_LINE', problem: expect.stringMatching(/209,715,200 bytes/) });
      expect(long!.rawLength).toBeLessThanOrEqual(4_096);
      expect(megabytes).toBeLessThan(300);
    },
  );

  it('as a header is refused, and nothing is stored', () => {
    writeLong(path('long'), '', `\n${call('c1')}\n`);
    const { refused, stored, megabytes } = imported('csv');
    expect(refused).toMatch(/^long:1: the header line is 209,715,200 bytes long/);
    expect(stored).toBe(0);
    expect(megabytes).toBeLessThan(300);
  });
});

describe('a catalogue file with a fault', () => {
  const ISSUER = 'issuer:\n  name: 見本通信\n  tax_rounding: half_up\n';
  const POLICY = 'policies:\n  - {name: prepaid.expiry-days, value: "180", valid_from: 2025-01-01}\n';
  const rowOf = (price: string): string =>
    `  - {tariff: std, prefix: "03", destination: 東京, category: 一般通話, connect_fee: "0", price: "${price}",` +
    ' per_s: 180, first_increment_s: 180, increment_s: 180, valid_from: 2020-01-01}\n';

  it.each([
    ['no YAML', `${ISSUER}policies: [\n`, 5, null],
    ['an unknown section', `${ISSUER}prices: []\n`, 4, 'prices'],
    ['an unknown policy', `${ISSUER}${POLICY.replace('expiry-days', 'colour')}`, 5, 'policy prepaid.colour'],
    [
      'a policy value that cannot be',
      `${ISSUER}${POLICY.replace('"180"', '"soon"')}`,
      5,
      'policy prepaid.expiry-days',
    ],
    ['a registration number that is none', `${ISSUER}  registration_number: T12\n`, 4, 'registration_number'],
    ['an issuer twice', `${ISSUER}${POLICY}${ISSUER}`, 6, null],
  ])('%s imports nothing and names file and line', async (_what, text, line, field) => {
    const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
    const product = await openProduct({ directory: path('data'), clock });
    const { problems, imported } = await product.catalogue.importCatalogueYaml('c.yaml', text, callerOf('c'));
    expect(imported).toEqual([]);
    const said = { problem: expect.stringMatching(/\S/), problemJa: expect.stringMatching(/[ぁ-ん]/) };
    expect(problems).toContainEqual(expect.objectContaining({ file: 'c.yaml', line, field, ...said }));
    expect(await product.health()).toMatchObject({ head: 0 });
    expect(await product.catalogue.policies(BusinessDay.parse('2025-11-05'))).not.toEqual([]);
    await product.close();
  });

  it('overlapping rows of a tariff import nothing of the file', async () => {
    const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
    const product = await openProduct({ directory: path('data'), clock });
    const bad = `${ISSUER}${POLICY}tariffs:\n${rowOf('8')}${rowOf('9')}`;
    const { problems, imported } = await product.catalogue.importCatalogueYaml('c.yaml', bad, callerOf('c'));
    expect(imported).toEqual([]);
    expect(problems).toMatchObject([
      { file: 'c.yaml', line: 8, field: 'prefix', problem: expect.stringMatching(/^overlaps .*7/) },
    ]);
    expect(await product.health()).toMatchObject({ head: 0 });
    await product.close();
  });
});

describe('the command line, given bad files', () => {
  const daicho = (...args: string[]) => run('apps/cli/run.fixture.ts', '--data', path('data'), ...args);

  it('ends with 2, names file, line and column, and stores nothing', () => {
    writeFileSync(path('t.csv'), TARIFF);
    writeFileSync(path('overlap.csv'), `${TARIFF}${TARIFF.trimEnd().split('\n').at(-1)}\n`);
    writeFileSync(path('calls.csv'), `${CDR_HEADER.replace('answer,', '')}\n`);
    const overlap = daicho('tariff', 'import', path('overlap.csv'));
    expect(overlap).toMatchObject({
      status: 2,
      err: expect.stringMatching(/overlap\.csv:7: prefix: overlaps/),
    });
    expect(daicho('tariff', 'import', path('t.csv'))).toMatchObject({ status: 0 });
    const calls = daicho('cdr', 'import', path('calls.csv'));
    expect(calls).toMatchObject({ status: 2, err: expect.stringMatching(/calls\.csv:1, answer: .*missing/) });
    expect(daicho('cdr', 'list', '--json')).toMatchObject({ status: 0, out: '' });
  }, 60_000);

  it('imports what is good of a folder, reports every file, and ends with 1', () => {
    writeFileSync(path('t.csv'), TARIFF);
    daicho('tariff', 'import', path('t.csv'));
    daicho('account', 'create', 'A01', '--name', '見本', '--tariff', 'std', '--number', '05010000001');
    const folder = path('calls');
    mkdirSync(folder);
    const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
    put('a.csv', `${CDR_HEADER}\n${call('c1')}\n`);
    put('b.csv', `${CDR_HEADER.replace('answer,', '')}\n`);
    put('c.csv', '');
    put('d.csv', `${CDR_HEADER}\n${call('c2')}\n`.replaceAll(',', ';'));
    put('e.csv', `${CDR_HEADER}\n${call('c3')}\n`);
    const { status, out, err } = daicho('cdr', 'import', folder, '--json');
    expect(status).toBe(1);
    const rows = out
      .trim()
      .split('\n')
      .map(row => JSON.parse(row) as { file: string; counts: { read: number } | null });
    expect(rows.map(({ file, counts }) => [basename(file), counts?.read ?? null])).toEqual([
      ['a.csv', 1],
      ['b.csv', null],
      ['c.csv', null],
      ['d.csv', null],
      ['e.csv', 1],
    ]);
    for (const said of [/b\.csv.*answer.*missing/, /c\.csv.*empty/, /d\.csv.*';'/, /FILES_REFUSED: 3 of 5/])
      expect(err).toMatch(said);
    expect(err).not.toMatch(/Nothing was imported/);
    expect(daicho('cdr', 'list', '--json').out.trim().split('\n')).toHaveLength(2);
  }, 90_000);

  it('ends with 1 and the reason for accounts and tariffs that are unknown', () => {
    const create = daicho('account', 'create', 'A01', '--name', '見本', '--tariff', 'nowhere');
    expect(create).toMatchObject({ status: 1, err: expect.stringMatching(/^NO_SUCH_TARIFF: .*nowhere/) });
    const charge = daicho('charge', '--account', 'B99', '--amount', '1000', '--method', 'card');
    expect(charge).toMatchObject({ status: 1, err: expect.stringMatching(/^NO_SUCH_ACCOUNT: /) });
  }, 60_000);
});
