import {
  assertNever,
  type CodeOf,
  common,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  type Fillings,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  olderForm,
  rejected,
  type ValueOf,
} from '#kernel';
import { problemOfV1 } from './cdr-suspended-v1.js';

/** Why a call record waits on the suspense list. */
const SUSPENSE_REASONS = [
  'BAD_LINE',
  'UNKNOWN_ACCOUNT',
  'UNKNOWN_TARIFF',
  'NO_RATE',
  'SAME_ID_OTHER_BODY',
  'BEYOND_LEDGER_SCALE',
  'IN_THE_FUTURE',
  'UNREADABLE_NUMBER',
  'BEFORE_FIRST_DAY',
  'NUMBER_OF_ANOTHER_ACCOUNT',
  'NUMBER_NOT_IN_CONTRACT',
  'NUMBER_WITHOUT_UNIQUE',
  'SUM_OUT_OF_RANGE',
] as const;
export type SuspenseReason = (typeof SUSPENSE_REASONS)[number];

const importCountsFact = fact.record({
  read: fact.whole,
  charged: fact.whole,
  noted: fact.whole,
  duplicates: fact.whole,
  suspended: fact.whole,
  /** Records that carry no money by their form (B legs, pseudo channels), and lines that were discarded. */
  skipped: fact.whole,
});
/** What one import did. Counts are of call records. */
export type ImportCounts = ValueOf<typeof importCountsFact>;

const suspendedLine = {
  import: fact.text,
  /** 1-based line of the file, the header being line 1; for JSON files 1. */
  line: fact.whole,
  file: fact.text,
  format: fact.text,
  reason: fact.id<SuspenseReason>(),
  field: fact.orNull(fact.text),
};
const lineAsItCame = {
  /** The record as it came; of a line too long for a record, its first 4,096 bytes. */
  raw: fact.text,
  /** The CSV header under which `raw` is read again; null for JSON. */
  header: fact.orNull(fact.text),
};
/** It kept the problem as an English sentence. */
const suspendedV1 = olderForm(
  1,
  { ...suspendedLine, problem: fact.text, ...lineAsItCame },
  {
    ja: '{file} の {line} 行目を保留にした: {reason}[、項目 {field}]: {problem}',
    en: 'Line {line} of {file} was suspended: {reason}[, field {field}]: {problem}',
  },
  e => ({ ...e, problem: problemOfV1(e.problem) }),
);

/** Events of `import-<first 16 hex digits of the file's SHA-256>`: one file, whatever its name. */
export const cdrImportEvents = defineEvents(
  { context: 'rating', stream: 'import-<hash of the file>' },
  {
    CdrImportStarted: event(
      { import: fact.text, file: fact.text, format: fact.text, bytes: fact.whole },
      {
        word: { ja: '通話明細ファイルの取込を始めた。', en: 'The import of a call file began.' },
        sentence: {
          ja: '通話明細 {file}（{bytes} バイト）の取込 {import} を始めた。',
          en: 'Import {import} of call file {file} ({bytes} bytes) began.',
        },
      },
    ),
    CdrSuspended: event(
      {
        ...suspendedLine,
        /** By its code, with what differs in its sentence: both languages are spoken from it when shown. */
        problem: fact.record({ code: fact.text, values: fact.json<Fillings>('values by name') }),
        ...lineAsItCame,
      },
      {
        word: {
          ja: '課金できない行を保留にした。',
          en: 'A line that could not be charged waits on the suspense list.',
        },
        sentence: {
          ja: '{file} の {line} 行目を保留にした: {reason}[、項目 {field}]: {problem|problem}',
          en: 'Line {line} of {file} was suspended: {reason}[, field {field}]: {problem|problem}',
        },
      },
      { version: 2, older: [suspendedV1] },
    ),
    /** A waiting line was mended by hand; what came stays in `CdrSuspended`, who and why in the meta. */
    SuspenseCorrected: event(
      {
        import: fact.text,
        line: fact.whole,
        /** What is read in place of the line that came, under the same header. */
        raw: fact.text,
      },
      {
        word: {
          ja: '保留の行を訂正した。元の行もそのまま残る。',
          en: 'A waiting line was mended by hand; the line that came is kept beside it.',
        },
        sentence: {
          ja: '取込 {import} の保留 {line} 行目を訂正した: {raw}',
          en: 'Suspended line {line} of import {import} was corrected to: {raw}',
        },
      },
    ),
    SuspenseResolved: event(
      { import: fact.text, line: fact.whole, how: fact.oneOf('retried', 'discarded'), reason: fact.text },
      {
        word: {
          ja: '保留の行を課金した、または破棄した。',
          en: 'A waiting line was charged after all, or discarded with a reason.',
        },
        sentence: {
          ja: '取込 {import} の保留 {line} 行目を{how|code}[（{reason}）]。',
          en: 'Suspended line {line} of import {import} {how|code}[ ({reason})].',
        },
      },
    ),
    CdrImportCompleted: event(
      { import: fact.text, counts: importCountsFact },
      {
        word: { ja: '通話明細ファイルの取込を終えた。', en: 'The import is complete; these are its counts.' },
        sentence: {
          ja:
            '取込 {import} を終えた: 課金 {counts.charged}、無料 {counts.noted}、重複 {counts.duplicates}、保留 ' +
            '{counts.suspended}。',
          en:
            'Import {import} is complete: {counts.charged} charged, {counts.noted} free, ' +
            '{counts.duplicates} duplicates, {counts.suspended} suspended.',
        },
      },
    ),
  },
);
export type CdrImportEvent = EventOf<typeof cdrImportEvents>;

type Bare<T> = T extends unknown ? Omit<T, 'at' | 'import' | 'type'> : never;
export type CdrImportCommand =
  | ({ readonly type: 'StartImport'; readonly now: Instant; readonly import: string } & Bare<
      Extract<CdrImportEvent, { type: 'CdrImportStarted' }>
    >)
  | ({ readonly type: 'SuspendCdr'; readonly now: Instant } & Bare<
      Extract<CdrImportEvent, { type: 'CdrSuspended' }>
    >)
  | { readonly type: 'CorrectSuspense'; readonly now: Instant; readonly line: number; readonly raw: string }
  | {
      readonly type: 'ResolveSuspense';
      readonly now: Instant;
      readonly line: number;
      readonly how: 'retried' | 'discarded';
      readonly reason: string;
    }
  | { readonly type: 'CompleteImport'; readonly now: Instant; readonly counts: ImportCounts };

export const cdrImportRefusals = defineRefusals({
  NO_SUCH_IMPORT: {
    status: 404,
    ja: 'その取込はありません。',
    en: 'There is no such import.',
  },
  NO_SUCH_SUSPENSE: {
    status: 404,
    ja: 'この取込の{line}行目は保留されていません。',
    en: 'Line {line} of this import is not on the suspense list.',
  },
  SUSPENSE_IS_RESOLVED: {
    status: 409,
    ja: 'この行は既に処理されています。',
    en: 'The line is resolved already: there is nothing to correct.',
  },
  REASON_REQUIRED: common.REASON_REQUIRED,
});

/** Why a command may have nothing to do. */
const cdrImportUnchanged = defineUnchanged({
  CORRECTED_LIKE_THIS: {
    ja: 'この行は、既にこの内容に訂正されています。',
    en: 'the line is corrected like this already',
  },
  STARTED_BEFORE: {
    ja: 'このファイルの取込は、既に始まっています。',
    en: 'the import of this file was started before',
  },
  SUSPENDED_BEFORE: {
    ja: 'この行は、既に保留になっています。',
    en: 'the line is on the suspense list already',
  },
  RESOLVED_BEFORE: { ja: 'この行は、既に処理済みです。', en: 'the line is resolved already' },
  IMPORT_COMPLETE: { ja: 'この取込は、既に完了しています。', en: 'the import is complete already' },
});
export type CdrImportRejection = CodeOf<typeof cdrImportRefusals>;

export interface CdrImportState {
  readonly id: string | null;
  readonly completed: boolean;
  /** Lines that are or were on the suspense list. */
  readonly lines: Map<number, 'open' | 'retried' | 'discarded'>;
  /** Lines that were mended by hand, with what is read in their place. */
  readonly corrected: Map<number, string>;
}

export const importStream = (id: string): string => `import-${id}`;

const notSuspended = (line: number) => rejected(cdrImportRefusals.NO_SUCH_SUSPENSE, { line: String(line) });

function correct(
  { now: at, line, raw }: Extract<CdrImportCommand, { type: 'CorrectSuspense' }>,
  state: CdrImportState,
  id: string,
): Outcome<CdrImportEvent, CdrImportRejection> {
  const known = state.lines.get(line);
  if (!known) return notSuspended(line);
  if (known !== 'open') return rejected(cdrImportRefusals.SUSPENSE_IS_RESOLVED);
  if (state.corrected.get(line) === raw) return nothing(cdrImportUnchanged.CORRECTED_LIKE_THIS);
  return happened<CdrImportEvent>({ type: 'SuspenseCorrected', at, import: id, line, raw });
}

function decide(
  command: CdrImportCommand,
  state: CdrImportState,
): Outcome<CdrImportEvent, CdrImportRejection> {
  const at = command.now;
  if (command.type === 'StartImport') {
    if (state.id !== null) return nothing(cdrImportUnchanged.STARTED_BEFORE);
    const { import: id, file, format, bytes } = command;
    return happened<CdrImportEvent>({ type: 'CdrImportStarted', at, import: id, file, format, bytes });
  }
  if (state.id === null) return rejected(cdrImportRefusals.NO_SUCH_IMPORT);
  switch (command.type) {
    case 'SuspendCdr': {
      if (state.lines.has(command.line)) return nothing(cdrImportUnchanged.SUSPENDED_BEFORE);
      const { type: _type, now: _now, ...facts } = command;
      return happened<CdrImportEvent>({ type: 'CdrSuspended', at, import: state.id, ...facts });
    }
    case 'CorrectSuspense':
      return correct(command, state, state.id);
    case 'ResolveSuspense': {
      const known = state.lines.get(command.line);
      if (!known) return notSuspended(command.line);
      if (command.how === 'discarded' && command.reason.trim() === '')
        return rejected(cdrImportRefusals.REASON_REQUIRED);
      if (known !== 'open') return nothing(cdrImportUnchanged.RESOLVED_BEFORE);
      const { line, how, reason } = command;
      return happened<CdrImportEvent>({ type: 'SuspenseResolved', at, import: state.id, line, how, reason });
    }
    case 'CompleteImport':
      if (state.completed) return nothing(cdrImportUnchanged.IMPORT_COMPLETE);
      return happened<CdrImportEvent>({
        type: 'CdrImportCompleted',
        at,
        import: state.id,
        counts: command.counts,
      });
    default:
      return assertNever(command);
  }
}

function evolve(state: CdrImportState, event: CdrImportEvent): CdrImportState {
  switch (event.type) {
    case 'CdrImportStarted':
      return { ...state, id: event.import };
    case 'CdrSuspended':
      state.lines.set(event.line, 'open');
      return state;
    case 'SuspenseCorrected':
      state.corrected.set(event.line, event.raw);
      return state;
    case 'SuspenseResolved':
      state.lines.set(event.line, event.how);
      return state;
    case 'CdrImportCompleted':
      return { ...state, completed: true };
    default:
      return assertNever(event);
  }
}

const fresh = (): CdrImportState => ({ id: null, completed: false, lines: new Map(), corrected: new Map() });

export const cdrImport: Decider<CdrImportCommand, CdrImportEvent, CdrImportState, CdrImportRejection> = {
  name: 'cdrImport',
  fresh,
  decide,
  evolve,
};
