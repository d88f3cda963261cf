import type { Request } from 'express';
import type { Origin } from '#runtime';

const MAX_AGENT = 200;

/**
 * From where a request comes. The address is that of the connection, unless the configuration names proxies
 * that may say whose it is: anybody can write `X-Forwarded-For`.
 */
export function originOf(request: Pick<Request, 'ip' | 'get'>): Origin {
  // One machine is one address, whether the socket speaks IPv4 or IPv6.
  const address = (request.ip ?? 'unknown').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
  const agent = (request.get('User-Agent') ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_AGENT);
  return { address, agent };
}
