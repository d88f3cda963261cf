import fc from 'fast-check';
import { type AccountId, BusinessDay, Instant, Money, YEAR_END } from '#kernel';
import { specOf } from '#testing';
import { type PaymentMethod, payableUntil } from '../methods.js';
import type { TakeEvidence } from './evidence.js';
import { type PaymentCommand, payment } from './payment.js';
import { keyOf, liveAttempt, type PaymentState, paymentOfAttempt } from './payment.state.js';

const { givenCommands } = specOf(payment);
const at = (text: string): Instant => Instant.parse(`${text.replace(' ', 'T')}.000+09:00`);
const NOW = at('2026-11-30 10:00:00');
const UNTIL = at('2026-12-07 23:59:59');
const yen = Money.of;
const A1 = 'A1' as AccountId;

const order = (more: object = {}): PaymentCommand => ({
  ...{ type: 'OrderPayment', now: NOW, payment: 't1', account: A1, method: 'konbini', amount: yen('10000') },
  ...{ chain: null, payableUntil: UNTIL, policy: 'payment.days-to-pay@standard=7' },
  ...{ gateway: 'sandbox', environment: 'test' },
  ...more,
});
const evidence = (more: Partial<TakeEvidence> = {}): TakeEvidence => ({
  ...{ type: 'TakeEvidence', now: NOW, attempt: 't1-1', environment: 'test', reference: 'S1' },
  ...{ source: 'inquiry', state: 'paid', received: yen('10000'), returned: Money.zero },
  ...{ paidAt: NOW, decline: null, accountIsOpen: true },
  ...more,
});
const answer = (attempt = 't1-1', reference = 'S1'): PaymentCommand => ({
  ...{ type: 'AnswerAttempt', now: NOW, attempt, reference, page: null, chain: 'lawson', transferTo: null },
  numbers: [{ kind: 'receipt', value: '123456' }],
});
const waiting = evidence({ state: 'waits_for_money', received: Money.zero, paidAt: null });
const complete: PaymentCommand = { type: 'CompletePayment', now: NOW, lot: 't1.sandbox' };
const cancel: PaymentCommand = { type: 'CancelPayment', now: NOW };
const expire = (now = at('2026-12-08 00:00:00')): PaymentCommand => ({ type: 'ExpirePayment', now });
const end = (attempt = 't1-1'): PaymentCommand => ({
  type: 'EndAttempt',
  now: NOW,
  attempt,
  why: 'cancelled',
});
const begin = (now = NOW): PaymentCommand => ({
  ...{ type: 'BeginAttempt', now, gateway: 'sandbox', environment: 'test' },
});
const hear = (notification: string): PaymentCommand => ({
  ...{ type: 'HearNotification', now: NOW, gateway: 'sandbox', notification },
});

/** The state after all of these, whatever each of them came to. */
function madeOf(...commands: readonly PaymentCommand[]): PaymentState {
  let state = payment.fresh();
  for (const command of commands) {
    const outcome = payment.decide(command, state);
    if (outcome.kind === 'events') for (const event of outcome.events) state = payment.evolve(state, event);
  }
  return state;
}

/** What was taken back of lots. */
const returnsOf = ({ returns }: PaymentState) => returns.map(one => [one.lot, Money.text(one.amount)]);

/** What was decided of the money that came in, by what it became. */
const moneyOf = ({ accepted, parked }: PaymentState) => [
  ...(accepted ? [['lot', Money.text(accepted.amount)]] : []),
  ...parked.map(one => [one.why, Money.text(one.amount)]),
];

/** FIELD 1.8, by number: [what happens, in this order, what becomes of the money]. */
const FAULTS: readonly (readonly [string, readonly PaymentCommand[], readonly (readonly string[])[]])[] = [
  [
    '1, 2: the browser comes back and the notification comes: one credit',
    [evidence({ source: 'answer' }), hear('n1'), evidence(), hear('n2'), evidence()],
    [['lot', '10000']],
  ],
  [
    '3: the answer is lost, and the same attempt is asked again',
    [answer(), evidence(), answer()],
    [['lot', '10000']],
  ],
  ['5: the notification comes before the answer', [hear('n1'), evidence(), answer()], [['lot', '10000']]],
  [
    '6: a failure comes after the success',
    [evidence(), evidence({ state: 'failed', received: Money.zero, decline: 'declined' })],
    [['lot', '10000']],
  ],
  ['6: paid is set back to unpaid by an older word', [evidence(), waiting], [['lot', '10000']]],
  [
    '9: paid in time, heard of after it has expired',
    [answer(), waiting, end(), expire(), evidence({ now: at('2026-12-09 10:00:00'), paidAt: UNTIL })],
    [['lot', '10000']],
  ],
  [
    '9: paid after the deadline',
    [
      answer(),
      end(),
      expire(),
      evidence({ now: at('2026-12-08 00:00:00'), paidAt: at('2026-12-08 00:00:00') }),
    ],
    [['after_deadline', '10000']],
  ],
  [
    '10: two slips of one order, both paid',
    [
      answer(),
      end(),
      begin(),
      answer('t1-2', 'S2'),
      evidence(),
      evidence({ attempt: 't1-2', reference: 'S2' }),
    ],
    [
      ['lot', '10000'],
      ['second_payment', '10000'],
    ],
  ],
  ['11, PL-10: another amount', [evidence({ received: yen('9999') })], [['different_amount', '9999']]],
  [
    '11: too little, then the rest of it',
    [evidence({ received: yen('9999') }), evidence({ received: yen('10000') })],
    [
      ['different_amount', '9999'],
      ['different_amount', '1'],
    ],
  ],
  ['11: too much', [evidence({ received: yen('10001') })], [['different_amount', '10001']]],
  ['14: a slip was issued, which is not paid', [answer(), waiting], []],
  ['a cancelled order is paid all the same', [end(), cancel, evidence()], [['cancelled_order', '10000']]],
  ['the account is over', [evidence({ accountIsOpen: false })], [['account_closed', '10000']]],
  [
    'it is paid once more after it is complete',
    [evidence(), complete, evidence({ received: yen('20000') })],
    [
      ['lot', '10000'],
      ['second_payment', '10000'],
    ],
  ],
];

describe('money that comes in', () => {
  it.each(FAULTS)('%s', (_, commands, becomes) => {
    expect(moneyOf(madeOf(order(), ...commands))).toEqual(becomes);
  });

  const HEARD = at('2026-12-01 10:00:00');
  it.each([
    ['a day ago', NOW, NOW],
    ['by a clock that is a year ahead', at('2027-12-01 10:00:00'), HEARD],
    ['before it was ordered', at('1970-01-02 00:00:00'), NOW],
    ['and it is not said when', null, HEARD],
  ])('is from when it was paid, after the order and not after now: %s', (_, paidAt, issued) => {
    expect(madeOf(order(), evidence({ now: HEARD, paidAt })).accepted?.paidAt).toBe(issued);
  });

  it('is never of the other environment (fault 12): TEST_AND_LIVE', () => {
    givenCommands(order())
      .when(evidence({ environment: 'live' }))
      .thenRejected('TEST_AND_LIVE');
  });

  it('is of an attempt of the payment: UNKNOWN_ATTEMPT, NO_SUCH_PAYMENT', () => {
    givenCommands(order())
      .when(evidence({ attempt: 't1-2' }))
      .thenRejected('UNKNOWN_ATTEMPT');
    givenCommands().when(evidence()).thenRejected('NO_SUCH_PAYMENT');
  });

  it('is all decided on, once, in whatever order it is told: nothing is lost and nothing made', () => {
    const words = fc.constantFrom('waits_for_customer', 'waits_for_money', 'paid', 'failed', 'cancelled');
    const told = fc.record({
      attempt: fc.constantFrom('t1-1', 't1-2'),
      state: words,
      received: fc.integer({ min: 0, max: 20_000 }).map(n => yen(String(n))),
      paidAt: fc.constantFrom(NOW, UNTIL, at('2026-12-08 00:00:00')),
      accountIsOpen: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), fc.nat(12), (all, cut) => {
        const commands: PaymentCommand[] = all.map(one =>
          evidence({ ...one, reference: `S-${one.attempt}` } as Partial<TakeEvidence>),
        );
        commands.splice(cut, 0, end(), begin(), cancel, expire(), complete);
        const state = madeOf(order(), ...commands);
        for (const attempt of ['t1-1', 't1-2']) {
          const key = keyOf({ gateway: 'sandbox', reference: `S-${attempt}` });
          const most = state.evidence.get(key)?.received ?? Money.zero;
          expect(state.decided.get(key) ?? Money.zero).toBe(most);
        }
        const parked = Money.sum(state.parked.map(one => one.amount));
        const all2 = Money.sum([...state.decided.values()]);
        expect(Money.add(parked, state.accepted?.amount ?? Money.zero)).toBe(all2);
      }),
    );
  });
});

describe('an order of prepaid value', () => {
  it('is one order, however often it is asked for', () =>
    givenCommands(order()).when(order()).thenNothing('this is known already'));

  it('has one attempt at a time: what is not known yet blocks another one (fault 7)', () => {
    givenCommands(order()).when(begin()).thenRejected('ATTEMPT_UNDER_WAY');
    givenCommands(order(), answer()).when(begin()).thenRejected('ATTEMPT_UNDER_WAY');
    givenCommands(order()).when(cancel).thenRejected('ATTEMPT_UNDER_WAY');
    const again = givenCommands(order(), end(), begin());
    expect(liveAttempt(again.state)?.attempt).toBe('t1-2');
    expect(paymentOfAttempt('t1-2')).toBe('t1');
  });

  it('is paid in another way when the first one failed, until its deadline', () => {
    const declined = evidence({ state: 'failed', received: Money.zero, paidAt: null, decline: 'declined' });
    const failed = givenCommands(order({ method: 'card' }), declined);
    expect(liveAttempt(failed.state)).toBeUndefined();
    expect(failed.state.attempts.map(one => one.ended)).toEqual(['declined']);
    failed.when(begin(at('2026-12-08 00:00:00'))).thenRejected('DEADLINE_PASSED');
    givenCommands(order(), evidence())
      .when(end())
      .then({
        ...{ type: 'AttemptEnded', at: NOW, attempt: 't1-1', why: 'cancelled' },
      });
    givenCommands(order(), evidence(), end()).when(begin()).thenRejected('PAYMENT_NOT_OPEN');
  });

  it('expires only after its last instant, and when nobody can pay it any more', () => {
    givenCommands(order(), end()).when(expire(UNTIL)).thenRejected('STILL_PAYABLE');
    givenCommands(order()).when(expire()).thenRejected('STILL_PAYABLE');
    expect(givenCommands(order(), end(), expire()).state.phase).toBe('expired');
  });

  it('tells the customer what is told later of how to pay it, and never less than before', () => {
    const page = (url: string): PaymentCommand => ({ ...answer(), page: url, numbers: [] }) as PaymentCommand;
    const told = givenCommands(order(), page('https://a.example/1'), answer());
    expect(told.state.attempts).toMatchObject([
      { instructions: { page: 'https://a.example/1', numbers: [{ kind: 'receipt', value: '123456' }] } },
    ]);
    told.when(page('https://a.example/1')).thenNothing('the attempt has its answer already');
    told.when(answer('t1-1', 'S2')).thenNothing('the attempt has its answer already');
    const moved = givenCommands(order(), page('https://a.example/1'), page('https://b.example/1'));
    expect(moved.state.attempts).toMatchObject([{ instructions: { page: 'https://b.example/1' } }]);
  });

  it('may end where another amount came in: whatever comes later is parked', () => {
    const short = [order(), answer(), evidence({ received: yen('9999') })];
    expect(givenCommands(...short, expire()).state.phase).toBe('expired');
    expect(givenCommands(...short, cancel).state.phase).toBe('cancelled');
    expect(moneyOf(madeOf(...short, cancel, evidence({ received: yen('19999') })))).toEqual([
      ['different_amount', '9999'],
      ['cancelled_order', '10000'],
    ]);
  });

  it('is complete with its own lot, once', () => {
    const paid = givenCommands(order(), evidence());
    paid.when({ ...complete, lot: 'other' } as PaymentCommand).thenRejected('PAYMENT_NOT_OPEN');
    expect(givenCommands(order(), evidence(), complete).state.phase).toBe('completed');
    givenCommands(order(), evidence(), complete)
      .when(complete)
      .thenNothing('the payment is complete already');
    givenCommands(order(), evidence(), complete).when(cancel).thenRejected('PAYMENT_NOT_OPEN');
  });

  it('parks what the wallet does not take, in its place', () => {
    const park: PaymentCommand = { type: 'ParkAccepted', now: NOW, why: 'account_closed' };
    const { state } = givenCommands(order(), evidence(), park);
    expect([moneyOf(state), state.phase]).toEqual([[['account_closed', '10000']], 'cancelled']);
    expect(state.decided.get('sandbox/S1')).toBe(yen('10000'));
  });
});

describe('parked money', () => {
  const parked = [order(), evidence({ received: yen('9999') })];
  const resolve = (end: 'credited' | 'returned'): PaymentCommand => ({
    ...{ type: 'ResolveParked', now: NOW, parked: 't1.1', end, reason: 'お客様に確認済み' },
    accountIsOpen: true,
  });
  const settle: PaymentCommand = { type: 'SettleParked', now: NOW, parked: 't1.1' };

  it('is decided on by staff once, with the reason, and done after that', () => {
    givenCommands(...parked)
      .when(settle)
      .thenRejected('NOT_PARKED');
    givenCommands(...parked, resolve('returned'))
      .when(resolve('credited'))
      .thenRejected('NOT_PARKED');
    const { state } = givenCommands(...parked, resolve('credited'), settle);
    expect(state.parked).toMatchObject([{ end: 'credited', settled: true, reason: 'お客様に確認済み' }]);
    givenCommands(...parked, resolve('credited'), settle)
      .when(settle)
      .thenNothing('this is known already');
  });
});

describe('parked money of an account that is over', () => {
  it('cannot be credited, and goes back', () => {
    const over = {
      ...{ type: 'ResolveParked', now: NOW, parked: 't1.1', reason: '解約済み' },
      accountIsOpen: false,
    };
    const parked = givenCommands(order(), evidence({ accountIsOpen: false }));
    parked.when({ ...over, end: 'credited' } as PaymentCommand).thenRejected('ACCOUNT_ENDED');
    expect(
      givenCommands(order(), evidence({ accountIsOpen: false }), {
        ...over,
        end: 'returned',
      } as PaymentCommand).state.parked,
    ).toMatchObject([{ end: 'returned' }]);
  });
});

describe('the last instant at which it can be paid', () => {
  const terms = { daysToPay: 7, closedDays: new Set<BusinessDay>(), yearEnd: YEAR_END, policy: '' };
  it.each<[string, PaymentMethod, string, string]>([
    ['PL-11: a store order of a Tuesday', 'konbini', '2015-03-10 12:00:00', '2015-03-17'],
    ['a card order at the last instant of a day', 'card', '2026-11-30 23:59:59', '2026-12-07'],
    ['a net bank order at the first instant of the next', 'net_bank', '2026-12-01 00:00:00', '2026-12-08'],
    ['PL-13: a bank transfer, due on a holiday', 'bank_transfer', '2025-04-28 10:00:00', '2025-05-02'],
    ['a bank transfer over New Year', 'bank_transfer', '2026-12-25 10:00:00', '2026-12-28'],
  ])('%s', (_, method, ordered, until) => {
    expect(payableUntil(method, at(ordered), terms)).toBe(BusinessDay.end(BusinessDay.parse(until)));
  });

  it('is never before the day of the order', () => {
    const oneDay = { ...terms, daysToPay: 1 };
    const ordered = at('2026-12-31 10:00:00');
    expect(payableUntil('bank_transfer', ordered, oneDay)).toBe(BusinessDay.end(BusinessDay.of(ordered)));
  });
});

describe('money that went back to whoever paid', () => {
  const back = (returned: string, more: Partial<TakeEvidence> = {}) =>
    evidence({ returned: yen(returned), ...more });
  const short = evidence({ received: yen('9999') });
  const resolve = (end: 'credited' | 'returned'): PaymentCommand => ({
    ...{ type: 'ResolveParked', now: NOW, parked: 't1.1', end, reason: 'x', accountIsOpen: true },
  });

  it.each([
    ['all of it', [evidence(), complete, back('10000')], [['t1.sandbox', '10000']]],
    ['told twice', [evidence(), complete, back('10000'), back('10000')], [['t1.sandbox', '10000']]],
    [
      'in parts',
      [evidence(), complete, back('4000'), back('10000')],
      [
        ['t1.sandbox', '4000'],
        ['t1.sandbox', '6000'],
      ],
    ],
    ['older news', [evidence(), complete, back('4000'), back('3000')], [['t1.sandbox', '4000']]],
    ['heard of with the payment itself', [back('10000')], [['t1.sandbox', '10000']]],
    ['of money that waits for staff', [short, back('9999', { received: yen('9999') })], []],
    ['returned by staff', [short, resolve('returned'), back('9999', { received: yen('9999') })], []],
    [
      'credited by staff',
      [short, resolve('credited'), back('9999', { received: yen('9999') })],
      [['t1.1', '9999']],
    ],
    ['more than was credited', [evidence(), complete, back('99999')], [['t1.sandbox', '10000']]],
  ] as const)('%s', (_, commands, taken) => {
    expect(returnsOf(madeOf(order(), answer(), ...(commands as readonly PaymentCommand[])))).toEqual(taken);
  });

  it('is taken from the wallet once', () => {
    const settle: PaymentCommand = { type: 'SettleReturn', now: NOW, back: 't1.b1' };
    const state = madeOf(order(), answer(), evidence(), complete, back('10000'), settle);
    expect(state.returns).toMatchObject([{ settled: true }]);
    expect(payment.decide(settle, state).kind).toBe('nothing');
    expect(payment.decide({ ...settle, back: 't1.b9' }, state).kind).toBe('nothing');
  });
});
