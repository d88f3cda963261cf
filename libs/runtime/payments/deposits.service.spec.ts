import { BusinessDay, BusinessMonth, Money, parseAccountId } from '#kernel';
import { type WrittenFile, type WrittenRow, writtenFile } from '../../../test/support/bank-files.js';
import {
  A1,
  codeOf,
  type IdentityHome,
  identityHome,
  resultOf,
} from '../../../test/support/identity-home.js';
import { PERSON } from '../../../test/support/person.js';
import { changeOfParty } from '../parties/parties.inputs.js';
import type { Caller } from '../product.views.js';
import { resolvedDeposit } from './deposits.inputs.js';
import { DEPOSIT_LISTS, type DepositList } from './deposits.projection.js';

const B2 = parseAccountId('B2');
const BANK = '0001/みずほ銀行/001/東京支店/ordinary/1234567/カ）ダイチョウ';
const policies = (place = 'none') => `policies:
  - { name: payment.bank-account, value: '${BANK}', valid_from: 2026-01-01 }
  - { name: payment.virtual-accounts, value: ${place}, valid_from: 2026-01-01 }
`;

let home: IdentityHome;
let sequence = 0;
const caller = (commandId = `d-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: '入金の確認' },
  commandId,
});

async function setting(place?: string): Promise<void> {
  const told = await home.product.catalogue.importCatalogueYaml('p.yaml', policies(place), caller());
  expect(told.problems).toEqual([]);
}
const named = async (account: typeof A1, nameKana: string) =>
  resultOf(
    await home.product.parties.change(
      changeOfParty.parse({ account, part: 'contract', ...PERSON, nameKana }),
      caller(),
    ),
  );

beforeEach(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-11-30T10:00:00.000+09:00');
  await setting();
  const opened = {
    ...{ account: B2, name: '株式会社B2', openedOn: BusinessDay.parse('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  resultOf(await home.product.accounts.open(opened, caller()));
  await named(A1, 'タケトリ　カグヤ');
  await named(B2, 'カブシキガイシャアオゾラ');
});
afterEach(() => home.end());

const order = async (amount: string, account = A1) =>
  resultOf(
    await home.product.payments.order(
      { account, method: 'bank_transfer', amount: Money.of(amount) },
      caller(),
    ),
  );
const standing = async (payment: string, account = A1) =>
  (await home.product.payments.payment({ account, payment }))!.standing;
const available = async (account = A1) => (await home.product.prepaid.balance(account))!.available;
const lots = async (account = A1) =>
  (await home.product.prepaid.balance(account))!.lots.map(({ remaining, issuedAt, expiresOn }) => [
    ...[remaining, issuedAt.slice(0, 10), expiresOn],
  ]);

const row = (amount: number, payer = 'ﾀｹﾄﾘ ｶｸﾞﾔ', more: Partial<WrittenRow> = {}): WrittenRow => ({
  ...{ number: String(++sequence).padStart(6, '0'), amount, payer },
  ...more,
});
const send = (bytes: Uint8Array, by = caller()) =>
  home.product.deposits.importFile({ name: 'bank.txt', bytes }, by);
const refusalOf = (answer: Awaited<ReturnType<typeof send>>) =>
  answer.kind === 'faults' ? 'faults' : codeOf(answer);
function reportOf(answer: Awaited<ReturnType<typeof send>>) {
  if (answer.kind === 'faults') throw new Error(JSON.stringify(answer.faults));
  return resultOf(answer);
}
async function imported(rows: readonly WrittenRow[], more: Partial<WrittenFile> = {}) {
  const answer = await send(writtenFile({ rows, ...more }));
  return reportOf(answer);
}
const csv = (...lines: string[]) => Buffer.from(['date,amount,payer', ...lines, ''].join('\r\n'));
const listed = async (list: DepositList) => (await home.product.deposits.list(list, {})).rows;
const counted = async () =>
  Object.fromEntries(await Promise.all(DEPOSIT_LISTS.map(async one => [one, (await listed(one)).length])));
const resolve = (of: object, by = caller()) =>
  home.product.deposits.resolve(resolvedDeposit.parse({ reason: '電話で確認', ...of }), by);
const reconciled = async () =>
  (await home.product.closing.reconcile(BusinessMonth.parse('2026-11'))).map(({ check }) => check);

describe('an order by bank transfer (PAY-08)', () => {
  it('PL-06, PL-07: is of 1 to 5,000,000 yen', async () => {
    const of = (amount: string) =>
      home.product.payments.order(
        { account: A1, method: 'bank_transfer', amount: Money.of(amount) },
        caller(),
      );
    expect(codeOf(await of('0'))).toBe('OUTSIDE_METHOD_LIMITS');
    expect(codeOf(await of('1'))).toBe('done');
    expect(codeOf(await of('5000000'))).toBe('done');
    expect(codeOf(await of('5000001'))).toBe('OUTSIDE_METHOD_LIMITS');
  });

  it('shows our own account, and asks no gateway', async () => {
    const ordered = await order('10000');
    expect(ordered).toMatchObject({
      standing: 'waits_for_money',
      transferTo: {
        ...{ bank: 'みずほ銀行（0001）', branch: '東京支店（001）', kind: 'ordinary', number: '1234567' },
        holder: 'カ）ダイチョウ',
      },
    });
    expect((await home.product.payments.ways()).ways.map(({ method }) => method)).toEqual(['bank_transfer']);
  });

  it('PL-13: ordered a week before a holiday, is due on the business day before it', async () => {
    home.clock.moveTo('2027-04-28T10:00:00.000+09:00');
    expect((await order('10000')).payableUntil).toBe('2027-04-30T23:59:59.999+09:00');
  });

  it('is cancelled by its customer while nothing came', async () => {
    const { payment } = await order('10000');
    expect(codeOf(await home.product.payments.cancel({ account: A1, payment }, caller()))).toBe('done');
    const { payment: other } = await order('10000');
    expect(codeOf(await home.product.payments.cancel({ account: A1, payment: other }, caller()))).toBe(
      'done',
    );
  });

  it('expires after its last day, and is credited all the same when it was paid in time', async () => {
    const { payment } = await order('10000');
    home.clock.moveTo('2026-12-08T09:00:00.000+09:00');
    await home.product.payments.goOn(payment, caller());
    expect(await standing(payment)).toBe('expired');
    await imported([row(10000)], { day: '2026-12-07' });
    expect(await standing(payment)).toBe('completed');
    // The lot counts from the day on which it was paid (DECISIONS: Prepaid ledger).
    expect(await lots()).toEqual([['10000', '2026-12-07', '2027-06-05']]);
    expect(await reconciled()).toEqual([]);
  });
});

describe('a deposit', () => {
  it('becomes the lot of its order: payer, amount, and one order', async () => {
    const { payment } = await order('10000');
    const report = await imported([row(10000)]);
    expect(report).toMatchObject({ rows: 1, fresh: 1, matched: 1, ambiguous: 0, unknown: 0, sum: '10000' });
    expect([await standing(payment), await available()]).toEqual(['completed', '10000']);
    expect(await listed('matched')).toMatchObject([
      { account: 'A1', payment, outcome: 'lot', end: 'order', payer: 'ﾀｹﾄﾘ ｶｸﾞﾔ', day: '2026-11-30' },
    ]);
    expect(await reconciled()).toEqual([]);
  });

  it('that comes in the same file twice, in another file, or with other line ends, counts once', async () => {
    await order('10000');
    const rows = [row(10000), row(500, 'ｼﾗﾅｲﾋﾄ')];
    await imported(rows);
    expect(refusalOf(await send(writtenFile({ rows })))).toBe('DEPOSIT_FILE_KNOWN');
    expect(refusalOf(await send(writtenFile({ rows }, '\r\n')))).toBe('DEPOSIT_FILE_KNOWN');
    const more = await imported([...rows, row(700, 'ｼﾗﾅｲﾋﾄ')]);
    expect(more).toMatchObject({ rows: 3, fresh: 1, unknown: 1 });
    expect([await available(), await counted()]).toEqual([
      '10000',
      { matched: 1, ambiguous: 0, unknown: 2, decided: 0, cancelled: 0 },
    ]);
    expect(await reconciled()).toEqual([]);
  });

  it('that is told by two kinds of files waits for staff, who say that it is the same', async () => {
    await order('10000');
    await imported([row(10000)]);
    await imported([row(10000, 'ﾀｹﾄﾘ ｶｸﾞﾔ', { number: '00000001' })], { kind: '03' });
    expect(await available()).toBe('10000');
    const [twin] = await listed('ambiguous');
    expect(twin).toMatchObject({ why: 'told_twice', twin: expect.any(String) });
    expect(codeOf(await resolve({ deposit: twin!.deposit, end: 'noted' }))).toBe('done');
    expect([await counted(), await available()]).toEqual([
      { matched: 1, ambiguous: 0, unknown: 0, decided: 1, cancelled: 0 },
      '10000',
    ]);
    expect(await reconciled()).toEqual([]);
  });

  it('of two open orders of the same amount is ambiguous: staff choose', async () => {
    const first = await order('10000');
    const second = await order('10000');
    await imported([row(10000)]);
    const [waiting] = await listed('ambiguous');
    expect(waiting!.why).toBe('several_orders');
    expect(waiting!.candidates.map(({ payment }) => payment)).toEqual([first.payment, second.payment]);
    expect(await reconciled()).toEqual([]);
    const of = { deposit: waiting!.deposit, end: 'order', payment: second.payment };
    expect(resultOf(await resolve(of))).toMatchObject({ outcome: 'lot', account: 'A1' });
    expect([await standing(first.payment), await standing(second.payment)]).toEqual([
      'waits_for_money',
      'completed',
    ]);
    expect(codeOf(await resolve(of))).toBe('DEPOSIT_NOT_OPEN');
    expect(await reconciled()).toEqual([]);
  });

  it('of another amount is never credited by itself; staff charge the account or send it back', async () => {
    const { payment } = await order('10000');
    await imported([row(9780), row(220)]);
    const waiting = await listed('ambiguous');
    expect(waiting.map(({ why }) => why)).toEqual(['other_amount', 'other_amount']);
    const [short, rest] = waiting.map(({ deposit }) => deposit);
    expect(codeOf(await resolve({ deposit: short, end: 'order', payment }))).toBe('ORDER_OF_OTHER_AMOUNT');
    expect(codeOf(await resolve({ deposit: short, end: 'noted' }))).toBe('DEPOSIT_IS_MONEY');
    expect(await available()).toBe('0');
    expect(codeOf(await resolve({ deposit: short, end: 'account', account: 'A1' }))).toBe('done');
    expect(codeOf(await resolve({ deposit: rest, end: 'returned' }))).toBe('done');
    expect([await available(), await standing(payment)]).toEqual(['9780', 'waits_for_money']);
    expect(await reconciled()).toEqual([]);
  });

  it('of a payer whose name does not match waits, with the orders of its amount', async () => {
    const { payment } = await order('10000');
    await imported([row(10000, 'ﾅﾖﾀｹ ﾉｵｷﾅ')]);
    const [waiting] = await listed('ambiguous');
    expect(waiting).toMatchObject({ why: 'other_payer', candidates: [{ payment, account: 'A1' }] });
    expect(codeOf(await resolve({ deposit: waiting!.deposit, end: 'order', payment }))).toBe('done');
    expect(await available()).toBe('10000');
  });

  it('that nobody ordered is unknown', async () => {
    await imported([row(10000)]);
    expect((await listed('unknown')).map(({ why }) => why)).toEqual(['no_order']);
    expect(await available()).toBe('0');
    expect(await reconciled()).toEqual([]);
  });

  it('of the second of two equal transfers waits: one order is one payment', async () => {
    await order('10000');
    const report = await imported([row(10000), row(10000)]);
    expect([report.matched, report.unknown, await available()]).toEqual([1, 1, '10000']);
  });

  it('is refused what cannot be: an unknown order, another way, an account that is not there', async () => {
    await imported([row(10000)]);
    const { deposit } = (await listed('unknown'))[0]!;
    expect(codeOf(await resolve({ deposit, end: 'order', payment: 'l0000000000000000' }))).toBe(
      'NO_SUCH_PAYMENT',
    );
    expect(codeOf(await resolve({ deposit, end: 'account', account: 'NOPE' }))).toBe('NO_SUCH_ACCOUNT');
    expect(codeOf(await resolve({ deposit: `${deposit}9`, end: 'returned' }))).toBe('NO_SUCH_DEPOSIT');
    const { payment } = await order('10000');
    await home.product.payments.cancel({ account: A1, payment }, caller());
    expect(codeOf(await resolve({ deposit, end: 'order', payment }))).toBe('ORDER_NOT_PAYABLE');
  });
});

describe('a deposit that staff saw at the bank (PAY-08)', () => {
  const register = (payer: string, amount: string, by = caller(), day = '2026-11-30') => {
    const input = { day: BusinessDay.parse(day), amount: Money.of(amount), payer, reason: '通帳で確認' };
    return home.product.deposits.register(input, by);
  };

  it('is booked at once; neither the same request nor the file that comes later books it again', async () => {
    const { payment } = await order('10000');
    const by = caller();
    for (const _ of [1, 2])
      expect(resultOf(await register('タケトリ　カグヤ', '10000', by))).toMatchObject({
        ...{ list: 'matched', payment, account: 'A1', lot: expect.any(String) },
      });
    expect(codeOf(await register('タケトリ　カグヤ', '20000', by))).toBe('IDEMPOTENCY_KEY_REUSED');
    await imported([row(10000, 'ﾀｹﾄﾘ ｶｸﾞﾔ ｶﾝﾊﾟﾆ')]);
    expect(await listed('ambiguous')).toMatchObject([{ why: 'told_twice' }]);
    expect([await available(), await reconciled()]).toEqual(['10000', []]);
  });

  it('waits where it is not certain; days to come are refused', async () => {
    expect(resultOf(await register('ﾀﾞﾚｶ', '10000'))).toMatchObject({ list: 'unknown', why: 'no_order' });
    expect(codeOf(await register('ﾀﾞﾚｶ', '10000', caller(), '2026-12-01'))).toBe('IN_THE_FUTURE');
  });
});

describe('a virtual account', () => {
  const GIVEN = '9010000123';
  const give = (number: string, account = A1) =>
    home.product.deposits.giveVirtualAccount({ number, account }, caller());

  it('is given to one account for ever, and is what its customer is told', async () => {
    expect(codeOf(await give(GIVEN))).toBe('done');
    expect([codeOf(await give(GIVEN)), codeOf(await give(GIVEN, B2))]).toEqual([
      'nothing',
      'VIRTUAL_ACCOUNT_TAKEN',
    ]);
    expect((await order('3000')).transferTo).toMatchObject({ branch: '901', number: '0000123' });
  });

  it.each([
    ['payer-code', (amount: number) => ({ rows: [row(amount, 'ﾀﾞﾚｶ', { payerCode: GIVEN })] })],
    ['payer-name', (amount: number) => ({ rows: [row(amount, `${GIVEN} ﾀﾞﾚｶ`)] })],
    [
      'account',
      (amount: number) => ({
        rows: [row(amount, 'ﾀﾞﾚｶ')],
        header: { branch: '901', accountNumber: '0000123' },
      }),
    ],
  ] as const)('comes first, whoever paid: %s', async (place, file) => {
    await setting(place);
    await give(GIVEN);
    const { payment } = await order('10000');
    await imported(file(10000).rows, file(10000));
    expect([await standing(payment), await available()]).toEqual(['completed', '10000']);
    expect(await listed('matched')).toMatchObject([{ virtualAccount: GIVEN, payer: 'ﾀﾞﾚｶ' }]);
  });

  it('says whose it is where there is no order', async () => {
    await setting('payer-code');
    await give(GIVEN, B2);
    await order('10000');
    await imported([row(10000, 'ﾀｹﾄﾘ ｶｸﾞﾔ', { payerCode: GIVEN })]);
    expect(await listed('unknown')).toMatchObject([{ why: 'no_order', account: 'B2' }]);
  });
});

describe('a cancellation of the bank', () => {
  it('takes back what nobody has booked, told once or twice', async () => {
    const given = row(10000);
    await imported([given]);
    const cancelled = { ...given, cancelled: '1' };
    expect(await imported([given, cancelled])).toMatchObject({ fresh: 1, cancelled: 1 });
    await imported([cancelled], { trailer: { cancelledCount: 1 } });
    expect(await counted()).toEqual({ matched: 0, ambiguous: 0, unknown: 0, decided: 0, cancelled: 1 });
    expect(await reconciled()).toEqual([]);
  });

  it('in the file of its deposit leaves nothing to book, and the order open', async () => {
    const { payment } = await order('10000');
    const given = row(10000);
    await imported([given, { ...given, cancelled: '1' }]);
    expect([await available(), await standing(payment)]).toEqual(['0', 'waits_for_money']);
    expect(await reconciled()).toEqual([]);
  });

  it('of what became a lot waits for staff, and the books say so until they have noted it', async () => {
    await order('10000');
    const given = row(10000);
    await imported([given]);
    await imported([{ ...given, number: '999999', cancelled: '1' }], { day: '2026-12-01' });
    const [taken] = await listed('unknown');
    expect(taken).toMatchObject({ why: 'taken_back', amount: '10000' });
    expect(await reconciled()).toEqual(['deposit-taken-back']);
    expect(codeOf(await resolve({ deposit: taken!.deposit, end: 'returned' }))).toBe('DEPOSIT_IS_NO_MONEY');
    expect(codeOf(await resolve({ deposit: taken!.deposit, end: 'noted' }))).toBe('done');
    expect(await reconciled()).toEqual([]);
  });

  it('whose deposit nobody knows waits for staff: there is no money', async () => {
    await imported([row(10000, 'ﾀﾞﾚｶ', { cancelled: '1' })]);
    const [lone] = await listed('unknown');
    expect(lone).toMatchObject({ why: 'no_original', isCancellation: true });
    expect(codeOf(await resolve({ deposit: lone!.deposit, end: 'account', account: 'A1' }))).toBe(
      'DEPOSIT_IS_NO_MONEY',
    );
    expect(codeOf(await resolve({ deposit: lone!.deposit, end: 'noted' }))).toBe('done');
    expect(await reconciled()).toEqual([]);
  });
});

describe('a file', () => {
  it('with a fault imports nothing, and loses nothing', async () => {
    await order('10000');
    const bad = await send(writtenFile({ rows: [row(10000), row(1)], trailer: { sum: 1 } }));
    expect(bad).toMatchObject({
      kind: 'faults',
      faults: { problems: [{ file: 'bank.txt', line: 4, field: 'sum', code: 'TOTAL_DIFFERS' }] },
    });
    expect([await available(), (await home.product.deposits.files({})).rows]).toEqual(['0', []]);
  });

  it('of another account is refused', async () => {
    const foreign = await send(writtenFile({ rows: [row(1)], header: { accountNumber: '7654321' } }));
    expect(foreign).toMatchObject({ faults: { problems: [{ line: 1, code: 'NOT_OWN_ACCOUNT' }] } });
  });

  it('may be a CSV, whose rows without numbers count in their order', async () => {
    await order('10000');
    const answer = reportOf(await send(csv('2026/11/30,"10,000",タケトリ カグヤ')));
    expect(answer).toMatchObject({ format: 'csv', rows: 1, matched: 1 });
    expect(await available()).toBe('10000');
    const again = reportOf(
      await send(csv('2026-11-30,10000,タケトリ カグヤ', '2026-11-30,10000,タケトリ カグヤ')),
    );
    expect(again).toMatchObject({ rows: 2, fresh: 1, unknown: 1 });
    expect((await listed('unknown')).map(({ payer }) => payer)).toEqual(['タケトリ カグヤ']);
  });

  it('that broke off goes on where it stopped, and is one import', async () => {
    await order('10000');
    await order('2000', B2);
    const rows = [row(10000), row(2000, 'ｶ)ｱｵｿﾞﾗ')];
    const { product } = home;
    const credit = product.payments.process.takeDeposit.bind(product.payments.process);
    let calls = 0;
    product.payments.process.takeDeposit = (...of) => {
      if (++calls === 2) throw new Error('killed');
      return credit(...of);
    };
    await expect(send(writtenFile({ rows }))).rejects.toThrow('killed');
    expect((await product.deposits.files({})).rows).toMatchObject([{ completedAt: null }]);
    expect(await product.deposits.open(10)).toHaveLength(1);
    expect(await imported(rows)).toMatchObject({ fresh: 2, matched: 2 });
    expect([await available(), await available(B2), await product.deposits.open(10)]).toEqual([
      ...['10000', '2000'],
      [],
    ]);
    expect(await reconciled()).toEqual([]);
  });
});
