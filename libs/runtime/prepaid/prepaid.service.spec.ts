import { Instant, Money, parseAccountId } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { callFacts } from '../../../test/support/wallets.js';
import type { Caller } from '../product.views.js';
import type { Prepaid } from './prepaid.service.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

let sequence = 0;
const caller = (commandId = `p-${++sequence}`, actor = 'staff:tanaka'): Caller => ({
  actor: { id: actor, reason: 'test' },
  commandId,
});
const nobody = parseAccountId('nobody');
const call = callFacts('new', '2025-03-09');
const amount = Money.of('1');

type Asking = (prepaid: Prepaid) => Promise<unknown>;
const reversal = { reversal: 'r9', reason: 'mistake' };
const adjustment = { adjustment: 'a9', amount, reason: 'mistake', approvedBy: null };

const REFUSED: readonly (readonly [code: string, what: string, ask: Asking])[] = [
  [
    'NO_SUCH_ACCOUNT',
    'charge',
    p => p.charge({ account: nobody, amount, method: 'bank_transfer' }, caller()),
  ],
  ['NO_SUCH_ACCOUNT', 'hold', p => p.hold({ account: nobody, hold: 'h', amount, purpose: 'call' }, caller())],
  ['NO_SUCH_ACCOUNT', 'extend', p => p.extendHold({ account: nobody, hold: 'h', amount }, caller())],
  ['NO_SUCH_ACCOUNT', 'release', p => p.releaseHold({ account: nobody, hold: 'h' }, caller())],
  ['NO_SUCH_ACCOUNT', 'settle', p => p.settleHold({ account: nobody, hold: 'h', call }, caller())],
  ['NO_SUCH_ACCOUNT', 'adjust', p => p.adjust({ account: nobody, ...adjustment }, caller())],
  ['NO_SUCH_ACCOUNT', 'reverse', p => p.reverse({ account: nobody, debit: 'c1', ...reversal }, caller())],
  ['NO_SUCH_ACCOUNT', 'expire', p => p.expireDue(nobody, caller())],
  ['NO_SUCH_DEBIT', 'unknown', p => p.reverse({ account: A1, debit: 'c9', ...reversal }, caller())],
  ['NO_SUCH_DEBIT', "another's", p => p.reverse({ account: B2, debit: 'c1', ...reversal }, caller())],
  ['NO_SUCH_DEBIT', 'a charge', p => p.reverse({ account: A1, debit: 'L1', ...reversal }, caller())],
  [
    'REASON_REQUIRED',
    'reversal',
    p => p.reverse({ account: A1, debit: 'c9', ...reversal, reason: ' ' }, caller()),
  ],
  ['REASON_REQUIRED', 'adjustment', p => p.adjust({ account: A1, ...adjustment, reason: '' }, caller())],
  [
    'APPROVER_IS_ACTOR',
    'own approval',
    p => p.adjust({ account: A1, ...adjustment, approvedBy: 'staff:tanaka' }, caller()),
  ],
  [
    'LOT_EXISTS',
    'again',
    p => p.charge({ account: A1, amount, method: 'bank_transfer', lot: 'L1' }, caller()),
  ],
  ['HOLD_EXISTS', 'again', p => p.hold({ account: A1, hold: 'h1', amount, purpose: 'call' }, caller())],
  ['NO_SUCH_HOLD', 'extend', p => p.extendHold({ account: A1, hold: 'h9', amount }, caller())],
  [
    'NO_RATE',
    'settle',
    p => p.settleHold({ account: A1, hold: 'h1', call: { ...call, to: '99123456' } }, caller()),
  ],
];

describe('a request that is refused', () => {
  it.each(REFUSED)('leaves no trace: %s (%s)', async (code, _what, ask) => {
    const { head } = await books.product.health();
    expect(await ask(books.product.prepaid)).toMatchObject({ kind: 'rejected', rejection: { code } });
    expect((await books.product.health()).head).toBe(head);
  });
});

describe('a charge', () => {
  it('is a lot named after its request, unless it has a name', async () => {
    const { prepaid } = books.product;
    const input = { account: B2, amount: Money.of('100'), method: 'bank_transfer' } as const;
    expect(await prepaid.charge(input, caller('order-7'))).toMatchObject({
      kind: 'done',
      value: { lot: 'order-7', credited: '100', kind: 'paid', expiresOn: '2025-09-06' },
      replayed: false,
    });
    expect(await prepaid.charge(input, caller('order-7'))).toMatchObject({
      value: { lot: 'order-7' },
      replayed: true,
    });
    expect(await prepaid.charge({ ...input, amount }, caller('order-7'))).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('cannot lie in the future: it would let all older value expire', async () => {
    const { prepaid } = books.product;
    const at = (ahead: number) => Instant.plusMs(books.clock.now(), ahead);
    const pay = (ahead: number) =>
      prepaid.charge(
        { account: B2, amount, method: 'bank_transfer', lot: `in-${ahead}`, at: at(ahead) },
        caller(),
      );
    const before = await prepaid.balance(B2);
    expect(await pay(300_001)).toMatchObject({ rejection: { code: 'IN_THE_FUTURE' } });
    const later = { ...call, callId: 'later', startedAt: at(0), answeredAt: at(0), endedAt: at(300_001) };
    expect(await prepaid.settleHold({ account: B2, hold: 'none', call: later }, caller())).toMatchObject({
      rejection: { code: 'IN_THE_FUTURE' },
    });
    expect(await prepaid.balance(B2)).toEqual(before);
    expect(await pay(300_000)).toMatchObject({ kind: 'done' });
    books.clock.plusMs(300_000);
  });

  it('is not larger than anybody pays at once: a typing error must not fill the ledger', async () => {
    const { prepaid } = books.product;
    const pay = (yen: string) =>
      prepaid.charge(
        { account: B2, amount: Money.of(yen), method: 'bank_transfer', lot: `much-${yen}` },
        caller(),
      );
    const adjust = { account: B2, adjustment: 'much', amount: Money.of('-1000000001'), reason: 'r' };
    expect(await pay('1000000000.0001')).toMatchObject({
      rejection: { code: 'AMOUNT_TOO_LARGE', details: { most: '1000000000' } },
    });
    expect(await prepaid.adjust({ ...adjust, approvedBy: 'staff:suzuki' }, caller())).toMatchObject({
      rejection: { code: 'AMOUNT_TOO_LARGE' },
    });
  });

  it('counts its expiry from the payment, and says what had expired when it was booked', async () => {
    const { prepaid } = books.product;
    const paid = (lot: string, at: string) =>
      prepaid.charge(
        { account: A1, amount: Money.of('100'), method: 'bank_transfer', lot, at: Instant.parse(at) },
        caller(),
      );
    // The wallet's last decision is of 2025-03-10.
    expect(await paid('late-1', '2024-09-11T12:00:00.000+09:00')).toMatchObject({
      value: {
        issuedAt: '2024-09-11T12:00:00.000+09:00',
        expiresOn: '2025-03-10',
        remaining: '100',
        expired: '0',
      },
    });
    const before = await prepaid.balance(A1);
    expect(await paid('late-2', '2024-09-10T12:00:00.000+09:00')).toMatchObject({
      value: { credited: '100', expiresOn: '2025-03-09', remaining: '0', expired: '100' },
    });
    expect(await prepaid.balance(A1)).toEqual(before);
  });

  it('expires by the policy of its day, and says which', async () => {
    const { prepaid, catalogue, audit } = books.product;
    const policy = 'policies:\n  - name: prepaid.expiry-days\n    value: 30\n    valid_from: 2025-03-05\n';
    expect(await catalogue.importCatalogueYaml('p.yaml', policy, caller())).toMatchObject({ problems: [] });
    const credited = async (lot: string, at: string) =>
      prepaid.charge({ account: B2, amount, method: 'bonus', lot, at: Instant.parse(at) }, caller());
    expect(await credited('new', '2025-03-10T12:00:00.000+09:00')).toMatchObject({
      value: { kind: 'bonus', expiresOn: '2025-04-09' },
    });
    expect(await audit.explain('new')).toMatchObject({
      facts: { policy: 'prepaid.expiry-days@2025-03-05=30' },
    });
  });
});

describe('an adjustment', () => {
  const adjust = (commandId: string, adjustment: string, yen: string) =>
    books.product.prepaid.adjust(
      { account: B2, adjustment, amount: Money.of(yen), reason: 'goodwill', approvedBy: null },
      caller(commandId),
    );

  it('has a name of its own for ever, also after its value was spent', async () => {
    expect(await adjust('adjust-1', 'G1', '70')).toMatchObject({ kind: 'done', value: { amount: '70' } });
    expect(await adjust('adjust-2', 'G2', '-1000')).toMatchObject({ kind: 'done' });
    const { head } = await books.product.health();
    expect(await adjust('adjust-3', 'G1', '70')).toMatchObject({ rejection: { code: 'LOT_EXISTS' } });
    expect(await adjust('adjust-4', 'G2', '-5')).toMatchObject({ rejection: { code: 'ADJUSTMENT_EXISTS' } });
    expect(await adjust('adjust-5', 'G2', '5')).toMatchObject({ rejection: { code: 'ADJUSTMENT_EXISTS' } });
    expect(await adjust('adjust-1', 'G1', '70')).toMatchObject({ kind: 'done', replayed: true });
    expect((await books.product.health()).head).toBe(head);
    await adjust('adjust-6', 'G3', '1000');
  });
});

describe('a hold', () => {
  it('is extended, and released once', async () => {
    const { prepaid } = books.product;
    await prepaid.charge(
      { account: B2, amount: Money.of('50'), method: 'bank_transfer', lot: 'for-h' },
      caller(),
    );
    expect(
      await prepaid.hold({ account: B2, hold: 'h', amount: Money.of('10'), purpose: 'call' }, caller()),
    ).toMatchObject({ value: { hold: 'h', amount: '10' } });
    await prepaid.extendHold({ account: B2, hold: 'h', amount: Money.of('5') }, caller());
    expect(await prepaid.balance(B2)).toMatchObject({ held: '15' });
    expect(await prepaid.releaseHold({ account: B2, hold: 'h' }, caller())).toMatchObject({ kind: 'done' });
    expect(await prepaid.releaseHold({ account: B2, hold: 'h' }, caller())).toMatchObject({
      kind: 'nothing',
    });
    expect(await prepaid.balance(B2)).toMatchObject({ held: '0' });
  });

  it('is settled by a call that costs nothing, too', async () => {
    const { prepaid } = books.product;
    await prepaid.hold({ account: B2, hold: 'h2', amount, purpose: 'call' }, caller());
    const unanswered = { ...call, callId: 'no-answer', answeredAt: null, durationMs: 0 };
    expect(await prepaid.settleHold({ account: B2, hold: 'h2', call: unanswered }, caller())).toMatchObject({
      value: { hold: 'h2', net: '0', tax: '0' },
    });
    expect(await prepaid.balance(B2)).toMatchObject({ held: '0' });
  });
});
