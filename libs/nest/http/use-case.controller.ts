import { Controller, Req, Res, type Type } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { CommandUseCase, QueryUseCase } from '#runtime';
import { type CommandClass, isCommandClass, type QueryClass } from '../use-cases/bus.js';
import { API } from './access.guard.js';
import { answered } from './answer.js';
import { read } from './fields.js';
import { type AdmittedRequest, bodyIn } from './request.js';
import { Route } from './route.js';

/** Names of the segments of a path: `/keys/:key` -> `key`. */
const segmentsOf = (route: string): string[] => [...route.matchAll(/:(\w+)/g)].map(([, name]) => name!);

/** What is not in the path is in the query of a question and in the body of a command. */
function partsOf({ route, input }: CommandUseCase | QueryUseCase) {
  const segments: Record<string, true> = Object.fromEntries(segmentsOf(route).map(name => [name, true]));
  return { path: input.pick(segments as never), fields: input.omit(segments as never) };
}

function routeSpecOf({ useCase }: CommandClass | QueryClass) {
  const { about, answer, status, description, refusals } = useCase;
  const { fields } = partsOf(useCase);
  const asked = Object.keys(fields.shape).length > 0;
  return {
    summary: about.en,
    answer,
    ...(description !== undefined && { description }),
    ...(status !== undefined && { status }),
    ...(refusals && { refusals }),
    ...(asked && (useCase.effect === 'read' ? { query: fields } : { body: fields })),
    ...('unchanged' in useCase && useCase.unchanged && { unchanged: true }),
  };
}

/**
 * The routes of use cases without a twist: the input is read from path, query or body in the form that is
 * declared, sent over the bus, and the answer is sent back. `access.guard.ts` has admitted the request.
 */
export function controllerOf(useCases: readonly (CommandClass | QueryClass)[]): Type<unknown> {
  @Controller(API)
  class UseCaseController {
    constructor(
      readonly commands: CommandBus,
      readonly queries: QueryBus,
    ) {}
  }
  for (const one of useCases) {
    const { name, useCase } = one;
    const { path, fields } = partsOf(useCase);
    const handle = async function (this: UseCaseController, request: AdmittedRequest, response: Response) {
      const sent = read(fields, useCase.effect === 'read' ? request.query : bodyIn(request));
      const input = { ...sent, ...read(path, request.params) };
      return isCommandClass(one)
        ? answered(await this.commands.execute(new one(input, request.caller)), response)
        : await this.queries.execute(new one(input));
    };
    Object.defineProperty(handle, 'name', { value: name });
    const descriptor = { value: handle, configurable: true, enumerable: false, writable: true };
    Object.defineProperty(UseCaseController.prototype, name, descriptor);
    Reflect.defineMetadata('design:paramtypes', [Object, Object], UseCaseController.prototype, name);
    Req()(UseCaseController.prototype, name, 0);
    Res({ passthrough: true })(UseCaseController.prototype, name, 1);
    Route(useCase.route, routeSpecOf(one))(UseCaseController.prototype, name, descriptor);
  }
  return UseCaseController;
}
