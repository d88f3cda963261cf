import {
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { DEPOSIT_FORMATS, type DepositFormat } from '../bank/bank-file.js';

const counts = {
  /** Rows of the file: deposits and cancellations. */
  rows: fact.whole,
  /** Those that no file told before. */
  fresh: fact.whole,
  matched: fact.whole,
  ambiguous: fact.whole,
  unknown: fact.whole,
  cancelled: fact.whole,
};

/** Events of `depositFile-<id>`: the id is made of what it says, so the same file is the same stream. */
export const depositFileEvents = defineEvents(
  { context: 'payments', stream: 'depositFile-<id>' },
  {
    DepositFileTaken: event(
      {
        ...{ file: fact.text, name: fact.text, format: fact.oneOf(...DEPOSIT_FORMATS) },
        ...{ rows: fact.whole, sum: fact.moneyTotal, from: fact.day, to: fact.day },
      },
      {
        word: { ja: '入金ファイルを受け取った。', en: 'A file of deposits came in.' },
        sentence: {
          ja: '入金ファイル {name}（{from}～{to}、{rows}件、{sum|yen}）を受け取った。',
          en: 'File of deposits {name} ({from} to {to}, {rows} rows, {sum|yen}) came in.',
        },
      },
    ),
    DepositFileCompleted: event(
      { counts: fact.record(counts) },
      {
        word: {
          ja: '入金ファイルの取り込みが終わった。',
          en: 'The import of a file of deposits is complete.',
        },
        sentence: {
          ja:
            '入金ファイルの取り込みが終わった：新規{counts.fresh}件、一致{counts.matched}件、' +
            '要選択{counts.ambiguous}件、不明{counts.unknown}件、取消{counts.cancelled}件。',
          en:
            'The file of deposits is imported: {counts.fresh} new, {counts.matched} matched, ' +
            '{counts.ambiguous} ambiguous, {counts.unknown} unknown, {counts.cancelled} cancelled.',
        },
        act: false,
      },
    ),
  },
);
export type DepositFileEvent = EventOf<typeof depositFileEvents>;
export type DepositCounts = Extract<DepositFileEvent, { type: 'DepositFileCompleted' }>['counts'];
type Taken = Extract<DepositFileEvent, { type: 'DepositFileTaken' }>;

export const depositFileRefusals = defineRefusals({
  DEPOSIT_FILE_KNOWN: {
    status: 409,
    field: 'body',
    ja: 'このファイルは {at} に取り込み済みです。二重には計上していません。',
    en: 'This file was imported at {at}; nothing was booked again.',
  },
});
type FileRejection = CodeOf<typeof depositFileRefusals>;

/** Why a command may have nothing to do. */
const depositFileUnchanged = defineUnchanged({
  GOES_ON: { ja: '中断した取り込みを続けます。', en: 'an import that broke off goes on' },
  COMPLETE_ALREADY: { ja: '取り込みは既に終わっています。', en: 'the import is complete already' },
});

export type DepositFileCommand =
  | ({ readonly type: 'TakeFile'; readonly now: Instant } & Omit<Taken, 'type' | 'at'>)
  | { readonly type: 'CompleteFile'; readonly now: Instant; readonly counts: DepositCounts };

export interface DepositFileState {
  readonly takenAt: Instant | null;
  readonly format: DepositFormat | null;
  readonly completedAt: Instant | null;
}

export const depositFileStream = (file: string): string => `depositFile-${file}`;

function decide(
  command: DepositFileCommand,
  { takenAt, completedAt }: DepositFileState,
): Outcome<DepositFileEvent, FileRejection> {
  if (command.type === 'TakeFile') {
    if (completedAt !== null)
      return rejected(depositFileRefusals.DEPOSIT_FILE_KNOWN, { at: Instant.text(completedAt) });
    if (takenAt !== null) return nothing(depositFileUnchanged.GOES_ON);
    const { type: _type, now: at, ...facts } = command;
    return happened<DepositFileEvent>({ type: 'DepositFileTaken', at, ...facts });
  }
  if (completedAt !== null) return nothing(depositFileUnchanged.COMPLETE_ALREADY);
  return happened<DepositFileEvent>({
    type: 'DepositFileCompleted',
    at: command.now,
    counts: command.counts,
  });
}

export const depositFile: Decider<DepositFileCommand, DepositFileEvent, DepositFileState, FileRejection> = {
  name: 'depositFile',
  fresh: () => ({ takenAt: null, format: null, completedAt: null }),
  decide,
  evolve: (state, e) =>
    e.type === 'DepositFileTaken'
      ? { ...state, takenAt: e.at, format: e.format }
      : { ...state, completedAt: e.at },
};
