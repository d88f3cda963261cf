import fc from 'fast-check';
import { Instant, InvalidInput } from '#kernel';
import { makeCdrLines } from '../../test/support/tariff-10000.js';
import { isCdr, readCdrCsv } from './cdr-csv.fixture.js';
import {
  type Cdr,
  CdrCsvReader,
  canonicalCdr,
  type LineProblem,
  looksLikeShiftJis,
  talkMs,
} from './index.js';

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const START = '2026-10-05T12:01:00.000+09:00';
const ANSWER = '2026-10-05T12:01:03.500+09:00';
const END = '2026-10-05T12:01:33.999+09:00';
const GOOD = [
  'c1',
  'A1',
  '0312345678',
  'out',
  '0312345678',
  '0322223333',
  START,
  ANSWER,
  END,
  'NORMAL_CLEARING',
];

const parse = (line: string, header = HEADER) => new CdrCsvReader(header).parse(line);
const withField = (column: string, value: string): string =>
  GOOD.with(HEADER.split(',').indexOf(column), value).join(',');

function good(result: Cdr | LineProblem): Cdr {
  if (!isCdr(result)) throw new Error(`${result.field} ${result.problem.kind.code}`);
  return result;
}

const EXPECTED: Cdr = {
  callId: 'c1',
  account: 'A1' as Cdr['account'],
  number: '0312345678',
  direction: 'out',
  from: '0312345678',
  to: '0322223333',
  startedAt: Instant.parse(START),
  answeredAt: Instant.parse(ANSWER),
  endedAt: Instant.parse(END),
  hangupCause: 'NORMAL_CLEARING',
};

describe('a line of cdr.csv', () => {
  it.each([
    ['plain', GOOD.join(',')],
    ['with a carriage return', `${GOOD.join(',')}\r`],
    ['with every field quoted', GOOD.map(f => `"${f}"`).join(',')],
    ['with one field quoted and a carriage return', `${withField('from', '"0312345678"')}\r`],
    ['in UTC', withField('start', '2026-10-05T03:01:00.000Z')],
    ['without milliseconds', withField('start', '2026-10-05T12:01:00+09:00')],
    ['with microseconds, which are cut', withField('start', '2026-10-05T12:01:00.000999+09:00')],
  ])('%s is read', (_, line) => expect(parse(line)).toEqual(EXPECTED));

  it('is read with columns in any order, columns of others beside them, and a BOM', () => {
    const header = `\uFEFFx,${HEADER.split(',').reverse().join(',')},y\r`;
    expect(parse(`1,${GOOD.toReversed().join(',')},"a,b"`, header)).toEqual(EXPECTED);
  });

  it('keeps commas and quotation marks of quoted fields', () => {
    expect(good(parse(withField('from', '"Tanaka, ""K"""'))).from).toBe('Tanaka, "K"');
  });

  it('is unanswered where answer is empty', () => {
    const cdr = good(parse(withField('answer', '')));
    expect([cdr.answeredAt, talkMs(cdr)]).toEqual([null, 0]);
  });

  it('measures talk from answer to end in milliseconds', () => expect(talkMs(EXPECTED)).toBe(30_499));

  it('takes a caller who withholds the number', () => {
    expect([good(parse(withField('from', ''))).from, good(parse(withField('from', '非通知'))).from]).toEqual([
      '',
      '非通知',
    ]);
  });

  it('does not mix up days, accounts and numbers of following lines', () => {
    const reader = new CdrCsvReader(HEADER);
    const lines = ['2026-10-05', '2026-10-06', '2026-10-05'].map((day, i) =>
      GOOD.with(1, `A${i}`).with(2, `031234567${i}`).join(',').replaceAll('2026-10-05', day),
    );
    const cdrs = lines.map(line => good(reader.parse(line)));
    expect(cdrs.map(c => [c.account, c.number, Instant.text(c.startedAt).slice(0, 10)])).toEqual([
      ['A0', '0312345670', '2026-10-05'],
      ['A1', '0312345671', '2026-10-06'],
      ['A2', '0312345672', '2026-10-05'],
    ]);
  });
});

describe('a bad line names its column', () => {
  it.each([
    ['call_id', ''],
    ['call_id', 'a b'],
    ['call_id', '通話'],
    ['call_id', 'x'.repeat(161)],
    ['account', ''],
    ['account', 'A_1'],
    ['number', ''],
    ['number', '03-1234-567x'],
    ['direction', ''],
    ['direction', 'OUT'],
    ['direction', 'internal'],
    ['from', 'x'.repeat(65)],
    ['to', ''],
    ['start', ''],
    ['start', '2026-10-05 12:01:00'],
    ['start', '2026-10-05T12:01:00.000'],
    ['start', '2026-02-30T12:01:00.000+09:00'],
    ['start', '2026-10-05T24:01:00.000+09:00'],
    ['start', '2026-10-05T12:60:00.000+09:00'],
    ['start', '2026-10-05T12:01:0x.000+09:00'],
    ['start', '2026-1x-05T12:01:00.000+09:00'],
    ['start', '1969-12-31T12:01:00.000+09:00'],
    ['answer', '0'],
    ['answer', '2026-10-05T12:00:59.999+09:00'],
    ['end', ''],
    ['end', '2026-10-05T12:00:59.999+09:00'],
    ['end', '2026-10-05T12:01:03.499+09:00'],
    ['end', '2026-12-05T12:01:03.499+09:00'],
    ['hangup_cause', 'x'.repeat(65)],
    ['hangup_cause', '"a\tb"'],
  ])('%s = %p', (column, value) => {
    const result = parse(withField(column, value));
    expect(isCdr(result) ? result : result.field).toBe(column);
  });

  it.each([
    ['is empty', ''],
    ['has a field too few', GOOD.slice(1).join(',')],
    ['has a field too many', `${GOOD.join(',')},`],
    ['has a quote that never closes', withField('from', '"03')],
    ['has a quote in the middle', withField('from', '03"1')],
    ['has bytes that were not UTF-8', withField('from', '\uFFFD\uFFFD')],
  ])('as a line when it %s', (_, line) => {
    const result = parse(line);
    expect(isCdr(result) ? result : result.field).toBe('line');
  });

  it('says Shift_JIS where bytes were lost', () => {
    expect(parse(withField('from', '\uFFFD'))).toMatchObject({
      problem: { kind: { code: 'NOT_UTF8', en: expect.stringContaining('Shift_JIS') } },
    });
  });

  it('goes on with the next line', () => {
    const reader = new CdrCsvReader(HEADER);
    expect(isCdr(reader.parse(withField('start', '2026-02-30T00:00:00.000+09:00')))).toBe(false);
    expect(reader.parse(GOOD.join(','))).toEqual(EXPECTED);
  });

  it.each(HEADER.split(','))('and a header without %s names it', column => {
    const header = HEADER.split(',')
      .filter(c => c !== column)
      .join(',');
    expect(() => new CdrCsvReader(header)).toThrow(expect.objectContaining({ field: column }));
  });

  it('and a header that names a column twice', () => {
    expect(() => new CdrCsvReader(`${HEADER},to`)).toThrow(InvalidInput);
  });

  it('with its line number in a file', () => {
    const found = readCdrCsv(`${HEADER}\n${GOOD.join(',')}\n\nx\n`).map(r => [r.line, isCdr(r.result)]);
    expect(found).toEqual([
      [2, true],
      [4, false],
    ]);
  });
});

describe('every line', () => {
  const word = fc.stringMatching(/^[ -~あ-ん]{0,20}$/);
  it('reads the same whether its fields are quoted or not', () => {
    fc.assert(
      fc.property(word, fc.nat(86_000_000), fc.nat(86_000_000), (from, ring, talk) => {
        const start = Instant.parse(START);
        const [answer, end] = [Instant.plusMs(start, ring), Instant.plusMs(start, ring + talk)];
        const fields = GOOD.with(4, from.replaceAll(',', ' ').replaceAll('"', "'"))
          .with(7, Instant.text(answer))
          .with(8, Instant.text(end));
        const plain = good(parse(fields.join(',')));
        expect(good(parse(fields.map(f => `"${f}"`).join(',')))).toEqual(plain);
        expect([plain.answeredAt, plain.endedAt, plain.from]).toEqual([answer, end, fields[4]]);
      }),
    );
  });

  it('never throws, whatever it holds', () => {
    const reader = new CdrCsvReader(HEADER);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => void reader.parse(text)));
    fc.assert(
      fc.property(fc.nat(9), fc.string({ unit: 'binary' }), (column, text) => {
        const result = reader.parse(GOOD.with(column, text).join(','));
        expect(isCdr(result) || result.problem.kind.code.length > 0).toBe(true);
      }),
    );
  });
});

describe('the canonical text of a CDR', () => {
  it('is one for one body, however it was written', () => {
    const quoted = good(parse(GOOD.map(f => `"${f}"`).join(',')));
    expect(canonicalCdr(quoted)).toBe(canonicalCdr(EXPECTED));
  });

  it.each(HEADER.split(',').map((c, i): [string, number] => [c, i]))('changes with %s', (_, i) => {
    const other = [
      'c2',
      'A2',
      '0312345679',
      'in',
      '1',
      '2',
      START.replace(':00.', ':01.'),
      '',
      END.replace('33', '34'),
      'X',
    ][i]!;
    expect(canonicalCdr(good(parse(GOOD.with(i, other).join(','))))).not.toBe(canonicalCdr(EXPECTED));
  });

  it('tells an empty caller from an empty number', () => {
    expect(canonicalCdr({ ...EXPECTED, from: '12', to: '3' })).not.toBe(
      canonicalCdr({ ...EXPECTED, from: '1', to: '23' }),
    );
  });
});

describe('the encoding of bytes', () => {
  const utf8 = new TextEncoder().encode('固定電話,一般通話\n');
  // 固定電話 in Shift_JIS, and half-width カ.
  const sjis = Uint8Array.from([0x8c, 0xc5, 0x92, 0xe8, 0x93, 0x64, 0x98, 0x62, 0x2c, 0xb6, 0x0a]);
  it.each([
    ['ASCII', Uint8Array.from([0x61, 0x2c, 0x0a]), false],
    ['nothing', new Uint8Array(), false],
    ['UTF-8', utf8, false],
    ['Shift_JIS', sjis, true],
    ['UTF-8 cut in the middle of a character', utf8.slice(0, 4), false],
    ['an overlong form', Uint8Array.from([0x61, 0xe0, 0x80, 0x80]), false],
    ['a surrogate', Uint8Array.from([0xed, 0xa0, 0x80]), false],
    ['beyond Unicode', Uint8Array.from([0xf4, 0x90, 0x80, 0x80]), false],
    ['neither', Uint8Array.from([0x61, 0xff, 0xfe]), false],
  ])('%s', (_, bytes, shiftJis) => {
    expect(looksLikeShiftJis(bytes)).toBe(shiftJis);
  });
});

describe('the synthetic month', () => {
  it('is the same for the same seed, another for another, and every line is good', () => {
    const lines = (seed: number) => [...makeCdrLines(500, { seed, accounts: 10 })];
    expect(lines(7)).toEqual(lines(7));
    expect(lines(7)).not.toEqual(lines(8));
    const cdrs = readCdrCsv(lines(7).join('\n')).map(r => good(r.result));
    expect(cdrs).toHaveLength(500);
    expect(new Set(cdrs.map(c => c.callId)).size).toBe(500);
    expect(new Set(cdrs.map(c => c.account)).size).toBe(10);
    expect(new Set(cdrs.map(c => `${c.direction}${c.answeredAt === null}`))).toEqual(
      new Set(['outfalse', 'outtrue', 'infalse']),
    );
  });
});
