import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, mergeMap, type Observable } from 'rxjs';
import { problem, rejection } from '#kernel';
import type { Product } from '#runtime';
import { PRODUCT } from '../use-cases/tokens.js';
import { API } from './access.guard.js';
import { badField, refused } from './problem.js';
import { bodyProblems, httpRefusals } from './refusals.js';

/** The query parameter, and the header for clients that keep their addresses. */
export const WAIT_PARAMETER = 'wait';
export const WAIT_HEADER = 'X-Wait-Position';
/** Where an answer tells the position of what it did. */
export const POSITION_HEADER = 'X-Position';
/** A question waits at most so long. */
const WAIT_MS = 10_000;

/** Injection token of the limit in milliseconds. */
export const WAIT_LIMIT_MS = 'daicho.wait-limit-ms';
export const waitLimitOf = (given: number | undefined): number => given ?? WAIT_MS;

const POSITION = /^(0|[1-9]\d{0,15})$/;

/** @throws Problem 400 naming the parameter or header */
function positionIn(field: string, sent: unknown): number {
  if (sent === undefined) return 0;
  const position = typeof sent === 'string' && POSITION.test(sent) ? Number.parseInt(sent, 10) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw badField(field, problem(bodyProblems.NOT_A_POSITION));
}

/** Takes the parameter out of the query: the routes, which refuse what they do not know, need not know it. */
function takeParameter(request: Request): unknown {
  const { [WAIT_PARAMETER]: sent, ...query } = request.query;
  if (sent !== undefined) Object.defineProperty(request, 'query', { value: query, configurable: true });
  return sent;
}

/**
 * Read models of a cluster follow the log a little later, and a client's next request may reach another
 * server. Every command of the API is answered with `X-Position`; every question takes that position and is
 * answered when it counts.
 */
@Injectable()
export class WaitInterceptor implements NestInterceptor {
  constructor(
    @Inject(PRODUCT) private readonly product: Product,
    @Inject(WAIT_LIMIT_MS) private readonly limitMs: number,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!String(request.route?.path).startsWith(API)) return next.handle();
    if (request.method === 'GET' || request.method === 'HEAD') {
      await this.wait(request);
      return next.handle();
    }
    const response = http.getResponse<Response>();
    return next.handle().pipe(mergeMap(body => from(this.told(body, response))));
  }

  private async wait(request: Request): Promise<void> {
    const position = Math.max(
      positionIn(WAIT_PARAMETER, takeParameter(request)),
      positionIn(WAIT_HEADER, request.get(WAIT_HEADER)),
    );
    if (position === 0 || (await this.product.waitFor(position, this.limitMs))) return;
    throw refused(rejection(httpRefusals.READ_MODEL_BEHIND, { position: String(position) }));
  }

  /**
   * A command that made many events, or none because it was so already, is answered with the position of the
   * log's end: whatever it was about counts by then.
   */
  private async told(body: unknown, response: Response): Promise<unknown> {
    if (!response.headersSent && !response.hasHeader(POSITION_HEADER)) {
      const { head } = await this.product.health();
      response.setHeader(POSITION_HEADER, String(head));
    }
    return body;
  }
}
