import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Instant } from '#kernel';
import { specOf } from '#testing';
import { product } from '../catalogue/product.fixture.js';
import { type ReductionRule, reduced, type Share, sharesAt, totalOf, unitsOf } from './allotting.js';
import {
  A1,
  at,
  bought,
  CHANNEL,
  CIRCLE,
  cancel,
  complete,
  FAX,
  FAX_CHANNEL,
  item,
  place,
  reductionOn,
  TERMS,
  TRUNK,
  undo,
} from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';
import { type Book, isInContract } from './book.state.js';

const { givenCommands } = specOf(contractBook);
const MONITORING = product('option.monitoring', {
  ...{ kind: 'option', nameJa: 'モニタリング', nameEn: 'Monitoring', capabilities: ['allotted'] },
});
const ROOM = product('option.room', { kind: 'option', capabilities: ['makes_unique', 'not_a_terminal'] });

/** Trunk terminals A and B with three channels: five calls. Two FAX terminals with one channel: three. */
const [A, B] = ['0000000000', '0000000001'];
const [FAX_A, FAX_B] = ['0000001000', '0000001001'];
const ROOM_ID = '0000001002';
const PHONES = ['0000000901', '0000000902', '0000000903'];
const owned = bought('2025-01-10 10:00:00', [
  ...[item(TRUNK, 2), item(CHANNEL, 3), item(FAX, 2), item(FAX_CHANNEL), item(MONITORING, 2), item(ROOM)],
]);
const [TRUNK_A, TRUNK_B] = ['o1-01', 'o1-02'];
const CHANNELS = ['o1-03', 'o1-04', 'o1-05'];

const shared = (of: Readonly<Record<string, number>>): Share[] =>
  Object.entries(of).map(([unique, count]) => ({ unique, count }));
const allot = (when: string, pool: string, of: readonly Share[]) =>
  ({
    type: 'AllotUnits',
    now: at(when),
    ...{ account: A1, circle: CIRCLE, pool, uniques: [...PHONES, ROOM_ID], wanted: of, reductionOn },
  }) satisfies ContractCommand;
const endDue = (when: string): ContractCommand => ({ type: 'EndDue', now: at(when), reductionOn });
const CALLS = { circle: CIRCLE, pool: 'calls' };
const callsAt = (book: Book, when: string) => sharesAt(book, CALLS, at(when), reductionOn);

describe('an allotment', () => {
  const customer = givenCommands(...owned);
  it.each([
    ['LM-12', 'calls', { [A!]: 3, [B!]: 2 }, null],
    ['LM-12', 'calls', { [A!]: 3, [B!]: 3 }, 'ALLOTTED_TOO_MUCH'],
    ['LM-15, CAN-06', 'fax', { [FAX_A!]: 2, [FAX_B!]: 1 }, null],
    ['LM-15, CAN-06', 'fax', { [FAX_A!]: 2, [FAX_B!]: 2 }, 'ALLOTTED_TOO_MUCH'],
    ['LM-14, OPT-07', MONITORING.code, { [PHONES[0]!]: 1, [PHONES[1]!]: 1 }, null],
    ['LM-14, OPT-07', MONITORING.code, Object.fromEntries(PHONES.map(one => [one, 1])), 'ALLOTTED_TOO_MUCH'],
    ['a tick is one', MONITORING.code, { [PHONES[0]!]: 2 }, 'ALLOTTED_ONCE'],
    ['no trunk', 'calls', { [PHONES[0]!]: 1 }, 'NOT_ALLOTTED_TO'],
    ['no terminal', MONITORING.code, { [ROOM_ID]: 1 }, 'NOT_ALLOTTED_TO'],
    ['of nothing', 'option.whispering', { [PHONES[0]!]: 1 }, 'ALLOTTED_TOO_MUCH'],
  ])('%s: of %s: %j is refused with %s', (_, pool, of, code) => {
    const { outcome } = customer.when(allot('2025-02-01 10:00:00', pool, shared(of)));
    expect(outcome.kind === 'rejected' ? outcome.rejection.code : null).toBe(code);
  });

  it('is the whole of it, in the order of the terminals; who is not named has none', () => {
    const first = allot('2025-02-01 10:00:00', 'calls', shared({ [B!]: 2, [A!]: 3 }));
    customer.when(first).then({
      ...{ type: 'UnitsAllotted', at: at('2025-02-01 10:00:00'), account: A1, ...CALLS, contracted: 5 },
      allotted: shared({ [A!]: 3, [B!]: 2 }),
    });
    const { state } = givenCommands(
      ...owned,
      first,
      allot('2025-02-02 10:00:00', 'calls', shared({ [B!]: 5 })),
    );
    expect(callsAt(state, '2025-02-02 10:00:00')).toEqual(shared({ [B!]: 5 }));
    givenCommands(...owned, first)
      .when({ ...first, now: at('2025-02-03 10:00:00') })
      .thenNothing();
    const twice = [...shared({ [A!]: 1 }), ...shared({ [A!]: 1 })];
    customer
      .when(allot('2025-02-01 10:00:00', 'calls', twice))
      .thenRejected('ALLOTTED_TWICE', { unique: A! });
  });
});

describe('what is allotted above the rest', () => {
  const five = [...owned, allot('2025-02-01 10:00:00', 'calls', shared({ [A!]: 3, [B!]: 2 }))];
  const two = cancel('2025-05-10 10:00:00', CHANNELS.slice(0, 2));
  const less = {
    type: 'AllotmentReduced',
    at: at('2025-07-01 00:00:00.000'),
    ...{ account: A1, ...CALLS, contracted: 3, allotted: shared({ [A!]: 1, [B!]: 2 }) },
    policy: 'contracts.allotment-reduction@standard=largest_first',
  } as const;

  it('CN-28, G-12, X-04: is taken off at the end of two channels: A 3, B 2 of 5 become A 1, B 2 of 3', () => {
    const given = givenCommands(...five, two);
    expect(callsAt(given.state, '2025-06-30 23:59:59.999')).toEqual(shared({ [A!]: 3, [B!]: 2 }));
    // It is in effect at 00:00:00, booked or not.
    expect(callsAt(given.state, '2025-07-01 00:00:00.000')).toEqual(shared({ [A!]: 1, [B!]: 2 }));
    const { outcome } = given.when(endDue('2025-07-09 12:00:00'));
    if (outcome.kind !== 'events') throw new Error(outcome.kind);
    expect(outcome.events.map(({ type }) => type)).toEqual([
      ...['ContractEnded', 'ContractEnded', 'AllotmentReduced'],
    ]);
    expect(outcome.events.at(-1)).toEqual(less);
    const booked = givenCommands(...five, two, endDue('2025-07-09 12:00:00'));
    booked.when(endDue('2025-07-10 12:00:00')).thenNothing();
    expect(callsAt(booked.state, '2025-07-10 12:00:00')).toEqual(shared({ [A!]: 1, [B!]: 2 }));
  });

  it('is booked before what is bought later begins: that does not bring it back', () => {
    const more = [...bought('2025-07-01 10:00:00', [item(CHANNEL, 2)], { order: 'o2' })];
    const { outcome } = givenCommands(...five, two, more[0]!).when(more[1]!);
    expect(outcome).toMatchObject({ kind: 'events', events: [less, { type: 'OrderCompleted' }, {}, {}] });
    const { state } = givenCommands(...five, two, ...more);
    expect(callsAt(state, '2025-07-02 10:00:00')).toEqual(shared({ [A!]: 1, [B!]: 2 }));
  });

  it('CAN-08, TRK-05: goes with a trunk that ends, and what the other has stays where it fits', () => {
    const ends = givenCommands(...five, cancel('2025-05-10 10:00:00', [TRUNK_B!]));
    expect(callsAt(ends.state, '2025-07-01 00:00:00.000')).toEqual(shared({ [A!]: 3 }));
    const both = givenCommands(...five, cancel('2025-05-10 10:00:00', [TRUNK_A!, ...CHANNELS]));
    expect(callsAt(both.state, '2025-07-01 00:00:00.000')).toEqual(shared({ [B!]: 1 }));
  });

  it('stays where the cancellation was undone', () => {
    const { state } = givenCommands(...five, two, undo('2025-06-01 10:00:00', CHANNELS.slice(0, 2)));
    expect(callsAt(state, '2025-07-01 00:00:00.000')).toEqual(shared({ [A!]: 3, [B!]: 2 }));
  });

  it('may be allotted anew by the customer, not above the rest', () => {
    const given = givenCommands(...five, two);
    given
      .when(allot('2025-07-01 00:00:00.000', 'calls', shared({ [A!]: 3, [B!]: 1 })))
      .thenRejected('ALLOTTED_TOO_MUCH', {
        ...{ total: '4', contracted: '3' },
      });
    const anew = allot('2025-07-01 00:00:00.000', 'calls', shared({ [A!]: 3 }));
    const { outcome } = given.when(anew);
    expect(outcome).toMatchObject({ events: [less, { type: 'UnitsAllotted', contracted: 3 }] });
  });

  it.each<[ReductionRule, Record<string, number>, number, Record<string, number>]>([
    ['largest_first', { A: 3, B: 2 }, 3, { A: 1, B: 2 }],
    ['largest_first', { A: 2, B: 3 }, 4, { A: 2, B: 2 }],
    ['largest_first', { A: 1, B: 1, C: 1 }, 2, { B: 1, C: 1 }],
    ['largest_first', { A: 4, B: 1 }, 0, {}],
    ['last_first', { A: 3, B: 2 }, 3, { A: 3 }],
    ['last_first', { A: 3, B: 2 }, 2, { A: 2 }],
    ['last_first', { A: 3, B: 2 }, 5, { A: 3, B: 2 }],
  ])('%s: %j with %i left become %j', (rule, of, most, rest) =>
    expect(reduced(shared(of), most, rule)).toEqual(shared(rest)),
  );

  it('goes by the policy of the day of the end', () => {
    const late = givenCommands(...five, cancel('2030-05-10 10:00:00', CHANNELS.slice(0, 2)));
    const { outcome } = late.when(endDue('2030-07-01 12:00:00'));
    expect(outcome.kind === 'events' && outcome.events.at(-1)).toMatchObject({
      allotted: shared({ [A!]: 3 }),
      policy: 'contracts.allotment-reduction@2030-01-01=last_first',
    });
  });
});

type Step = readonly [kind: number, days: number, a: number, b: number];

/** One act of a customer at an instant; what the book refuses, it refuses. */
function actOf([kind, , a, b]: Step, now: Instant, book: Book, n: number): ContractCommand[] {
  const all = [...book.contracts.keys()];
  const some = all.slice(a % all.length, (a % all.length) + 1 + (b % 3));
  const common = { now, account: A1, circle: CIRCLE, reductionOn, terms: TERMS };
  const placed = {
    ...place('2025-01-01 00:00:00', [item([TRUNK, CHANNEL][a % 2]!, 1 + (b % 3))]),
    now,
    order: `n${n}`,
  };
  switch (kind) {
    case 0: {
      const uniques = [0, 1, 2].map(i => `${String(n + 9000).padStart(9, '0')}${i}`);
      return [placed, { ...complete('2025-01-01 00:00:00', placed.order, uniques), now }];
    }
    case 1:
      return [{ type: 'CancelContracts', ...common, contracts: some }];
    case 2:
      return [{ type: 'UndoCancellation', now, contracts: some, also: [] }];
    case 3:
      return [{ type: 'CancelUnits', ...common, product: CHANNEL.code, count: 1 + (b % 4) }];
    case 4:
      return [{ type: 'UndoUnits', ...common, product: CHANNEL.code, count: 1 + (b % 4) }];
    case 5:
      return [{ type: 'EndDue', now, reductionOn }];
    case 6:
      return [
        a % 7 === 0
          ? { type: 'CancelCircle', ...common }
          : { type: 'UndoCircleCancellation', ...common, cutOffMs: TERMS.cutOffMs },
      ];
    default: {
      const terminals = [...book.contracts.values()].filter(
        one => one.kind === 'trunk' && isInContract(one, BusinessDay.of(now)),
      );
      const wanted = terminals.map(({ unique }, i) => ({ unique: unique!, count: (a + i * b) % 4 }));
      return [{ type: 'AllotUnits', ...common, pool: 'calls', uniques: [], wanted }];
    }
  }
}

describe('whatever is bought, cancelled, undone and ended, in whatever order', () => {
  const step = fc.tuple(fc.nat(7), fc.nat(35), fc.nat(40), fc.nat(12));
  const endOfMonth = (day: BusinessDay): BusinessDay => BusinessMonth.lastDay(BusinessMonth.ofDay(day));

  /** So many days later, or on the day on which what ends with the month is over. */
  const later = (now: Instant, days: number): Instant =>
    days <= 25
      ? Instant.plusMs(now, days * 86_400_000)
      : Instant.plusMs(BusinessDay.start(BusinessDay.plus(endOfMonth(BusinessDay.of(now)), 1)), 36_000_000);

  /** No more than there is, to nobody who is over, nothing below one: now, and on two later days. */
  function checked(book: Book, now: Instant): void {
    const next = BusinessDay.start(BusinessDay.plus(endOfMonth(BusinessDay.of(now)), 1));
    for (const when of [now, next, BusinessDay.start(BusinessDay.plus(BusinessDay.of(next), 40))]) {
      const day = BusinessDay.of(when);
      const of = sharesAt(book, CALLS, when, reductionOn);
      expect(totalOf(of)).toBeLessThanOrEqual(unitsOf(book, CIRCLE, 'calls', day).length);
      for (const { unique, count } of of) {
        expect(count).toBeGreaterThan(0);
        const terminal = [...book.contracts.values()].find(one => one.unique === unique)!;
        expect(isInContract(terminal, day)).toBe(true);
      }
    }
  }

  it('there is never more allotted than contracted, and booking an end changes nothing in effect', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), steps => {
        let book = owned.reduce((state, command) => {
          const outcome = contractBook.decide(command, state);
          return outcome.kind === 'events' ? outcome.events.reduce(contractBook.evolve, state) : state;
        }, contractBook.fresh());
        let now = at('2025-02-01 10:00:00');
        steps.forEach((one, n) => {
          now = later(now, one[1]);
          for (const command of actOf(one, now, book, n)) {
            const before = sharesAt(book, CALLS, now, reductionOn);
            const outcome = contractBook.decide(command, book);
            if (outcome.kind !== 'events') continue;
            book = outcome.events.reduce(contractBook.evolve, book);
            if (command.type !== 'AllotUnits')
              expect(sharesAt(book, CALLS, now, reductionOn)).toEqual(before);
            checked(book, now);
          }
        });
      }),
    ));
});
