import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Request, Response } from 'express';
import { rejection } from '#kernel';
import type { Progress } from '#runtime';
import { bodyOf, problemOf, refused } from './problem.js';
import { httpRefusals } from './refusals.js';
import type { AdmittedRequest } from './request.js';

/** A comment this often keeps proxies from closing a connection on which nothing happens. */
const HEARTBEAT_MS = 15_000;
/** Progress is told at most this often; what came in between is left out. */
const PROGRESS_MS = 250;

/** One login or key watches so many things at once; a browser opens six connections to one server. */
const EACH_AT_MOST = 6;
/** And all of them together: each may go through the whole log. */
const ALL_AT_MOST = 100;

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
  /** How much long work is under way for whom. */
  private readonly underWay = new Map<string, number>();
  private all = 0;

  /** A stop of the server does not wait for those who only watch. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.close();
  }

  /**
   * Does long work for whoever asks, beside a few others at most.
   * @throws Problem 429 when there is too much of it under way
   */
  async limited<Value>(response: Response, work: () => Promise<Value>): Promise<Value> {
    const { live, key } = (response.req as AdmittedRequest).who;
    const whose = live ? `login:${live.login}` : `key:${key?.key}`;
    const already = this.underWay.get(whose) ?? 0;
    if (already >= EACH_AT_MOST || this.all >= ALL_AT_MOST) {
      throw refused(rejection(httpRefusals.TOO_MANY_STREAMS), { retryAfterS: 5 });
    }
    this.underWay.set(whose, already + 1);
    this.all++;
    try {
      return await work();
    } finally {
      this.all--;
      const left = this.underWay.get(whose)! - 1;
      if (left === 0) this.underWay.delete(whose);
      else this.underWay.set(whose, left);
    }
  }

  /**
   * Answers a request with the progress of some work and its result. Resolves when the answer is sent.
   * @throws Problem 429 as `limited`
   */
  answer(response: Response, work: (watched: Watched) => Promise<object>): Promise<void> {
    return this.limited(response, () => this.stream(response, work));
  }

  private async stream(response: Response, work: (watched: Watched) => Promise<object>): Promise<void> {
    const ended = new AbortController();
    let latest: object | undefined;
    // A stop of the server ends the answer: what is written after that would end the process.
    const write = (text: string): void => {
      if (!response.writableEnded) response.write(text);
    };
    const flush = (): void => {
      if (latest) write(message('progress', latest));
      latest = undefined;
    };
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(': begins\n\n');
    const ticking = setInterval(flush, PROGRESS_MS);
    const beating = setInterval(() => write(': heartbeat\n\n'), HEARTBEAT_MS);
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
