import { z } from 'zod';
import { valueProblems } from '#kernel';
import { CHARGE_METHODS } from '#ledger';
import {
  accountId,
  amount,
  described,
  type Given,
  instant,
  money,
  ownId,
  reason,
  saying,
  words,
} from '../engine/inputs.js';

// What is asked of a wallet. Whoever leaves an id out has that of the command, so the service is given one.

// A second person proves herself by an approval or a key, in a header or an option: `approvedBy` is what
// became of the proof.
const proven = {
  approvedBy: z.string().nullable(),
  /** Refuse with `POSTED_RECENTLY` when the same was posted within minutes, so that a person can be asked. */
  askRepeat: z.boolean().optional(),
};

export const newCharge = z.strictObject({
  account: accountId,
  amount,
  method: described(z.enum(CHARGE_METHODS), { ja: '支払方法。', en: 'How it was paid.' }),
  at: described(instant.optional(), {
    ja: '支払い日時。省略時は現在。有効期限は計上が遅れてもここから数える。',
    en: 'When it was paid; now without it. The expiry counts from here, however late it is booked.',
  }),
  lot: described(ownId.optional(), {
    ja: 'ロットのID。省略時はコマンドのID（Idempotency-Key、--id）。',
    en: 'Id of the lot; that of the command (Idempotency-Key, --id) without it.',
  }),
  ...proven,
});
type ProvenCharge = Given<z.output<typeof newCharge>>;
/** Only a bonus above the amount of adjustments needs a second person. */
export type Charge = Omit<ProvenCharge, 'approvedBy'> & Partial<Pick<ProvenCharge, 'approvedBy'>>;

export const newAdjustment = z.strictObject({
  account: accountId,
  adjustment: described(ownId.optional(), {
    ja: '調整のID。省略時はコマンドのID（Idempotency-Key、--id）。',
    en: 'Id of the adjustment; that of the command (Idempotency-Key, --id) without it.',
  }),
  amount: money.refine(value => value !== 0, saying(valueProblems.ZERO)),
  reason,
  ...proven,
});
export type Adjustment = Given<z.output<typeof newAdjustment>> & { readonly adjustment: string };

export const newHold = z.strictObject({
  account: accountId,
  hold: described(ownId.optional(), {
    ja: '確保のID。省略時はコマンドのID（Idempotency-Key、--id）。',
    en: 'Id of the hold; that of the command (Idempotency-Key, --id) without it.',
  }),
  amount,
  purpose: words(100).default('call'),
});
export type NewHold = Given<z.output<typeof newHold>> & { readonly hold: string };

export const standingHold = z.strictObject({ account: accountId, hold: ownId });
export type StandingHold = z.output<typeof standingHold>;
export const moreHeld = standingHold.extend({ amount });
export type MoreHeld = z.output<typeof moreHeld>;

export const reversalId = described(ownId.optional(), {
  ja: '取消のID。省略時はコマンドのID（Idempotency-Key、--id）。',
  en: 'Id of the reversal; that of the command (Idempotency-Key, --id) without it.',
});
export const newReversal = z.strictObject({
  account: accountId,
  reversal: reversalId,
  debit: described(ownId, {
    ja: '全額を取り消す通話ID、または引き落としのID。',
    en: 'Call id, or id of the debit, to take back in full.',
  }),
  reason,
});
export type Reversal = Given<z.output<typeof newReversal>> & { readonly reversal: string };
