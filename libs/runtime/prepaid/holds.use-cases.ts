import { z } from 'zod';
import { saidId, valueProblems } from '#kernel';
import { MAX_CALL_MS } from '#rating';
import { callId, described, instant, phoneNumber, saying, words } from '../engine/inputs.js';
import { callControl } from '../engine/roles.js';
import { command } from '../engine/use-case.js';
import { moreHeld, newHold, standingHold } from './prepaid.inputs.js';
import { Hold, ReleasedHold, SettledHold } from './prepaid.shapes.js';

// Funds set aside for a running call: held before it rings, settled after the hang-up. Call control is a
// machine: no verb of the command line.

export const holdFunds = command({
  route: 'POST /accounts/:account/holds',
  about: { ja: '残高の確保', en: 'Set funds aside' },
  effect: 'money',
  roles: callControl,
  input: newHold,
  answer: Hold,
  status: 201,
  unchanged: true,
  refusals: ['INSUFFICIENT_FUNDS', 'HOLD_EXISTS', 'NO_SUCH_ACCOUNT'],
  run: ({ prepaid }, input, caller) =>
    prepaid.hold({ ...input, hold: input.hold ?? saidId(caller.commandId) }, caller),
});

export const extendHold = command({
  route: 'POST /accounts/:account/holds/:hold/extend',
  about: { ja: '同じ確保の増額', en: 'Set more funds aside for the same hold' },
  effect: 'money',
  roles: callControl,
  input: moreHeld,
  answer: Hold,
  unchanged: true,
  refusals: ['INSUFFICIENT_FUNDS', 'NO_SUCH_HOLD'],
  run: ({ prepaid }, input, caller) => prepaid.extendHold(input, caller),
});

const call = {
  callId,
  direction: z.enum(['out', 'in']).default('out'),
  number: described(phoneNumber, { ja: '自アカウントの電話番号。', en: "The account's own number." }),
  from: described(z.string().trim().max(64), {
    ja: '発信元。通知されたとおり。空でもよい。',
    en: 'As signalled; may be empty.',
  }),
  to: words(64),
  startedAt: instant,
  answeredAt: described(instant.nullable(), { ja: '不応答なら null。', en: 'null: not answered.' }),
  endedAt: instant,
  hangupCause: z.string().trim().max(64).default('NORMAL_CLEARING'),
};

export const settleHold = command({
  route: 'POST /accounts/:account/holds/:hold/settle',
  about: {
    ja: '通話の課金。確保のうち使わなかった分は利用可能に戻る',
    en: 'Rate the call and debit it; what the hold did not use is free again',
  },
  effect: 'money',
  roles: callControl,
  input: z
    .strictObject({ ...standingHold.shape, ...call })
    .refine(({ startedAt, endedAt }) => endedAt - startedAt <= MAX_CALL_MS, {
      path: ['endedAt'],
      ...saying(valueProblems.DAYS_AFTER, { most: 31, other: 'startedAt' }),
    })
    .refine(({ startedAt, answeredAt }) => startedAt <= (answeredAt ?? startedAt), {
      path: ['answeredAt'],
      ...saying(valueProblems.BEFORE_OTHER, { other: 'startedAt' }),
    })
    .refine(({ startedAt, answeredAt, endedAt }) => (answeredAt ?? startedAt) <= endedAt, {
      path: ['endedAt'],
      ...saying(valueProblems.BEFORE_OTHER, { other: 'startedAt, answeredAt' }),
    }),
  answer: SettledHold,
  unchanged: true,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'NO_RATE',
    'UNREADABLE_NUMBER',
    'IN_THE_FUTURE',
    'BEFORE_FIRST_DAY',
    'NUMBER_OF_ANOTHER_ACCOUNT',
    'NUMBER_NOT_IN_CONTRACT',
    'NUMBER_WITHOUT_UNIQUE',
    'SUM_OUT_OF_RANGE',
  ],
  blames: { at: 'endedAt' },
  run({ prepaid }, { account, hold, ...facts }, caller) {
    // Talk time runs from answer to hang-up in milliseconds (DECISIONS: Calls).
    const durationMs = facts.answeredAt === null ? 0 : facts.endedAt - facts.answeredAt;
    return prepaid.settleHold({ account, hold, call: { ...facts, durationMs } }, caller);
  },
});

export const releaseHold = command({
  route: 'POST /accounts/:account/holds/:hold/release',
  about: { ja: '確保の解放（引き落としなし）', en: 'Free the held funds without a debit' },
  effect: 'money',
  roles: callControl,
  input: standingHold,
  answer: ReleasedHold,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ prepaid }, input, caller) => prepaid.releaseHold(input, caller),
});
