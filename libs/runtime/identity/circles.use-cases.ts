import { z } from 'zod';
import { phoneNumber } from '../engine/inputs.js';
import { caretakers } from '../engine/roles.js';
import { allOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { aboveUniques, NEW_LOGIN, PASSWORD_RULES } from './identity.access.js';
import {
  forcedChange,
  inAccount,
  inCircle,
  issuedId,
  newCircle,
  newUnique,
  outgoing,
  password,
} from './identity.inputs.js';
import { ChangedLogin, Circle, Unique } from './identity.shapes.js';

// Circles and uniques of an account, each with a login of its own.

const readers = { effect: 'read', roles: [...caretakers, 'auditor'] } as const;

export const listCircles = query({
  route: 'GET /accounts/:account/circles',
  about: { ja: 'アカウントのサークル一覧', en: 'Circles of an account' },
  ...readers,
  waits: 'own',
  input: z.strictObject(inAccount),
  answer: allOf(Circle),
  run: async ({ identity }, { account }) => ({ rows: await identity.circles.circles(account) }),
});

export const createCircle = command({
  route: 'POST /accounts/:account/circles',
  about: { ja: 'サークルとそのログインを作る', en: 'Make a circle and its login' },
  effect: 'write',
  roles: caretakers,
  input: newCircle,
  answer: Circle,
  status: 201,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', ...NEW_LOGIN],
  run: ({ identity }, input, caller) => identity.circles.createCircle(input, caller),
});

export const showCircle = query({
  route: 'GET /accounts/:account/circles/:circle',
  about: { ja: 'サークルの内容', en: 'One circle' },
  ...readers,
  levels: aboveUniques,
  input: z.strictObject(inCircle),
  answer: Circle,
  sought: 'CIRCLE',
  run: ({ identity }, { account, circle }) => identity.circles.circle(account, circle),
});

export const listUniques = query({
  route: 'GET /accounts/:account/circles/:circle/uniques',
  about: { ja: 'サークルのユニーク（端末）一覧', en: 'Uniques (terminals) of a circle' },
  ...readers,
  levels: aboveUniques,
  waits: 'own',
  input: z.strictObject(inCircle),
  answer: allOf(Unique),
  sought: 'CIRCLE',
  refusals: ['NO_SUCH_CIRCLE'],
  run: async ({ identity }, { account, circle }) =>
    (await identity.circles.circle(account, circle)) && {
      rows: await identity.circles.uniques(account, circle),
    },
});

export const createUnique = command({
  route: 'POST /accounts/:account/circles/:circle/uniques',
  about: { ja: 'ユニークとそのログインを作る', en: 'Make a unique and its login' },
  effect: 'write',
  roles: caretakers,
  levels: aboveUniques,
  input: newUnique,
  answer: Unique,
  status: 201,
  unchanged: true,
  refusals: ['NO_SUCH_CIRCLE', ...NEW_LOGIN],
  run: ({ identity }, input, caller) => identity.circles.createUnique(input, caller),
});

export const setForcedChange = command({
  route: 'PUT /accounts/:account/circles/:circle/forced-change',
  about: {
    ja: 'サークルのログインにパスワード変更を求めるか（強制変更）',
    en: 'Whether the logins of a circle have to change their passwords (強制変更)',
  },
  effect: 'write',
  roles: caretakers,
  input: z.strictObject({ ...inCircle, value: forcedChange }),
  answer: Circle,
  refusals: ['NO_SUCH_CIRCLE'],
  run: ({ identity }, input, caller) => identity.circles.setForcedChange(input, caller),
});

export const setCirclePassword = command({
  route: 'PUT /accounts/:account/circles/:circle/password',
  about: {
    ja: 'サークルのログインの新しいパスワード（次のログイン時に本人が変更する）',
    en: 'Another password for the login of a circle, who must choose one of its own at the next sign-in',
  },
  effect: 'write',
  roles: caretakers,
  input: z.strictObject({ ...inCircle, password }),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['NO_SUCH_CIRCLE', ...PASSWORD_RULES],
  run: ({ identity }, input, caller) => identity.circles.resetLowerPassword(input, caller),
});

export const setUniquePassword = command({
  route: 'PUT /accounts/:account/circles/:circle/unique-password',
  about: {
    ja: 'サークルのユニークのログインについて同じことを行う',
    en: 'The same for the login of a unique of the circle',
  },
  effect: 'write',
  roles: caretakers,
  levels: aboveUniques,
  input: z.strictObject({ ...inCircle, unique: issuedId, password }),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['NO_SUCH_UNIQUE', ...PASSWORD_RULES],
  run: ({ identity }, input, caller) => identity.circles.resetLowerPassword(input, caller),
});

export const setUniqueNumbers = command({
  route: 'PUT /accounts/:account/uniques/:unique/numbers',
  about: {
    ja: 'ユニークの着信番号（すべてを指定する）と発信番号。他のユニークの着信番号は、このユニークに移る',
    en: 'The numbers that a unique is called with, all of them (those of another one move), and calls with',
  },
  effect: 'write',
  // Who gives a number to a terminal decides who reads its calls: not the circle itself.
  roles: caretakers,
  input: z.strictObject({
    ...inAccount,
    unique: issuedId,
    numbers: z.array(phoneNumber).max(1000),
    outgoing: outgoing.optional(),
  }),
  answer: Unique,
  refusals: ['NO_SUCH_UNIQUE', 'NUMBER_NOT_OF_ACCOUNT'],
  run: ({ identity }, input, caller) => identity.circles.setUniqueNumbers(input, caller),
});
