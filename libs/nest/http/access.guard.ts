import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { outsideId, rejection } from '#kernel';
import { type Access, callerOf, type Product } from '#runtime';
import { PRODUCT } from '../use-cases/tokens.js';
import { accessTo, admit, needsReason } from './access.js';
import { checkCsrf, isUnsafe, PUBLIC_ORIGIN, refuseForeign } from './csrf.js';
import { ownPrincipal, type Principal, principalOfKey, principalOfSession } from './principal.js';
import { type Problem, refused } from './problem.js';
import { httpRefusals } from './refusals.js';
import { type AdmittedRequest, commandIdOf, reasonOf, tokenOf } from './request.js';
import { COOKIE_SECURE, clearCookie, cookieOf, hasCookie } from './session-cookie.js';

export const API = '/api/v1';

/** `GET /accounts/:account`: the method and the template under which a route stands in the access table. */
export function routeOf(request: { method: string; route?: { path?: unknown } }): string {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return `${method} ${String(request.route?.path ?? '').replace(API, '')}`;
}

const segment = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Key or session, CSRF, role, level, account boundary, stage, reason and idempotency key: checked here for
 * every route of the API, in this order.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(PRODUCT) private readonly product: Product,
    @Inject(PUBLIC_ORIGIN) private readonly publicOrigin: string | null,
    @Inject(COOKIE_SECURE) private readonly cookieSecure: boolean,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<AdmittedRequest>();
    if (!String(request.route?.path).startsWith(API)) return true;
    const route = routeOf(request);
    const row = accessTo(route);
    const token = tokenOf(request);
    // A key is sent by a program, never by itself: only cookies can be misused by another site.
    if (token === undefined && isUnsafe(request)) refuseForeign(request, this.publicOrigin);
    if (row.door === 'open') return true;
    const who = await this.whoAsks(request, http.getResponse<Response>(), row, token);
    const { account, circle, unique } = request.params;
    admit(who, row, { account: segment(account), circle: segment(circle), unique: segment(unique) });
    await this.admitted(request, who, row);
    return true;
  }

  /** @throws Problem 401 for nobody, 403 for a session's request without its CSRF token */
  private async whoAsks(
    request: AdmittedRequest,
    response: Response,
    row: Access,
    token: string | undefined,
  ): Promise<Principal> {
    const cookie = token === undefined ? cookieOf(request) : undefined;
    // What others changed a moment ago counts here: whoever was switched off is out.
    if (token !== undefined || cookie !== undefined) await this.product.ready('recent');
    if (token !== undefined) {
      const key = await this.product.keys.authenticate(token);
      if (!key) throw this.unknownKey(response);
      if (row.door !== 'session') return principalOfKey(key);
      throw refused(rejection(httpRefusals.SESSION_ONLY));
    }
    const live = cookie === undefined ? undefined : await this.product.identity.entry.authenticate(cookie);
    if (live) {
      if (isUnsafe(request)) checkCsrf(request, live.view.csrfToken);
      return row.door === 'session' ? ownPrincipal(live) : principalOfSession(live);
    }
    if (row.door !== 'session' && !hasCookie(request)) throw this.unknownKey(response);
    if (hasCookie(request)) clearCookie(response, this.cookieSecure);
    throw refused(rejection(httpRefusals.NO_SESSION));
  }

  private unknownKey(response: Response): Problem {
    response.setHeader('WWW-Authenticate', 'Bearer realm="daicho"');
    return refused(rejection(httpRefusals.NO_VALID_KEY));
  }

  /** What the controllers are told. @throws Problem 400 naming a missing header */
  private async admitted(request: AdmittedRequest, who: Principal, row: Access): Promise<void> {
    const reason = reasonOf(request, needsReason(who, row));
    const actor = who.live?.actorId ?? `key:${who.key?.key}`;
    const commandId = outsideId(actor, commandIdOf(request, row.effect === 'money'));
    request.who = who;
    request.caller = who.live
      ? callerOf(who.live, commandId, reason)
      : { actor: { id: actor, ...(reason !== undefined && { reason }) }, commandId };
    request.numbers = await this.numbersOf(who);
  }

  /** The numbers whose calls a circle or a unique may see; null for those who see all of the account. */
  private async numbersOf(who: Principal): Promise<readonly string[] | null> {
    const { account, circle, unique, level } = who;
    if (account === null || (level !== 'circle' && level !== 'unique')) return null;
    return await this.product.identity.circles.numbersOf({ account, circle, unique });
  }
}
