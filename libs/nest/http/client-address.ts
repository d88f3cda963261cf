import type { Request } from 'express';
import type { Origin } from '#runtime';

const MAX_AGENT = 200;

/** One machine is one address, whether the socket speaks IPv4 or IPv6. */
export const plainAddress = (address: string | undefined): string =>
  (address ?? 'unknown').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');

/**
 * From where a request comes. The address is that of the connection, unless the configuration names proxies
 * that may say whose it is: anybody can write `X-Forwarded-For`.
 */
export function originOf(request: Pick<Request, 'ip' | 'get'>): Origin {
  const address = plainAddress(request.ip);
  const agent = (request.get('User-Agent') ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_AGENT);
  return { address, agent };
}
