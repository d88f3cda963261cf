import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import type { Product } from '#runtime';
import { USE_CASE_HANDLERS } from './use-cases/index.js';
import { COMMAND_OBSERVER, type CommandObserver, PRODUCT } from './use-cases/tokens.js';

/**
 * The buses over one product. Nothing else of @nestjs/cqrs is used: its EventBus and sagas lose errors, so
 * facts travel by store subscription.
 */
@Module({})
export class DaichoModule {
  /** @param observe hears how each command ended; nobody without it. The caller closes the product. */
  static forProduct(product: Product, observe: CommandObserver = () => {}): DynamicModule {
    return {
      module: DaichoModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: PRODUCT, useValue: product },
        { provide: COMMAND_OBSERVER, useValue: observe },
        ...USE_CASE_HANDLERS,
      ],
      exports: [PRODUCT],
    };
  }
}

/** The entry of an app without HTTP: its commands and queries, until `close`. */
export interface Buses {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  close(): Promise<void>;
}

/** Puts the buses over a product. `close` takes them down, not the product. */
export async function openBuses(product: Product): Promise<Buses> {
  const app = await NestFactory.createApplicationContext(DaichoModule.forProduct(product), { logger: false });
  return { commands: app.get(CommandBus), queries: app.get(QueryBus), close: () => app.close() };
}
