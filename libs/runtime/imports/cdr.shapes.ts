import { z } from 'zod';
import { FileRemark, said } from '../engine/said.shapes.js';
import { count, shape, text, time, type ViewOf } from '../engine/shapes.js';

const ImportCounts = shape(
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
export type ImportReport = ViewOf<typeof ImportReport>;

export const ImportRow = shape(
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
export type ImportRow = ViewOf<typeof ImportRow>;

export const SuspenseRow = shape(
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
export type SuspenseRow = ViewOf<typeof SuspenseRow>;

export const RetryReport = shape(
  'RetryReport',
  z.object({ retried: count, resolved: count, problems: z.array(FileRemark) }),
);
export type RetryReport = ViewOf<typeof RetryReport>;

/** One line of an import. */
export const ImportedLine = shape('Discarded', z.object({ import: text, line: count }));
export type ImportedLine = ViewOf<typeof ImportedLine>;
