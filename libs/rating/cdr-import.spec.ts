import { Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type CdrImportCommand,
  type CdrImportEvent,
  type CdrImportRejection,
  cdrImport,
  cdrImportRefusals,
  importStream,
} from './cdr-import.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const file = { file: 'a.csv', format: 'csv' } as const;
const bad = {
  ...file,
  reason: 'NO_RATE',
  field: 'to',
  problem: { code: 'NO_RATE', values: {} },
  raw: 'c-1,…',
  header: 'h',
} as const;
const counts = { read: 3, charged: 1, noted: 1, duplicates: 0, suspended: 1, skipped: 0 };

const start: CdrImportCommand = { type: 'StartImport', now, import: 'i1', ...file, bytes: 42 };
const suspend = (line: number): CdrImportCommand => ({ type: 'SuspendCdr', now, line, ...bad });
const resolve = (line: number, how: 'retried' | 'discarded', reason = ''): CdrImportCommand => ({
  type: 'ResolveSuspense',
  now,
  line,
  how,
  reason,
});
const correct = (line: number, raw = 'c-1,mended'): CdrImportCommand => ({
  type: 'CorrectSuspense',
  now,
  line,
  raw,
});
const complete: CdrImportCommand = { type: 'CompleteImport', now, counts };

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
const corrected = (line: number, raw = 'c-1,mended'): CdrImportEvent => ({
  type: 'SuspenseCorrected',
  ...common,
  line,
  raw,
});
const completed: CdrImportEvent = { type: 'CdrImportCompleted', ...common, counts };
const { given } = specOf(cdrImport);

describe('the import of a call file', () => {
  it('starts once per file, whatever its name', () => {
    given().when(start).then(started);
    given(started)
      .when({ ...start, file: 'copy of a.csv' } as CdrImportCommand)
      .thenNothing('the import of this file was started before');
    expect(importStream('i1')).toBe('import-i1');
  });

  it('keeps what it cannot charge, each line once', () => {
    given(started).when(suspend(7)).then(suspended(7));
    given(started, suspended(7)).when(suspend(8)).then(suspended(8));
    given(started, suspended(7)).when(suspend(7)).thenNothing('the line is on the suspense list already');
  });

  it('never puts a resolved line back', () =>
    given(started, suspended(7), resolved(7, 'retried', ''))
      .when(suspend(7))
      .thenNothing('the line is on the suspense list already'));

  it('resolves a line once: charged after all, or discarded with a reason', () => {
    given(started, suspended(7))
      .when(resolve(7, 'retried'))
      .then(resolved(7, 'retried', ''));
    given(started, suspended(7))
      .when(resolve(7, 'discarded', 'a test call'))
      .then(resolved(7, 'discarded', 'a test call'));
    given(started, suspended(7), resolved(7, 'discarded', 'a test call'))
      .when(resolve(7, 'retried'))
      .thenNothing('the line is resolved already');
  });

  it('is complete once; lines are resolved after that too', () => {
    given(started, suspended(7)).when(complete).then(completed);
    given(started, completed).when(complete).thenNothing('the import is complete already');
    given(started, suspended(7), completed)
      .when(resolve(7, 'retried'))
      .then(resolved(7, 'retried', ''));
  });

  it('keeps what a waiting line was mended to, each text once', () => {
    given(started, suspended(7)).when(correct(7)).then(corrected(7));
    given(started, suspended(7), corrected(7))
      .when(correct(7))
      .thenNothing('the line is corrected like this already');
    given(started, suspended(7), corrected(7)).when(correct(7, 'again')).then(corrected(7, 'again'));
  });

  it('shares no state between imports', () => {
    const one = cdrImport.evolve(cdrImport.evolve(cdrImport.fresh(), started), suspended(7));
    expect(one.lines.size).toBe(1);
    expect(cdrImport.fresh().lines.size).toBe(0);
  });
});

const ROWS: readonly (readonly [CdrImportRejection, string, CdrImportEvent[], CdrImportCommand])[] = [
  ['NO_SUCH_IMPORT', 'a line', [], suspend(7)],
  ['NO_SUCH_IMPORT', 'the end', [], complete],
  ['NO_SUCH_IMPORT', 'a discard without reason', [], resolve(7, 'discarded')],
  ['NO_SUCH_SUSPENSE', 'another line, no reason', [started, suspended(7)], resolve(8, 'discarded')],
  ['NO_SUCH_SUSPENSE', 'nothing to correct', [started], correct(7)],
  [
    'SUSPENSE_IS_RESOLVED',
    'too late to correct',
    [started, suspended(7), resolved(7, 'retried', '')],
    correct(7),
  ],
  ['REASON_REQUIRED', 'blank', [started, suspended(7)], resolve(7, 'discarded', ' ')],
  [
    'REASON_REQUIRED',
    'though it is resolved',
    [started, suspended(7), resolved(7, 'retried', '')],
    resolve(7, 'discarded', ''),
  ],
];

describe('rejections of an import, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () =>
    expect([...new Set(ROWS.map(([code]) => code))]).toEqual(Object.keys(cdrImportRefusals)));
});
