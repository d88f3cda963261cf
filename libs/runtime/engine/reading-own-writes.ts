import { type EventStore, StoreUnavailable } from '#ports';
import type { Product } from '../product.js';
import type { LogFollower } from '../projecting/log-follower.js';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { Wait } from './wait.js';

/**
 * The others wait for nothing: they ask the log itself, or decide on one stream and are decided again when
 * somebody overtakes them. Whoever prices calls waits in `OwnNumbers`.
 */
const WAITS: {
  readonly [Service in keyof Product]?: Readonly<Partial<Record<keyof Product[Service], Wait>>>;
} = {
  catalogue: {
    importTariffCsv: 'log',
    importCatalogueYaml: 'log',
    tariffs: 'own',
    tariffRows: 'log',
    compareTariffCsv: 'log',
    issuer: 'log',
    policies: 'log',
  },
  // A line that was discarded elsewhere must not be charged.
  cdr: { importFile: 'log', imports: 'own', suspense: 'own', retry: 'head', correct: 'log', discard: 'log' },
  closing: {
    // All accounts of the month, or some would have no invoice.
    run: 'head',
    suspended: 'head',
    reconcile: 'head',
    statement: 'own',
    invoices: 'own',
    invoice: 'own',
  },
  audit: { replay: 'head', explain: 'own' },
  keys: { authenticate: 'recent' },
  reports: {
    calls: 'own',
    numberStatement: 'own',
    destinationStatement: 'own',
    usage: 'own',
    balanceHistory: 'own',
    closeMonths: 'own',
    closeMonth: 'own',
    closeReport: 'own',
  },
  eventLog: { list: 'own' },
  // A month that once counts as closed for everybody is not looked at again.
  jobs: { facts: 'head' },
};

export interface OwnWrites {
  readonly events: EventStore;
  readonly watch: PositionWatch;
  readonly follower: LogFollower;
  /** Position of the last event that this process appended, 0 for none. */
  ownPosition(): number;
  /** Limits of `own` and of the read models of `head`. */
  readonly ownWaitMs: number;
  readonly headWaitMs: number;
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** The same product for a process whose read models follow a little later. */
export function readingOwnWrites(product: Product, writes: OwnWrites): Product {
  const { events, watch, follower, ownPosition, ownWaitMs, headWaitMs } = writes;
  const wait = async (what: Wait): Promise<void> => {
    if (what === 'own') {
      await watch.waitFor(ownPosition(), ownWaitMs);
      return;
    }
    if (what === 'recent') return follower.recent();
    await follower.upToDate();
    if (what === 'log') return;
    const head = await events.headPosition();
    if (await watch.waitAnew(head, headWaitMs)) return;
    const reason = `the read models have not counted event ${head} yet; is a worker running?`;
    throw new StoreUnavailable('UNAVAILABLE', reason);
  };
  const waiting = <Service extends object>(
    service: Service,
    waits: Readonly<Partial<Record<keyof Service, Wait>>>,
  ): Service =>
    new Proxy(service, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as Method;
        const what = waits[name as keyof Service];
        if (!what) return method;
        return async (...parameters: unknown[]) => {
          await wait(what);
          return method(...parameters);
        };
      },
    });
  return {
    ...product,
    ready: wait,
    catalogue: waiting(product.catalogue, WAITS.catalogue!),
    cdr: waiting(product.cdr, WAITS.cdr!),
    closing: waiting(product.closing, WAITS.closing!),
    jobs: waiting(product.jobs, WAITS.jobs!),
    reports: waiting(product.reports, WAITS.reports!),
    eventLog: waiting(product.eventLog, WAITS.eventLog!),
    audit: waiting(product.audit, WAITS.audit!),
    keys: waiting(product.keys, WAITS.keys!),
  };
}
