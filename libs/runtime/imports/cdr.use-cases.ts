import { z } from 'zod';
import { valueProblems } from '#kernel';
import { CALL_ENCODINGS, CDR_FORMATS } from '#rating';
import { DEFAULT_LIMIT, described, given, line, paging, reason, saying, words } from '../engine/inputs.js';
import { billing, importers, insiders } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { ImportedLine, ImportReport, ImportRow, RetryReport, SuspenseRow } from './cdr.shapes.js';
import type { ImportTrial } from './rehearsal.js';

/** Exactly once per call id, whatever is sent: no idempotency key is needed. */
export const importCalls = command({
  route: 'POST /cdr-imports',
  byHand: true,
  about: { ja: '通話明細（CDR）ファイルの取り込み', en: 'Import a file of call records' },
  description:
    'The body is the file, streamed. Each call id is charged once, however often it is sent; bad lines ' +
    'go to the suspense list, so an import that broke off is simply sent again.',
  effect: 'write',
  roles: importers,
  // A line that was discarded elsewhere must not be charged.
  waits: 'log',
  input: z.strictObject({
    path: z.string(),
    format: z.enum(CDR_FORMATS).default('csv'),
    encoding: described(z.enum(CALL_ENCODINGS).default('utf-8'), {
      ja: '`auto`: 全体がUTF-8として読めればUTF-8、そうでなければShift_JIS。',
      en: '`auto`: UTF-8 where all of its bytes are that, else Shift_JIS.',
    }),
    /** Handed on inside the process only. */
    trial: z.custom<ImportTrial>().optional(),
  }),
  cli: {
    usage: 'cdr import <files...>',
    without: ['path', 'trial'],
    about: {
      ja:
        '通話明細の取り込み（ファイル、またはフォルダー内の全ファイル）。どの通話も1回だけ課金し、' +
        '読めない行は保留する。受け付けられないファイルがあっても残りは続ける。再実行すれば続きから',
      en:
        'Import call records, of files or of all files in a folder: each call once, bad lines to the ' +
        'suspense list; a file that is refused stops no other; run it again to resume',
    },
    creates: true,
  },
  answer: ImportReport,
  status: 201,
  run: ({ cdr }, { path, format, ...how }, caller, { progress }) =>
    cdr.importFile(path, format, caller, progress, given(how)),
});

export const listImports = query({
  route: 'GET /cdr-imports',
  about: { ja: '取り込みの一覧（新しい順）', en: 'Imports, newest first' },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({}),
  cli: {
    usage: 'cdr list',
    about: {
      ja: '取り込んだファイルと、その行の結果',
      en: 'The imported files and what became of their lines',
    },
  },
  answer: allOf(ImportRow),
  run: async ({ cdr }) => ({ rows: await cdr.imports() }),
});

const ofImport = described(words(100), { ja: '取り込みのID。', en: 'Id of the import.', short: 'id' });
const ofLine = described(line, { ja: 'その行番号。', en: 'Its line.', short: 'n' });

export const listSuspense = query({
  route: 'GET /suspense',
  about: { ja: '確認待ちの通話明細（保留リスト）', en: 'Call records that wait for someone to look at them' },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({ ...paging, import: ofImport.optional() }),
  cli: { usage: 'cdr suspense list', about: { ja: '保留中の行の一覧', en: 'The lines in suspense' } },
  answer: pageOf(SuspenseRow),
  async run({ cdr }, filter) {
    const { rows, next } = await cdr.suspense({ limit: DEFAULT_LIMIT, ...given(filter) });
    return { rows, next };
  },
});

const selection = z
  .strictObject({
    import: ofImport.optional(),
    line: ofLine.optional(),
    raw: z.string().min(1).max(4096).optional().meta({
      description: 'The one line, mended; kept beside what came, with who did it and why.',
    }),
  })
  .refine(({ line: row, raw }) => raw === undefined || row !== undefined, {
    path: ['line'],
    ...saying(valueProblems.REQUIRED_WITH, { other: 'raw' }),
  })
  .refine(({ import: id, line: row }) => row === undefined || id !== undefined, {
    path: ['import'],
    ...saying(valueProblems.REQUIRED_WITH, { other: 'line' }),
  });

/** All lines, those of an import, or one, which is mended first where `raw` says how. */
export const retrySuspense = command({
  route: 'POST /suspense/retry',
  about: {
    ja: '保留中の明細の再処理（すべて、1つの取り込み、または1行。必要なら訂正して）',
    en: 'Try suspended records again: all, those of an import, or one line, mended if need be',
  },
  effect: 'write',
  roles: importers,
  waits: 'head',
  input: selection,
  cli: {
    usage: 'cdr suspense retry',
    without: ['raw'],
    about: { ja: '保留中の行をもう一度読んで課金する', en: 'Read and charge the lines in suspense again' },
  },
  answer: RetryReport,
  refusals: ['NO_SUCH_IMPORT', 'NO_SUCH_SUSPENSE', 'SUSPENSE_IS_RESOLVED'],
  async run({ cdr, ready }, { import: id, line: row, raw }, caller) {
    if (id !== undefined && row !== undefined && raw !== undefined) {
      const mended = await cdr.correct({ import: id, line: row, raw }, caller);
      if (mended.kind === 'rejected') return mended;
      await ready('head');
    }
    return cdr.retry(given({ import: id, line: row }), caller);
  },
});

export const discardSuspense = command({
  route: 'POST /suspense/discard',
  about: { ja: '保留中の明細の破棄（理由つき）', en: 'Give a suspended record up, with a reason' },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ import: ofImport, line: ofLine, reason }),
  cli: {
    usage: 'cdr suspense discard',
    about: { ja: '保留リストから行を外す（元に戻せない）', en: 'Take a line off the suspense list for good' },
  },
  answer: ImportedLine,
  unchanged: true,
  refusals: ['NO_SUCH_IMPORT', 'NO_SUCH_SUSPENSE'],
  run: ({ cdr }, { reason: why, ...one }, caller) => cdr.discard(one, why, caller),
});
