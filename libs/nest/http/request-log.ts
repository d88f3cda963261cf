import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';
import type { AdmittedRequest } from './request.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/**
 * The template of the route that answered; what nobody answered has one name, so that scanners make no
 * series.
 */
function templateOf(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? path : 'unmatched';
}

/** A request id from a proxy is kept when it cannot harm a log. */
const idOf = (sent: string | undefined): string =>
  sent !== undefined && /^[\w.:-]{1,100}$/.test(sent) ? sent : randomUUID();

/**
 * One line and one measurement per request: method, route template, status, milliseconds, request id. Nothing
 * of the path, the query or the body: they hold numbers, names and amounts.
 */
export function requestLog(logger: Logger, metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const requestId = idOf(request.get('X-Request-Id'));
    (request as AdmittedRequest).requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const method = METHODS.has(request.method) ? request.method : 'OTHER';
      const route = templateOf(request);
      const status = response.statusCode;
      metrics.observeRequest(method, route, status, ms);
      const aborted = !response.writableFinished;
      logger.info({ method, route, status, ms, requestId, ...(aborted && { aborted }) }, 'request');
    });
    next();
  };
}
