import {
  AuditCommand,
  AuditQuery,
  type Buses,
  CatalogueCommand,
  CatalogueQuery,
  CdrCommand,
  CdrQuery,
  ClockCommand,
  ClockQuery,
  ClosingCommand,
  ClosingQuery,
  COMMANDS,
  EventLogQuery,
  openBuses,
  ReportQuery,
  SERVICES,
  type ServiceName,
} from '#nest';
import type { Product } from '#runtime';
import type { OpenStore } from './host.js';

const ENVELOPES = {
  catalogue: [CatalogueCommand, CatalogueQuery],
  cdr: [CdrCommand, CdrQuery],
  closing: [ClosingCommand, ClosingQuery],
  audit: [AuditCommand, AuditQuery],
  clock: [ClockCommand, ClockQuery],
  // Services that only answer have no command: the second stands for both.
  reports: [ReportQuery, ReportQuery],
  eventLog: [EventLogQuery, EventLogQuery],
} as const satisfies Record<ServiceName, unknown>;

type UseCase = (...args: unknown[]) => unknown;
/** An envelope as any service's: its types were those of the `Product` method that was called. */
type Envelope = new (name: string, ...args: unknown[]) => never;

/** An export is read piece by piece: the bus brings the reader, not a promise of everything. */
async function* pieces(reader: Promise<AsyncIterable<string>>): AsyncGenerator<string> {
  yield* await reader;
}

function serviceOf(name: ServiceName, product: Product, buses: Buses): object {
  const commands: readonly string[] = COMMANDS[name];
  const [command, query] = ENVELOPES[name] as unknown as readonly [Envelope, Envelope];
  const perform = (useCase: string, args: unknown[]): unknown =>
    commands.includes(useCase)
      ? buses.commands.execute(new command(useCase, ...args))
      : buses.queries.execute(new query(useCase, ...args));
  return new Proxy(product[name], {
    get(service, useCase): UseCase | undefined {
      if (typeof useCase !== 'string' || typeof Reflect.get(service, useCase) !== 'function')
        return undefined;
      if (name !== 'audit' || useCase !== 'export') return (...args) => perform(useCase, args);
      return (...args) => pieces(perform(useCase, args) as Promise<AsyncIterable<string>>);
    },
  });
}

/** The same product, every use case entered through the command bus or the query bus. */
function throughBuses(product: Product, buses: Buses): Product {
  const services = SERVICES.map(name => [name, serviceOf(name, product, buses)]);
  return {
    ...(Object.fromEntries(services) as Pick<Product, ServiceName>),
    // Their use cases have classes of their own.
    accounts: product.accounts,
    identity: product.identity,
    prepaid: product.prepaid,
    keys: product.keys,
    jobs: product.jobs,
    work: product.work,
    jobQueue: () => product.jobQueue(),
    ready: wait => product.ready(wait),
    now: () => product.now(),
    waitFor: (position, timeoutMs) => product.waitFor(position, timeoutMs),
    health: () => product.health(),
    close: () => product.close(),
  };
}

/** Puts the buses over an open product; `release` takes them down and closes it. */
export async function storeOver(base: Product): Promise<OpenStore> {
  const buses = await openBuses(base);
  return {
    product: throughBuses(base, buses),
    buses,
    base,
    async release() {
      await buses.close();
      await base.close();
    },
  };
}
