import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { KeyQuery } from '../envelopes.js';
import { admit, needsReason } from './access.js';
import { Problem } from './problem.js';
import { type AdmittedRequest, callerOf, tokenOf } from './request.js';

export const API = '/api/v1';

/** `GET /accounts/:account`: the method and the template under which a route stands in the access table. */
export function routeOf(request: { method: string; route?: { path?: unknown } }): string {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return `${method} ${String(request.route?.path ?? '').replace(API, '')}`;
}

/**
 * Key, role, account boundary, reason and idempotency key: checked here for every route of the API, in this
 * order.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly queries: QueryBus) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AdmittedRequest>();
    if (!String(request.route?.path).startsWith(API)) return true;
    const token = tokenOf(request);
    const key =
      token === undefined ? undefined : await this.queries.execute(new KeyQuery('authenticate', token));
    if (!key) {
      context.switchToHttp().getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer realm="daicho"');
      throw new Problem(401, 'NO_VALID_KEY', 'send Authorization: Bearer dk_... with a live API key');
    }
    const { account } = request.params;
    const row = admit(key, routeOf(request), typeof account === 'string' ? account : undefined);
    request.key = key;
    request.caller = callerOf(request, key, {
      reason: needsReason(key, row),
      idempotencyKey: row.effect === 'money',
    });
    return true;
  }
}
