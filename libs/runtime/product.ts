import type { IssuerProfile } from '#contracts';
import type { Role } from '#identity';
import type { AccountId, BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import type { CallFacts, ChargeMethod } from '#ledger';
import type { PolicyName } from '#policies';
import type { HeavyWork, JobId, JobQueue, JobState } from '#ports';
import type { CallEncoding, CdrFormat, TariffDiff } from '#rating';
import type { AccountService } from './accounts/accounts.types.js';
import type { AuditFinding, Explanation } from './audit/audit.shapes.js';
import type { EventLogService } from './audit/event-browser.types.js';
import type { TariffView } from './catalogue/catalogue.shapes.js';
import type { HeavyTasks } from './catalogue/heavy-tasks.js';
import type { ClosingService } from './closing/closing.types.js';
import type { Wait } from './engine/wait.js';
import type { Identity } from './identity/identity.service.js';
import type { ImportedLine, ImportReport, ImportRow, SuspenseRow } from './imports/cdr.shapes.js';
import type { JobRow } from './jobs/jobs.shapes.js';
import type { JobFacts } from './jobs/plan-jobs.js';
import type { KeyView, NewKeyView } from './keys/keys.shapes.js';
import type { ClockView } from './operations/clock.shapes.js';
import type {
  AdjustmentView,
  BalanceView,
  CorrectedCallView,
  CorrectionPreview,
  CreditedLot,
  HistoryRow,
  HoldView,
  ReleasedHoldView,
  ReversalView,
  SettledHoldView,
  TrialBalanceView,
} from './prepaid/prepaid.shapes.js';
import type {
  Answer,
  Caller,
  Faults,
  FileProblem,
  JobFigures,
  Page,
  PageRequest,
  Progress,
} from './product.views.js';
import type { CallRow } from './reports/reports.shapes.js';
import type { ReportService } from './reports/reports.types.js';

export type { AccountService, AccountView } from './accounts/accounts.types.js';
export type { AuditFinding, Explanation } from './audit/audit.shapes.js';
export type * from './audit/event-browser.types.js';
export type { TariffView } from './catalogue/catalogue.shapes.js';
export type {
  AccountClose,
  CloseMonth,
  CloseReport,
  Difference,
  InvoiceRow,
  MonthReport,
  MonthSuspense,
  SuspenseFigures,
} from './closing/closing.shapes.js';
export type * from './closing/closing.types.js';
export type { ImportedLine, ImportReport, ImportRow, SuspenseRow } from './imports/cdr.shapes.js';
export type { JobRow } from './jobs/jobs.shapes.js';
export type { KeyView } from './keys/keys.shapes.js';
export type { ClockView } from './operations/clock.shapes.js';
export type {
  BalanceView,
  CorrectedCallView,
  CorrectionPreview,
  CreditedLot,
  HistoryRow,
  LotView,
  TrialBalanceRow,
  TrialBalanceView,
} from './prepaid/prepaid.shapes.js';
export * from './product.views.js';
export type * from './reports/reports.shapes.js';
export type * from './reports/reports.types.js';

export interface PrepaidService {
  /**
   * `at` for backfills; the clock's now without it. The lot's id is the command id unless given. `askRepeat`:
   * POSTED_RECENTLY when the same amount came by the same method minutes ago.
   */
  charge(
    input: {
      account: AccountId;
      amount: Money;
      method: ChargeMethod;
      at?: Instant;
      lot?: string;
      /** The second person of a bonus above the amount of adjustments. */
      approvedBy?: string | null;
      askRepeat?: boolean;
    },
    caller: Caller,
  ): Promise<Answer<CreditedLot>>;
  hold(
    input: { account: AccountId; hold: string; amount: Money; purpose: string },
    caller: Caller,
  ): Promise<Answer<HoldView>>;
  extendHold(
    input: { account: AccountId; hold: string; amount: Money },
    caller: Caller,
  ): Promise<Answer<HoldView>>;
  releaseHold(input: { account: AccountId; hold: string }, caller: Caller): Promise<Answer<ReleasedHoldView>>;
  /** Rates the call with the account's tariff and settles it against the hold. */
  settleHold(
    input: { account: AccountId; hold: string; call: CallFacts },
    caller: Caller,
  ): Promise<Answer<SettledHoldView>>;
  adjust(
    input: {
      account: AccountId;
      adjustment: string;
      amount: Money;
      reason: string;
      approvedBy: string | null;
      askRepeat?: boolean;
    },
    caller: Caller,
  ): Promise<Answer<AdjustmentView>>;
  /** Takes a call charge, or another debit, back in full. `debit` is the call id or the debit's id. */
  reverse(
    input: { account: AccountId; reversal: string; debit: string; reason: string },
    caller: Caller,
  ): Promise<Answer<ReversalView>>;
  /**
   * Takes a call back, if it stands, and charges or notes it as it was in truth: a new entry under the same
   * call id. Once per record: what stands already is answered as it stands.
   */
  correctCall(
    input: {
      account: AccountId;
      call: string;
      /** What was wrong; what is left out stays as it was recorded. */
      changes: Partial<Omit<CallFacts, 'callId' | 'durationMs'>>;
      reversal: string;
      reason: string;
    },
    caller: Caller,
  ): Promise<Answer<CorrectedCallView>>;
  /**
   * A call as it is recorded, and what it would cost as it was in truth; nothing is written. `corrected` is
   * null without changes.
   */
  previewCorrection(input: {
    account: AccountId;
    call: string;
    changes: Partial<Omit<CallFacts, 'callId' | 'durationMs'>>;
  }): Promise<Answer<CorrectionPreview>>;
  /** Books the breakage of lots that are due. */
  expireDue(account: AccountId, caller: Caller): Promise<Answer<{ expired: string }>>;
  balance(account: AccountId, asOf?: Instant): Promise<BalanceView | undefined>;
  history(account: AccountId, request?: PageRequest & { month?: BusinessMonth }): Promise<Page<HistoryRow>>;
  calls(
    account: AccountId,
    request?: PageRequest & { month?: BusinessMonth; direction?: 'out' | 'in'; number?: string },
  ): Promise<Page<CallRow>>;
  /** As of an instant only of one account. @throws InvalidInput for an instant without an account */
  trialBalance(account?: AccountId, asOf?: Instant): Promise<TrialBalanceView>;
}

export interface CatalogueService {
  /** Publishes every tariff of the file or none. `problems` not empty: nothing was imported. */
  importTariffCsv(
    file: string,
    text: string,
    caller: Caller,
  ): Promise<Faults & { readonly tariffs: readonly TariffView[] }>;
  /** What `importTariffCsv` would change; nothing is written. `whose`: who asks, by its actor's id. */
  compareTariffCsv(
    file: string,
    text: string,
    whose?: string,
  ): Promise<Faults & { readonly tariffs: readonly TariffDiff[] }>;
  /**
   * issuer, policies and tariffs, effective-dated; everything or nothing. Warnings refuse nothing: what was
   * imported deserves a second look.
   */
  importCatalogueYaml(
    file: string,
    text: string,
    caller: Caller,
  ): Promise<Faults & { readonly imported: readonly string[]; readonly warnings: readonly FileProblem[] }>;
  tariffs(): Promise<readonly TariffView[]>;
  /** Rows in force of the tariff's newest version, in file order. */
  tariffRows(tariff: string): Promise<readonly Readonly<Record<string, string>>[] | undefined>;
  issuer(): Promise<IssuerProfile>;
  policies(
    day: BusinessDay,
  ): Promise<readonly { name: PolicyName; value: string; validFrom: string; about: string }[]>;
}

/** A dry run of imports: files that are tried with the same one come one after another. */
export interface ImportTrial {
  readonly dryRun: true;
}

export interface CdrService {
  /**
   * Streams the file; exactly once per call id, whatever happens and however often it is run.
   * @param more.encoding UTF-8 without one
   * @param more.trial tells what the import would do now, and writes nothing
   * @throws InvalidInput when the file as a whole is not of the format (missing column, another encoding):
   * nothing was imported.
   */
  importFile(
    path: string,
    format: CdrFormat,
    caller: Caller,
    progress?: Progress,
    more?: { readonly encoding?: CallEncoding; readonly trial?: ImportTrial | undefined },
  ): Promise<ImportReport>;
  imports(): Promise<readonly ImportRow[]>;
  suspense(request?: PageRequest & { import?: string }): Promise<Page<SuspenseRow>>;
  retry(
    selector: { import?: string; line?: number },
    caller: Caller,
  ): Promise<{ retried: number; resolved: number; problems: readonly FileProblem[] }>;
  /**
   * Mends one waiting line, kept beside what came; a retry reads it. The line as it came is charged no more.
   * @throws InvalidInput naming `raw` unless it is one line of at most 4,096 characters
   */
  correct(line: ImportedLine & { raw: string }, caller: Caller): Promise<Answer<ImportedLine>>;
  discard(line: ImportedLine, reason: string, caller: Caller): Promise<Answer<ImportedLine>>;
}

export interface AuditService {
  verify(progress?: Progress): Promise<AuditFinding>;
  /**
   * Rebuilds every read model from the log into an empty store and compares it, row by row, with the live
   * one.
   */
  replay(input: { asOf?: Instant }, progress?: Progress): Promise<AuditFinding>;
  /**
   * jsonl: every event; hledger: journal entries; csv: journal postings. Text in pieces; with seals and
   * hashes of passwords only for whoever is at the machine.
   */
  export(
    format: 'jsonl' | 'hledger' | 'csv',
    request?: { from?: number; to?: number; withSecrets?: boolean },
  ): AsyncIterable<string>;
  /**
   * An invoice number, call id, lot, debit, adjustment, reversal, account@month; for a reader of the log any
   * `#position` and what any command recorded. Secrets are hidden from all.
   */
  explain(id: string, reader?: { log?: boolean }): Promise<Explanation | undefined>;
  /** Rebuilds the live read models beside the running ones and switches. */
  rebuild(progress?: Progress): Promise<{ projections: number; events: number }>;
  backup(file: string): Promise<{ events: number; bytes: number }>;
}

export interface KeyService {
  /** The secret is in the answer once and nowhere else. Token form: `dk_<key>_<secret>`. */
  create(
    input: { role: Role; account: AccountId | null; label: string },
    caller: Caller,
  ): Promise<Answer<NewKeyView>>;
  revoke(key: string, caller: Caller): Promise<Answer<{ key: string }>>;
  list(): Promise<readonly KeyView[]>;
  /** Actors: who made the key; where that was a key, who made that one; and so on. */
  makers(key: string): Promise<readonly string[]>;
  /** undefined: no such token, or revoked. Compared in constant time. */
  authenticate(token: string): Promise<KeyView | undefined>;
}

export interface JobService {
  /** Newest due first. */
  list(request?: PageRequest & { state?: JobState; name?: string }): Promise<Page<JobRow>>;
  /** At most 1,000 jobs of each state are counted. */
  figures(): Promise<JobFigures>;
  /** Lets a parked job begin anew; recorded with who and why. */
  retry(job: JobId, caller: Caller): Promise<Answer<{ job: string }>>;
  /** Takes a job away that is not running; recorded with who and why. */
  discard(job: JobId, caller: Caller): Promise<Answer<{ job: string }>>;
  /** What timers are planned from, as of now. */
  facts(): Promise<JobFacts>;
  /** Ids ascending, after `after`: who has value in lots that expired from `from` to before `today`. */
  accountsWithLotsDue(
    from: BusinessDay,
    today: BusinessDay,
    limit: number,
    after?: string,
  ): Promise<readonly AccountId[]>;
}

export interface ClockService {
  state(): Promise<ClockView>;
  /** A person says that the clock is right: with a reason, kept in the log. */
  confirm(caller: Caller): Promise<Answer<ClockView>>;
}

export interface Health {
  readonly head: number;
  readonly writable: boolean;
  readonly reason: string | null;
  /** Expiry, closes and turns of a month wait for a person otherwise. */
  readonly clockTrusted: boolean;
}

/** The whole product of one store: what every face (HTTP, command line, jobs) is built on. */
export interface Product {
  readonly accounts: AccountService;
  readonly prepaid: PrepaidService;
  readonly catalogue: CatalogueService;
  readonly cdr: CdrService;
  readonly closing: ClosingService;
  readonly audit: AuditService;
  readonly keys: KeyService;
  /** Logins, sessions, circles. @throws StoreUnavailable in a process without the tools of identity. */
  readonly identity: Identity;
  readonly jobs: JobService;
  readonly clock: ClockService;
  readonly reports: ReportService;
  /** Where papers are drawn and whole files are read. */
  readonly work: HeavyWork<HeavyTasks>;
  /** The log for people; `audit` proves it. */
  readonly eventLog: EventLogService;
  /** The queue in which the jobs stand, opened with the first use. @throws StoreUnavailable without one. */
  jobQueue(): JobQueue;
  /** Waits until a use case may rely on what it needs; at once where nobody else appends to the log. */
  ready(wait: Wait): Promise<void>;
  now(): Instant;
  /**
   * True as soon as every question is answered with the event at `position`, false after `timeoutMs`. A store
   * with one writer knows its own events at once.
   */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
  health(): Promise<Health>;
  close(): Promise<void>;
}
