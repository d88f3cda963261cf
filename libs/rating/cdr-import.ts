import {
  assertNever,
  type Codec,
  type Decider,
  happened,
  Instant,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';

/** Why a call record waits on the suspense list. */
export const SUSPENSE_REASONS = [
  'BAD_LINE',
  'UNKNOWN_ACCOUNT',
  'UNKNOWN_TARIFF',
  'NO_RATE',
  'SAME_ID_OTHER_BODY',
  'BEYOND_LEDGER_SCALE',
  'IN_THE_FUTURE',
] as const;
export type SuspenseReason = (typeof SUSPENSE_REASONS)[number];

/** What one import did. Counts are of call records. */
export interface ImportCounts {
  readonly read: number;
  readonly charged: number;
  readonly noted: number;
  readonly duplicates: number;
  readonly suspended: number;
  /** Records that carry no money by their form (B legs, pseudo channels), and lines that were discarded. */
  readonly skipped: number;
}

/** Events of `import-<first 16 hex digits of the file's SHA-256>`: one file, whatever its name. */
export type CdrImportEvent =
  | {
      readonly type: 'CdrImportStarted';
      readonly at: Instant;
      readonly import: string;
      readonly file: string;
      readonly format: string;
      readonly bytes: number;
    }
  | {
      readonly type: 'CdrSuspended';
      readonly at: Instant;
      readonly import: string;
      /** 1-based line of the file, the header being line 1; for JSON files 1. */
      readonly line: number;
      readonly file: string;
      readonly format: string;
      readonly reason: SuspenseReason;
      readonly field: string | null;
      readonly problem: string;
      /** The record as it came; of a line too long for a record, its first 4,096 bytes. */
      readonly raw: string;
      /** The CSV header under which `raw` is read again; null for JSON. */
      readonly header: string | null;
    }
  /** A waiting line was mended by hand; what came stays in `CdrSuspended`, who and why in the meta. */
  | {
      readonly type: 'SuspenseCorrected';
      readonly at: Instant;
      readonly import: string;
      readonly line: number;
      /** What is read in place of the line that came, under the same header. */
      readonly raw: string;
    }
  | {
      readonly type: 'SuspenseResolved';
      readonly at: Instant;
      readonly import: string;
      readonly line: number;
      readonly how: 'retried' | 'discarded';
      readonly reason: string;
    }
  | {
      readonly type: 'CdrImportCompleted';
      readonly at: Instant;
      readonly import: string;
      readonly counts: ImportCounts;
    };

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

export const CDR_IMPORT_REJECTIONS = [
  'NO_SUCH_IMPORT',
  'NO_SUCH_SUSPENSE',
  'SUSPENSE_IS_RESOLVED',
  'REASON_REQUIRED',
] as const;
export type CdrImportRejection = (typeof CDR_IMPORT_REJECTIONS)[number];

export interface CdrImportState {
  readonly id: string | null;
  readonly completed: boolean;
  /** Lines that are or were on the suspense list. */
  readonly lines: Map<number, 'open' | 'retried' | 'discarded'>;
  /** Lines that were mended by hand, with what is read in their place. */
  readonly corrected: Map<number, string>;
}

export const importStream = (id: string): string => `import-${id}`;

const notSuspended = (line: number) =>
  rejected('NO_SUCH_SUSPENSE', `line ${line} of this import is not on the suspense list`);

function correct(
  { now: at, line, raw }: Extract<CdrImportCommand, { type: 'CorrectSuspense' }>,
  state: CdrImportState,
  id: string,
): Outcome<CdrImportEvent, CdrImportRejection> {
  const known = state.lines.get(line);
  if (!known) return notSuspended(line);
  if (known !== 'open')
    return rejected('SUSPENSE_IS_RESOLVED', 'the line is resolved already: there is nothing to correct');
  if (state.corrected.get(line) === raw) return nothing('the line is corrected like this already');
  return happened<CdrImportEvent>({ type: 'SuspenseCorrected', at, import: id, line, raw });
}

function decide(
  command: CdrImportCommand,
  state: CdrImportState,
): Outcome<CdrImportEvent, CdrImportRejection> {
  const at = command.now;
  if (command.type === 'StartImport') {
    if (state.id !== null) return nothing('the import of this file was started before');
    const { import: id, file, format, bytes } = command;
    return happened<CdrImportEvent>({ type: 'CdrImportStarted', at, import: id, file, format, bytes });
  }
  if (state.id === null) return rejected('NO_SUCH_IMPORT', 'there is no such import');
  switch (command.type) {
    case 'SuspendCdr': {
      if (state.lines.has(command.line)) return nothing('the line is on the suspense list already');
      const { type: _type, now: _now, ...facts } = command;
      return happened<CdrImportEvent>({ type: 'CdrSuspended', at, import: state.id, ...facts });
    }
    case 'CorrectSuspense':
      return correct(command, state, state.id);
    case 'ResolveSuspense': {
      const known = state.lines.get(command.line);
      if (!known) return notSuspended(command.line);
      if (command.how === 'discarded' && command.reason.trim() === '')
        return rejected('REASON_REQUIRED', 'a discard needs a reason');
      if (known !== 'open') return nothing('the line is resolved already');
      const { line, how, reason } = command;
      return happened<CdrImportEvent>({ type: 'SuspenseResolved', at, import: state.id, line, how, reason });
    }
    case 'CompleteImport':
      if (state.completed) return nothing('the import is complete already');
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
  initial: fresh(),
  fresh,
  decide,
  evolve,
};

const STORED: Record<CdrImportEvent['type'], string> = {
  CdrImportStarted: 'rating.CdrImportStarted.v1',
  CdrSuspended: 'rating.CdrSuspended.v1',
  SuspenseCorrected: 'rating.SuspenseCorrected.v1',
  SuspenseResolved: 'rating.SuspenseResolved.v1',
  CdrImportCompleted: 'rating.CdrImportCompleted.v1',
};
const TYPES = new Map(
  Object.entries(STORED).map(([type, stored]) => [stored, type as CdrImportEvent['type']]),
);

export const cdrImportCodec: Codec<CdrImportEvent> = {
  secrets: nothingSecretIn(
    'rating.CdrImportStarted.v1',
    'rating.CdrSuspended.v1',
    'rating.SuspenseCorrected.v1',
    'rating.SuspenseResolved.v1',
    'rating.CdrImportCompleted.v1',
  ),
  occurredAt: event => event.at,
  encode(event) {
    const { type, at, ...facts } = event;
    return { type: STORED[type], data: { at: Instant.text(at), ...facts } };
  },
  decode(stored, data) {
    const type = TYPES.get(stored);
    if (!type) throw new Error(`unknown event type ${stored}: written by a newer version of Daicho?`);
    return { ...(data as object), type, at: Instant.parse((data as { at: string }).at) } as CdrImportEvent;
  },
};
