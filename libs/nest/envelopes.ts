import { Command, Query } from '@nestjs/cqrs';
import type { Product } from '#runtime';

/** The services of the product that commands and queries go to. */
export const SERVICES = ['catalogue', 'cdr', 'closing', 'audit', 'clock', 'reports', 'eventLog'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Which use cases change something. All others are queries; the compiler checks that the names exist. */
export const COMMANDS = {
  catalogue: ['importTariffCsv', 'importCatalogueYaml'],
  cdr: ['importFile', 'retry', 'correct', 'discard'],
  closing: ['run'],
  audit: ['rebuild', 'backup'],
  clock: ['confirm'],
  reports: [],
  eventLog: [],
} as const satisfies { [S in ServiceName]: readonly (keyof Product[S])[] };

export type CommandName<S extends ServiceName> = (typeof COMMANDS)[S][number] & keyof Product[S];
export type QueryName<S extends ServiceName> = Exclude<keyof Product[S], CommandName<S>>;

type UseCase = (...args: never[]) => unknown;
/** The arguments of a use case, as the Product interface declares them; callbacks travel along. */
export type ArgumentsOf<S extends ServiceName, N extends keyof Product[S]> = Product[S][N] extends UseCase
  ? Parameters<Product[S][N]>
  : never;
/** What the use case answers, promise taken off. */
export type ResultOf<S extends ServiceName, N extends keyof Product[S]> = Product[S][N] extends UseCase
  ? Awaited<ReturnType<Product[S][N]>>
  : never;

/**
 * The envelope of every command of one service. Subclasses fix the service, so that the bus finds one handler
 * per service: `bus.execute(new CdrCommand('retry', selector, caller))` answers what `cdr.retry` does.
 */
abstract class CommandEnvelope<S extends ServiceName, N extends CommandName<S>> extends Command<
  ResultOf<S, N>
> {
  readonly args: ArgumentsOf<S, N>;
  constructor(
    readonly name: N,
    ...args: ArgumentsOf<S, N>
  ) {
    super();
    this.args = args;
  }
}

/** The envelope of every query of one service: `bus.execute(new CdrQuery('imports'))`. */
abstract class QueryEnvelope<S extends ServiceName, N extends QueryName<S>> extends Query<ResultOf<S, N>> {
  readonly args: ArgumentsOf<S, N>;
  constructor(
    readonly name: N,
    ...args: ArgumentsOf<S, N>
  ) {
    super();
    this.args = args;
  }
}

export class CatalogueCommand<N extends CommandName<'catalogue'>> extends CommandEnvelope<'catalogue', N> {}
export class CatalogueQuery<N extends QueryName<'catalogue'>> extends QueryEnvelope<'catalogue', N> {}
export class CdrCommand<N extends CommandName<'cdr'>> extends CommandEnvelope<'cdr', N> {}
export class CdrQuery<N extends QueryName<'cdr'>> extends QueryEnvelope<'cdr', N> {}
export class ClosingCommand<N extends CommandName<'closing'>> extends CommandEnvelope<'closing', N> {}
export class ClosingQuery<N extends QueryName<'closing'>> extends QueryEnvelope<'closing', N> {}
export class AuditCommand<N extends CommandName<'audit'>> extends CommandEnvelope<'audit', N> {}
export class AuditQuery<N extends QueryName<'audit'>> extends QueryEnvelope<'audit', N> {}
export class ClockCommand<N extends CommandName<'clock'>> extends CommandEnvelope<'clock', N> {}
export class ClockQuery<N extends QueryName<'clock'>> extends QueryEnvelope<'clock', N> {}
export class ReportQuery<N extends QueryName<'reports'>> extends QueryEnvelope<'reports', N> {}
export class EventLogQuery<N extends QueryName<'eventLog'>> extends QueryEnvelope<'eventLog', N> {}
