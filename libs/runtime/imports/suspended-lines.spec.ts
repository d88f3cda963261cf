import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '#adapters/sqlite';
import {
  type KeptProblem,
  type ProblemKind,
  problemInEnglish,
  type StoredEvent,
  toldProblem,
  valueProblems,
} from '#kernel';
import { openProduct } from '#nest';
import { callProblems, csvProblems } from '#rating';
import { eventsIn } from '../../../test/support/kept-books.js';
import { type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { describeEvent } from '../audit/event-sentences.js';
import type { Caller } from '../product.views.js';
import { pricingProblems } from './call-refusals.js';
import { lineProblem } from './line-problems.js';
import { importProblems } from './problems.js';

const COLUMNS = {
  call_id: 'n1',
  account: 'A1',
  number: '05012345678',
  direction: 'out',
  from: '05012345678',
  to: '0312345678',
  start: '2025-03-01T10:00:00.000+09:00',
  answer: '2025-03-01T10:00:00.000+09:00',
  end: '2025-03-01T10:01:00.000+09:00',
  hangup_cause: 'NORMAL_CLEARING',
};
type Given = Partial<typeof COLUMNS>;
const HEADER = Object.keys(COLUMNS).join(',');
const textOf = (given: Given | string): string =>
  typeof given === 'string' ? given : Object.values({ ...COLUMNS, ...given }).join(',');

/** As journeys give it to A1. */
const NUMBER_OF_A1 = '05000008791';
const TOO_LATE = '2062-03-01T10:00:00.000+09:00';
const EXAMPLE = '2026-10-31T22:00:00.000+09:00';
const all = { ...valueProblems, ...csvProblems, ...callProblems, ...pricingProblems, ...importProblems };
type Code = keyof typeof all;

/** A line of a CSV file for every problem that one can have, and what the log keeps of it. */
const IN_CSV: readonly (readonly [Code, Given | string, KeptProblem['values']?])[] = [
  ['EMPTY', { call_id: '' }],
  ['TOO_LONG', { from: '1'.repeat(65) }, { most: 64 }],
  ['NOT_AN_ID', { call_id: '通話' }, { most: 160 }],
  ['CONTROL_CHARACTER', { from: 'a\u0001' }],
  ['HIDDEN_CHARACTER', { from: 'a\u200b' }, { code: 'U+200B' }],
  ['NOT_AN_ACCOUNT', { account: '_' }],
  ['NOT_A_NUMBER', { number: 'x' }, { example: '05012345678' }],
  ['NOT_A_TIME', { start: 'yesterday' }, { example: EXAMPLE }],
  ['NO_SUCH_TIME', { start: '2025-02-30T10:00:00.000+09:00' }],
  ['OUTSIDE_OF_TIME', { start: '2300-03-01T10:00:00.000+09:00' }],
  ['NOT_UTF8', { from: 'a\ufffd' }],
  ['STRAY_QUOTE', { from: 'a"b' }],
  ['OPEN_QUOTE', { hangup_cause: '"a' }],
  ['TEXT_AFTER_QUOTE', { from: '"a"b' }],
  ['FIELD_COUNT', 'x', { fields: 1, columns: 10 }],
  ['LINE_TOO_LONG', 'x'.repeat(20_000), { bytes: '20,000', most: '16,384' }],
  ['NOT_A_DIRECTION', { direction: 'up' }],
  ['BEFORE_START', { answer: '2025-03-01T09:00:00.000+09:00' }],
  ['BEFORE_ANSWER', { answer: '2025-03-01T10:02:00.000+09:00' }],
  ['CALL_TOO_LONG', { end: '2025-05-01T10:01:00.000+09:00' }],
  ['IN_THE_FUTURE', { start: TOO_LATE, answer: TOO_LATE, end: TOO_LATE }],
  ['UNKNOWN_ACCOUNT', { account: 'nobody' }, { account: 'nobody' }],
  [
    'BEFORE_FIRST_DAY',
    { start: '2024-12-31T23:59:59.000+09:00', answer: '', end: '2025-01-01T00:00:00.000+09:00' },
    { day: '2025-01-01' },
  ],
  ['NUMBER_OF_ANOTHER_ACCOUNT', { account: 'B2', number: NUMBER_OF_A1 }, { account: 'B2' }],
  ['SUM_OUT_OF_RANGE', { to: '0411111111', end: '2025-03-10T10:00:00.000+09:00' }, { most: '900000000000' }],
  ['NO_RATE', { to: '99123456' }],
  ['UNREADABLE_NUMBER', { to: 'a#b' }],
  ['SAME_ID_OTHER_BODY', { call_id: 'c1' }],
];

const VARIABLES = {
  uuid: 'u1',
  accountcode: 'A1',
  direction: 'inbound',
  user_name: '05012345678',
  sip_req_user: '0312345678',
  start_uepoch: '1740790800000000',
  answer_uepoch: '0',
  end_uepoch: '1740790860000000',
};
const recordOf = (given: Partial<typeof VARIABLES>): string =>
  JSON.stringify({ variables: { ...VARIABLES, ...given } });
const IN_JSON: readonly (readonly [Code, string])[] = [
  ['NOT_JSON', '{'],
  ['NOBODY_TO_CHARGE', recordOf({ accountcode: '' })],
  ['NO_DESTINATION', recordOf({ sip_req_user: '' })],
  ['NOT_MICROSECONDS', recordOf({ start_uepoch: 'x' })],
  ['NOT_STARTED', recordOf({ start_uepoch: '0' })],
  ['NOT_ENDED', recordOf({ end_uepoch: '0' })],
];

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
  await books.api.tariff('03,一般通話,8,180,standard', '04,高額,9999999,1,standard');
});
afterEach(() => books.home.end());

const caller: Caller = { actor: { id: 'staff:tanaka', reason: 'clean up' }, commandId: 'suspended-lines' };

/** Both files, imported; the lines that wait, in the order of the tables above. */
async function importAll() {
  const { product, home } = books;
  const [csv, json] = [join(home.directory, 'a.csv'), join(home.directory, 'b.json')];
  writeFileSync(csv, [HEADER, ...IN_CSV.map(([, given]) => textOf(given))].join('\n'));
  writeFileSync(json, IN_JSON.map(([, text]) => text).join('\n'));
  await product.cdr.importFile(csv, 'csv', caller);
  await product.cdr.importFile(json, 'freeswitch-json', caller);
  const { rows } = await product.cdr.suspense({ limit: 500 });
  return [...rows].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

interface Kept {
  readonly file: string;
  readonly line: number;
  readonly problem: KeptProblem;
}
const suspensions = (events: readonly StoredEvent[]) =>
  events
    .filter(({ type }) => type.startsWith('rating.CdrSuspended.'))
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as Kept }))
    .sort((a, b) => a.data.file.localeCompare(b.data.file) || a.data.line - b.data.line);

describe('every line that is suspended', () => {
  it('is kept by the code and the values of its problem, and shown as a refusal of it is', async () => {
    const rows = await importAll();
    const expected = [...IN_CSV, ...IN_JSON].map(([code, , values = {}]) => ({ code, values }));
    await books.product.close();
    const events = suspensions(await eventsIn(books.home.directory));
    expect(events.map(({ type, data }) => [type, data.problem])).toEqual(
      expected.map(kept => ['rating.CdrSuspended.v2', kept]),
    );
    for (const [i, { code, values }] of expected.entries()) {
      const refused = toldProblem({ kind: all[code], values });
      const { problem, problemJa, ...row } = rows[i]!;
      expect({ problem, problemJa, code: row.code, values: row.values }).toEqual(refused);
      const said = describeEvent(events[i]!.type, events[i]!.data);
      expect([said.ja.endsWith(problemJa!), said.en.endsWith(problem)]).toEqual([true, true]);
    }
  });

  it('stands in the tables above for every problem of a call but a few', () => {
    // A tariff that an account has was published before.
    // Numbers that were bought: `bought-numbers.spec.ts`.
    const elsewhere = ['NUMBER_NOT_IN_CONTRACT', 'NUMBER_WITHOUT_UNIQUE', 'UNKNOWN_TARIFF'];
    const met = new Set([...IN_CSV, ...IN_JSON].map(([code]): string => code));
    const ofCalls = [callProblems, pricingProblems].flatMap(set => Object.values<ProblemKind>(set));
    expect(ofCalls.map(({ code }) => code).filter(code => !met.has(code))).toEqual(elsewhere);
  });
});

/** The same log as it would be if the lines of the given file had been suspended by an older version. */
async function olderLog(events: readonly StoredEvent[], file: string): Promise<string> {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  let batch: StoredEvent[] = [];
  const flush = async () => {
    const [first] = batch;
    if (!first) return;
    const request = { stream: first.stream, expectedRevision: first.revision - 1, events: batch };
    expect(await store.events.append([request])).toMatchObject([{ kind: 'appended' }]);
    batch = [];
  };
  for (const event of events) {
    const { stream, meta } = batch[0] ?? event;
    if (stream !== event.stream || meta.commandId !== event.meta.commandId) await flush();
    batch.push(olderEvent(event, file));
  }
  await flush();
  await store.close();
  return directory;
}

function olderEvent(event: StoredEvent, file: string): StoredEvent {
  if (event.type !== 'rating.CdrSuspended.v2') return event;
  const data = JSON.parse(event.data) as Kept;
  if (data.file !== file) return event;
  const problem = problemInEnglish(lineProblem(data.problem));
  return { ...event, type: 'rating.CdrSuspended.v1', data: JSON.stringify({ ...data, problem }) };
}

describe('an old log', () => {
  it('shows the same lines, replays equal, and its lines are tried again, mended and given up', async () => {
    const rows = await importAll();
    await books.product.close();
    const directory = await olderLog(await eventsIn(books.home.directory), 'a.csv');
    const product = await openProduct({ directory, clock: books.clock });
    try {
      const { rows: found } = await product.cdr.suspense({ limit: 500 });
      const read = [...found].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
      // The sentence of a price names no limit: what the log of today keeps beside it was not in the old one.
      const named = rows.map(row => (row.code === 'SUM_OUT_OF_RANGE' ? { ...row, values: {} } : row));
      expect(read).toEqual(named);
      expect(await product.audit.replay({})).toMatchObject({ ok: true });
      const { import: id } = read[0]!;
      const of = (what: Given | string) => ({
        import: id,
        line: 2 + IN_CSV.findIndex(([, given]) => given === what),
      });
      const [late, other] = [of(IN_CSV[0]![1]), of(IN_CSV[1]![1])];
      await product.cdr.correct(
        { ...late, raw: textOf({ call_id: 'mended' }) },
        { ...caller, commandId: 'mended' },
      );
      expect(await product.cdr.retry(late, { ...caller, commandId: 'again' })).toMatchObject({ resolved: 1 });
      const gone = { ...caller, commandId: 'gone' };
      expect(await product.cdr.discard(other, 'a test call', gone)).toMatchObject({ kind: 'done' });
      expect((await product.cdr.suspense({ limit: 500 })).rows).toHaveLength(rows.length - 2);
      expect(await product.audit.replay({})).toMatchObject({ ok: true });
    } finally {
      await product.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
