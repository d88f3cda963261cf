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
  type Answer,
  ask,
  type Caller,
  type CommandUseCase,
  type Product,
  perform,
  type QueryUseCase,
} from '#runtime';
import { COMMAND_OBSERVER, type CommandObserver, PRODUCT } from './tokens.js';

/** The class of one command, made of its declaration; `execute` of the CommandBus answers what it answers. */
export interface CommandClass<Input extends z.ZodObject = z.ZodObject, Value = unknown> {
  new (
    input: z.output<Input>,
    caller: Caller,
  ): Command<Answer<Value>> & {
    readonly input: z.output<Input>;
    readonly caller: Caller;
  };
  readonly useCase: CommandUseCase<Input, Value>;
}

/** The class of one query, made of its declaration. */
export interface QueryClass<Input extends z.ZodObject = z.ZodObject, Value = unknown> {
  new (input: z.output<Input>): Query<Value> & { readonly input: z.output<Input> };
  readonly useCase: QueryUseCase<Input, Value>;
}

/** `class RevokeKey extends commandOf(revokeKey) {}`: the name is what metrics and logs call it. */
export const commandOf = <Input extends z.ZodObject, Value>(
  useCase: CommandUseCase<Input, Value>,
): CommandClass<Input, Value> =>
  class extends Command<Answer<Value>> {
    static readonly useCase = useCase;
    constructor(
      readonly input: z.output<Input>,
      readonly caller: Caller,
    ) {
      super();
    }
  };

export const queryOf = <Input extends z.ZodObject, Value>(
  useCase: QueryUseCase<Input, Value>,
): QueryClass<Input, Value> =>
  class extends Query<Value> {
    static readonly useCase = useCase;
    constructor(readonly input: z.output<Input>) {
      super();
    }
  };

/** What a class of the bus tells of its use case, whatever it is made with. */
export interface Told {
  readonly useCase: Omit<CommandUseCase, 'run'> | Omit<QueryUseCase, 'run'>;
}

/** What a class of the bus is made with. */
export type InputFor<One extends { readonly useCase: { readonly input: z.ZodObject } }> = z.output<
  One['useCase']['input']
>;

export const isCommandClass = (one: CommandClass | QueryClass): one is CommandClass =>
  one.useCase.effect !== 'read';

const outcomeOf = (answer: Answer<unknown>): string =>
  answer.kind === 'done' && answer.replayed ? 'replayed' : answer.kind;

/** The handler of a command: waits for what the use case needs, and runs it. */
export function commandHandlerOf(one: CommandClass): Type<ICommandHandler> {
  const { name, useCase } = one;
  @CommandHandler(one)
  class UseCaseCommandHandler {
    constructor(
      @Inject(PRODUCT) private readonly product: Product,
      @Inject(COMMAND_OBSERVER) private readonly observe: CommandObserver,
    ) {}

    async execute({ input, caller }: InstanceType<CommandClass>): Promise<Answer<unknown>> {
      try {
        const answer = await perform(this.product, useCase, input, caller);
        this.observe(name, outcomeOf(answer));
        return answer;
      } catch (error) {
        this.observe(name, 'failed');
        throw error;
      }
    }
  }
  return UseCaseCommandHandler;
}

/** The handler of a query. */
export function queryHandlerOf(one: QueryClass): Type<IQueryHandler> {
  const { useCase } = one;
  @QueryHandler(one)
  class UseCaseQueryHandler {
    constructor(@Inject(PRODUCT) private readonly product: Product) {}

    async execute({ input }: InstanceType<QueryClass>): Promise<unknown> {
      return await ask(this.product, useCase, input);
    }
  }
  return UseCaseQueryHandler;
}
