import { Inject, type Type } from '@nestjs/common';
import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryHandler,
} from '@nestjs/cqrs';
import type { z } from 'zod';
import {
  type ActsBy,
  type Answer,
  type AskedBy,
  ask,
  type CommandUseCase,
  type Door,
  type Product,
  perform,
  type QueryUseCase,
  type Watcher,
} from '#runtime';
import { COMMAND_OBSERVER, type CommandObserver, PRODUCT } from './tokens.js';

const NOBODY: Watcher = {};

/** The class of one command, made of its declaration; `execute` of the CommandBus answers what it answers. */
export interface CommandClass<
  Input extends z.ZodObject = z.ZodObject,
  Result = unknown,
  D extends Door = 'any',
> {
  new (
    input: z.output<Input>,
    by: ActsBy[D],
    watcher?: Watcher,
  ): Command<Result> & {
    readonly input: z.output<Input>;
    readonly by: ActsBy[D];
    readonly watcher: Watcher;
  };
  readonly useCase: CommandUseCase<Input, Result, D>;
}

/** The class of one query, made of its declaration. */
export interface QueryClass<
  Input extends z.ZodObject = z.ZodObject,
  Value = unknown,
  D extends Door = 'any',
> {
  new (
    input: z.output<Input>,
    ...by: AskedBy[D]
  ): Query<Value> & {
    readonly input: z.output<Input>;
    readonly by: AskedBy[D];
  };
  readonly useCase: QueryUseCase<Input, Value, D>;
}

/** `class RevokeKey extends commandOf(revokeKey) {}`: the name is what metrics and logs call it. */
export const commandOf = <Input extends z.ZodObject, Result, D extends Door>(
  useCase: CommandUseCase<Input, Result, D>,
): CommandClass<Input, Result, D> =>
  class extends Command<Result> {
    static readonly useCase = useCase;
    constructor(
      readonly input: z.output<Input>,
      readonly by: ActsBy[D],
      readonly watcher = NOBODY,
    ) {
      super();
    }
  };

export const queryOf = <Input extends z.ZodObject, Value, D extends Door>(
  useCase: QueryUseCase<Input, Value, D>,
): QueryClass<Input, Value, D> =>
  class extends Query<Value> {
    static readonly useCase = useCase;
    readonly by: AskedBy[D];
    constructor(
      readonly input: z.output<Input>,
      ...by: AskedBy[D]
    ) {
      super();
      this.by = by;
    }
  };

/** A command of any door. */
export type AnyCommand = CommandClass<z.ZodObject, unknown, Door>;
/** A query of any door. */
export type AnyQuery = QueryClass<z.ZodObject, unknown, Door>;

/** What a class of the bus tells of its use case, whatever it is made with. */
export interface Told {
  readonly useCase: Omit<AnyCommand['useCase'], 'run'> | Omit<AnyQuery['useCase'], 'run'>;
}

/** What a class of the bus is made with. */
export type InputFor<One extends { readonly useCase: { readonly input: z.ZodObject } }> = z.output<
  One['useCase']['input']
>;

export const isCommandClass = (one: AnyCommand | AnyQuery): one is AnyCommand =>
  one.useCase.effect !== 'read';

/** Whether a command ended with one of the three outcomes; else with a report of what became of many. */
export const isAnswer = (result: unknown): result is Answer<unknown> =>
  typeof result === 'object' && result !== null && 'kind' in result;

function outcomeOf(result: unknown): string {
  if (!isAnswer(result)) return 'done';
  return result.kind === 'done' && result.replayed ? 'replayed' : result.kind;
}

/** The handler of a command: waits for what the use case needs, and runs it. */
export function commandHandlerOf(one: AnyCommand): Type<ICommandHandler> {
  const { name, useCase } = one;
  @CommandHandler(one)
  class UseCaseCommandHandler {
    constructor(
      @Inject(PRODUCT) private readonly product: Product,
      @Inject(COMMAND_OBSERVER) private readonly observe: CommandObserver,
    ) {}

    async execute({ input, by, watcher }: InstanceType<AnyCommand>): Promise<unknown> {
      try {
        const result = await perform(this.product, useCase, input, by, watcher);
        this.observe(name, outcomeOf(result));
        return result;
      } catch (error) {
        this.observe(name, 'failed');
        throw error;
      }
    }
  }
  return UseCaseCommandHandler;
}

/** The handler of a query. */
export function queryHandlerOf(one: AnyQuery): Type<IQueryHandler> {
  const { useCase } = one;
  @QueryHandler(one)
  class UseCaseQueryHandler {
    constructor(@Inject(PRODUCT) private readonly product: Product) {}

    async execute({ input, by }: InstanceType<AnyQuery>): Promise<unknown> {
      return await ask(this.product, useCase, input, ...by);
    }
  }
  return UseCaseQueryHandler;
}
