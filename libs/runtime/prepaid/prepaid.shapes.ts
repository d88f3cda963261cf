import { z } from 'zod';
import { accountText, count, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const direction = z.enum(['out', 'in']);

export const Lot = shape(
  'Lot',
  z.object({
    lot: text,
    kind: z.enum(['paid', 'bonus']),
    method: text,
    credited: yen,
    remaining: yen,
    held: yen,
    issuedAt: time,
    expiresOn: z.string().meta({ example: '2026-10-31' }),
  }),
);
export type LotView = ViewOf<typeof Lot>;

/** The lot of a charge: `remaining` is without what it paid of a debt, and without what had expired. */
export const CreditedLot = shape(
  'CreditedLot',
  Lot.extend({
    expired: yen.meta({
      description: 'Expired at once: the last day of the payment was over when it was booked.',
    }),
  }),
);
export type CreditedLot = ViewOf<typeof CreditedLot>;

/** Never a bare "balance": posted = held + available; receivable is what the customer owes. */
export const Balance = shape(
  'Balance',
  z.object({
    account: accountText,
    asOf: time,
    posted: yen,
    held: yen,
    available: yen,
    receivable: yen,
    suspendedSince: time.nullable().meta({
      description: 'From when on the service is suspended for what is owed; null: it is not.',
    }),
    lots: z.array(Lot),
  }),
);
export type BalanceView = ViewOf<typeof Balance>;

const PaidDebt = shape(
  'PaidDebt',
  z.object({ ref: text, item: text, itemJa: text, detail: text, at: time, amount: yen }),
);

/** One row of the prepaid history (PRX-02). */
export const HistoryEntry = shape(
  'HistoryEntry',
  z.object({
    at: time,
    /**
     * PRX-03 kinds: charge, call, recurring, device, adjustment, expiry, reversal, chargeback, discount,
     * rounding, receivable_paid, other; suspended and resumed move nothing.
     */
    item: text,
    itemJa: text,
    amount: yen.meta({ description: 'Effect on the posted balance: + into the wallet, - out of it.' }),
    postedAfter: yen,
    net: yen.nullable().meta({ description: 'What it cost; below zero: what it gave back.' }),
    tax: yen.nullable(),
    gross: yen.nullable().meta({ description: 'Tax included; null where nothing is priced.' }),
    covered: yen.nullable().meta({ description: 'By funds: covered + owed = gross + unreturned.' }),
    owed: yen.meta({ description: 'Effect on what is owed: + owed more, - owed less.' }),
    owedAfter: yen,
    unreturned: yen.meta({ description: 'Of what was given back: expired since, or never paid.' }),
    pays: z.array(PaidDebt).meta({ description: 'Of a payment of what was owed: what it paid.' }),
    /** Feed it to `explain`: call id, lot, debit, adjustment, ... */
    ref: text,
    detail: text,
    position: count,
  }),
);
export type HistoryRow = ViewOf<typeof HistoryEntry>;

export const Hold = shape('Hold', z.object({ hold: text, amount: yen }));
export type HoldView = ViewOf<typeof Hold>;
export const ReleasedHold = shape('ReleasedHold', z.object({ hold: text }));
export type ReleasedHoldView = ViewOf<typeof ReleasedHold>;
export const SettledHold = shape('SettledHold', z.object({ hold: text, net: yen, tax: yen, category: text }));
export type SettledHoldView = ViewOf<typeof SettledHold>;
export const Adjustment = shape('Adjustment', z.object({ adjustment: text, amount: yen }));
export type AdjustmentView = ViewOf<typeof Adjustment>;
export const Reversal = shape('Reversal', z.object({ reversal: text, net: yen, tax: yen }));
export type ReversalView = ViewOf<typeof Reversal>;

/** A call as it stands after its correction; `entry` is 2 after the first one. */
export const CorrectedCall = shape(
  'CorrectedCall',
  z.object({ callId: text, entry: count, category: text, net: yen, tax: yen }),
);
export type CorrectedCallView = ViewOf<typeof CorrectedCall>;

const costOfCall = { durationMs: count, category: text, net: yen, tax: yen };
/**
 * What a correction would do. `entry` is the newest one; where it is `reversed`, a correction charges it anew
 * and takes nothing back.
 */
export const CorrectionPreview = shape(
  'CorrectionPreview',
  z.object({
    ...{ callId: text, entry: count, reversed: z.boolean(), direction },
    ...{ number: text, from: text, to: text, startedAt: time, answeredAt: time.nullable(), endedAt: time },
    ...costOfCall,
    corrected: z.object(costOfCall).nullable(),
  }),
);
export type CorrectionPreview = ViewOf<typeof CorrectionPreview>;

const row = z.object({ ledgerAccount: text, name: text, nameJa: text, debit: yen, credit: yen });
export const TrialBalance = shape('TrialBalance', z.object({ rows: z.array(row), debit: yen, credit: yen }));
export type TrialBalanceRow = ViewOf<typeof row>;
export type TrialBalanceView = ViewOf<typeof TrialBalance>;
