import { Controller, createParamDecorator, type ExecutionContext, Req, Res, type Type } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { problem, valueProblems } from '#kernel';
import type { ActsBy, AskedBy, BySession, Door, RefusalCode } from '#runtime';
import { type AnyCommand, type AnyQuery, isAnswer, isCommandClass, type Told } from '../use-cases/bus.js';
import { API } from './access.guard.js';
import { asBody, found } from './answer.js';
import { originOf } from './client-address.js';
import { read } from './fields.js';
import { badField } from './problem.js';
import { type AdmittedRequest, bodyIn, ofOwnCircle } from './request.js';
import { Route, type RouteSpec } from './route.js';

type Asked = Pick<Told['useCase'], 'route' | 'effect' | 'input'>;

/** Names of the segments of a path: `/keys/:key` -> `key`. */
const segmentsOf = (route = ''): string[] => [...route.matchAll(/:(\w+)/g)].map(([, name]) => name!);

/** What is not in the path is in the query of a question and in the body of a command. */
function fieldsOf({ route, input }: Asked): z.ZodObject {
  const segments = new Set(segmentsOf(route));
  return z.strictObject(
    Object.fromEntries(Object.entries(input.shape).filter(([name]) => !segments.has(name))),
  );
}

/** The whole input at once: a rule may concern a segment of the path and a field of the body. */
function inputOf(useCase: Asked) {
  const { route, effect, input } = useCase;
  const segments = segmentsOf(route);
  const asked = fieldsOf(useCase);
  return (request: AdmittedRequest): Record<string, unknown> => {
    const sent = ofOwnCircle(request, asked, effect === 'read' ? request.query : bodyIn(request));
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return read(input, sent);
    const twice = segments.find(name => name in sent);
    if (twice !== undefined) throw badField(twice, problem(valueProblems.UNKNOWN_FIELD));
    return read(input, { ...sent, ...request.params });
  };
}

function routeSpecOf(useCase: Told['useCase'], twist: Partial<RouteSpec>): RouteSpec {
  const { about, answer, status, description, refusals = [] } = useCase;
  const sought = 'sought' in useCase && useCase.sought;
  const absent: RefusalCode[] = sought ? [`NO_SUCH_${sought}`] : [];
  const fields = fieldsOf(useCase);
  const isRead = 'query' in twist || 'body' in twist || 'file' in twist;
  const asked = !isRead && Object.keys(fields.shape).length > 0;
  return {
    summary: about.en,
    ...(answer && { answer }),
    ...(description !== undefined && { description }),
    ...(status !== undefined && { status }),
    refusals: [...new Set([...refusals, ...absent])],
    ...(asked && (useCase.effect === 'read' ? { query: fields } : { body: fields })),
    ...('unchanged' in useCase && useCase.unchanged && { unchanged: true }),
    ...twist,
  };
}

/**
 * The route of a use case whose method is written by hand: all but its twist is as it is declared. A twist
 * that names its query, body or file reads its input itself.
 */
export function RouteOf({ useCase }: Told, twist: Partial<RouteSpec> = {}): MethodDecorator {
  if (useCase.route === undefined) throw new Error(`no route: ${useCase.about.en}`);
  return Route(useCase.route, routeSpecOf(useCase, twist));
}

type ReadInput = ReturnType<typeof inputOf>;
const sent = createParamDecorator(({ input }: { readonly input: ReadInput }, context: ExecutionContext) =>
  input(context.switchToHttp().getRequest<AdmittedRequest>()),
);
/** The input of a use case, out of path, query and body. @throws Problem 400 naming each bad field */
export const InputOf = ({ useCase }: Told): ParameterDecorator => sent({ input: inputOf(useCase) });

function sessionOf(request: AdmittedRequest): BySession {
  const { live } = request.who;
  if (!live) throw new Error('a route that takes a session must have the door `session`');
  return { live, from: originOf(request), reason: request.caller.actor.reason };
}
/** The session of a route that only sessions pass, from where its request comes, and why. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  sessionOf(context.switchToHttp().getRequest<AdmittedRequest>()),
);

const acting: { readonly [D in Door]: (request: AdmittedRequest) => ActsBy[D] } = {
  open: originOf,
  session: sessionOf,
  any: ({ caller }) => caller,
};
const asking: { readonly [D in Door]: (request: AdmittedRequest) => AskedBy[D] } = {
  open: request => [originOf(request)],
  session: request => [sessionOf(request)],
  any: () => [],
};

/**
 * The routes of use cases without a twist: the input is read from path, query or body in the form that is
 * declared, sent over the bus, and the answer is sent back. `access.guard.ts` has admitted the request.
 */
export function controllerOf(service: string, useCases: readonly (AnyCommand | AnyQuery)[]): Type<unknown> {
  @Controller(API)
  class UseCaseController {
    constructor(
      readonly commands: CommandBus,
      readonly queries: QueryBus,
    ) {}
  }
  // The chapter of the API: that of the routes of the same service that are written by hand.
  const chapter = `${service[0]!.toUpperCase()}${service.slice(1)}Controller`;
  Object.defineProperty(UseCaseController, 'name', { value: chapter });
  for (const one of useCases) {
    const { name, useCase } = one;
    if (useCase.route === undefined || useCase.byHand) continue;
    const { door = 'any' } = useCase;
    const inputIn = inputOf(useCase);
    const handle = async function (this: UseCaseController, request: AdmittedRequest, response: Response) {
      const input = inputIn(request);
      if (isCommandClass(one)) {
        const result = await this.commands.execute(new one(input, acting[door](request)));
        return isAnswer(result) ? asBody(result, response) : result;
      }
      const value = await this.queries.execute(new one(input, ...asking[door](request)));
      return one.useCase.sought === undefined ? value : found(value, one.useCase.sought);
    };
    Object.defineProperty(handle, 'name', { value: name });
    const descriptor = { value: handle, configurable: true, enumerable: false, writable: true };
    Object.defineProperty(UseCaseController.prototype, name, descriptor);
    Reflect.defineMetadata('design:paramtypes', [Object, Object], UseCaseController.prototype, name);
    Req()(UseCaseController.prototype, name, 0);
    Res({ passthrough: true })(UseCaseController.prototype, name, 1);
    RouteOf(one)(UseCaseController.prototype, name, descriptor);
  }
  return UseCaseController;
}
