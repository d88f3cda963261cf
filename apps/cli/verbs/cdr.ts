import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { harmless, InvalidInput, stepId } from '#kernel';
import { DiscardSuspense, ImportCalls, ListImports, ListSuspense, RetrySuspense } from '#nest';
import type { ImportReport, ImportTrial } from '#runtime';
import { codeOf, problemText, Refused, WrongUsage } from '../failure.js';
import { unreadable } from '../files.js';
import type { Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import { cliProblems, usageProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import type { Column } from '../text.js';
import { commandVerb, inputOf, listVerb, verbOf } from '../use-case-verb.js';

const COUNTS = ['read', 'charged', 'noted', 'duplicates', 'suspended', 'skipped'] as const;

const COUNT_HEADS: Record<(typeof COUNTS)[number], Column['head']> = {
  read: { ja: '読込', en: 'read' },
  charged: { ja: '課金', en: 'charged' },
  noted: { ja: '無料', en: 'noted' },
  duplicates: { ja: '重複', en: 'duplicates' },
  suspended: { ja: '保留', en: 'suspended' },
  skipped: { ja: '対象外', en: 'skipped' },
};

const REPORTS: readonly Column[] = [
  { key: 'file', head: { ja: 'ファイル', en: 'file' } },
  ...COUNTS.map((key): Column => ({ key, head: COUNT_HEADS[key], kind: 'count' })),
  { key: 'import', head: { ja: '取込', en: 'import' } },
];

const IMPORTS: readonly Column[] = [
  { key: 'startedAt', head: { ja: '開始', en: 'started' }, kind: 'time' },
  { key: 'completedAt', head: { ja: '完了', en: 'completed' }, kind: 'time' },
  ...REPORTS,
];

const SUSPENSE: readonly Column[] = [
  { key: 'import', head: { ja: '取込', en: 'import' } },
  { key: 'line', head: { ja: '行', en: 'line' }, kind: 'count' },
  { key: 'file', head: { ja: 'ファイル', en: 'file' } },
  { key: 'reason', head: { ja: '理由', en: 'reason' } },
  { key: 'field', head: { ja: '項目', en: 'field' } },
  { key: 'problem', head: { ja: '問題', en: 'problem' }, inJapanese: 'problemJa' },
  { key: 'suspendedAt', head: { ja: '保留日時', en: 'since' }, kind: 'time' },
];

const flat = <Row extends { counts: object | null }>({ counts, ...row }: Row): object => ({
  ...row,
  ...counts,
});

/** The files of a folder, in the order of their names; hidden ones are nobody's. */
async function filesIn(invocation: Invocation, folder: string): Promise<string[]> {
  const entries = await readdir(invocation.path(folder), { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  if (names.length > 0) return names.sort().map(name => join(folder, name));
  throw new InvalidInput(folder, 'is not a file, nor a folder with files', 'FILE_UNREADABLE');
}

/** What was named, folders as their files. What cannot be read at all costs nothing: nothing was imported. */
async function filesOf(invocation: Invocation, named: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const one of named) {
    try {
      const found = await stat(invocation.path(one));
      files.push(...(found.isDirectory() ? await filesIn(invocation, one) : [one]));
      if (found.isFile() || found.isDirectory()) continue;
    } catch (error) {
      throw error instanceof InvalidInput ? error : unreadable(one, error);
    }
    throw InvalidInput.of(one, cliProblems.FILE_UNREADABLE);
  }
  return files;
}

/** A file that was not imported, and why; the others were. */
interface RefusedFile {
  readonly file: string;
  readonly import: null;
  readonly counts: null;
  readonly refused: { readonly code: string; readonly problem: string };
}

const isRefused = (report: ImportReport | RefusedFile): report is RefusedFile => report.import === null;

/** The refusal of one file among others; anything else ends the command. */
function refusalOf(file: string, error: unknown): RefusedFile {
  const { name, message } = error as Error;
  // By name: the same error may come from another bundle of code.
  if (name !== 'InvalidInput' && !/^E[A-Z]+$/.test(codeOf(error) ?? '')) throw error;
  const code = codeOf(error) ?? 'INVALID_INPUT';
  return { file, import: null, counts: null, refused: { code, problem: message } };
}

const HOW = {
  input: ImportCalls.useCase.input.omit({ path: true, trial: true }),
  cli: ImportCalls.useCase.cli,
};
const DRY_RUN = option('--dry-run', {
  ja: '各ファイルの結果（課金・保留・対象外）を試算するだけで、何も書き込まない',
  en: 'only say what each file would charge, suspend or skip; write nothing',
});

async function importFiles(invocation: Invocation): Promise<Output> {
  const how = inputOf(invocation, HOW);
  const trial: ImportTrial | undefined = invocation.flag('dry-run') ? { dryRun: true } : undefined;
  const caller = invocation.caller();
  const named = invocation.argList(0);
  const files = await filesOf(invocation, named);
  // Where one file was named, its fault is that of the words that were given.
  const isOne = named.length === 1 && files[0] === named[0];
  const reports = await withProgress(invocation.io, async progress => {
    const done: (ImportReport | RefusedFile)[] = [];
    for (const [i, file] of files.entries()) {
      const own = { ...caller, commandId: stepId(caller.commandId, String(i + 1)) };
      const input = { ...how, path: invocation.path(file), trial };
      const importing = invocation.do(new ImportCalls(input, own, { progress }));
      done.push(await (isOne ? importing : importing.catch((error: unknown) => refusalOf(file, error))));
    }
    return done;
  });
  const refused = reports.filter(isRefused);
  for (const { refused: why, file } of refused)
    await invocation.io.err(harmless(`${why.code}: ${file}: ${why.problem}\n`, { lines: true }));
  const suspended = reports.reduce((sum, report) => sum + (report.counts?.suspended ?? 0), 0);
  if (trial)
    await invocation.io.err(
      invocation.say('試算です。何も書き込んでいません。\n', 'a dry run: nothing was written\n'),
    );
  else if (suspended > 0)
    await invocation.io.err(
      invocation.say(
        `${suspended} 件を保留しました（daicho cdr suspense list）\n`,
        `${suspended} lines wait on the suspense list (daicho cdr suspense list)\n`,
      ),
    );
  const message = invocation.say(
    `${files.length} ファイルのうち ${refused.length} ファイルを取り込めませんでした`,
    `${refused.length} of ${files.length} files were not imported`,
  );
  return {
    kind: 'list',
    rows: invocation.json ? reports : reports.map(flat),
    columns: REPORTS,
    empty: { ja: 'ファイルがありません。', en: 'No files.' },
    finding: () => (refused.length > 0 ? { code: 'FILES_REFUSED', message } : undefined),
  };
}

async function retry(invocation: Invocation): Promise<Output> {
  if (invocation.text('line') !== undefined && invocation.text('import') === undefined)
    throw WrongUsage.of(usageProblems.ONLY_WITH, { option: 'line', other: 'import' });
  const input = inputOf(invocation, RetrySuspense.useCase);
  const report = await invocation.do(new RetrySuspense(input, invocation.caller()));
  if ('kind' in report) throw Refused.of(report.rejection);
  const left = report.retried - report.resolved;
  return {
    kind: 'document',
    value: report,
    human: () =>
      invocation.say(
        `再処理 ${report.retried} 件、解消 ${report.resolved} 件\n`,
        `retried ${report.retried}, resolved ${report.resolved}\n`,
      ) + report.problems.map(problem => `${problemText(problem, invocation.language)}\n`).join(''),
    finding:
      left > 0
        ? {
            code: 'STILL_SUSPENDED',
            message: invocation.say(
              `${left} 件は保留リストに残っています`,
              `${left} lines stay on the suspense list`,
            ),
          }
        : undefined,
  };
}

export const cdrVerbs: Verbs = (_program, add, group) => {
  const cdr = group('cdr', { ja: '通話記録（CDR）', en: 'call records' });
  // Each call and each line is done once whatever is sent: no id of its own.
  const writes = { id: false };
  add(cdr, {
    ...verbOf(ImportCalls, [DRY_RUN]),
    writes,
    store: invocation => (invocation.flag('dry-run') ? 'read' : 'create'),
    run: importFiles,
  });
  add(
    cdr,
    listVerb(ListImports, {
      columns: IMPORTS,
      empty: { ja: '取込はありません。', en: 'Nothing was imported.' },
      shown: flat,
    }),
  );
  const suspense = group(
    'suspense',
    { ja: '課金できず保留した行', en: 'lines that could not be charged' },
    cdr,
  );
  add(
    suspense,
    listVerb(ListSuspense, {
      columns: SUSPENSE,
      empty: { ja: '保留中の行はありません。', en: 'Nothing is in suspense.' },
    }),
  );
  add(suspense, { ...verbOf(RetrySuspense), writes, run: retry });
  const discard = commandVerb(DiscardSuspense, ({ import: id, line }, invocation) =>
    invocation.say(`取込 ${id} の ${line} 行目を破棄しました\n`, `discarded line ${line} of ${id}\n`),
  );
  add(suspense, { ...discard, writes });
};
