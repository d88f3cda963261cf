import { applyDecorators, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { type Access, type RefusalCode, refusalOf } from '#runtime';
import { ACCESS } from './access.js';
import { CSRF_HEADER } from './csrf.js';
import { Problem, Unchanged } from './schemas.js';
import { answerSchema, inputSchema, type JsonSchema } from './shapes.js';
import { POSITION_HEADER, WAIT_HEADER, WAIT_PARAMETER } from './wait.js';

/** All that OpenAPI says about one route, beside what the access table knows of it. */
export interface RouteSpec {
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A body that is a file of this media type, streamed. */
  readonly file?: readonly string[];
  /** Headers beside those that the access table asks for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** 200 without one. */
  readonly status?: 200 | 201 | 202;
  readonly answer?: z.ZodType;
  /** Media types beside, or in place of, JSON. */
  readonly produces?: readonly string[];
  /** May answer 200 `Unchanged`. */
  readonly unchanged?: boolean;
  /** Rejections of the product that this route is known for. */
  readonly refusals?: readonly RefusalCode[];
}

/** What the segments with a colon mean. */
const SEGMENTS: Readonly<Record<string, string>> = {
  account: 'Id of the account.',
  hold: 'Id of the hold.',
  month: 'A month in Japan, `YYYY-MM`.',
  number: 'Number of the invoice.',
  tariff: 'Name of the tariff.',
  telephone: 'A telephone number, in any way of writing it.',
  id: 'Invoice number, call, lot, debit, adjustment, `account@month`, `#position`; percent-encoded.',
  key: 'Id of the API key, or key of the job.',
  name: 'Name of the job.',
  position: 'Position of the event in the log.',
  circle: 'Id of the circle, ten digits.',
  unique: 'Id of the unique, ten digits.',
  session: 'Id of the session.',
  contact: 'Id of the contact.',
  passkey: 'Id of the passkey.',
  login: 'Id of the login.',
  part: '`contract`, `billing` or `shipping`.',
  paper: 'Id of the identity paper.',
};

const METHODS = { GET: Get, POST: Post, PUT: Put, DELETE: Delete };
type SchemaObject = Extract<ApiBodyOptions, { schema: unknown }>['schema'];
const schema = (json: JsonSchema): SchemaObject => json as SchemaObject;

const WAITING = {
  wait:
    `Answer only when the event at this position counts: \`${POSITION_HEADER}\` of an earlier answer, ` +
    'so that a client reads what it wrote, whichever server it asks.',
  field: `The same as \`${WAIT_PARAMETER}\`; of both the later position counts.`,
};

const PROBLEM = { 'application/problem+json': { schema: schema(answerSchema(Problem)) } };

/**
 * A route of the API: its method and path as they stand in the access table (`GET /accounts/:account`), its
 * documentation, its status. One decorator, so that no route can be without either.
 * @throws Error at start-up when the access table has no row for it
 */
export function Route(route: string, spec: RouteSpec): MethodDecorator {
  const row = ACCESS[route];
  if (!row) throw new Error(`no row in the access table: ${route}`);
  const [method, path] = route.split(' ') as [keyof typeof METHODS, string];
  const status = spec.status ?? 200;
  return applyDecorators(
    METHODS[method](path),
    HttpCode(status),
    ApiOperation({ summary: spec.summary, description: describe(row, spec) }),
    ApiExtension('x-roles', row.roles),
    ...security(row),
    ...inputs(path, spec),
    ...headers(row, spec),
    ...answers(row, spec, status),
    ...problems(row, spec),
  );
}

/** By which of the three it may be asked; an open route asks for nothing. */
function security({ door = 'any' }: Access): MethodDecorator[] {
  const ways = { open: [], session: ['session'], any: ['bearer', 'apiKey', 'session'] }[door];
  return ways.map(way => ApiSecurity(way));
}

function describe(row: Access, spec: RouteSpec): string {
  const { roles, levels, stages, door } = row;
  const facts = [
    door === 'open' ? 'Nobody needs to be signed in.' : `Roles: ${roles.join(', ')}.`,
    door !== 'open' &&
      roles.includes('customer') &&
      `Customers' logins: ${(levels ?? ['account']).join(', ')}.`,
    stages && `Stages of a session: ${stages.join(', ')}.`,
  ];
  return [spec.description, facts.filter(Boolean).join(' ')].filter(Boolean).join('\n\n');
}

function inputs(path: string, { query, body, file }: RouteSpec): MethodDecorator[] {
  const decorators: MethodDecorator[] = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) =>
    ApiParam({ name, description: SEGMENTS[name] ?? name, schema: { type: 'string' } }),
  );
  for (const [name, field] of Object.entries(query?.shape ?? {})) {
    const json = inputSchema(field as z.ZodType);
    const required = !(field as z.ZodType).safeParse(undefined).success;
    const description = typeof json['description'] === 'string' ? json['description'] : name;
    decorators.push(ApiQuery({ name, required, description, schema: schema(json) }));
  }
  if (body) decorators.push(ApiBody({ schema: schema(inputSchema(body)) }));
  if (file) {
    decorators.push(ApiConsumes(...file), ApiBody({ schema: { type: 'string', format: 'binary' } }));
  }
  return decorators;
}

function headers(row: Access, spec: RouteSpec): MethodDecorator[] {
  const decorators: MethodDecorator[] = Object.entries(spec.headers ?? {}).map(([name, description]) =>
    ApiHeader({ name, required: false, description }),
  );
  if (row.effect !== 'read' && row.door !== 'open') {
    const description = "A session's `csrfToken`; required with the cookie.";
    decorators.push(ApiHeader({ name: CSRF_HEADER, required: false, description }));
  }
  if (row.effect !== 'read' && (row.door ?? 'any') === 'any') {
    const description = 'Why; required of staff, kept with every event. Percent-encode what is not ASCII.';
    decorators.push(ApiHeader({ name: 'X-Reason', required: false, description }));
  }
  if (row.effect === 'read') {
    const { wait, field } = WAITING;
    const schemaOfPosition = schema({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
    decorators.push(
      ApiQuery({ name: WAIT_PARAMETER, required: false, description: wait, schema: schemaOfPosition }),
      ApiHeader({ name: WAIT_HEADER, required: false, description: field, schema: schemaOfPosition }),
    );
  }
  if (row.effect !== 'read' && (row.door ?? 'any') === 'any') {
    const required = row.effect === 'money';
    const description = 'The same key and body give the same answer for ever; with another body 409.';
    decorators.push(ApiHeader({ name: 'Idempotency-Key', required, description }));
  }
  return decorators;
}

const position = (row: Access) =>
  row.effect === 'read'
    ? {}
    : {
        headers: {
          [POSITION_HEADER]: {
            description: `Position of its last event: \`${WAIT_PARAMETER}\` of a later question.`,
            schema: { type: 'integer' as const },
          },
        },
      };

function answers(row: Access, spec: RouteSpec, status: number): MethodDecorator[] {
  const { answer, produces, unchanged, summary } = spec;
  const types = [...(answer ? ['application/json'] : []), ...(produces ?? [])];
  const content = Object.fromEntries(
    types.map(type => {
      const json = type === 'application/json' && answer ? answerSchema(answer) : { type: 'string' };
      return [type, { schema: schema(json) }];
    }),
  );
  const decorators = [
    ApiProduces(...types),
    ApiResponse({ status, description: summary, content, ...position(row) }),
  ];
  if (unchanged && status !== 200) {
    const nothing = { 'application/json': { schema: schema(answerSchema(Unchanged)) } };
    decorators.push(
      ApiResponse({ status: 200, description: 'It is so already.', content: nothing, ...position(row) }),
    );
  }
  return decorators;
}

function problems(row: Access, { refusals = [] }: RouteSpec): MethodDecorator[] {
  const causes = new Map<number, string[]>();
  const add = (status: number, cause: string) => causes.set(status, [...(causes.get(status) ?? []), cause]);
  add(400, 'a value is malformed or missing: `field` names it');
  const { door = 'any' } = row;
  if (door === 'any') add(401, '`NO_VALID_KEY`');
  if (door !== 'open') {
    add(401, '`NO_SESSION`');
    add(403, door === 'any' ? '`ROLE_NOT_ALLOWED`' : '`SESSION_ONLY`');
    add(403, '`WRONG_STAGE`');
    add(404, 'there is no such thing, or not for who asks');
  }
  if (row.effect !== 'read') add(403, door === 'open' ? '`FOREIGN_ORIGIN`' : '`CSRF_TOKEN_MISSING_OR_WRONG`');
  if (row.effect !== 'read') {
    if (door === 'any') add(409, '`IDEMPOTENCY_KEY_REUSED`');
    add(503, 'the store takes no writes; see `Retry-After`');
  } else add(503, '`READ_MODEL_BEHIND`: the position did not count within 10 s; see `Retry-After`');
  for (const code of refusals) add(refusalOf(code).status, `\`${code}\``);
  return [...causes].map(([status, list]) =>
    ApiResponse({ status, description: list.join('; '), content: PROBLEM }),
  );
}
