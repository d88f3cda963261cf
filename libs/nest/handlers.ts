import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Product } from '#runtime';
import {
  AuditCommand,
  AuditQuery,
  CatalogueCommand,
  CatalogueQuery,
  CdrCommand,
  CdrQuery,
  ClockCommand,
  ClockQuery,
  ClosingCommand,
  ClosingQuery,
  EventLogQuery,
  ReportQuery,
  type ServiceName,
} from './envelopes.js';
import { USE_CASE_HANDLERS } from './use-cases/index.js';
import { COMMAND_OBSERVER, type CommandObserver, PRODUCT } from './use-cases/tokens.js';

interface Envelope {
  readonly name: PropertyKey;
  readonly args: readonly unknown[];
}
type UseCases = Record<PropertyKey, (...args: readonly unknown[]) => unknown>;

/** The envelope's types were checked where it was made; here it is opened, whatever it holds. */
const perform = (product: Product, service: ServiceName, { name, args }: Envelope): unknown =>
  (product[service] as unknown as UseCases)[name]!(...args);

function outcomeOf(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return 'done';
  if (result.kind === 'done' && 'replayed' in result && result.replayed === true) return 'replayed';
  return String(result.kind);
}

/** The one command handler of a service. */
function commandHandler(envelope: Type<Envelope>, service: ServiceName): Type<ICommandHandler> {
  @CommandHandler(envelope)
  class ServiceCommandHandler {
    constructor(
      @Inject(PRODUCT) private readonly product: Product,
      @Inject(COMMAND_OBSERVER) private readonly observe: CommandObserver,
    ) {}

    async execute(command: Envelope): Promise<unknown> {
      const name = `${service}.${String(command.name)}`;
      try {
        const result = await perform(this.product, service, command);
        this.observe(name, outcomeOf(result));
        return result;
      } catch (error) {
        this.observe(name, 'failed');
        throw error;
      }
    }
  }
  return ServiceCommandHandler;
}

/** The one query handler of a service. */
function queryHandler(envelope: Type<Envelope>, service: ServiceName): Type<IQueryHandler> {
  @QueryHandler(envelope)
  class ServiceQueryHandler {
    constructor(@Inject(PRODUCT) private readonly product: Product) {}

    async execute(query: Envelope): Promise<unknown> {
      return await perform(this.product, service, query);
    }
  }
  return ServiceQueryHandler;
}

/** Services that only answer. */
const READERS: readonly (readonly [ServiceName, unknown])[] = [
  ['reports', ReportQuery],
  ['eventLog', EventLogQuery],
];
const BUS: readonly (readonly [ServiceName, unknown, unknown])[] = [
  ['catalogue', CatalogueCommand, CatalogueQuery],
  ['cdr', CdrCommand, CdrQuery],
  ['closing', ClosingCommand, ClosingQuery],
  ['audit', AuditCommand, AuditQuery],
  ['clock', ClockCommand, ClockQuery],
];

/** Two handlers per service: its commands and its queries; one for those that only answer. */
export const HANDLERS: Type<unknown>[] = [
  ...BUS.flatMap(([service, command, query]) => [
    commandHandler(command as Type<Envelope>, service),
    queryHandler(query as Type<Envelope>, service),
  ]),
  ...USE_CASE_HANDLERS,
  ...READERS.map(([service, query]) => queryHandler(query as Type<Envelope>, service)),
];
