import { z } from 'zod';
import { saidId, valueProblems } from '#kernel';
import { CHARGE_METHODS } from '#ledger';
import {
  accountId,
  amount,
  described,
  given,
  instant,
  money,
  ownId,
  reason,
  saying,
} from '../engine/inputs.js';
import { approvers, billing } from '../engine/roles.js';
import { command } from '../engine/use-case.js';
import { Adjustment, CreditedLot } from './prepaid.shapes.js';

// What a person puts into a wallet or takes out of it. A second person proves herself by an approval or a
// key, in a header or an option: `approvedBy` is what became of the proof.
const proven = {
  approvedBy: z.string().nullable(),
  /** Refuse with `POSTED_RECENTLY` when the same was posted within minutes, so that a person can be asked. */
  askRepeat: z.boolean().optional(),
};
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
  input: z.strictObject({
    account: accountId,
    amount,
    method: z.enum(CHARGE_METHODS),
    at: described(instant.optional(), {
      ja: '支払い日時。省略時は現在。有効期限は計上が遅れてもここから数える。',
      en: 'When it was paid; now without it. The expiry counts from here, however late it is booked.',
    }),
    lot: described(ownId.optional(), {
      ja: 'ロットのID。省略時はコマンドのID（Idempotency-Key、--id）。',
      en: 'Id of the lot; that of the command (Idempotency-Key, --id) without it.',
    }),
    ...proven,
  }),
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
  input: z.strictObject({
    account: accountId,
    adjustment: described(ownId.optional(), {
      ja: '調整のID。省略時はコマンドのID（Idempotency-Key、--id）。',
      en: 'Id of the adjustment; that of the command (Idempotency-Key, --id) without it.',
    }),
    amount: money.refine(value => value !== 0, saying(valueProblems.ZERO)),
    reason,
    ...proven,
  }),
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
