import { column, type Instant, projection, table } from '#kernel';
import type { CdrFormat, CdrImportEvent, SuspenseReason } from '#rating';

const importsTable = table({
  name: 'imports',
  columns: {
    import: 'text',
    file: 'text',
    format: 'text',
    bytes: 'integer',
    started_at: column.integer<Instant>(),
    completed_at: column.integerOrNull<Instant>(),
    read: 'integer',
    charged: 'integer',
    noted: 'integer',
    duplicates: 'integer',
    suspended: 'integer',
    skipped: 'integer',
  },
  key: ['import'],
});

const suspenseTable = table({
  name: 'suspense',
  columns: {
    import: 'text',
    line: 'integer',
    file: 'text',
    format: column.text<CdrFormat>(),
    reason: column.text<SuspenseReason>(),
    field: 'text?',
    problem_code: 'text',
    /** JSON: what differs in the sentence of the code. */
    problem_values: 'text',
    raw: 'text',
    /** What somebody mended the line to; null for one as it came. */
    corrected: 'text?',
    header: 'text?',
    suspended_at: column.integer<Instant>(),
    position: 'integer',
    resolved: column.textOrNull<'retried' | 'discarded'>(),
  },
  key: ['import', 'line'],
  indexes: [['position']],
});

/** Which call files were imported, and which of their lines wait on the suspense list. */
export const imports = projection({
  name: 'imports',
  version: 3,
  tables: [importsTable, suspenseTable],
  handles: [
    'rating.CdrImportStarted.v1',
    'rating.CdrSuspended.v1',
    'rating.CdrSuspended.v2',
    'rating.SuspenseCorrected.v1',
    'rating.SuspenseResolved.v1',
    'rating.CdrImportCompleted.v1',
  ],
  apply({ event, position }, rows) {
    const e = event as CdrImportEvent;
    switch (e.type) {
      case 'CdrImportStarted': {
        const counts = { read: 0, charged: 0, noted: 0, duplicates: 0, suspended: 0, skipped: 0 };
        const { file, format, bytes, at } = e;
        rows.insert('imports', {
          import: e.import,
          file,
          format,
          bytes,
          started_at: at,
          completed_at: null,
          ...counts,
        });
        break;
      }
      case 'CdrSuspended': {
        const { line, file, format, reason, field, problem, raw, header, at } = e;
        const facts = {
          file,
          format: format as CdrFormat,
          reason,
          field,
          problem_code: problem.code,
          problem_values: JSON.stringify(problem.values),
          raw,
          corrected: null,
          header,
          suspended_at: at,
          position,
          resolved: null,
        };
        rows.insert('suspense', { import: e.import, line, ...facts });
        break;
      }
      case 'SuspenseCorrected':
        rows.merge('suspense', { import: e.import, line: e.line }, { set: { corrected: e.raw } });
        break;
      case 'SuspenseResolved':
        rows.merge('suspense', { import: e.import, line: e.line }, { set: { resolved: e.how } });
        break;
      case 'CdrImportCompleted':
        rows.merge('imports', { import: e.import }, { set: { completed_at: e.at, ...e.counts } });
        break;
    }
  },
});
