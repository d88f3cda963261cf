import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Progress } from '#runtime';
import { bodyOf, problemOf } from './problem.js';

/** A comment this often keeps proxies from closing a connection on which nothing happens. */
const HEARTBEAT_MS = 15_000;
/** Progress is told at most this often; what came in between is left out. */
const PROGRESS_MS = 250;

/** True for a browser's `EventSource`, and for whoever asks for the same. */
export const wantsEvents = (request: Pick<Request, 'get'>): boolean =>
  /\btext\/event-stream\b/.test(request.get('Accept') ?? '');

/** What work behind a stream is given. */
export interface Watched {
  /** Tells how far it is. */
  readonly progress: Progress;
  /** Aborted when nobody listens any more, or the server stops. */
  readonly signal: AbortSignal;
}

interface OpenStream {
  close(): void;
}

const message = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * Server-sent events: `progress` {done, total, what} while work goes on, then `end` with its result, or
 * `error` with a problem as it would have been answered; then the connection closes.
 */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Set<OpenStream>();

  /** A stop of the server does not wait for those who only watch. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.close();
  }

  /** Answers a request with the progress of some work and its result. Resolves when the answer is sent. */
  async answer(response: Response, work: (watched: Watched) => Promise<object>): Promise<void> {
    const ended = new AbortController();
    let latest: object | undefined;
    const flush = (): void => {
      if (latest) response.write(message('progress', latest));
      latest = undefined;
    };
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(': begins\n\n');
    const ticking = setInterval(flush, PROGRESS_MS);
    const beating = setInterval(() => response.write(': heartbeat\n\n'), HEARTBEAT_MS);
    const stream = {
      close: () => {
        ended.abort();
        response.end();
      },
    };
    this.open.add(stream);
    response.once('close', () => ended.abort());
    const progress: Progress = (done, total, what) => {
      latest = { done, total, what };
    };
    try {
      const result = await work({ progress, signal: ended.signal });
      flush();
      if (!ended.signal.aborted) response.write(message('end', result));
    } catch (error) {
      if (!ended.signal.aborted) response.write(message('error', bodyOf(problemOf(error))));
    } finally {
      clearInterval(ticking);
      clearInterval(beating);
      this.open.delete(stream);
      if (!response.writableEnded) response.end();
    }
  }
}
