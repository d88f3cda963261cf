import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { rejection } from '#kernel';
import { refused } from './problem.js';
import { httpRefusals } from './refusals.js';

/** The header in which a page repeats the `csrfToken` of its session: another site cannot know it. */
export const CSRF_HEADER = 'X-Csrf-Token';
/** Injection token: the origin under which browsers know this server, when a proxy renames it. */
export const PUBLIC_ORIGIN = 'daicho.public-origin';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isUnsafe = ({ method }: Pick<Request, 'method'>): boolean => !SAFE.has(method);

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/**
 * Browsers say from where a request comes. What another site sends is refused before anything is looked at;
 * a program that is no browser sends neither header.
 * @throws Problem 403 FOREIGN_ORIGIN
 */
export function refuseForeign(request: Pick<Request, 'get'>, publicOrigin: string | null): void {
  const origin = request.get('Origin');
  const own = [request.get('Host'), publicOrigin === null ? undefined : hostOf(publicOrigin)];
  const known = origin === undefined || own.some(host => host !== undefined && host === hostOf(origin));
  if (known && request.get('Sec-Fetch-Site') !== 'cross-site') return;
  throw refused(rejection(httpRefusals.FOREIGN_ORIGIN));
}

/**
 * The cookie comes by itself with whatever a browser sends, so an unsafe request must also bring the token.
 * @throws Problem 403 CSRF_TOKEN_MISSING_OR_WRONG
 */
export function checkCsrf(request: Pick<Request, 'get'>, token: string): void {
  const sent = Buffer.from(request.get(CSRF_HEADER) ?? '');
  const expected = Buffer.from(token);
  if (expected.length > 0 && sent.length === expected.length && timingSafeEqual(sent, expected)) return;
  throw refused(rejection(httpRefusals.CSRF_TOKEN_MISSING_OR_WRONG));
}
