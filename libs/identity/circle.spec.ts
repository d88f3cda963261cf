import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type CircleCommand,
  type CircleEvent,
  type CircleRejection,
  circleRefusals,
  circles,
  circlesStream,
  uniquesWith,
} from './circle.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const on = { at: now, account: 'A1' as AccountId };
const of = { now, account: 'A1' as AccountId };
const first: CircleEvent = {
  ...on,
  type: 'CircleAdded',
  circle: '0000000001',
  name: '営業部',
  login: 'l1',
  representative: true,
};
const unique: CircleEvent = {
  ...on,
  type: 'UniqueAdded',
  circle: '0000000001',
  unique: '0000000009',
  name: '受付',
  login: 'l9',
};
const add = (circle: string, name = '営業部'): CircleCommand => ({
  ...of,
  type: 'AddCircle',
  circle,
  name,
  login: 'l1',
});
const addUnique = (circle: string): CircleCommand => ({
  ...of,
  type: 'AddUnique',
  circle,
  unique: '0000000009',
  name: '受付',
  login: 'l9',
});
const numbers = (id: string, ...chosen: string[]): CircleCommand => ({
  ...of,
  type: 'SetUniqueNumbers',
  unique: id,
  numbers: chosen,
  own: ['05012345678', '05087654321'],
});
const { given } = specOf(circles);

describe('the circles of an account', () => {
  it('ACC-05: the first is the representative one, no other is', () => {
    given().when(add('0000000001')).then(first);
    given(first)
      .when(add('0000000002'))
      .then({ ...first, circle: '0000000002', representative: false });
  });

  it('ACC-04: a unique calls and is called with numbers of its account, each once', () => {
    const set: CircleEvent = {
      ...on,
      type: 'UniqueNumbersSet',
      unique: '0000000009',
      numbers: ['05012345678'],
    };
    given(first, unique)
      .when(numbers('0000000009', '05012345678', '05012345678'))
      .then(set);
    given(first, unique, set)
      .when(numbers('0000000009', '05012345678'))
      .thenNothing('the unique has these numbers already');
  });

  const second: CircleEvent = { ...unique, unique: '0000000010', name: '倉庫' };
  const setAt = (id: string, numbers: string[], more: { outgoing?: string; at?: Instant } = {}) =>
    ({ ...on, type: 'UniqueNumbersSet', unique: id, numbers, ...more }) as const satisfies CircleEvent;

  it('NUM-02: a number that is called at one unique moves when it is set on another one', () => {
    const before = setAt('0000000009', ['05012345678', '05087654321'], { outgoing: '05087654321' });
    given(first, unique, second, before)
      .when(numbers('0000000010', '05012345678'))
      .then(
        setAt('0000000009', ['05087654321'], { outgoing: '05087654321' }),
        setAt('0000000010', ['05012345678']),
      );
  });

  it('UNQ-03: the number that callees are shown is told apart; several uniques may show one', () => {
    const before = setAt('0000000009', ['05012345678']);
    const command = numbers('0000000010') as Extract<CircleCommand, { type: 'SetUniqueNumbers' }>;
    const shown = setAt('0000000010', [], { outgoing: '05012345678' });
    given(first, unique, second, before)
      .when({ ...command, outgoing: '05012345678' })
      .then(shown);
    given(first, unique, second, before, shown)
      .when({ ...command, outgoing: 'none' })
      .then({ ...shown, outgoing: 'none' });
    given(first, unique, second, shown).when(command).thenNothing('the unique has these numbers already');
    given(first, unique, second, before)
      .when({ ...command, outgoing: '0312345678' })
      .thenRejected('NUMBER_NOT_OF_ACCOUNT');
  });

  it('on which uniques a number was is told of every instant', () => {
    const at = (seconds: number) => Instant.plusMs(now, seconds * 1000);
    const events: CircleEvent[] = [
      first,
      unique,
      second,
      setAt('0000000009', ['05012345678'], { at: at(10) }),
      setAt('0000000010', [], { outgoing: '05012345678', at: at(20) }),
      setAt('0000000009', [], { at: at(30) }),
      setAt('0000000010', [], { outgoing: 'none', at: at(40) }),
    ];
    const state = events.reduce(circles.evolve, circles.fresh());
    const seen = [9, 10, 19, 20, 30, 39, 40].map(seconds =>
      uniquesWith(state, '05012345678', at(seconds)).map(id => Number(id)),
    );
    expect(seen).toEqual([[], [9], [9], [9, 10], [10], [10], []]);
    expect(uniquesWith(state, '05087654321', at(99))).toEqual([]);
  });

  it('ACC-18: demand a change of password, again and again, and no more', () => {
    const demand = (value: 'none' | 'force'): CircleCommand => ({
      ...of,
      type: 'SetCircleForcedChange',
      circle: '0000000001',
      value,
    });
    const forced: CircleEvent = {
      ...on,
      type: 'CircleForcedChangeSet',
      circle: '0000000001',
      value: 'force',
    };
    given(first).when(demand('none')).thenNothing('the circle demands no change already');
    given(first, forced).when(demand('force')).then(forced);
    given(first, forced)
      .when(demand('none'))
      .then({ ...forced, value: 'none' });
  });
});

const ROWS: readonly (readonly [CircleRejection, CircleEvent[], CircleCommand])[] = [
  ['NAME_REQUIRED', [first], add('0000000001', ' ')],
  ['CIRCLE_EXISTS', [first], add('0000000001')],
  ['NO_SUCH_CIRCLE', [first, unique], addUnique('0000000002')],
  ['UNIQUE_EXISTS', [first, unique], addUnique('0000000001')],
  ['NO_SUCH_UNIQUE', [first], numbers('0000000009', '0312345678')],
  ['NUMBER_NOT_OF_ACCOUNT', [first, unique], numbers('0000000009', '0312345678')],
];

describe('rejections of circles, in the order in which they are asked', () => {
  it.each(ROWS)('%s', (code, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () => {
    expect(ROWS.map(([code]) => code)).toEqual(Object.keys(circleRefusals));
    expect(circlesStream('A1' as AccountId)).toBe('circles-A1');
  });
});
