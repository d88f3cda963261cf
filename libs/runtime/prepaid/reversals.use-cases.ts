import { z } from 'zod';
import { saidId } from '#kernel';
import {
  accountId,
  callId,
  described,
  given,
  instant,
  phoneNumber,
  reason,
  words,
} from '../engine/inputs.js';
import { correctors } from '../engine/roles.js';
import { command, query } from '../engine/use-case.js';
import { newReversal, reversalId } from './prepaid.inputs.js';
import { CorrectedCall, CorrectionPreview, Reversal } from './prepaid.shapes.js';

const direction = described(z.enum(['out', 'in']).optional(), {
  ja: '発信か着信か。',
  en: 'Outgoing or incoming.',
});

export const reverseDebit = command({
  route: 'POST /accounts/:account/reversals',
  about: {
    ja: '通話料などの引き落としを全額、元のロットへ取り消す',
    en: 'Take a call charge or another debit back in full, to its original lots',
  },
  effect: 'money',
  roles: correctors,
  // The facts of the original debit and of its lots.
  waits: 'head',
  input: newReversal,
  cli: { usage: 'reverse <debit>' },
  answer: Reversal,
  status: 201,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_DEBIT', 'ALREADY_REVERSED', 'REVERSAL_EXISTS'],
  run: ({ prepaid }, input, caller) =>
    prepaid.reverse({ ...input, reversal: input.reversal ?? saidId(caller.commandId) }, caller),
});

/** Why a record of a call cannot be priced. */
const UNPRICED = [
  'NO_RATE',
  'UNREADABLE_NUMBER',
  'IN_THE_FUTURE',
  'BEFORE_FIRST_DAY',
  'NUMBER_OF_ANOTHER_ACCOUNT',
  'NUMBER_NOT_IN_CONTRACT',
  'NUMBER_WITHOUT_UNIQUE',
] as const;

export const correctCall = command({
  route: 'POST /accounts/:account/corrections',
  about: {
    ja: '通話の訂正。取り消して、同じ通話IDで正しく課金し直す',
    en: 'Correct a call: take it back and charge it as it was, under the same call id',
  },
  description: 'What is left out stays as it was recorded. Calls that cost nothing can be corrected as well.',
  effect: 'money',
  roles: correctors,
  // The facts of the original debit and of its lots.
  waits: 'head',
  input: z.strictObject({
    account: accountId,
    call: described(callId, {
      ja: '通話ID。有効なもの、または取り消されたもの。',
      en: 'The call id, of the entry that stands or was taken back.',
    }),
    reason,
    reversal: reversalId,
    direction,
    number: described(phoneNumber.optional(), {
      ja: '自アカウントの電話番号。',
      en: "The account's own number.",
    }),
    from: described(z.string().trim().max(64).optional(), {
      ja: '発信元。通知されたとおり。空でもよい。',
      en: 'As signalled; may be empty.',
    }),
    to: described(words(64).optional(), { ja: '着信先。', en: 'The called number.' }),
    startedAt: instant.optional(),
    answeredAt: described(instant.nullable().optional(), {
      ja: '不応答なら null。',
      en: 'null: not answered.',
    }),
    endedAt: instant.optional(),
    hangupCause: described(z.string().trim().max(64).optional(), {
      ja: '終了理由。',
      en: 'Why the call ended.',
    }),
  }),
  cli: {
    usage: 'correct <call>',
    names: { startedAt: 'start', endedAt: 'end' },
    without: ['answeredAt'],
  },
  answer: CorrectedCall,
  status: 201,
  unchanged: true,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'NO_SUCH_DEBIT',
    'SAME_RECORD',
    'NOT_REVERSED',
    'REVERSAL_EXISTS',
    ...UNPRICED,
  ],
  blames: { debit: 'call', at: null },
  run({ prepaid }, { account, call, reversal: name, reason, ...changes }, caller) {
    const reversal = name ?? saidId(caller.commandId);
    return prepaid.correctCall({ account, call, reversal, reason, changes: given(changes) }, caller);
  },
});

const UNANSWERED = 'none';

export const previewCorrection = query({
  route: 'GET /accounts/:account/corrections',
  // A question that may be refused.
  byHand: true,
  about: {
    ja: '記録された通話と、訂正した場合の料金。何も書き込まない',
    en: 'A call as it is recorded, and what a correction would make of it; nothing is written',
  },
  description: 'Without a change `corrected` is null.',
  effect: 'read',
  roles: correctors,
  input: z.strictObject({
    account: accountId,
    call: callId,
    direction,
    number: phoneNumber.optional(),
    from: z.string().trim().max(64).optional(),
    to: words(64).optional(),
    startedAt: instant.optional(),
    answeredAt: described(z.union([z.literal(UNANSWERED), instant]).optional(), {
      ja: '不応答なら none。',
      en: '`none`: not answered.',
    }),
    endedAt: instant.optional(),
  }),
  answer: CorrectionPreview,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_DEBIT', 'SAME_RECORD', ...UNPRICED],
  blames: { debit: 'call', at: null },
  run({ prepaid }, { account, call, answeredAt, ...others }) {
    const answer =
      answeredAt === undefined ? {} : { answeredAt: answeredAt === UNANSWERED ? null : answeredAt };
    return prepaid.previewCorrection({ account, call, changes: { ...given(others), ...answer } });
  },
});
