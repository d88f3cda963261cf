import { type AccountId, problem } from '#kernel';
import {
  type Clock,
  type EventStore,
  type HeavyWork,
  inThisThread,
  type JobQueue,
  type PersonalDataStore,
  type ReadStore,
  StoreUnavailable,
  storeProblems,
} from '#ports';
import { Accounts } from './accounts/accounts.service.js';
import { OwnNumbers } from './accounts/own-numbers.js';
import { Audit, type AuditTools } from './audit/audit.service.js';
import { EventBrowser } from './audit/event-browser.js';
import { Catalogue } from './catalogue/catalogue.service.js';
import { FILE_TASKS, type HeavyTasks } from './catalogue/heavy-tasks.js';
import { CloseDrafts } from './closing/close-drafts.js';
import { Closing } from './closing/closing.service.js';
import { SuspenseOfMonth } from './closing/suspense-of-month.js';
import { composeContracts } from './contracts/compose-contracts.js';
import { Devices } from './contracts/devices.service.js';
import { Facts } from './engine/facts.js';
import { CommandRunner } from './engine/run-command.js';
import { composeIdentity } from './identity/identity.service.js';
import type { IdentityPorts } from './identity/tools.js';
import { CallPricing } from './imports/call-pricing.js';
import { CdrImports } from './imports/cdr.service.js';
import { Jobs } from './jobs/jobs.service.js';
import { Keys } from './keys/keys.service.js';
import { Notices } from './notices/notices.service.js';
import { Numbers } from './numbers/numbers.service.js';
import { Clocks } from './operations/clock.service.js';
import { ClockTrust } from './operations/clock-trust.js';
import { NameFees } from './parties/name-fees.js';
import { Parties } from './parties/parties.service.js';
import type { PersonalPorts } from './parties/personal-leftovers.js';
import { Sealing } from './parties/sealing.js';
import { composePayments } from './payments/compose-payments.js';
import type { PaymentPorts } from './payments/payment-process.js';
import { lastMonthOf, PrepaidQueries } from './prepaid/prepaid.queries.js';
import { Prepaid } from './prepaid/prepaid.service.js';
import { SpentLots } from './prepaid/spent-lots.js';
import { Wallets } from './prepaid/wallets.js';
import type { Health, Product } from './product.js';
import { LogFollower } from './projecting/log-follower.js';
import { PositionWatch } from './projecting/position-watch.js';
import { PROJECTIONS } from './projecting/read-models.js';
import { composeReports } from './reports/reports.service.js';

export interface ProductParts {
  readonly events: EventStore;
  readonly readModels: ReadStore;
  readonly clock: Clock;
  /** What this process may believe of its clock; all of it without. */
  readonly trust?: ClockTrust;
  readonly audit: AuditTools;
  /**
   * Other processes append to the same log; `head` is a position of it that this one has not read beyond.
   * The follower is this product's own: it is stopped with it.
   */
  readonly shared?: { readonly head: number; readonly follower?: LogFollower };
  /** Waits for what a use case needs where others append to the log; nothing does without it. */
  readonly ready?: Product['ready'];
  /** Looks how far the read models are; one of its own without it. */
  readonly watch?: PositionWatch;
  /** What logins need; a process without it lets nobody sign in. */
  readonly identity?: IdentityPorts | undefined;
  /** Where personal data lie; a process without them can neither read nor keep any. */
  readonly personal?: PersonalDataStore | undefined;
  /** Where customers pay; a process without it can only list what was paid. */
  readonly payments?: PaymentPorts | undefined;
  /** Opens the queue of jobs; a process without one can neither see nor do any. */
  readonly jobs?: () => JobQueue;
  /**
   * Where whole files are read and papers are drawn; without it files are read here, and no papers are drawn.
   * It is closed with the product.
   */
  readonly work?: HeavyWork<HeavyTasks>;
  /** Why the store takes no writes; null when it does. */
  writeProblem(): string | null;
  close(): Promise<void>;
}

function openedOnce(open: (() => JobQueue) | undefined) {
  let queue: JobQueue | undefined;
  return {
    queue(): JobQueue {
      if (!open) throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_JOB_QUEUE));
      queue ??= open();
      return queue;
    },
    async close(): Promise<void> {
      await queue?.close();
    },
  };
}

const personalOf = ({ personal, identity }: ProductParts): PersonalPorts | undefined =>
  personal && identity && { store: personal, random: identity.random };

const noPaper = (): never => {
  throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_PAPERS));
};
const withoutPapers: HeavyTasks = { ...FILE_TASKS, invoicePdf: noPaper, statementPdf: noPaper };

/** No gateway yet; customers come back to the page of their payment. */
const paymentsOf = ({ payments, identity }: ProductParts): PaymentPorts =>
  payments ?? { gateways: [], returnTo: payment => `${identity?.publicUrl ?? ''}/charge/${payment}` };

async function healthOf(parts: ProductParts, trust: ClockTrust): Promise<Health> {
  const reason = parts.writeProblem();
  const clockTrusted = trust.doubt() === null;
  return { head: await parts.events.headPosition(), writable: reason === null, reason, clockTrusted };
}

/** Whether both have got as far as a position. */
const seenBy =
  (watch: PositionWatch, others: LogFollower | undefined): Product['waitFor'] =>
  async (position, timeoutMs) => {
    const seen = [watch.waitFor(position, timeoutMs), others?.waitFor(position, timeoutMs) ?? true];
    return (await Promise.all(seen)).every(Boolean);
  };

/** The product on an event store and a read store: every use case, no framework. */
export function composeProduct(parts: ProductParts): Product {
  const { events, readModels, clock } = parts;
  const runner = new CommandRunner(events, clock, parts.shared !== undefined);
  const { work = inThisThread(withoutPapers) } = parts;
  const { shared, watch = new PositionWatch(readModels, PROJECTIONS) } = parts;
  const others = shared && (shared.follower ?? new LogFollower(events, shared.head));
  others?.follow(stored => runner.overtakenBy(stored));
  const facts = new Facts(runner, parts.trust);
  const trust = parts.trust ?? new ClockTrust(clock);
  const clocks = new Clocks(events, clock, trust);
  const wallets = new Wallets(runner, account => lastMonthOf(readModels, account), clocks);
  const pricing = new CallPricing(facts, new OwnNumbers(readModels, others));
  const suspense = new SuspenseOfMonth(readModels, pricing);
  const jobs = openedOnce(parts.jobs);
  const keys = new Keys(runner, readModels, facts);
  const identity = composeIdentity({ runner, readModels, facts, ports: parts.identity, keys });
  const queries = new PrepaidQueries(wallets, readModels, facts);
  const personal = personalOf(parts);
  const lots = new SpentLots(wallets, readModels, shared && watch);
  const numbers = new Numbers(runner, readModels, facts, work);
  const rooms = { runner, readModels, facts, wallets };
  const buying = composeContracts({ ...rooms, numbers, identity: identity.service });
  const { orders, fees } = buying;
  const sealing = new Sealing(runner, facts, personal);
  const parties = new Parties(runner, readModels, facts, personal, sealing, new NameFees(wallets, facts));
  const prepaid = new Prepaid(wallets, readModels, facts, pricing, shared && watch);
  const languageOf = (account: AccountId) => identity.service.logins.languageOf(account);
  const charging = { ...rooms, sealing, prepaid, others };
  const paying = composePayments(charging, { ...paymentsOf(parts), languageOf });
  const telling = { runner, readModels, facts, parties, orders, ports: parts.identity };
  const of = { ...buying.services, ...paying.services };
  const notices = new Notices({ ...telling, ...of, identity: identity.service });
  const drafts = new CloseDrafts(clock, facts, queries, fees);
  return {
    accounts: new Accounts(runner, readModels, facts, wallets),
    parties,
    ...of,
    devices: new Devices(runner, readModels, facts, { orders, prepaid, parties }),
    prepaid,
    catalogue: new Catalogue(runner, readModels, facts, work),
    numbers,
    cdr: new CdrImports(runner, wallets, pricing, readModels),
    closing: new Closing(runner, wallets, facts, drafts, readModels, clocks, suspense, lots),
    audit: new Audit(events, readModels, queries, parts.audit),
    keys,
    identity: identity.service,
    jobs: new Jobs(jobs.queue, { events, readModels, clock, facts, notices, parties }),
    notices,
    clock: clocks,
    reports: composeReports(readModels, events, clock, queries),
    eventLog: new EventBrowser(events, readModels, clock),
    work,
    jobQueue: jobs.queue,
    ready: parts.ready ?? (async () => {}),
    isRecorded: caller => runner.isKnown(caller),
    now: () => clock.now(),
    waitFor: seenBy(watch, others),
    health: () => healthOf(parts, trust),
    async close() {
      await work.close();
      await identity.idle();
      await paying.idle();
      await jobs.close();
      await others?.stop();
      await personal?.store.close();
      await parts.close();
    },
  };
}
