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
import type { Answer, Caller, CommandUseCase, Product, QueryUseCase } from '#runtime';
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
        if (useCase.waits) await this.product.ready(useCase.waits);
        const answer = await useCase.run(this.product, input, caller);
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
      if (useCase.waits) await this.product.ready(useCase.waits);
      return await useCase.run(this.product, input);
    }
  }
  return UseCaseQueryHandler;
}
