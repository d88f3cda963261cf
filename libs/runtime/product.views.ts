import type { Role } from '#identity';
import type { AccountId, Actor, Rejection, TaxCategory } from '#kernel';
import type { ImportCounts, SuspenseReason } from '#rating';

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
}
export type Progress = (done: number, total: number, what: string) => void;

/** Who asks, and the id that makes the same request one effect for ever. */
export interface Caller {
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId?: string;
}

/** What became of a command. `position` is that of its last event: a client may wait for it. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value; readonly position: number; readonly replayed: boolean }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** A refusal as answers tell it. */
export interface RejectionView {
  readonly code: string;
  readonly message: string;
  readonly messageJa: string;
  readonly details?: Readonly<Record<string, string>>;
}

export interface CallRow {
  readonly callId: string;
  readonly direction: 'out' | 'in';
  readonly from: string;
  readonly to: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly hangupCause: string;
  readonly category: string;
  readonly destination: string;
  readonly chargedSeconds: number;
  readonly net: string;
  readonly tax: string;
  readonly taxCategory: TaxCategory;
  readonly billingMonth: string;
  readonly position: number;
}
export interface InvoiceRow {
  readonly number: string;
  readonly account: AccountId;
  readonly month: string;
  readonly date: string;
  /** `return`: a return invoice (適格返還請求書), of a total below zero. */
  readonly kind: 'invoice' | 'return';
  readonly subject: string;
  readonly total: string;
  /** First day on which customers may have it (3rd business day of the next month). */
  readonly availableFrom: string;
}
export interface SuspenseRow {
  readonly import: string;
  readonly file: string;
  readonly line: number;
  readonly reason: SuspenseReason;
  readonly field: string | null;
  readonly problem: string;
  readonly raw: string;
  /** What somebody mended the line to; null as long as nobody did. */
  readonly corrected: string | null;
  /** The header line under which `raw` is read; null for JSON. */
  readonly header: string | null;
  readonly suspendedAt: string;
}
export interface ImportRow {
  readonly import: string;
  readonly file: string;
  readonly format: string;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly counts: ImportCounts | null;
}
export interface TariffView {
  readonly tariff: string;
  readonly version: number;
  readonly publishedAt: string;
  readonly rows: number;
}
export interface KeyView {
  readonly key: string;
  readonly role: Role;
  readonly account: AccountId | null;
  readonly label: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}
/** A problem of an imported file, named so that its author finds it. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly problem: string;
}
/** What is wrong with a file; `more` is how many problems there are beyond those that are told. */
export interface Faults {
  readonly problems: readonly FileProblem[];
  readonly more?: number;
}
export interface ImportReport {
  readonly import: string;
  readonly file: string;
  readonly counts: ImportCounts;
}
export interface AccountClose {
  readonly account: AccountId;
  readonly outcome: 'closed' | 'already_closed' | 'would_close' | 'nothing_to_bill' | 'refused';
  readonly invoice: string | null;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly roundingDifference: string;
  readonly rejection: RejectionView | null;
}
/** Lines of call files that wait on the suspense list: neither statement nor invoice has them. */
export interface SuspenseFigures {
  /** Lines of the month. */
  readonly lines: number;
  /** How many of them a tariff prices by now; `net` and `tax` are theirs. */
  readonly priced: number;
  readonly net: string;
  readonly tax: string;
  /** Lines that came since the month began and of which not even the month can be told. */
  readonly unread: number;
}
/** The same, and account by account. */
export interface MonthSuspense extends SuspenseFigures {
  /** Ids ascending; last, with null, the lines whose account cannot be told. */
  readonly accounts: readonly (SuspenseFigures & {
    readonly account: string | null;
    /** Events to look at, at most twenty. */
    readonly positions: readonly number[];
  })[];
}
export interface CloseReport {
  readonly month: string;
  readonly dryRun: boolean;
  readonly accounts: readonly AccountClose[];
  readonly invoices: number;
  readonly total: string;
  /** What the month is closed without. */
  readonly suspense: SuspenseFigures;
}
/** A node of the tree from an amount to its causes. */
export interface Explanation {
  readonly id: string;
  readonly what: string;
  readonly whatJa: string;
  readonly amount: string | null;
  /** Plain facts, e.g. the tariff row in words and the arithmetic `8 x ceil(61/180) = 8`. */
  readonly facts: Readonly<Record<string, string>>;
  readonly events: readonly {
    readonly position: number;
    readonly type: string;
    readonly stream: string;
    readonly hash: string;
  }[];
  readonly causes: readonly Explanation[];
}
export interface AuditFinding {
  readonly ok: boolean;
  readonly events: number;
  /** For verify: first bad position. For replay: the rows that differ. */
  readonly problems: readonly string[];
  readonly head: string;
}
export interface Difference {
  readonly check: string;
  readonly account: string | null;
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  readonly positions: readonly number[];
}

/** A job as staff see it. */
export interface JobRow {
  /** `close-month/2026-10`: name and key. */
  readonly job: string;
  readonly name: string;
  readonly key: string;
  readonly state: 'waiting' | 'active' | 'parked' | 'done';
  readonly dueAt: string;
  readonly attempts: number;
  readonly attemptsAtMost: number;
  readonly progress: { readonly done: number; readonly total: number; readonly what: string } | null;
  /** Why the last attempt failed, `CODE: message`. */
  readonly reason: string | null;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  readonly createdAt: string;
}

/** What stands in the queue, for metrics. */
export interface JobFigures {
  readonly names: readonly {
    readonly name: string;
    readonly states: Readonly<Record<JobRow['state'], number>>;
    /** Attempts of the jobs that stand (those done included) that ended badly. */
    readonly failures: number;
  }[];
  /** Seconds since the oldest waiting job was due; 0 when none is late. */
  readonly oldestDueS: number;
}
