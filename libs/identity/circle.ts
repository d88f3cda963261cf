import {
  type AccountId,
  assertNever,
  type CodeOf,
  common,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import type { ForcedChange } from './levels.js';

/**
 * The circles of an account and their uniques (ACC-02, ACC-03). One stream, so that there is one first circle
 * (ACC-05) and a unique is in one circle.
 */
export const circleEvents = defineEvents(
  { context: 'identity', stream: 'circles-<account>' },
  {
    CircleAdded: event(
      {
        account: fact.id<AccountId>(),
        /** Ten digits, issued; leading zeros count. */
        circle: fact.text,
        name: fact.text,
        login: fact.text,
        /** The account's first circle: 代表サークル. */
        representative: fact.flag,
      },
      {
        word: {
          ja: 'サークルを追加した。',
          en: 'A circle was added to the account; the first is its representative.',
        },
        sentence: {
          ja: 'アカウント {account} にサークル {circle}（{name}）を追加した。',
          en: 'Circle {circle} ({name}) was added to account {account}.',
        },
      },
    ),
    CircleForcedChangeSet: event(
      { account: fact.id<AccountId>(), circle: fact.text, value: fact.id<ForcedChange>() },
      {
        word: {
          ja: 'サークルにパスワードの強制変更を設定した。',
          en: "A change of password is demanded of the circle's login, or no more.",
        },
        sentence: {
          ja: 'サークル {circle} のパスワード強制変更を {value} にした。',
          en: 'The demanded change of password of circle {circle} is: {value}.',
        },
      },
    ),
    UniqueAdded: event(
      {
        account: fact.id<AccountId>(),
        circle: fact.text,
        /** Ten digits, issued. */
        unique: fact.text,
        name: fact.text,
        login: fact.text,
      },
      {
        word: { ja: 'ユニーク（端末ID）を追加した。', en: 'A unique (terminal id) was added to the circle.' },
        sentence: {
          ja: 'サークル {circle} にユニーク {unique}（{name}）を追加した。',
          en: 'Unique {unique} ({name}) was added to circle {circle}.',
        },
      },
    ),
    /** All numbers the unique is called with from now on (ACC-04). */
    UniqueNumbersSet: event(
      {
        account: fact.id<AccountId>(),
        unique: fact.text,
        numbers: fact.listOf(fact.text),
        /** The number it calls with, or `none` (外線発信禁止). Absent: any of those it is called with. */
        outgoing: fact.optional(fact.text),
      },
      {
        word: {
          ja: 'ユニークの電話番号を設定した。',
          en: 'These are all numbers of the unique from now on.',
        },
        sentence: {
          ja: 'ユニーク {unique} の電話番号を {numbers} 件にした。',
          en: 'Unique {unique} has {numbers} number(s) now.',
        },
      },
    ),
  },
);
export type CircleEvent = EventOf<typeof circleEvents>;

export type CircleCommand = { readonly now: Instant; readonly account: AccountId } & (
  | { readonly type: 'AddCircle'; readonly circle: string; readonly name: string; readonly login: string }
  | { readonly type: 'SetCircleForcedChange'; readonly circle: string; readonly value: ForcedChange }
  | {
      readonly type: 'AddUnique';
      readonly circle: string;
      readonly unique: string;
      readonly name: string;
      readonly login: string;
    }
  | {
      readonly type: 'SetUniqueNumbers';
      readonly unique: string;
      readonly numbers: readonly string[];
      /** Left out: as it is. */
      readonly outgoing?: Outgoing | undefined;
      /** The numbers that the account has. */
      readonly own: readonly string[];
    }
);

/** In the order in which they are asked. */
export const circleRefusals = defineRefusals({
  NAME_REQUIRED: common.NAME_REQUIRED,
  CIRCLE_EXISTS: {
    status: 409,
    ja: '同じIDのサークルが既にあります。',
    en: 'The account has this circle already.',
  },
  NO_SUCH_CIRCLE: {
    status: 404,
    field: 'circle',
    ja: 'そのサークルはありません。',
    en: 'The account has no such circle.',
  },
  UNIQUE_EXISTS: {
    status: 409,
    ja: '同じIDのユニークが既にあります。',
    en: 'The account has this unique already.',
  },
  NO_SUCH_UNIQUE: {
    status: 404,
    ja: 'そのユニークはありません。',
    en: 'The account has no such unique.',
  },
  NUMBER_NOT_OF_ACCOUNT: {
    status: 422,
    ja: '電話番号{number}は、このアカウントの番号ではありません。',
    en: 'The account does not have the number {number}.',
  },
});

/** Why a command may have nothing to do. */
const circleUnchanged = defineUnchanged({
  SAME_NUMBERS: {
    ja: 'ユニークの電話番号は、既にこのとおりです。',
    en: 'the unique has these numbers already',
  },
  NO_CHANGE_DEMANDED: {
    ja: 'サークルのパスワード強制変更は、既に解除されています。',
    en: 'the circle demands no change already',
  },
});
export type CircleRejection = CodeOf<typeof circleRefusals>;

export interface Circle {
  readonly circle: string;
  readonly name: string;
  readonly login: string;
  readonly representative: boolean;
  readonly forcedChange: { readonly value: ForcedChange; readonly at: Instant } | null;
  readonly createdAt: Instant;
}
/** With which number a unique calls: any of those it is called with, none at all, or this one. */
export type Outgoing = 'any' | 'none' | (string & {});
export interface Unique {
  readonly unique: string;
  readonly circle: string;
  readonly name: string;
  readonly login: string;
  /** Those it is called with: each is of one unique. */
  readonly numbers: readonly string[];
  readonly outgoing: Outgoing;
  readonly createdAt: Instant;
}
/** On which uniques a number has been since an instant. */
interface Seats {
  readonly from: Instant;
  readonly uniques: readonly string[];
}
export interface CirclesState {
  readonly circles: readonly Circle[];
  readonly uniques: readonly Unique[];
  /** Of every number that was ever set on a unique, oldest first. */
  readonly seats: ReadonlyMap<string, readonly Seats[]>;
}

export const circlesStream = (account: AccountId): string => `circles-${account}`;
export const circleOf = (state: CirclesState, circle: string): Circle | undefined =>
  state.circles.find(one => one.circle === circle);
export const uniqueOf = (state: CirclesState, unique: string): Unique | undefined =>
  state.uniques.find(one => one.unique === unique);

/** The uniques that called or were called with a number at an instant. */
export const uniquesWith = ({ seats }: CirclesState, number: string, at: Instant): readonly string[] =>
  seats.get(number)?.findLast(({ from }) => from <= at)?.uniques ?? [];

type Decision = Outcome<CircleEvent, CircleRejection>;
const nameRequired = (): Decision => rejected(circleRefusals.NAME_REQUIRED);
const noSuchCircle = (): Decision => rejected(circleRefusals.NO_SUCH_CIRCLE);

/** All that a unique calls or is called with. */
const numbersOf = ({ numbers, outgoing }: Pick<Unique, 'numbers' | 'outgoing'>): readonly string[] =>
  outgoing === 'any' || outgoing === 'none' || numbers.includes(outgoing) ? numbers : [...numbers, outgoing];

/** A number is called at one unique: set on another one, it moves there (NUM-02). */
function setNumbers(
  command: Extract<CircleCommand, { type: 'SetUniqueNumbers' }>,
  state: CirclesState,
): Decision {
  const { now: at, account, unique, own } = command;
  const known = uniqueOf(state, unique);
  if (!known) return rejected(circleRefusals.NO_SUCH_UNIQUE);
  const numbers = [...new Set(command.numbers)];
  const { outgoing = known.outgoing } = command;
  const foreign = numbersOf({ numbers, outgoing }).find(number => !own.includes(number));
  if (foreign !== undefined) return rejected(circleRefusals.NUMBER_NOT_OF_ACCOUNT, { number: foreign });
  const same = numbers.length === known.numbers.length && numbers.every((n, i) => n === known.numbers[i]);
  if (same && outgoing === known.outgoing) return nothing(circleUnchanged.SAME_NUMBERS);
  const set = (one: Pick<Unique, 'unique' | 'numbers' | 'outgoing'>): CircleEvent => ({
    type: 'UniqueNumbersSet',
    ...{ at, account, unique: one.unique, numbers: one.numbers },
    ...(one.outgoing !== 'any' && { outgoing: one.outgoing }),
  });
  const losers = state.uniques.filter(
    one => one.unique !== unique && one.numbers.some(number => numbers.includes(number)),
  );
  return happened<CircleEvent>(
    ...losers.map(one => set({ ...one, numbers: one.numbers.filter(number => !numbers.includes(number)) })),
    set({ unique, numbers, outgoing }),
  );
}

function decide(command: CircleCommand, state: CirclesState): Decision {
  const { now: at, account } = command;
  switch (command.type) {
    case 'AddCircle': {
      const { circle, login } = command;
      const name = command.name.trim();
      if (name === '') return nameRequired();
      if (circleOf(state, circle)) return rejected(circleRefusals.CIRCLE_EXISTS);
      const representative = state.circles.length === 0;
      return happened<CircleEvent>({ type: 'CircleAdded', at, account, circle, name, login, representative });
    }
    case 'SetCircleForcedChange': {
      const { circle, value } = command;
      const known = circleOf(state, circle);
      if (!known) return noSuchCircle();
      if ((known.forcedChange?.value ?? 'none') === 'none' && value === 'none')
        return nothing(circleUnchanged.NO_CHANGE_DEMANDED);
      return happened<CircleEvent>({ type: 'CircleForcedChangeSet', at, account, circle, value });
    }
    case 'AddUnique': {
      const { circle, unique, login } = command;
      const name = command.name.trim();
      if (name === '') return nameRequired();
      if (!circleOf(state, circle)) return noSuchCircle();
      if (uniqueOf(state, unique)) return rejected(circleRefusals.UNIQUE_EXISTS);
      return happened<CircleEvent>({ type: 'UniqueAdded', at, account, circle, unique, name, login });
    }
    case 'SetUniqueNumbers':
      return setNumbers(command, state);
    default:
      return assertNever(command);
  }
}

/** The seats after an event has changed the numbers of a unique. */
function seatsAfter(
  { seats }: CirclesState,
  { before, after, from }: { readonly before: Unique; readonly after: Unique; readonly from: Instant },
): CirclesState['seats'] {
  const { unique } = after;
  const [had, has] = [numbersOf(before), numbersOf(after)];
  const changed = new Map(seats);
  const sit = (number: string, next: (uniques: readonly string[]) => readonly string[]) => {
    const known = changed.get(number) ?? [];
    changed.set(number, [...known, { from, uniques: next(known.at(-1)?.uniques ?? []) }]);
  };
  for (const gone of had.filter(number => !has.includes(number)))
    sit(gone, uniques => uniques.filter(one => one !== unique));
  for (const fresh of has.filter(number => !had.includes(number)))
    sit(fresh, uniques => [...uniques, unique]);
  return changed;
}

function evolve(state: CirclesState, event: CircleEvent): CirclesState {
  const { circles, uniques } = state;
  switch (event.type) {
    case 'CircleAdded': {
      const { at: createdAt, circle, name, login, representative } = event;
      const added = { circle, name, login, representative, forcedChange: null, createdAt };
      return { ...state, circles: [...circles, added] };
    }
    case 'CircleForcedChangeSet': {
      const forcedChange = { value: event.value, at: event.at };
      const changed = circles.map(one => (one.circle === event.circle ? { ...one, forcedChange } : one));
      return { ...state, circles: changed };
    }
    case 'UniqueAdded': {
      const { at: createdAt, circle, unique, name, login } = event;
      const added = { unique, circle, name, login, numbers: [], outgoing: 'any', createdAt };
      return { ...state, uniques: [...uniques, added] };
    }
    case 'UniqueNumbersSet': {
      const before = uniqueOf(state, event.unique);
      if (!before) throw new Error(`the log sets numbers of unique ${event.unique}, which is none`);
      const { numbers, outgoing = 'any', at: from } = event;
      const after = { ...before, numbers, outgoing };
      const changed = uniques.map(one => (one === before ? after : one));
      return { ...state, uniques: changed, seats: seatsAfter(state, { before, after, from }) };
    }
    default:
      return assertNever(event);
  }
}

export const circles: Decider<CircleCommand, CircleEvent, CirclesState, CircleRejection> = {
  name: 'circles',
  fresh: () => ({ circles: [], uniques: [], seats: new Map() }),
  decide,
  evolve,
};
