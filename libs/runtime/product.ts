import type { Instant } from '#kernel';
import type { HeavyWork, JobQueue } from '#ports';
import type { Accounts } from './accounts/accounts.service.js';
import type { Audit } from './audit/audit.service.js';
import type { EventBrowser } from './audit/event-browser.js';
import type { Catalogue } from './catalogue/catalogue.service.js';
import type { HeavyTasks } from './catalogue/heavy-tasks.js';
import type { Closing } from './closing/closing.service.js';
import type { Carts } from './contracts/cart.service.js';
import type { Contracts } from './contracts/contracts.service.js';
import type { Devices } from './contracts/devices.service.js';
import type { Units } from './contracts/units.service.js';
import type { Wait } from './engine/wait.js';
import type { Identity } from './identity/identity.service.js';
import type { CdrImports } from './imports/cdr.service.js';
import type { Jobs } from './jobs/jobs.service.js';
import type { Keys } from './keys/keys.service.js';
import type { Notices } from './notices/notices.service.js';
import type { Numbers } from './numbers/numbers.service.js';
import type { Clocks } from './operations/clock.service.js';
import type { Parties } from './parties/parties.service.js';
import type { Deposits } from './payments/deposits.service.js';
import type { Payments } from './payments/payments.service.js';
import type { PrepaidSettingsService } from './payments/prepaid-settings.service.js';
import type { Recharging } from './payments/recharging.js';
import type { Prepaid } from './prepaid/prepaid.service.js';
import type { Caller } from './product.views.js';
import type { Reports } from './reports/reports.service.js';

export interface Health {
  readonly head: number;
  readonly writable: boolean;
  readonly reason: string | null;
  /** Expiry, closes and turns of a month wait for a person otherwise. */
  readonly clockTrusted: boolean;
}

/** The whole product of one store: what every face (HTTP, command line, jobs) is built on. */
export interface Product {
  readonly accounts: Accounts;
  /** Who the customers are. @throws StoreUnavailable in a process without the tools of identity. */
  readonly parties: Parties;
  readonly prepaid: Prepaid;
  readonly catalogue: Catalogue;
  readonly numbers: Numbers;
  readonly contracts: Contracts;
  /** Contracts that are had as a count. */
  readonly units: Units;
  readonly carts: Carts;
  /** What becomes of devices that were bought. */
  readonly devices: Devices;
  /** Prepaid value that customers order and pay for. */
  readonly payments: Payments;
  readonly deposits: Deposits;
  readonly prepaidSettings: PrepaidSettingsService;
  readonly recharging: Recharging;
  readonly cdr: CdrImports;
  readonly closing: Closing;
  readonly audit: Audit;
  readonly keys: Keys;
  /** Logins, sessions, circles. @throws StoreUnavailable in a process without the tools of identity. */
  readonly identity: Identity;
  /** Mails of business. */
  readonly notices: Notices;
  readonly jobs: Jobs;
  readonly clock: Clocks;
  readonly reports: Reports;
  /** Where papers are drawn and whole files are read. */
  readonly work: HeavyWork<HeavyTasks>;
  /** The log for people; `audit` proves it. */
  readonly eventLog: EventBrowser;
  /** The queue in which the jobs stand, opened with the first use. @throws StoreUnavailable without one. */
  jobQueue(): JobQueue;
  /** Waits until a use case may rely on what it needs; at once where nobody else appends to the log. */
  ready(wait: Wait): Promise<void>;
  /** Whether this very request was carried out, here or by another process: then it has its answer. */
  isRecorded(caller: Caller): Promise<boolean>;
  now(): Instant;
  /**
   * True as soon as every question is answered with the event at `position`, false after `timeoutMs`. A store
   * with one writer knows its own events at once.
   */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
  health(): Promise<Health>;
  close(): Promise<void>;
}
