import { Instant } from '#kernel';
import { type CdrImportEvent, cdrImportEvents } from '#rating';
import { rowsAfter } from '#testing';
import { imports } from './imports.projection.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const file = { file: 'a.csv', format: 'csv' } as const;
const waits = { ...file, reason: 'UNKNOWN_ACCOUNT', field: 'account', raw: 'c-1,…', header: 'h' } as const;
const bad = { ...waits, problem: { code: 'UNKNOWN_ACCOUNT', values: { account: 'B9' } } };
const keptProblem = { problem_code: 'UNKNOWN_ACCOUNT', problem_values: '{"account":"B9"}' };
const counts = { read: 3, charged: 1, noted: 1, duplicates: 0, suspended: 1, skipped: 0 };

const common = { at: now, import: 'i1' } as const;
const started: CdrImportEvent = { type: 'CdrImportStarted', ...common, ...file, bytes: 42 };
const suspended = (line: number): CdrImportEvent => ({ type: 'CdrSuspended', ...common, line, ...bad });
const resolved = (line: number, how: 'retried' | 'discarded', reason: string): CdrImportEvent => ({
  type: 'SuspenseResolved',
  ...common,
  line,
  how,
  reason,
});
const corrected = (line: number): CdrImportEvent => ({
  type: 'SuspenseCorrected',
  ...common,
  line,
  raw: 'c-1,mended',
});
const completed: CdrImportEvent = { type: 'CdrImportCompleted', ...common, counts };

describe('the list of imports', () => {
  const told = (event: CdrImportEvent) => ({ type: cdrImportEvents.codec.encode(event).type, event });
  const row = { import: 'i1', ...file, bytes: 42, started_at: now };

  it('counts nothing before the import is complete', () => {
    const none = { read: 0, charged: 0, noted: 0, duplicates: 0, suspended: 0, skipped: 0 };
    expect(rowsAfter(imports, told(started))['imports']).toEqual([{ ...row, completed_at: null, ...none }]);
    expect(rowsAfter(imports, told(started), told(completed))['imports']).toEqual([
      { ...row, completed_at: now, ...counts },
    ]);
  });

  it('shows what waits, and how it was resolved', () => {
    const waiting = {
      import: 'i1',
      line: 7,
      ...waits,
      ...keptProblem,
      corrected: null,
      suspended_at: now,
      position: 2,
    };
    const events = [told(started), told(suspended(7))];
    expect(rowsAfter(imports, ...events)['suspense']).toEqual([{ ...waiting, resolved: null }]);
    expect(rowsAfter(imports, ...events, told(resolved(7, 'retried', '')))['suspense']).toEqual([
      { ...waiting, resolved: 'retried' },
    ]);
    expect(rowsAfter(imports, ...events, told(corrected(7)))['suspense']).toEqual([
      { ...waiting, corrected: 'c-1,mended', resolved: null },
    ]);
  });

  it('is the same of a line of an old log, which kept a sentence', () => {
    const { codec } = cdrImportEvents;
    const { type, data } = codec.encode(suspended(7)) as { type: string; data: object };
    const then = { ...data, problem: 'there is no account B9' };
    const old = { type: 'rating.CdrSuspended.v1', event: codec.decode('rating.CdrSuspended.v1', then) };
    expect(rowsAfter(imports, told(started), old)).toEqual(
      rowsAfter(imports, told(started), { type, event: suspended(7) }),
    );
  });
});
