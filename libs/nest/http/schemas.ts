import { z } from 'zod';
import { LOGIN_LEVELS, ROLES, STAFF_ROLES } from '#identity';
import { TAX_CATEGORIES } from '#kernel';
import { count, date, month, shape, text, time, yen } from './shapes.js';

// What the API answers about accounts, wallets, calls, files and keys. A spec compares it with what the
// product really gives.

/** Beside a problem's sentence, for readers of other languages; a sentence that has no code has neither. */
const said = {
  code: text.optional().meta({ description: 'What the problem says, without its language.' }),
  values: z.record(text, text).optional().meta({ description: 'What differs within its sentence.' }),
};
export const Problem = shape(
  'Problem',
  z
    .object({
      type: text,
      title: text,
      status: count,
      code: text,
      detail: text,
      field: text.optional(),
      errors: z.array(z.object({ field: text, problem: text, ...said })).optional(),
      moreErrors: z
        .int()
        .optional()
        .meta({ description: 'Problems beyond `errors`, which names the first ones.' }),
      details: z.record(text, text).optional(),
    })
    .meta({ description: 'RFC 9457 problem details.' }),
);
export const Unchanged = shape(
  'Unchanged',
  z
    .object({ unchanged: z.literal(true), reason: text })
    .meta({ description: 'What was asked is so already; nothing happened.' }),
);
export const Me = shape(
  'Me',
  z.object({
    key: text.nullable().meta({ description: 'Null for a session.' }),
    role: z.enum([...ROLES, ...STAFF_ROLES]),
    level: z.enum(LOGIN_LEVELS),
    account: text.nullable(),
    label: text,
    now: time,
  }),
);
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
    expiresOn: date,
  }),
);
export const CreditedLot = shape(
  'CreditedLot',
  Lot.extend({
    expired: yen.meta({
      description: 'Expired at once: the last day of the payment was over when it was booked.',
    }),
  }),
);
export const Balance = shape(
  'Balance',
  z.object({
    account: text,
    asOf: time,
    posted: yen,
    held: yen,
    available: yen,
    receivable: yen,
    lots: z.array(Lot),
  }),
);
const PaidDebt = shape(
  'PaidDebt',
  z.object({ ref: text, item: text, itemJa: text, detail: text, at: time, amount: yen }),
);
export const HistoryEntry = shape(
  'HistoryEntry',
  z.object({
    at: time,
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
    ref: text,
    detail: text,
    position: count,
  }),
);
export const Call = shape(
  'Call',
  z.object({
    callId: text,
    direction: z.enum(['out', 'in']),
    from: text,
    to: text,
    startedAt: time,
    answeredAt: time.nullable(),
    endedAt: time,
    durationMs: count,
    hangupCause: text,
    category: text,
    destination: text,
    chargedSeconds: count,
    net: yen,
    tax: yen,
    taxCategory: z.enum(TAX_CATEGORIES),
    billingMonth: month,
    position: count,
  }),
);
export const Hold = shape('Hold', z.object({ hold: text, amount: yen }));
export const ReleasedHold = shape('ReleasedHold', z.object({ hold: text }));
export const SettledHold = shape('SettledHold', z.object({ hold: text, net: yen, tax: yen, category: text }));
export const Adjustment = shape('Adjustment', z.object({ adjustment: text, amount: yen }));
export const CorrectedCall = shape(
  'CorrectedCall',
  z.object({ callId: text, entry: count, category: text, net: yen, tax: yen }),
);
const costOfCall = { durationMs: count, category: text, net: yen, tax: yen };
export const CorrectionPreview = shape(
  'CorrectionPreview',
  z.object({
    ...{ callId: text, entry: count, reversed: z.boolean(), direction: z.enum(['out', 'in']) },
    ...{ number: text, from: text, to: text, startedAt: time, answeredAt: time.nullable(), endedAt: time },
    ...costOfCall,
    corrected: z.object(costOfCall).nullable(),
  }),
);
export const Reversal = shape('Reversal', z.object({ reversal: text, net: yen, tax: yen }));
export const Tariff = shape(
  'Tariff',
  z.object({ tariff: text, version: count, publishedAt: time, rows: count }),
);
export const TariffRow = shape(
  'TariffRow',
  z.record(text, text).meta({ description: 'The columns of tariff.csv, as text.' }),
);
export const Catalogue = shape(
  'Catalogue',
  z.object({
    issuer: z.record(text, text),
    policies: z.array(z.object({ name: text, value: text, validFrom: text, about: text })),
  }),
);
const FileRemark = z.object({ file: text, line: count, field: text.nullable(), problem: text, ...said });
export const Imported = shape(
  'Imported',
  z.object({ imported: z.array(text), warnings: z.array(FileRemark) }),
);
export const ImportCounts = shape(
  'ImportCounts',
  z.object({
    read: count,
    charged: count,
    noted: count,
    duplicates: count,
    suspended: count,
    skipped: count,
  }),
);
export const ImportReport = shape(
  'ImportReport',
  z.object({ import: text, file: text, counts: ImportCounts }),
);
export const Import = shape(
  'Import',
  z.object({
    import: text,
    file: text,
    format: text,
    startedAt: time,
    completedAt: time.nullable(),
    counts: ImportCounts.nullable(),
  }),
);
export const SuspendedCdr = shape(
  'SuspendedCdr',
  z.object({
    import: text,
    file: text,
    line: count,
    reason: text,
    field: text.nullable(),
    problem: text,
    ...said,
    raw: text.meta({ description: 'The line as it came.' }),
    corrected: text.nullable().meta({ description: 'What somebody mended it to; a retry reads this.' }),
    header: text.nullable().meta({ description: 'The header of its file; null for JSON.' }),
    suspendedAt: time,
  }),
);
export const RetryReport = shape(
  'RetryReport',
  z.object({
    retried: count,
    resolved: count,
    problems: z.array(FileRemark),
  }),
);
export const Discarded = shape('Discarded', z.object({ import: text, line: count }));
