import { z } from 'zod';
import { LOGIN_LEVELS, ROLES, STAFF_ROLES } from '#identity';
import { TAX_CATEGORIES } from '#kernel';
import { count, month, shape, text, time, yen } from './shapes.js';

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
