import fc from 'fast-check';
import { type AccountId, BusinessDay, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type NumberCommand,
  type NumberEvent,
  type NumberState,
  numberClaim,
  numberRefusals,
  numberStream,
  standingOfNumber,
} from './number.js';
import type { NumberStock } from './number-stock.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const today = BusinessDay.of(now);
const minutesOn = (minutes: number): Instant => Instant.plusMs(now, minutes * 60_000);
const number = '05012345678';
const [A1, B2] = ['A1', 'B2'] as AccountId[] as [AccountId, AccountId];
const stock: NumberStock = {
  category: 'domestic',
  kind: 'STA',
  product: 'number.050',
  region: '',
  city: '',
  areaCode: '050',
};

const claim = (account = A1, more: object = {}) =>
  ({ type: 'ClaimNumber', now, number, account, ...more }) as NumberCommand;
const release = (account = A1, claims = 1): NumberCommand => ({
  type: 'ReleaseNumber',
  now,
  number,
  account,
  claim: claims,
});
const freeOn = BusinessDay.plus(today, 180);
const end = (account = A1, claims = 1): NumberCommand => ({
  type: 'EndNumber',
  now,
  number,
  account,
  claim: claims,
  freeOn,
});
const reserve = (account = A1, cart = 'A1_1', more: object = {}) =>
  ({
    type: 'ReserveNumber',
    now,
    number,
    account,
    cart,
    until: minutesOn(30),
    stock,
    ...more,
  }) as NumberCommand;
const unreserve = (cart = 'A1_1'): NumberCommand => ({ type: 'UnreserveNumber', now, number, cart });
const withdraw: NumberCommand = { type: 'WithdrawNumber', now, number, stock, why: 'kept for a shop' };
const restock: NumberCommand = { type: 'StockNumber', now, number, stock };

const claimed = (account = A1, more: object = {}): NumberEvent => ({
  type: 'NumberClaimed',
  at: now,
  number,
  account,
  ...more,
});
const released = { type: 'NumberReleased', at: now, number, account: A1 } as const satisfies NumberEvent;
const reserved = (account = A1, cart = 'A1_1', until = minutesOn(30)): NumberEvent => ({
  type: 'NumberReserved',
  at: now,
  number,
  account,
  cart,
  until,
});
const unreserved: NumberEvent = { type: 'NumberUnreserved', at: now, number, cart: 'A1_1' };
const ended = (on = freeOn): Extract<NumberEvent, { type: 'NumberEnded' }> => ({
  type: 'NumberEnded',
  at: now,
  number,
  account: A1,
  freeOn: on,
});
const withdrawn: NumberEvent = { type: 'NumberWithdrawn', at: now, number, why: 'kept for a shop' };
const restocked: NumberEvent = { type: 'NumberRestocked', at: now, number };
const { given } = specOf(numberClaim);

describe('a telephone number', () => {
  it('belongs to the account that claims it first', () => given().when(claim()).then(claimed()));

  it('belongs to it once', () =>
    given(claimed()).when(claim()).thenNothing('the number belongs to this account already'));

  it('belongs to one account at a time: NUMBER_TAKEN', () => {
    given(claimed()).when(claim(B2)).thenRejected('NUMBER_TAKEN');
    expect(numberStream('05012345678')).toBe('number-05012345678');
  });

  it('is released by the account that has it, and free for any other one', () => {
    given(claimed()).when(release()).then(released);
    given(claimed(), released).when(claim(B2)).then(claimed(B2));
  });

  it.each([
    ['of another account', [claimed()], release(B2, 1)],
    ['that was released', [claimed(), released], release(A1, 1)],
    ['before the one that holds now', [claimed(), released, claimed()], release(A1, 1)],
  ] as const)('keeps its owner when a claim ends %s', (_, events, command) =>
    given(...events)
      .when(command)
      .thenNothing('this claim has ended already'),
  );

  it('of the stock says with its claim what prices it, and for which order', () => {
    const facts = { order: 'o1', product: 'number.050' };
    given(reserved())
      .when(claim(A1, { stock, order: 'o1', cart: 'A1_1' }))
      .then(claimed(A1, facts));
    given(claimed(A1, facts))
      .when(release())
      .then({ ...released, product: 'number.050' });
    given(claimed(A1, facts))
      .when(end())
      .then({ ...ended(), product: 'number.050' });
  });

  it('is had for the price of its own product alone', () =>
    given()
      .when(claim(A1, { stock, order: 'o1', product: 'number.cheap' }))
      .thenRejected('NUMBER_OF_OTHER_PRODUCT', { number, product: 'number.050' }));

  it('stays in its cart when the order that claimed it comes to nothing', () =>
    given(reserved(), claimed(), released).when(claim(B2)).thenRejected('NUMBER_RESERVED'));

  it('is kept longer when the cart asks again, and for others from the instant of its end on', () => {
    given(reserved()).when(reserve()).thenNothing('the number is in this cart already');
    given(reserved())
      .when(reserve(A1, 'A1_1', { until: minutesOn(31) }))
      .then(reserved(A1, 'A1_1', minutesOn(31)));
    const later = { now: minutesOn(30), until: minutesOn(60) };
    given(reserved())
      .when(reserve(B2, 'B2_1', { ...later, now: Instant.plusMs(minutesOn(30), -1) }))
      .thenRejected('NUMBER_RESERVED');
    given(reserved())
      .when(reserve(B2, 'B2_1', later))
      .then({ ...reserved(B2, 'B2_1', minutesOn(60)), at: minutesOn(30) });
  });

  it('belongs to nobody in its quarantine, and free from its day on', () => {
    given(ended(BusinessDay.plus(today, 1)))
      .when(claim(B2))
      .thenRejected('NUMBER_QUARANTINED', { freeOn: '2026-10-02' });
    given(ended(today)).when(claim(B2)).then(claimed(B2));
  });

  it('that was never in stock is no thing of a cart, and is assigned all the same', () => {
    given()
      .when(reserve(A1, 'A1_1', { stock: null }))
      .thenRejected('NUMBER_NOT_IN_STOCK');
    given()
      .when({ ...withdraw, stock: null })
      .thenRejected('NUMBER_NOT_IN_STOCK');
    given()
      .when({ ...restock, stock: null })
      .thenRejected('NUMBER_NOT_IN_STOCK');
    given()
      .when(claim(A1, { stock: null, order: 'o1' }))
      .thenRejected('NUMBER_NOT_IN_STOCK');
    given()
      .when(claim(A1, { stock: null }))
      .then(claimed());
  });
});

/** Every state, and what each command comes to in it: an event, a refusal, or nothing. */
const STATES: readonly (readonly [string, readonly NumberEvent[], readonly string[]])[] = [
  // claim A1, claim B2, reserve A1, reserve B2, unreserve, release, end, withdraw, restock
  [
    'available',
    [],
    ['NumberClaimed', 'NumberClaimed', 'NumberReserved', 'NumberReserved'].concat([
      '-',
      '-',
      '-',
      'NumberWithdrawn',
      '-',
    ]),
  ],
  [
    'reserved',
    [reserved()],
    ['NumberClaimed', 'NUMBER_RESERVED', '-', 'NUMBER_RESERVED'].concat([
      'NumberUnreserved',
      '-',
      '-',
      'NumberWithdrawn',
      '-',
    ]),
  ],
  [
    'claimed',
    [claimed()],
    ['-', 'NUMBER_TAKEN', 'NUMBER_IN_USE', 'NUMBER_TAKEN'].concat([
      '-',
      'NumberReleased',
      'NumberEnded',
      'NUMBER_IN_USE',
      '-',
    ]),
  ],
  [
    'quarantined',
    [claimed(), ended()],
    ['NUMBER_QUARANTINED', 'NUMBER_QUARANTINED', 'NUMBER_QUARANTINED', 'NUMBER_QUARANTINED'].concat([
      '-',
      '-',
      '-',
      'NumberWithdrawn',
      '-',
    ]),
  ],
  [
    'withdrawn',
    [withdrawn],
    ['NUMBER_WITHDRAWN', 'NUMBER_WITHDRAWN', 'NUMBER_WITHDRAWN', 'NUMBER_WITHDRAWN'].concat([
      '-',
      '-',
      '-',
      '-',
      'NumberRestocked',
    ]),
  ],
  [
    'available',
    [reserved(A1, 'A1_1', now)],
    ['NumberClaimed', 'NumberClaimed', 'NumberReserved', 'NumberReserved'].concat([
      '-',
      '-',
      '-',
      'NumberWithdrawn',
      '-',
    ]),
  ],
  [
    'available',
    [reserved(), unreserved, withdrawn, restocked],
    ['NumberClaimed', 'NumberClaimed', 'NumberReserved', 'NumberReserved'].concat([
      '-',
      '-',
      '-',
      'NumberWithdrawn',
      '-',
    ]),
  ],
];
const COMMANDS: readonly NumberCommand[] = [
  claim(A1, { stock, cart: 'A1_1' }),
  claim(B2, { stock, cart: 'B2_1' }),
  reserve(),
  reserve(B2, 'B2_1'),
  unreserve(),
  release(),
  end(),
  withdraw,
  restock,
];

describe('every command in every state of a number', () => {
  it.each(STATES)('%s', (standing, events, outcomes) => {
    const state = given(...events).state;
    expect(standingOfNumber(state, now)).toBe(standing);
    const found = COMMANDS.map(command => {
      const outcome = numberClaim.decide(command, state);
      if (outcome.kind === 'events') return outcome.events.map(event => event.type).join();
      return outcome.kind === 'rejected' ? outcome.rejection.code : '-';
    });
    expect(found).toEqual(outcomes);
  });

  it('gives every refusal there is', () => {
    const given = new Set(STATES.flatMap(([, , outcomes]) => outcomes));
    const missing = Object.keys(numberRefusals).filter(code => !given.has(code));
    expect(missing).toEqual(['NUMBER_OF_OTHER_PRODUCT', 'NUMBER_NOT_IN_STOCK']);
  });
});

describe('any interleaving of commands on one number', () => {
  const who = fc.constantFrom(A1, B2, 'C3' as AccountId);
  const step = fc.record({
    minutes: fc.integer({ min: 0, max: 40 }),
    does: fc.constantFrom('claim', 'release', 'end', 'reserve', 'unreserve', 'withdraw', 'restock'),
    account: who,
  });

  const commandOf = (
    does: string,
    account: AccountId,
    at: Instant,
    { claims }: NumberState,
  ): NumberCommand => {
    const cart = `${account}_1`;
    const base = { now: at, number };
    switch (does) {
      case 'claim':
        return { ...base, type: 'ClaimNumber', account, stock, cart };
      case 'release':
        return { ...base, type: 'ReleaseNumber', account, claim: claims };
      case 'end':
        return {
          ...base,
          type: 'EndNumber',
          account,
          claim: claims,
          freeOn: BusinessDay.plus(BusinessDay.of(at), 1),
        };
      case 'reserve':
        return { ...base, type: 'ReserveNumber', account, cart, stock, until: Instant.plusMs(at, 1_800_000) };
      case 'unreserve':
        return { ...base, type: 'UnreserveNumber', cart };
      case 'withdraw':
        return { ...base, type: 'WithdrawNumber', stock, why: 'x' };
      default:
        return { ...base, type: 'StockNumber', stock };
    }
  };

  it('lets at most one have it, and nobody while another one keeps it', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        let state = numberClaim.fresh();
        let at = now;
        for (const { minutes, does, account } of steps) {
          at = Instant.plusMs(at, minutes * 60_000);
          const before = standingOfNumber(state, at);
          const outcome = numberClaim.decide(commandOf(does, account, at, state), state);
          if (outcome.kind !== 'events') continue;
          for (const event of outcome.events) {
            if (event.type === 'NumberClaimed' || event.type === 'NumberReserved') {
              const own = state.reserved?.account === account;
              expect(before === 'available' || (before === 'reserved' && own)).toBe(true);
            }
            if (event.type === 'NumberEnded' || event.type === 'NumberReleased')
              expect(state.owner).toBe(account);
            state = numberClaim.evolve(state, event);
          }
        }
      }),
    ));
});
