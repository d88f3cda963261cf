import { z } from 'zod';
import { Instant } from '#kernel';
import { DEFAULT_LIMIT, given, paging, words } from '../engine/inputs.js';
import { admin, watchers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { anyStage, NEW_LOGIN, own } from './identity.access.js';
import { internalId, newStaff, role } from './identity.inputs.js';
import { ChangedLogin, OutboxMessage, Staff, StaffAct } from './identity.shapes.js';

// Logins of staff, what staff did, and what the sandbox senders kept.

export const listStaff = query({
  route: 'GET /staff',
  about: { ja: '社員のログイン一覧', en: 'Logins of staff' },
  effect: 'read',
  roles: [...admin, 'auditor'],
  waits: 'own',
  input: z.strictObject({}),
  cli: { usage: 'staff list' },
  answer: allOf(Staff),
  run: async ({ identity }) => ({ rows: await identity.logins.staff() }),
});

export const createStaff = command({
  route: 'POST /staff',
  about: { ja: '社員のログインを作る', en: 'Make a login of staff' },
  effect: 'write',
  roles: admin,
  input: newStaff,
  cli: {
    usage: 'staff create <login-id>',
    about: {
      ja: '社員のログインの作成（パスワードは端末で尋ねるか、標準入力から読む）',
      en: 'Make a login of staff; its password is asked on the terminal, or read from stdin',
    },
    without: ['name', 'password', 'language', 'forcedChange'],
    creates: true,
  },
  answer: Staff,
  status: 201,
  unchanged: true,
  refusals: NEW_LOGIN,
  run: ({ identity }, input, caller) => identity.logins.createStaff(input, caller),
});

export const setStaffRole = command({
  route: 'PUT /staff/:login/role',
  about: { ja: '社員のログインの役割を変える', en: 'Give a login of staff another role' },
  effect: 'write',
  roles: admin,
  input: z.strictObject({ login: internalId, role }),
  answer: Staff,
  unchanged: true,
  refusals: ['NO_SUCH_LOGIN', 'OWN_LOGIN'],
  run: ({ identity }, input, caller) => identity.logins.setStaffRole(input.login, input.role, caller),
});

export const disableLogin = command({
  route: 'POST /staff/:login/disable',
  about: { ja: 'ログインを停止する（セッションは終了する）', en: 'Switch a login off; its sessions end' },
  effect: 'write',
  roles: admin,
  input: z.strictObject({ login: internalId }),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['NO_SUCH_LOGIN', 'OWN_LOGIN'],
  run: ({ identity }, { login }, caller) => identity.logins.disableLogin(login, caller),
});

export const listStaffActs = query({
  route: 'GET /staff-acts',
  about: {
    ja: '社員の操作記録（誰が何を、なぜ、どこから。新しい順）',
    en: 'Who of staff did what, why and from where, newest first',
  },
  effect: 'read',
  roles: watchers,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    actor: words(100).optional().meta({ description: 'As it stands in the rows: `staff:<login>`.' }),
  }),
  answer: pageOf(StaffAct),
  run: ({ identity }, filter) => identity.logins.staffActs({ limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const listOwnMessages = query({
  route: 'GET /outbox',
  byHand: true,
  about: {
    ja: '自分のログイン宛にサンドボックスが送った通知（新しい順）',
    en: 'Messages of the sandbox senders to the own login, newest first',
  },
  description:
    'Before the second step only the codes of this very session. Admins and support also see what was ' +
    'sent to others, without its codes and links.',
  effect: 'read',
  ...own,
  // Whoever waits for a code sees what was sent to it; who may see all of it is decided there.
  stages: anyStage,
  input: z.strictObject({}),
  answer: allOf(OutboxMessage),
  refusals: ['NO_SUCH_RESOURCE'],
  run: async ({ identity }, _input, { live }) => {
    const { role, stage } = live.view;
    const helpsOthers = stage === 'signed_in' && (role === 'admin' || role === 'support');
    const kept = identity.logins.outboxFor({ live, helpsOthers });
    return kept && { rows: kept.map(one => ({ ...one, sentAt: Instant.text(one.sentAt as Instant) })) };
  },
});
