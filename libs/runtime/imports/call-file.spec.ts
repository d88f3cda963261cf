import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '#kernel';
import { type CdrFormat } from '#rating';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { CallFile, LINE_BYTES_MAX } from './call-file.js';
import { importProblems } from './problems.js';

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
/** Calls end a second later for every `n`. */
const line = (id: string, n = 0, cause = 'NORMAL_CLEARING'): string => {
  const at = (seconds: number): string => `2026-10-05T12:00:${String(seconds).padStart(2, '0')}.000+09:00`;
  return `${id},A1,05012345678,out,05012345678,0312345678,${at(0)},${at(0)},${at(1 + n)},${cause}`;
};
const CHUNK = 1 << 20;

let directory: string;
beforeAll(() => {
  directory = temporaryDirectory();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Read {
  readonly ids: readonly string[];
  readonly lines: readonly number[];
  readonly bad: readonly (readonly [number, string])[];
  readonly skipped: number;
  readonly hash: string;
}

async function read(content: string | Buffer, format: CdrFormat = 'csv'): Promise<Read> {
  const path = join(directory, 'calls.csv');
  writeFileSync(path, content);
  const file = new CallFile(path, format);
  try {
    await file.scan();
    const order = [...(await file.inOrder())];
    return {
      ids: order.map(index => file.call(index).callId),
      lines: order.map(index => file.line(index)),
      bad: file.bad.map(({ line: n, field }) => [n, field]),
      skipped: file.skipped,
      hash: file.hash,
    };
  } finally {
    file.close();
  }
}

describe('a call file in CSV', () => {
  it.each([
    ['with line feeds', `${HEADER}\n${line('a')}\n${line('b', 1)}\n`],
    ['with carriage returns', `${HEADER}\r\n${line('a')}\r\n${line('b', 1)}\r\n`],
    ['without an end of its last line', `${HEADER}\n${line('a')}\n${line('b', 1)}`],
    ['with a carriage return as its last byte', `${HEADER}\r\n${line('a')}\r\n${line('b', 1)}\r`],
    ['with a byte order mark', `\ufeff${HEADER}\n${line('a')}\n${line('b', 1)}\n`],
    ['with a byte order mark and carriage returns', `\ufeff${HEADER}\r\n${line('a')}\r\n${line('b', 1)}\r\n`],
  ])('%s is the same', async (_what, text) =>
    expect(await read(text)).toMatchObject({ ids: ['a', 'b'], lines: [2, 3], bad: [], skipped: 0 }),
  );

  it('may have empty lines; they count', async () =>
    expect(await read(`${HEADER}\n\n${line('a')}\n \n\n${line('b', 1)}\n\n`)).toMatchObject({
      ids: ['a', 'b'],
      lines: [3, 6],
      bad: [],
    }));

  it('is read in the order in which the calls ended, equal ends by their text', async () => {
    const lines = [line('d', 9), line('b', 3), line('a', 3), line('c', 1)];
    expect((await read([HEADER, ...lines].join('\n'))).ids).toEqual(['c', 'a', 'b', 'd']);
    expect((await read([HEADER, ...lines.reverse()].join('\n'))).ids).toEqual(['c', 'a', 'b', 'd']);
  });

  it('is named by the hash of its bytes', async () => {
    const text = `${HEADER}\n${line('a')}\n`;
    expect((await read(text)).hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is not only its header', async () =>
    expect(await read(HEADER)).toMatchObject({ ids: [], bad: [], skipped: 0 }));

  it('tells bad lines with their number and column', async () =>
    expect(
      await read(
        [HEADER, line('a'), 'x,y', line('b').replace('05012345678', 'tel'), line('c', 2)].join('\n'),
      ),
    ).toMatchObject({
      ids: ['a', 'c'],
      bad: [
        [3, 'line'],
        [4, 'number'],
      ],
    }));
});

describe('a line over the border of two chunks', () => {
  const COUNT = 7_600;
  /** The same calls, moved by `bytes` (to 183): longer causes of the first lines push what follows. */
  const moved = (bytes: number, end: string): string => {
    const causes = [0, 61, 122].map(from => 'X'.repeat(Math.max(1, Math.min(62, bytes - from + 1))));
    return [
      HEADER,
      ...Array.from({ length: COUNT }, (_, i) => line(`c${i + 1_000}`, i % 50, causes[i] ?? 'X')),
    ].join(end);
  };

  it.each([
    ['between a line and its line feed', '\n', 0],
    ['after a line feed', '\n', 1],
    ['between carriage return and line feed', '\r\n', 1],
    ['one byte into a line', '\n', 2],
    ['one byte before the end of a line', '\n', -1],
    ['in the middle of a line', '\n', 80],
  ])('%s is whole', async (_where, end, into) => {
    const plain = moved(0, end);
    const before = plain.lastIndexOf(end, CHUNK - into);
    const text = moved(CHUNK - into - before, end);
    expect(text.indexOf(end, CHUNK - into)).toBe(CHUNK - into);
    const found = await read(text);
    expect(found).toMatchObject({ bad: [], ids: { length: COUNT } });
    expect([...found.lines].sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, i) => i + 2));
  });

  it('is whole when it is letters of several bytes', async () => {
    const lines = Array.from({ length: 6_000 }, (_, i) =>
      line(`c${i}`, i % 50, '非通知の切断理由'.repeat(5)),
    );
    const text = [HEADER, ...lines].join('\n');
    expect(Buffer.byteLength(text)).toBeGreaterThan(CHUNK);
    expect(await read(text)).toMatchObject({ ids: { length: 6_000 }, bad: [] });
  });
});

describe('a line that is too long for a record', () => {
  const max = LINE_BYTES_MAX.csv;
  const long = (bytes: number): string => line('long', 0, 'X').padEnd(bytes, 'X');

  it.each([max + 1, CHUNK + 10, 2 * CHUNK + 10])(
    'of %i bytes is kept in part, the others are read',
    async bytes => {
      const path = join(directory, 'long.csv');
      writeFileSync(path, [HEADER, line('a'), long(bytes), line('b', 1)].join('\n'));
      const file = new CallFile(path, 'csv');
      await file.scan();
      expect(file.calls).toBe(2);
      expect(file.bad).toEqual([
        {
          line: 3,
          field: 'line',
          problem: problem(importProblems.LINE_TOO_LONG, {
            bytes: bytes.toLocaleString('en'),
            most: '16,384',
          }),
          raw: long(bytes).slice(0, 4_096),
        },
      ]);
      expect([...(await file.inOrder())].map(i => file.line(i))).toEqual([2, 4]);
      file.close();
    },
  );

  it('may be the last one, without an end', async () =>
    expect(await read([HEADER, line('a'), long(CHUNK * 2)].join('\n'))).toMatchObject({
      ids: ['a'],
      bad: [[3, 'line']],
    }));
});

describe('a file that is not of the format is refused as a whole', () => {
  it.each([
    ['that is empty', '', 'calls.csv:1: the file is empty; a header line is required'],
    ['without a column', HEADER.replace(',to,', ','), 'calls.csv:1, to: this column is missing'],
    [
      'of Shift_JIS',
      Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0x94, 0xf1])]),
      'calls.csv:2: is not UTF-8',
    ],
    ['of one endless line', 'x'.repeat(CHUNK * 2), 'calls.csv:1: the header line is 2,097,152 bytes long'],
  ])('%s', async (_what, content, message) => expect(read(content)).rejects.toThrow(message));
});

const A_LEG = readFileSync(
  'test/fixtures/freeswitch-json/02-call-answered-7s/a_6e6a064d-5557-4f87-8c1a-e1122d5fc033.cdr.json',
  'utf8',
);
const B_LEG = readFileSync(
  'test/fixtures/freeswitch-json/02-call-answered-7s/e7a1d4a2-8f03-4cc8-b243-b89e85f92861.cdr.json',
  'utf8',
);
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 4);

describe('a file of FreeSWITCH', () => {
  const one = { ids: ['6e6a064d-5557-4f87-8c1a-e1122d5fc033'], lines: [1], bad: [], skipped: 0 };

  it.each([
    ['on one line', A_LEG],
    ['pretty-printed', pretty(A_LEG)],
    ['pretty-printed with carriage returns', pretty(A_LEG).replaceAll('\n', '\r\n')],
  ])('is one document %s', async (_what, text) =>
    expect(await read(text, 'freeswitch-json')).toMatchObject(one),
  );

  it('may be many documents, one per line; legs without money are skipped', async () =>
    expect(
      await read([A_LEG, B_LEG, '{"variables":', ''].map(text => text.trim()).join('\n'), 'freeswitch-json'),
    ).toMatchObject({ ...one, bad: [[3, expect.any(String)]], skipped: 1 }));

  it('that is empty holds nothing', async () =>
    expect(await read('', 'freeswitch-json')).toMatchObject({ ids: [], bad: [], skipped: 0 }));
});

const readJson = (text: string | Buffer) => read(text, 'freeswitch-json');

describe('a document on many lines', () => {
  const LINES = pretty(A_LEG).split('\n').length;

  it('is one of several in a file', async () =>
    expect(await readJson(`${pretty(A_LEG)}\n${pretty(B_LEG)}\n\n${pretty(A_LEG)}`)).toMatchObject({
      lines: [1, expect.any(Number)],
      bad: [],
      skipped: 1,
    }));

  it.each([
    ['cut at its end', pretty(A_LEG).split('\n').slice(0, -3).join('\n')],
    ['cut at its beginning', pretty(A_LEG).split('\n').slice(3).join('\n')],
    ['damaged in the middle', pretty(A_LEG).replace(':', '')],
  ])('that is %s is one bad record, and the next is read', async (_what, cut) => {
    expect((await readJson(cut)).bad).toHaveLength(1);
    const found = await readJson(`${cut}\n${pretty(A_LEG)}\n`);
    expect(found).toMatchObject({ bad: [[1, 'file']] });
    expect(found.ids).toHaveLength(1);
    expect(LINES).toBeGreaterThan(10);
  });
});

describe('bytes that nobody reads', () => {
  const junk = Buffer.from([0xff, 0xfe, 0x80, 0x09]);
  const csv = (unread: Buffer, cause: Buffer = Buffer.from('OK')): Buffer =>
    Buffer.concat([
      Buffer.from(`${HEADER},note\n${line('a', 0, '')}`),
      cause,
      Buffer.from(','),
      unread,
      Buffer.from('\n'),
    ]);

  it('do not matter in a column', async () =>
    expect(await read(csv(junk))).toMatchObject({ ids: ['a'], bad: [] }));

  it('do not matter in a member of a document', async () => {
    const [before, after] = A_LEG.split('"variables":{');
    const text = [
      Buffer.from(`${before}"variables":{"note":"`),
      junk.subarray(0, 3),
      Buffer.from(`",${after}`),
    ];
    expect(await readJson(Buffer.concat(text))).toMatchObject({ bad: [] });
  });

  it('matter where they are read: the line waits', async () =>
    expect(await read(csv(Buffer.alloc(0), junk.subarray(0, 2)))).toMatchObject({
      ids: [],
      bad: [[2, 'line']],
    }));
});

describe('a file in Shift_JIS', () => {
  // 正常 in the column of the cause.
  const normal = Buffer.from([0x90, 0xb3, 0x8f, 0xed]);
  const file = Buffer.concat([Buffer.from(`${HEADER}\n${line('a', 0, '')}`), normal, Buffer.from('\n')]);
  const readAs = async (encoding: 'utf-8' | 'shift_jis' | 'auto') => {
    const path = join(directory, 'sjis.csv');
    writeFileSync(path, file);
    const calls = new CallFile(path, 'csv', encoding);
    try {
      await calls.scan();
      return calls.call(0).hangupCause;
    } finally {
      calls.close();
    }
  };

  it('is refused as UTF-8, with what would read it', async () =>
    expect(readAs('utf-8')).rejects.toThrow(
      /^sjis\.csv:2: is not UTF-8.*--encoding shift_jis.*of this file/,
    ));

  it.each(['shift_jis', 'auto'] as const)('is read as %s', async encoding =>
    expect(await readAs(encoding)).toBe('正常'),
  );
});

it.each([
  [';', "';'"],
  ['\t', 'TAB'],
])('a header whose columns stand apart by %j is refused by name', async (sign, said) =>
  expect(read(`${HEADER}\n${line('a')}\n`.replaceAll(',', sign))).rejects.toThrow(
    `calls.csv:1, header: separates its columns by ${said}, expected ','`,
  ),
);

it('lets others go on while it reads a chunk of very short lines', async () => {
  const path = join(directory, 'short-lines.csv');
  writeFileSync(path, `${HEADER}\n${'\n'.repeat(CHUNK - 200)}`);
  const file = new CallFile(path, 'csv');
  let turns = 0;
  const count = () => {
    turns++;
    turning = setImmediate(count);
  };
  let turning = setImmediate(count);
  try {
    await file.scan();
  } finally {
    clearImmediate(turning);
    file.close();
  }
  // One for the chunk, and one more for every few milliseconds of it.
  expect(turns).toBeGreaterThan(3);
});
