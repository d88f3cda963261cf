import { z } from 'zod';
import { accountId } from '../engine/inputs.js';
import { allOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { allottedUnits, askedUnits, circleId, contractUnits } from './contracts.inputs.js';
import { Allotment, Cancellation, UndoneCancellation } from './contracts.shapes.js';
import { buying, reading } from './contracts.use-cases.js';

export const cancelUnits = command({
  route: 'POST /accounts/:account/cancellations/units',
  about: {
    ja: '個数での解約（追加チャネルなど）。新しいものから順に、まとめて解約する',
    en: 'Cancel channels and the like by their count, the newest first, all of them in one act',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: contractUnits,
  cli: { usage: 'contract cancel-units <product>' },
  answer: allOf(Cancellation),
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_UNITS', 'NOT_BY_COUNT', 'TOO_FEW_UNITS'],
  run: ({ units }, input, caller) => units.cancel(input, caller),
});

/** Which units that would be, and when they would end. */
export const previewUnits = query({
  route: 'GET /accounts/:account/cancellation-preview/units',
  byHand: true,
  about: {
    ja: '今、個数で解約した場合の契約と終了日。何も書き込まない',
    en: 'Which contracts would end, and when, if so many units were cancelled now',
  },
  effect: 'read',
  ...buying,
  input: askedUnits,
  answer: allOf(Cancellation),
  run: ({ units }, input) => units.previewCancellation(input),
});

export const undoUnits = command({
  route: 'POST /accounts/:account/cancellations/units/undo',
  about: {
    ja: '個数での解約の取り消し。最後に解約したものから取り消す',
    en: 'Undo cancellations by their count, those that were accepted last first',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: contractUnits,
  cli: { usage: 'contract undo-units <product>' },
  answer: UndoneCancellation,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_UNITS', 'NOT_BY_COUNT', 'TOO_FEW_CANCELLED'] as const),
    ...(['UNDO_TOO_LATE', 'CIRCLE_CANCELLED', 'ACCOUNT_NOT_UNDONE'] as const),
  ],
  run: ({ units }, input, caller) => units.undo(input, caller),
});

export const listAllotments = query({
  route: 'GET /accounts/:account/circles/:circle/allotments',
  about: {
    ja: '同時通話数・FAXチャネル・オプションの、ユニークへの割り当て',
    en: 'Calls, FAX channels and options of a circle, and what its uniques have of them',
  },
  effect: 'read',
  ...reading,
  input: z.strictObject({ account: accountId, circle: circleId }),
  cli: { usage: 'allotment list' },
  answer: allOf(Allotment),
  run: ({ units }, { account, circle }) => units.allotments(account, circle),
});

export const allotUnits = command({
  route: 'PUT /accounts/:account/circles/:circle/allotments/:pool',
  about: {
    ja: 'ユニークへの割り当て。合計は契約数まで',
    en: 'Allot calls, FAX channels or an option to uniques, in all no more than are in contract',
  },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: allottedUnits,
  cli: { usage: 'allotment set <pool>', names: { allotted: 'unique' } },
  answer: Allotment,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'ALLOTTED_TWICE', 'NOT_ALLOTTED_TO'] as const),
    ...(['ALLOTTED_ONCE', 'ALLOTTED_TOO_MUCH'] as const),
  ],
  run: ({ units }, input, caller) => units.allot(input, caller),
});
