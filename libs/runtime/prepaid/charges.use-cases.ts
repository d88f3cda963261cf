import { saidId } from '#kernel';
import { given } from '../engine/inputs.js';
import { approvers, billing } from '../engine/roles.js';
import { command } from '../engine/use-case.js';
import { newAdjustment, newCharge } from './prepaid.inputs.js';
import { Adjustment, CreditedLot } from './prepaid.shapes.js';

// What a person puts into a wallet or takes out of it.
const without = ['approvedBy', 'askRepeat'] as const;

export const chargePrepaid = command({
  route: 'POST /accounts/:account/charges',
  byHand: true,
  about: {
    ja: '完了したチャージを新しいロットとして計上',
    en: 'Credit a completed charge (チャージ) as a new lot',
  },
  effect: 'money',
  roles: billing,
  // The policies of now.
  waits: 'log',
  input: newCharge,
  cli: { usage: 'charge', without },
  answer: CreditedLot,
  status: 201,
  refusals: [
    'POSTED_RECENTLY',
    'NO_SUCH_ACCOUNT',
    'APPROVAL_REQUIRED',
    'APPROVER_IS_ACTOR',
    'LOT_EXISTS',
    'ADJUSTMENT_EXISTS',
    'IN_THE_FUTURE',
    'AMOUNT_TOO_LARGE',
    'SUM_OUT_OF_RANGE',
    'OUTSIDE_METHOD_LIMITS',
    'NOT_WHOLE_YEN',
  ],
  run: ({ prepaid }, input, caller) => prepaid.charge(given(input), caller),
});

export const adjustPrepaid = command({
  route: 'POST /accounts/:account/adjustments',
  byHand: true,
  about: { ja: '残高の調整（調整金）。増減とも', en: 'Adjust the wallet (調整金), up or down' },
  effect: 'money',
  roles: approvers,
  // The policies of now.
  waits: 'log',
  input: newAdjustment,
  cli: { usage: 'adjust', without },
  answer: Adjustment,
  status: 201,
  unchanged: true,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'APPROVAL_REQUIRED',
    'APPROVER_IS_ACTOR',
    'LOT_EXISTS',
    'ADJUSTMENT_EXISTS',
    'POSTED_RECENTLY',
    'AMOUNT_TOO_LARGE',
    'SUM_OUT_OF_RANGE',
  ],
  run: ({ prepaid }, { adjustment, ...input }, caller) =>
    prepaid.adjust({ ...given(input), adjustment: adjustment ?? saidId(caller.commandId) }, caller),
});
