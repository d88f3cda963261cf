import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instant, InvalidInput, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import {
  CDR_HEADER,
  callerOf,
  openAccount,
  openProvider,
  StandingClock,
  TARIFF,
  TARIFF_HEADER,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const A01 = parseAccountId('A01');
const OWN = '05010000001';

let directory: string;
let product: Product;
beforeEach(async () => {
  directory = temporaryDirectory();
  const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
  product = await openProduct({ directory: join(directory, 'data'), clock });
  await openProvider(product, ['A01'], '2025-10-01');
});
afterEach(async () => {
  await product.close();
  rmSync(directory, { recursive: true, force: true });
});

const head = async (): Promise<number> => (await product.health()).head;
const importText = (name: string, content: string | Buffer, id = name) => {
  const file = join(directory, name);
  writeFileSync(file, content);
  return product.cdr.importFile(file, 'csv', callerOf(`import/${id}`));
};

/** A good line of one call of 61 s; parts of it can be something else. */
function line(
  id: string,
  other: Partial<Record<'account' | 'number' | 'to' | 'start' | 'end' | 'way', string>>,
) {
  const { account = 'A01', number = OWN, to = '0312345678', way = 'out' } = other;
  const { start = '2025-10-05T12:00:00.000+09:00', end = '2025-10-05T12:01:03.000+09:00' } = other;
  return `${id},${account},${number},${way},${number},${to},${start},2025-10-05T12:00:02.000+09:00,${end},OK`;
}
const fileOf = (...lines: string[]): string => `${[CDR_HEADER, ...lines].join('\n')}\n`;
const posted = async (): Promise<string> => {
  const { posted, receivable } = (await product.prepaid.balance(A01))!;
  return Money.text(Money.subtract(Money.of(posted), Money.of(receivable)));
};
const waiting = async () =>
  (await product.cdr.suspense()).rows.map(row => `${row.file}:${row.line} ${row.reason} ${row.field}`);

describe('a call file that is not one', () => {
  const shiftJis = Buffer.concat([
    Buffer.from(fileOf(line('c1', {}))),
    Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
  ]);
  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /^bad\.csv:1: .*empty.*header/],
    ['only an empty line', '\n', /^bad\.csv:1, call_id: .*missing/],
    ['a column missing', fileOf(line('c1', {})).replace('answer,', ''), /^bad\.csv:1, answer: .*missing/],
    ['a column twice', fileOf().replace('answer', 'to'), /^bad\.csv:1, to: .*twice/],
    ['no header but calls', `${line('c1', {})}\n`, /^bad\.csv:1, call_id: .*missing/],
    ['Shift_JIS after a good line', shiftJis, /^bad\.csv:3: .*not UTF-8.*Shift_JIS/],
    ['UTF-16', Buffer.from(`\ufeff${fileOf(line('c1', {}))}`, 'utf16le'), /^bad\.csv:1: .*not UTF-8/],
    ['bytes', Buffer.from([0x00, 0xff, 0xfe, 0x0a, 0x80]), /^bad\.csv:1: .*not UTF-8/],
  ])('%s is refused as a whole, with file and line', async (_what, content, message) => {
    const before = await head();
    const refused = importText('bad.csv', content);
    await expect(refused).rejects.toThrow(InvalidInput);
    await expect(refused).rejects.toThrow(message);
    expect(await head()).toBe(before);
    expect(await product.cdr.imports()).toEqual([]);
    expect((await importText('bad.csv', fileOf(line('c1', {})))).counts).toMatchObject({ charged: 1 });
  });

  it('that is not there is refused by its name', async () => {
    const before = await head();
    await expect(product.cdr.importFile(join(directory, 'no.csv'), 'csv', callerOf('i'))).rejects.toThrow(
      /no\.csv/,
    );
    expect(await head()).toBe(before);
  });
});

describe('a call file that looks odd', () => {
  it.each<[string, string, number]>([
    ['has a header only', fileOf(), 0],
    ['has a BOM and CRLF', `\ufeff${fileOf(line('c1', {}), line('c2', {})).replaceAll('\n', '\r\n')}`, 2],
    ['does not end its last line', fileOf(line('c1', {}), line('c2', {})).trimEnd(), 2],
    ['has empty lines', fileOf('', line('c1', {}), '', '', line('c2', {}), ''), 2],
    ['has quoted fields', fileOf(line('c1', {}).replaceAll(/[^,]+/g, '"$&"')), 1],
  ])('%s and is imported', async (_what, content, charged) => {
    const { counts } = await importText('odd.csv', content);
    expect(counts).toMatchObject({ read: charged, charged, suspended: 0 });
  });
});

/** What is wrong with line 3, and which column is named for it. */
const BAD_LINES: readonly [string, string, string][] = [
  ['a date that does not exist', line('x', { start: '2025-02-30T12:00:00.000+09:00' }), 'BAD_LINE start'],
  ['a date without an offset', line('x', { end: '2025-10-05T12:01:03.000' }), 'BAD_LINE end'],
  ['a negative duration', line('x', { end: '2025-10-05T12:00:01.000+09:00' }), 'BAD_LINE end'],
  ['an end before the start', line('x', { end: '2024-10-05T12:00:01.000+09:00' }), 'BAD_LINE end'],
  ['a call of 32 days', line('x', { end: '2025-11-06T13:00:00.000+09:00' }), 'BAD_LINE end'],
  ['a field missing', line('x', {}).replace(',OK', ''), 'BAD_LINE line'],
  ['a field too many', `${line('x', {})},`, 'BAD_LINE line'],
  ['a direction that is none', line('x', { way: 'sideways' }), 'BAD_LINE direction'],
  ['an account that cannot be', line('x', { account: 'A_1' }), 'BAD_LINE account'],
  ['a number that is none', line('x', { number: '050-1000-000a' }), 'BAD_LINE number'],
  ['no number dialled', line('x', { to: '' }), 'BAD_LINE to'],
  ['no call id', line('', {}), 'BAD_LINE call_id'],
  ['a quotation mark that is never closed', line('"x', {}), 'BAD_LINE line'],
  ['a control character', line('x\u0007', {}), 'BAD_LINE call_id'],
  ['an unknown account', line('x', { account: 'B99' }), 'UNKNOWN_ACCOUNT account'],
  ['a destination that cannot be read', line('x', { to: '03-1234-567x' }), 'UNREADABLE_NUMBER to'],
  ['a destination without a price', line('x', { to: '0112345678' }), 'NO_RATE to'],
];

describe('a line that cannot be charged', () => {
  it.each(BAD_LINES)(
    '%s waits with its file and line; the lines around it are charged',
    async (_what, bad, why) => {
      const content = fileOf(line('c1', {}), bad, line('c2', {}));
      const { counts } = await importText('calls.csv', content);
      expect(counts).toMatchObject({ read: 3, charged: 2, suspended: 1 });
      expect(await waiting()).toEqual([`calls.csv:3 ${why}`]);
      const [row] = (await product.cdr.suspense()).rows;
      expect(row!.raw).toBe(bad);
      expect(row!.problem).not.toBe('');
      // The file once more: the same lines wait once, the same calls are charged once.
      const again = await importText('calls.csv', content, 'again');
      expect(again.counts).toMatchObject({ read: 3, charged: 0, duplicates: 2, suspended: 1 });
      expect(await waiting()).toHaveLength(1);
      expect(await posted()).toBe('-17.6');
    },
  );
});

describe('waiting lines', () => {
  it('of an account that is opened later are charged by a retry, once', async () => {
    await importText(
      'calls.csv',
      fileOf(line('c1', { account: 'B99', number: '05099999999' }), line('c2', {})),
    );
    expect(await product.cdr.retry({}, callerOf('r1'))).toMatchObject({
      retried: 1,
      resolved: 0,
      problems: [{ file: 'calls.csv', line: 2, field: 'account' }],
    });
    await openAccount(product, 'B99', '05099999999', '2025-10-01');
    expect(await product.cdr.retry({}, callerOf('r2'))).toEqual({ retried: 1, resolved: 1, problems: [] });
    expect(await product.cdr.retry({}, callerOf('r3'))).toEqual({ retried: 0, resolved: 0, problems: [] });
    expect(await product.prepaid.balance(parseAccountId('B99'))).toMatchObject({ receivable: '8.8' });
    const again = await importText(
      'again.csv',
      fileOf(line('c1', { account: 'B99', number: '05099999999' })),
    );
    expect(again.counts).toMatchObject({ duplicates: 1, charged: 0 });
  });

  it('without a price are charged by a retry when the tariff has grown; others wait on', async () => {
    const sapporo = { to: '0112345678' };
    const { import: id } = await importText(
      'calls.csv',
      fileOf(line('c1', sapporo), line('c2', { account: 'B99' }), 'nonsense'),
    );
    const grown = `${TARIFF}std,011,札幌,一般通話,0,10,60,60,60,2020-01-01,standard\n`;
    expect(await product.catalogue.importTariffCsv('t.csv', grown, callerOf('t2'))).toMatchObject({
      problems: [],
    });
    const report = await product.cdr.retry({ import: id }, callerOf('r1'));
    expect(report).toMatchObject({ retried: 3, resolved: 1 });
    expect(report.problems.map(problem => problem.line).sort()).toEqual([3, 4]);
    expect(await posted()).toBe('-22');
    expect(await waiting()).toEqual(['calls.csv:4 BAD_LINE line', 'calls.csv:3 UNKNOWN_ACCOUNT account']);
  });

  it('that come again when they can be charged are charged once, and a retry clears them', async () => {
    const content = fileOf(line('c1', { account: 'B99', number: '05099999999' }));
    await importText('calls.csv', content);
    await openAccount(product, 'B99', '05099999999', '2025-10-01');
    expect((await importText('calls.csv', content, 'again')).counts).toMatchObject({
      charged: 1,
      suspended: 0,
    });
    expect(await product.cdr.retry({}, callerOf('r1'))).toMatchObject({ resolved: 1 });
    expect(await product.prepaid.balance(parseAccountId('B99'))).toMatchObject({ receivable: '8.8' });
  });

  it('with the id of another body never replace what was charged', async () => {
    await importText('calls.csv', fileOf(line('c1', {})));
    const other = line('c1', { end: '2025-10-05T12:59:00.000+09:00' });
    expect((await importText('other.csv', fileOf(other))).counts).toMatchObject({ charged: 0, suspended: 1 });
    expect(await waiting()).toEqual(['other.csv:2 SAME_ID_OTHER_BODY call_id']);
    expect(await product.cdr.retry({}, callerOf('r1'))).toMatchObject({ retried: 1, resolved: 0 });
    expect(await posted()).toBe('-8.8');
  });

  it('are discarded with a reason only, and stay discarded', async () => {
    const content = fileOf('nonsense', line('c1', {}));
    const { import: id } = await importText('calls.csv', content);
    const discard = (at: number, reason: string, command: string) =>
      product.cdr.discard({ import: id, line: at }, reason, callerOf(command));
    expect(await discard(2, ' ', 'd1')).toMatchObject({ rejection: { code: 'REASON_REQUIRED' } });
    expect(await discard(3, 'test', 'd2')).toMatchObject({ rejection: { code: 'NO_SUCH_SUSPENSE' } });
    expect(await discard(2, 'not a call', 'd3')).toMatchObject({ kind: 'done', replayed: false });
    expect(await discard(2, 'not a call', 'd3')).toMatchObject({ kind: 'done', replayed: true });
    expect(await discard(2, 'again', 'd4')).toMatchObject({ kind: 'nothing' });
    expect(await waiting()).toEqual([]);
    await importText('calls.csv', content, 'again');
    expect(await waiting()).toEqual([]);
    expect(await product.cdr.retry({}, callerOf('r1'))).toMatchObject({ retried: 0 });
  });
});

const row = (rest: string): string => `std2,${rest}\n`;
const good = row('03,東京,一般通話,0,8,180,180,180,2020-01-01,standard');

describe('a tariff file with a fault', () => {
  it.each<[string, string, number, string]>([
    ['an empty file', '', 1, 'header'],
    ['a column missing', `${TARIFF_HEADER.replace(',price', '')}\n`, 1, 'price'],
    ['a column twice', `${TARIFF_HEADER},price\n`, 1, 'price'],
    ['a column of another name', `${TARIFF_HEADER},colour\n`, 1, 'colour'],
    ['overlapping rows', `${TARIFF_HEADER}\n${good}${good.replace(',8,', ',9,')}`, 3, 'prefix'],
    [
      'a price that is none',
      `${TARIFF_HEADER}\n${good}${good.replace(',8,', ',-8,').replace('03', '04')}`,
      3,
      'price',
    ],
    ['a date that is none', `${TARIFF_HEADER}\n${good.replace('01-01', '13-01')}`, 2, 'valid_from'],
    ['a field missing', `${TARIFF_HEADER}\n${good.replace(',standard', '')}`, 2, 'line'],
    ['broken text', `${TARIFF_HEADER}\n${good.replace('東京', '\ufffd')}`, 2, 'line'],
    ['a tariff name that cannot be', `${TARIFF_HEADER}\n${good.replace('std2', '標準')}`, 2, 'tariff'],
  ])('%s imports nothing and names file, line and field', async (_what, text, at, field) => {
    const before = await head();
    const result = await product.catalogue.importTariffCsv('t.csv', text, callerOf('t2'));
    expect(result.tariffs).toEqual([]);
    const said = { problem: expect.stringMatching(/\S/), problemJa: expect.stringMatching(/[ぁ-ん]/) };
    expect(result.problems).toContainEqual(
      expect.objectContaining({ file: 't.csv', line: at, field, ...said }),
    );
    expect(await head()).toBe(before);
    expect((await product.catalogue.tariffs()).map(tariff => tariff.tariff)).toEqual(['std']);
  });

  it('names both rows that overlap', async () => {
    const text = `${TARIFF_HEADER}\n${good}${good.replace('2020', '2024')}`;
    const { problems } = await product.catalogue.importTariffCsv('t.csv', text, callerOf('t2'));
    expect(problems.map(problem => `${problem.line} ${problem.problem}`).join()).toMatch(/^3 .*(line |:)2/);
  });

  it('has a BOM and CRLF and is imported', async () => {
    const text = `\ufeff${TARIFF_HEADER}\r\n${good.replace('\n', '\r\n')}`;
    expect(await product.catalogue.importTariffCsv('t.csv', text, callerOf('t2'))).toMatchObject({
      problems: [],
      tariffs: [{ tariff: 'std2', rows: 1 }],
    });
  });
});
