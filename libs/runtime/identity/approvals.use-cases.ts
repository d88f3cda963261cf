import { z } from 'zod';
import { valueProblems } from '#kernel';
import { accountId, money, saying } from '../engine/inputs.js';
import { command, query } from '../engine/use-case.js';
import type { Caller } from '../product.views.js';
import { Approval } from './identity.shapes.js';
import type { ToApprove } from './identity.types.js';

export const approveAct = command({
  route: 'POST /approvals',
  about: {
    ja: '他の人が行う調整またはボーナスを承認する',
    en: 'Approve an adjustment, or a bonus, that somebody else is going to make',
  },
  description:
    'The answer is handed to that person, who sends it as `X-Approver-Key`: good for half an hour, for ' +
    'this account and amount, once.',
  effect: 'write',
  roles: ['approver', 'admin'],
  door: 'session',
  input: z.strictObject({
    account: accountId,
    amount: money.refine(value => value !== 0, saying(valueProblems.ZERO)),
  }),
  answer: Approval,
  status: 201,
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ identity }, of, { live }) => identity.approvals.approve(live, of),
});

export const approveErasure = command({
  route: 'POST /approvals/erasure',
  about: {
    ja: '他の人が行う個人情報の消去を承認する',
    en: 'Approve that somebody else erases the personal data of an account',
  },
  description:
    'The answer is handed to that person, who sends it as `X-Approver-Key`; good for half an hour.',
  effect: 'write',
  roles: ['approver', 'admin'],
  door: 'session',
  input: z.strictObject({ account: accountId }),
  answer: Approval,
  status: 201,
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ identity }, { account }, { live }) => identity.approvals.approve(live, { account, erasure: true }),
});

export const whoApproves = query({
  about: { ja: '承認コードまたはAPIキーによる承認者の確認', en: 'Who approves with this code or API key' },
  effect: 'read',
  roles: [],
  // Whoever was switched off elsewhere a moment ago approves no more.
  waits: 'log',
  input: z.strictObject({ token: z.string(), of: z.custom<ToApprove>(), caller: z.custom<Caller>() }),
  run: ({ identity }, { token, caller, of }) => identity.approvals.approved(token, of, caller),
});
