import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { charactersIn, parseOwnCommandId, problem, rejection, textProblem, valueProblems } from '#kernel';
import { type Caller, type Origin, requestRefusals } from '#runtime';
import { originOf } from './client-address.js';
import { read } from './fields.js';
import type { Principal } from './principal.js';
import { badField, refused } from './problem.js';
import { bodyProblems, httpRefusals } from './refusals.js';

/** A request that passed the access guard. */
export interface AdmittedRequest extends Request {
  who: Principal;
  caller: Caller;
  /** Numbers whose calls may be seen; null: all of the account. */
  numbers: readonly string[] | null;
  /** Of the log line; also sent back as `X-Request-Id`. */
  requestId: string;
}

const MAX_REASON = 500;

/**
 * Why something is done. Header values are ASCII, so a reason in Japanese is sent percent-encoded (UTF-8).
 * @throws Problem 400 naming `X-Reason` when it is needed and missing, or too long
 */
export function reasonOf(request: Pick<Request, 'get'>, needed: boolean): string | undefined {
  const reason = readReason(request.get('X-Reason'));
  if (needed && reason === undefined) throw badField('X-Reason', problem(bodyProblems.REASON_MISSING));
  return reason;
}

/**
 * The `Idempotency-Key` as it was said, or a new id.
 * @throws Problem 400 when it is needed and missing, or malformed
 */
export function commandIdOf(request: Pick<Request, 'get'>, needed: boolean): string {
  const sent = request.get('Idempotency-Key');
  if (needed && sent === undefined) {
    throw badField('Idempotency-Key', problem(bodyProblems.KEY_MISSING));
  }
  return sent === undefined ? randomUUID() : parseOwnCommandId(sent);
}

function readReason(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  let reason = header.trim();
  try {
    reason = decodeURIComponent(reason);
  } catch {
    // A plain text with a per cent sign in it is a reason as well.
  }
  reason = reason.normalize('NFC');
  const hidden = textProblem(reason);
  if (hidden !== undefined) throw badField('X-Reason', hidden);
  if (charactersIn(reason) > MAX_REASON)
    throw badField('X-Reason', problem(valueProblems.TOO_LONG, { most: MAX_REASON }));
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
/** Who asks. */
export const Who = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => admitted(context).who,
);
/** Numbers whose calls may be seen; null: all of the account. */
export const Numbers = createParamDecorator(
  (_data: unknown, context: ExecutionContext): readonly string[] | null => admitted(context).numbers,
);
/** From where the request comes. */
export const Where = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Origin => originOf(admitted(context)),
);

/**
 * What was sent about an account by a circle of it: where it can name a circle it names its own, or says
 * nothing and means its own. Another's is as absent as everything else beyond the border.
 * @throws Problem 404
 */
export function ofOwnCircle({ who, params }: AdmittedRequest, form: z.ZodType, sent: unknown): unknown {
  if (params['account'] === undefined || who.circle === null) return sent;
  const own = who.circle;
  if (!(form instanceof z.ZodObject) || !('circle' in form.shape)) return sent;
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  if ('circle' in sent && sent.circle !== own) throw refused(rejection(requestRefusals.NO_SUCH_RESOURCE));
  return { ...sent, circle: own };
}

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
// the name `schema` for an option of its own.
const query = createParamDecorator(({ form }: Form, context: ExecutionContext) =>
  read(form, ofOwnCircle(admitted(context), form, admitted(context).query)),
);
/** The JSON body, `{}` without one. @throws Problem 415 for a body of another media type */
export function bodyIn(request: Request): unknown {
  const sent =
    request.get('Transfer-Encoding') !== undefined || (request.get('Content-Length') ?? '0') !== '0';
  if (request.body === undefined && sent) {
    throw refused(rejection(httpRefusals.UNSUPPORTED_MEDIA_TYPE));
  }
  return request.body ?? {};
}
const body = createParamDecorator(({ form }: Form, context: ExecutionContext) =>
  read(form, ofOwnCircle(admitted(context), form, bodyIn(admitted(context)))),
);

/** A segment of the path in the form of its schema. @throws Problem 400 naming it */
export const FromPath = (name: string, schema: z.ZodType): ParameterDecorator =>
  segment({ name, form: schema });
/** The query string in the form of its schema. @throws Problem 400 naming each bad parameter */
export const FromQuery = (schema: z.ZodType): ParameterDecorator => query({ form: schema });
/** The JSON body in the form of its schema. @throws Problem 400 naming each bad field */
export const FromBody = (schema: z.ZodType): ParameterDecorator => body({ form: schema });
