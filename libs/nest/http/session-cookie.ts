import type { Request, Response } from 'express';

export const SESSION_COOKIE = 'daicho_session';
/** The API alone is told who asks: pages are the same for everybody. */
const PATH = '/api/v1';
/** A session id, a dot, and the secret of 43 characters; anything else opens nothing and is not looked up. */
const FORM = /^[\w-]{1,100}\.[\w-]{43}$/;

/** Injection token: whether the cookie is marked `Secure` even if a request came without TLS. */
export const COOKIE_SECURE = 'daicho.cookie-secure';

/** The session cookie of a request; undefined when there is none, or none of our form. */
export function cookieOf(request: Pick<Request, 'get'>): string | undefined {
  for (const pair of (request.get('Cookie') ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== SESSION_COOKIE) continue;
    const value = pair.slice(equals + 1).trim();
    return FORM.test(value) ? value : undefined;
  }
  return undefined;
}

/** Whether the request brought something under the cookie's name, of whatever form. */
export const hasCookie = (request: Pick<Request, 'get'>): boolean =>
  new RegExp(`(^|;\\s*)${SESSION_COOKIE}=`).test(request.get('Cookie') ?? '');

/**
 * No script reads it, no other site's form sends it, and it ends with the browser. How long it opens anything
 * is the server's matter.
 */
const options = (secure: boolean) => ({ httpOnly: true, sameSite: 'lax', path: PATH, secure }) as const;

/** Gives the browser its session. @param value `<session id>.<secret>`, both URL-safe */
export function setCookie(response: Response, value: string, always: boolean): void {
  const secure = always || response.req.secure;
  response.cookie(SESSION_COOKIE, value, { ...options(secure), encode: text => text });
}

/** Takes the session from the browser. */
export function clearCookie(response: Response, always: boolean): void {
  response.clearCookie(SESSION_COOKIE, options(always || response.req.secure));
}
