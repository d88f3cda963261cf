import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { parseOwnCommandId } from '#kernel';
import type { Caller, KeyView } from '#runtime';
import { read } from './fields.js';
import { badField, Problem } from './problem.js';

/** A request that passed the access guard. */
export interface AdmittedRequest extends Request {
  key: KeyView;
  caller: Caller;
  /** Of the log line; also sent back as `X-Request-Id`. */
  requestId: string;
}

const MAX_REASON = 500;

/**
 * Who acts and why: `key:<key>` and the reason of `X-Reason`. Header values are ASCII, so a reason in
 * Japanese is
 * sent percent-encoded (UTF-8).
 * @throws Problem 400 naming the header that is missing or malformed
 */
export function callerOf(
  request: Pick<Request, 'get'>,
  key: KeyView,
  needs: { readonly reason: boolean; readonly idempotencyKey: boolean },
): Caller {
  const reason = readReason(request.get('X-Reason'));
  if (needs.reason && reason === undefined)
    throw badField('X-Reason', 'is required: say why you change this');
  const sent = request.get('Idempotency-Key');
  if (needs.idempotencyKey && sent === undefined) {
    throw badField('Idempotency-Key', 'is required: the same key makes the same request one effect for ever');
  }
  const commandId = sent === undefined ? randomUUID() : parseOwnCommandId(sent);
  const id = `key:${key.key}`;
  return { actor: reason === undefined ? { id } : { id, reason }, commandId };
}

function readReason(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  let reason = header.trim();
  try {
    reason = decodeURIComponent(reason);
  } catch {
    // A plain text with a per cent sign in it is a reason as well.
  }
  if (reason.length > MAX_REASON) throw badField('X-Reason', `must have at most ${MAX_REASON} characters`);
  return reason;
}

/** `Authorization: Bearer dk_...` or `X-Api-Key: dk_...`. */
export function tokenOf(request: Pick<Request, 'get'>): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
  return bearer ?? request.get('X-Api-Key');
}

const admitted = (context: ExecutionContext): AdmittedRequest =>
  context.switchToHttp().getRequest<AdmittedRequest>();

/** The caller of a command. */
export const From = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Caller => admitted(context).caller,
);
/** The API key of the request. */
export const Key = createParamDecorator(
  (_data: unknown, context: ExecutionContext): KeyView => admitted(context).key,
);

interface Form {
  readonly form: z.ZodType;
}
interface Segment extends Form {
  readonly name: string;
}
const segment = createParamDecorator(
  ({ name, form }: Segment, context: ExecutionContext) =>
    (read(z.object({ [name]: form }), admitted(context).params) as Record<string, unknown>)[name],
);
// The schemas are wrapped: Nest takes a bare one, which has a method `transform`, for a pipe, and one under
// the
// name `schema` for an option of its own.
const query = createParamDecorator(({ form }: Form, context: ExecutionContext) =>
  read(form, admitted(context).query),
);
const body = createParamDecorator(({ form }: Form, context: ExecutionContext) => {
  const request = admitted(context);
  const sent =
    request.get('Transfer-Encoding') !== undefined || (request.get('Content-Length') ?? '0') !== '0';
  if (request.body === undefined && sent) {
    throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'send the body as application/json');
  }
  return read(form, request.body ?? {});
});

/** A segment of the path in the form of its schema. @throws Problem 400 naming it */
export const FromPath = (name: string, schema: z.ZodType): ParameterDecorator =>
  segment({ name, form: schema });
/** The query string in the form of its schema. @throws Problem 400 naming each bad parameter */
export const FromQuery = (schema: z.ZodType): ParameterDecorator => query({ form: schema });
/** The JSON body in the form of its schema. @throws Problem 400 naming each bad field */
export const FromBody = (schema: z.ZodType): ParameterDecorator => body({ form: schema });
