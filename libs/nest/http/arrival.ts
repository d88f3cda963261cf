import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, NextFunction, Request, Response } from 'express';
import { catchError, type Observable, throwError } from 'rxjs';
import { rejection } from '#kernel';
import type { ArrivalLimits } from '../serve.types.js';
import { API } from './access.guard.js';
import { originOf, plainAddress } from './client-address.js';
import { isJson, readJson } from './json-body.js';
import { bodyOf, type Problem, refused } from './problem.js';
import { httpRefusals } from './refusals.js';

export const ARRIVAL_LIMITS: ArrivalLimits = {
  requestMs: 30_000,
  uploadMs: 3_600_000,
  connectionsPerAddress: 1_000,
};

/** How long a sender who was answered already may go on sending before its line is cut. */
const LINGER_MS = 2_000;

/** The addresses whose body is a file: it is read as it streams in, whatever its media type. */
const FILES = /^\/api\/v1\/(cdr-imports|tariffs|catalogue|accounts\/[^/?]+\/papers)\/?(\?|$)/;
const isFile = (request: IncomingMessage): boolean => FILES.test(request.url ?? '');
/** Its very bytes are signed, so they are read as they come; anybody may send them, so in no more time. */
const SIGNED = /^\/api\/v1\/payment-gateways\/[^/?]+\/notifications\/?(\?|$)/;
const isSigned = (request: IncomingMessage): boolean => SIGNED.test(request.url ?? '');
const PROBLEM_TYPE = 'application/problem+json';
const tooSlow = (): Problem => refused(rejection(httpRefusals.BODY_TOO_SLOW));
const tooMany = (): Problem => refused(rejection(httpRefusals.TOO_MANY_CONNECTIONS), { retryAfterS: 5 });

/** Timers of requests whose end has not arrived. */
const running = new WeakMap<IncomingMessage, NodeJS.Timeout>();

function within(request: IncomingMessage, ms: number): void {
  clearTimeout(running.get(request));
  if (request.complete) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    // Whoever reads the body hears of it and answers; where nobody does, the line is cut.
    request.emit('error', tooSlow());
    cutLater(request, LINGER_MS);
  }, ms);
  timer.unref();
  running.set(request, timer);
}

/** Cuts the line of one who was answered and does not stop sending, or does not go on. */
function cutLater(request: IncomingMessage, ms: number): void {
  const { socket } = request;
  if (!socket) return;
  const timer = setTimeout(() => {
    // The same line may carry another request by then.
    if (!request.complete && !request.destroyed) socket.destroy();
  }, ms);
  timer.unref();
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}

/** Bounds how long each request may take to arrive, before anything is known of who sends it. */
export function boundArrival({ requestMs }: ArrivalLimits) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.complete) {
      next();
      return;
    }
    within(request, requestMs);
    const stop = (): void => clearTimeout(running.get(request));
    request.once('end', stop).once('close', stop);
    request.on('error', () => {});
    response.once('finish', () => {
      stop();
      if (!request.complete) cutLater(request, LINGER_MS);
    });
    next();
  };
}

/** Counts what is under way by a name; a name that has nothing is not kept. */
class Counts {
  private readonly of = new Map<string, number>();

  add(name: string): number {
    const count = (this.of.get(name) ?? 0) + 1;
    this.of.set(name, count);
    return count;
  }

  take(name: string): void {
    const count = (this.of.get(name) ?? 1) - 1;
    if (count > 0) this.of.set(name, count);
    else this.of.delete(name);
  }
}

/** Requests under way of one address, also of those that come through a trusted proxy. */
export function boundRequests({ connectionsPerAddress }: ArrivalLimits) {
  const underWay = new Counts();
  return (request: Request, response: Response, next: NextFunction): void => {
    const { address } = originOf(request);
    const count = underWay.add(address);
    response.once('close', () => underWay.take(address));
    if (count <= connectionsPerAddress) {
      next();
      return;
    }
    const problem = tooMany();
    response.status(problem.status).setHeader('Retry-After', String(problem.more.retryAfterS));
    response.type(PROBLEM_TYPE).send(JSON.stringify(bodyOf(problem)));
  };
}

/** Says no and goes: nothing of a request was read. */
function turnAway(socket: Socket): void {
  const body = JSON.stringify(bodyOf(tooMany()));
  const head = [
    'HTTP/1.1 429 Too Many Requests',
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Retry-After: 5',
    'Connection: close',
  ];
  socket.on('error', () => {});
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroySoon());
}

/**
 * Connections of one address. A trusted proxy has as many as it needs: behind it requests are counted.
 */
function boundConnections(server: Server, most: number, isTrusted: (address: string) => boolean): void {
  const open = new Counts();
  server.prependListener('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (isTrusted(address)) return;
    const count = open.add(address);
    socket.once('close', () => open.take(address));
    if (count > most) turnAway(socket);
  });
}

/** An HTTP server that waits for nobody longer than the limits say. */
export class BoundedAdapter extends ExpressAdapter {
  constructor(private readonly limits: ArrivalLimits) {
    super();
  }

  override initHttpServer(): void {
    const { requestMs, uploadMs, connectionsPerAddress } = this.limits;
    const app = this.getInstance<Express>();
    const server = createServer(
      {
        headersTimeout: requestMs,
        requestTimeout: Math.max(uploadMs, requestMs),
        connectionsCheckingInterval: Math.max(20, Math.min(5_000, requestMs / 4)),
      },
      app,
    );
    boundConnections(server, connectionsPerAddress, address =>
      (app.get('trust proxy fn') as (address: string, hop: number) => boolean)(address, 0),
    );
    this.setHttpServer(server);
  }
}

/** There is no room for a file, or for what stands in it. Sent again later it goes on where it broke off. */
function withoutRoom(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'DISK_FULL') return error;
  return refused(rejection(httpRefusals.DISK_FULL), { retryAfterS: 60 });
}

/** Reads the body of a request that the guard has let in; nobody else's is read. */
export class BodyInterceptor implements NestInterceptor {
  constructor(private readonly limits: ArrivalLimits) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!String(request.route?.path).startsWith(API)) return next.handle();
    if (isFile(request)) within(request, this.limits.uploadMs);
    else if (!isSigned(request) && isJson(request) && !/^(GET|HEAD)$/.test(request.method))
      request.body = await readJson(request);
    const answer = next.handle();
    return isFile(request) ? answer.pipe(catchError(error => throwError(() => withoutRoom(error)))) : answer;
  }
}
