import { z } from 'zod';
import { allOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { anyStage, open, own } from './identity.access.js';
import { internalId, language, loginId, loginLevel, password, target } from './identity.inputs.js';
import { EndedSession, OwnSession, Session } from './identity.shapes.js';

// Sign-in by password, and what a signed-in login may do with its own session.

export const signIn = command({
  route: 'POST /sessions',
  byHand: true,
  about: {
    ja: 'ログイン（応答で新しいセッションのクッキーを渡す）',
    en: 'Sign in: the answer sets the cookie of a new session',
  },
  description: 'The same answer, in like time, whatever is wrong. A session from before is ended by nobody.',
  effect: 'write',
  ...open,
  input: z.strictObject({ level: loginLevel, loginId, password, language: language.optional() }),
  answer: Session,
  status: 201,
  refusals: ['SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS'],
  run: ({ identity }, input, from) => identity.entry.signIn(input, from),
});

export const listSessions = query({
  route: 'GET /sessions',
  about: { ja: 'このログインの有効なセッション', en: 'Live sessions of this login' },
  effect: 'read',
  ...own,
  waits: 'own',
  input: z.strictObject({}),
  answer: allOf(OwnSession),
  run: async ({ identity }, _input, { live }) => ({ rows: await identity.sessions.sessions(live) }),
});

export const endSession = command({
  route: 'DELETE /sessions/:session',
  about: { ja: '自分のセッションの一つを終了する', en: 'End one of the own sessions' },
  effect: 'write',
  ...own,
  input: z.strictObject({ session: internalId }),
  answer: EndedSession,
  unchanged: true,
  refusals: ['NO_SUCH_SESSION'],
  run: ({ identity }, { session }, { live }) => identity.sessions.endSession(live, session),
});

export const showSession = query({
  route: 'GET /session',
  about: { ja: '現在のセッション', en: 'The session that asks' },
  effect: 'read',
  ...own,
  stages: anyStage,
  input: z.strictObject({}),
  answer: Session,
  run: async (_product, _input, { live }) => live.view,
});

export const signOut = command({
  route: 'DELETE /session',
  byHand: true,
  about: { ja: 'ログアウト', en: 'Sign out' },
  effect: 'write',
  ...own,
  stages: anyStage,
  input: z.strictObject({}),
  answer: EndedSession,
  unchanged: true,
  run: ({ identity }, _input, { live }) => identity.sessions.signOut(live),
});

export const chooseLanguage = command({
  route: 'PUT /session/language',
  about: { ja: '表示言語の選択', en: 'Choose the language' },
  effect: 'write',
  ...own,
  stages: anyStage,
  input: z.strictObject({ language }),
  answer: Session,
  run: ({ identity }, input, { live }) => identity.sessions.setLanguage(live, input.language),
});

export const renewPassword = command({
  route: 'POST /session/password',
  about: {
    ja: '変更が必要な（または求められている）パスワードの変更',
    en: 'Replace a password that has to be changed, or ought to be',
  },
  effect: 'write',
  ...own,
  stages: ['password_change', 'signed_in'],
  input: z.strictObject({ password }),
  answer: Session,
  refusals: ['REAUTHENTICATE', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL', 'PASSWORD_UNCHANGED'],
  run: ({ identity }, input, { live }) => identity.sessions.renewPassword(live, input.password),
});

export const confirmPassword = command({
  route: 'POST /session/confirm',
  about: {
    ja: '現在のパスワードをもう一度確認する（再認証が必要な操作は10分間そのまま行える）',
    en: 'Give the present password once more: REAUTHENTICATE asks for it, and is content for ten minutes',
  },
  effect: 'write',
  ...own,
  input: z.strictObject({ password }),
  answer: Session,
  refusals: ['CURRENT_PASSWORD_WRONG', 'TOO_MANY_ATTEMPTS'],
  blames: { current: 'password' },
  run: ({ identity }, input, { live }) => identity.proof.confirm(live, input.password),
});

export const enterLevel = command({
  route: 'POST /session/enter',
  byHand: true,
  about: {
    ja: '下位の画面に入る（アカウント→サークル→ユニーク。社員は理由を添えて任意のアカウントを閲覧）',
    en: 'Go down: account to circle to unique; staff to any account, to read, with a reason',
  },
  effect: 'write',
  ...own,
  input: target,
  answer: Session,
  refusals: ['NOT_DOWNWARD', 'REASON_REQUIRED', 'NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'NO_SUCH_UNIQUE'],
  run: ({ identity }, to, { live, reason }) => identity.sessions.enter(live, to, reason),
});

export const leaveLevel = command({
  route: 'POST /session/leave',
  about: { ja: '元の画面に戻る', en: 'Back to the own level' },
  effect: 'write',
  ...own,
  input: z.strictObject({}),
  answer: Session,
  run: ({ identity }, _input, { live }) => identity.sessions.leave(live),
});
