import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessDay, BusinessMonth, Instant, parseAccountId } from '#kernel';
import type { CallFacts } from '#ledger';
import { A1, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';

/** A number of another customer, and a customer's own, in every way of writing them. */
const OWN = [
  ...[
    '05087654321',
    '050-8765-4321',
    '050 8765 4321',
    '050\u30008765\u30004321',
    '05087654321 ',
    '05087654321#',
  ],
  ...[
    '０５０８７６５４３２１',
    '０５０ー８７６５ー４３２１',
    '+815087654321',
    '+81(0)50-8765-4321',
    '＋81 50 8765 4321',
  ],
  ...['0081 50 8765 4321', '01081-50-8765-4321', '18405087654321', '186+81 50-8765-4321'],
];
const LONDON = ['+442071234567', '00442071234567', '010 44 20 7123 4567', '+44 (0)20-7123-4567'];
const TOKYO = ['0312345678', '+81 3-1234-5678', '0081312345678', '010 81 3 1234 5678', '184-03-1234-5678'];
const NO_NUMBERS = [
  '03-1234-567x',
  '0312345678,1',
  'anonymous',
  '+81 10 1234 5678',
  '000312345678',
  '03/1234/5678',
];

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const START = '2025-03-09T10:00:00.000+09:00';
const END = '2025-03-09T10:01:01.000+09:00';
const A1_NUMBER = '05000008791';

let books: SmallBooks;
let sequence = 0;
const caller = (): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'mend' },
  commandId: `one-number-${++sequence}`,
});

beforeAll(async () => {
  books = await smallBooks();
  const { accounts } = books.product;
  const opening = {
    account: parseAccountId('C3'),
    name: '株式会社C3',
    openedOn: BusinessDay.parse('2025-03-05'),
    numbers: ['+81 50-8765-4321'],
    tariff: 'std',
    incomingDiscount: 0 as never,
  };
  expect(await accounts.open(opening, caller())).toMatchObject({ value: { numbers: ['05087654321'] } });
  await books.api.tariff('+81,一般通話,8,180,standard', '+1,国際通話,9,60,export_exempt');
});
afterAll(() => books.home.end());

interface Line {
  readonly id: string;
  readonly account?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
  readonly start?: string;
  readonly answer?: string;
}
const lineOf = ({
  id,
  account = 'A1',
  number = A1_NUMBER,
  from = number,
  to = '0312345678',
  ...more
}: Line) => {
  const { start = START, answer = start } = more;
  const end = start === START ? END : `${start.slice(0, 17)}59.999+09:00`;
  return [id, account, number, 'out', from, to, start, answer, end, 'NORMAL_CLEARING'].join(',');
};

async function importLines(...lines: readonly Line[]) {
  const path = join(books.home.directory, `numbers-${++sequence}.csv`);
  writeFileSync(path, [HEADER, ...lines.map(lineOf)].join('\n'));
  const { counts } = await books.product.cdr.importFile(path, 'csv', caller());
  return counts;
}

const cdrJson = (id: string, account: string, number: string, to: string, start: string, more = {}) => ({
  variables: {
    ...{ uuid: id, direction: 'inbound', accountcode: account, user_name: '1001', sip_req_user: to },
    outbound_caller_id_number: number,
    start_uepoch: String(Instant.parse(start) * 1000),
    answer_uepoch: String(Instant.parse(start) * 1000),
    end_uepoch: String((Instant.parse(start) + 10_000) * 1000),
    hangup_cause: 'NORMAL_CLEARING',
    ...more,
  },
});
async function importJson(document: object) {
  const path = join(books.home.directory, `cdr-${++sequence}.json`);
  writeFileSync(path, JSON.stringify(document));
  return (await books.product.cdr.importFile(path, 'freeswitch-json', caller())).counts;
}

const waiting = async () => (await books.product.cdr.suspense({ limit: 500 })).rows.slice(-10);
const callsOf = async (number: string, account = A1) =>
  (await books.product.prepaid.calls(account, { number, limit: 500 })).rows;

const settle = (id: string, facts: Partial<CallFacts>, account = A1) => {
  const startedAt = Instant.parse(START);
  const call: CallFacts = {
    ...{ callId: id, direction: 'out', number: A1_NUMBER, from: A1_NUMBER, to: '0312345678' },
    ...{ startedAt, answeredAt: startedAt, endedAt: Instant.plusMs(startedAt, 61_000), durationMs: 61_000 },
    hangupCause: 'NORMAL_CLEARING',
    ...facts,
  };
  return books.product.prepaid.settleHold({ account, hold: `hold-${id}`, call }, caller());
};

describe('however a number is written', () => {
  it('a call to a number of the same provider is free', async () => {
    const counts = await importLines(...OWN.map((to, i) => ({ id: `own-${i}`, to })));
    expect(counts).toMatchObject({ charged: 0, noted: OWN.length, suspended: 0 });
    expect((await callsOf('05087654321')).every(row => row.net === '0' && row.category === 'IP通話')).toBe(
      true,
    );
  });

  it('a row of E.164 prices the numbers of its country, and no other', async () => {
    const tokyo = await importLines(...TOKYO.map((to, i) => ({ id: `tokyo-${i}`, to })));
    expect(tokyo).toMatchObject({ charged: TOKYO.length, suspended: 0 });
    const london = await importLines(...LONDON.map((to, i) => ({ id: `london-${i}`, to })));
    expect(london).toMatchObject({ charged: 0, suspended: LONDON.length });
    expect((await waiting()).map(row => row.reason)).toEqual(expect.arrayContaining(['NO_RATE']));
  });

  it.each([...TOKYO, '031234', '03-1234', '+81 3', '００８１ ３', '3-1234-5678'])(
    'a search for %s finds all calls to it, each as it was dialled',
    async part => {
      const found = (await callsOf(part)).filter(row => row.callId.startsWith('tokyo-'));
      expect(found.map(row => row.to).sort()).toEqual([...TOKYO].sort());
      const { reports } = books.product;
      for (const search of [{ callee: part }, { party: part }, { other: part }]) {
        const { rows } = await reports.calls.page(A1, { ...search, limit: 500 });
        expect(rows.filter(row => row.callId.startsWith('tokyo-'))).toHaveLength(TOKYO.length);
      }
    },
  );

  it.each(OWN)('the account of %s is found by it', async search => {
    const { rows } = await books.product.accounts.list({ search });
    expect(rows.map(row => row.account)).toEqual(['C3']);
  });

  it.each(OWN)('%s is a number that is taken', async number => {
    const taken = await books.product.accounts.assignNumber(A1, number, caller());
    expect(taken).toMatchObject({ kind: 'rejected', rejection: { details: { number: '05087654321' } } });
  });

  it('the own number of a call file is the registered one, in calls and in statements', async () => {
    const written = [
      A1_NUMBER,
      '050-0000-8791',
      '+815000008791',
      '0081 50 0000 8791',
      '０５０００００８７９１',
    ];
    const counts = await importLines(...written.map((number, i) => ({ id: `mine-${i}`, number })));
    expect(counts).toMatchObject({ charged: written.length });
    const { rows } = await books.product.reports.statements.byNumber(A1, {});
    expect(rows.map(row => row.number)).toEqual([A1_NUMBER]);
  });

  it('the same report is a duplicate, and one of another number is not', async () => {
    await importLines({ id: 'twice', to: '0312345678' });
    expect(await importLines({ id: 'twice', to: '+81 3-1234-5678', from: '+815000008791' })).toMatchObject({
      duplicates: 1,
      suspended: 0,
    });
    expect(await importLines({ id: 'twice', to: '03-1234-5679' })).toMatchObject({
      duplicates: 0,
      suspended: 1,
    });
  });

  it('an emergency call is free', async () => {
    const counts = await importLines(
      ...['1-1-0', '184 110', '１１９'].map((to, i) => ({ id: `sos-${i}`, to })),
    );
    expect(counts).toMatchObject({ charged: 0, noted: 3, suspended: 0 });
  });
});

describe('what cannot be read', () => {
  it.each(NO_NUMBERS)('waits instead of being priced by a shorter prefix: %s', async to => {
    const id = `bad-${++sequence}`;
    expect(await importLines({ id, to: `"${to}"` })).toMatchObject({ charged: 0, suspended: 1 });
    expect((await waiting()).at(-1)).toMatchObject({ reason: 'UNREADABLE_NUMBER', field: 'to' });
    expect(await settle(id, { to })).toMatchObject({ rejection: { code: 'UNREADABLE_NUMBER' } });
    const json = cdrJson(id, 'A1', A1_NUMBER, to, START);
    expect(await importJson(json)).toMatchObject({ charged: 0, suspended: 1 });
  });
});

describe('a call before the first day of its account', () => {
  const EVE = '2025-03-04T23:59:59.000+09:00';
  const C3 = parseAccountId('C3');
  const early = { account: 'C3', number: '05087654321' };

  it('waits with the day in its reason, by call file, by the switch and live, answered or not', async () => {
    const answered = { id: 'eve-1', ...early, start: EVE };
    const missed = { id: 'eve-2', ...early, start: EVE, answer: '' };
    expect(await importLines(answered, missed)).toMatchObject({ charged: 0, noted: 0, suspended: 2 });
    const problem = 'is before 2025-03-05, the first day of the account';
    const expected = { reason: 'BEFORE_FIRST_DAY', field: 'start', problem };
    expect((await waiting()).slice(-2)).toMatchObject([expected, expected]);
    const json = cdrJson('eve-3', 'C3', '05087654321', '0312345678', EVE);
    expect(await importJson(json)).toMatchObject({ charged: 0, suspended: 1 });
    expect((await waiting()).at(-1)).toMatchObject(expected);
    const startedAt = Instant.parse(EVE);
    const live = { number: '05087654321', startedAt, answeredAt: startedAt };
    const refused = await settle('eve-4', { ...live, endedAt: Instant.plusMs(startedAt, 5_000) }, C3);
    expect(refused).toMatchObject({
      rejection: { code: 'BEFORE_FIRST_DAY', details: { day: '2025-03-05' } },
    });
    expect(await callsOf('0', C3)).toEqual([]);
  });

  it('waits again when it is retried, and is charged once it was mended', async () => {
    const { counts, import: id } = await (async () => {
      const path = join(books.home.directory, `eve-${++sequence}.csv`);
      writeFileSync(path, [HEADER, lineOf({ id: 'eve-5', ...early, start: EVE })].join('\n'));
      return books.product.cdr.importFile(path, 'csv', caller());
    })();
    expect(counts).toMatchObject({ suspended: 1 });
    const { cdr } = books.product;
    expect(await cdr.retry({ import: id }, caller())).toMatchObject({ retried: 1, resolved: 0 });
    const first = '2025-03-05T00:00:00.000+09:00';
    await cdr.correct(
      { import: id, line: 2, raw: lineOf({ id: 'eve-5', ...early, start: first }) },
      caller(),
    );
    expect(await cdr.retry({ import: id }, caller())).toMatchObject({ retried: 1, resolved: 1 });
    expect((await callsOf('0', C3)).map(row => row.callId)).toEqual(['eve-5']);
  });
});

describe('a call of one account with the number of another', () => {
  const expected = {
    reason: 'NUMBER_OF_ANOTHER_ACCOUNT',
    field: 'number',
    problem: 'belongs to another account than A1',
  };

  it.each(['05087654321', '+81 50-8765-4321'])('waits: %s', async number => {
    const id = `foreign-${++sequence}`;
    expect(await importLines({ id, number })).toMatchObject({ charged: 0, suspended: 1 });
    expect((await waiting()).at(-1)).toMatchObject(expected);
    expect(await settle(id, { number })).toMatchObject({
      rejection: { code: expected.reason, details: { account: 'A1' } },
    });
    expect(await importJson(cdrJson(id, 'A1', number, '0312345678', START))).toMatchObject({ suspended: 1 });
    expect((await waiting()).at(-1)).toMatchObject(expected);
    expect((await callsOf('0')).some(row => row.callId === id)).toBe(false);
  });

  it('is charged when the number is nobody else’s: an extension, or one that is not registered', async () => {
    const counts = await importLines({ id: 'ext', number: '1001' }, { id: 'unknown', number: '0612345678' });
    expect(counts).toMatchObject({ charged: 2, suspended: 0 });
  });

  it('is a forwarded call of the account where the switch says by which of its numbers', async () => {
    const leg = {
      daicho_payer: 'A1',
      originator: 'other',
      direction: 'outbound',
      user_name: undefined,
      effective_caller_id_number: '05087654321',
    };
    const forwarded = (id: string, more: object) =>
      importJson(cdrJson(id, 'C3', '05087654321', '0312345678', START, { ...leg, ...more }));
    expect(await forwarded('fwd-1', {})).toMatchObject({ suspended: 1 });
    expect(await forwarded('fwd-2', { daicho_number: A1_NUMBER })).toMatchObject({
      charged: 1,
      suspended: 0,
    });
    expect((await callsOf('05087654321')).find(row => row.callId === 'fwd-2')).toMatchObject({
      from: '05087654321',
    });
  });
});

describe('an unanswered call to 110, 118 or 119', () => {
  it('is not counted as a call', async () => {
    const { closing } = books.product;
    const month = BusinessMonth.parse('2025-03');
    const before = (await closing.statement(A1, month))!;
    const listed = () => books.product.reports.statements.byNumber(A1, {});
    const rows = (await listed()).total.calls;
    await importLines({ id: 'no-answer-119', to: '119', answer: '' }, { id: 'answered-119', to: '119' });
    const after = (await closing.statement(A1, month))!;
    const emergency = (of: typeof after) => of.rows.find(row => row.category === '緊急通報')?.calls ?? 0;
    expect(emergency(after) - emergency(before)).toBe(1);
    expect(after.unansweredNotCounted - before.unansweredNotCounted).toBe(1);
    expect((await listed()).total.calls - rows).toBe(1);
  });
});
