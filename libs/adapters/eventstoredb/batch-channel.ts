import { randomUUID } from 'node:crypto';
import { ErrorType } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM, StoreUnavailable } from '#ports';
import type { BatchStream, ClusterClient } from './cluster-client.js';
import { TooLarge } from './errors.js';
import { type Batch, batchMessages, type ProposedEvent } from './protocol.js';

export type WriteAnswer =
  | { readonly kind: 'appended'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly actualRevision: number };

interface Waiting {
  readonly answer: (answer: WriteAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** One open stream of batches and the writes whose answers are still to come on it. */
interface Line {
  readonly stream: BatchStream;
  readonly waiting: Map<string, Waiting>;
}

/**
 * Writes go one after another into one gRPC stream, so the server takes them in the order in which they were
 * given, and many are on their way at once. Every write has an answer, an error or a deadline of its own.
 */
export class BatchChannel {
  private line: Promise<Line> | undefined;
  private drained: Promise<void> | undefined;

  constructor(
    private readonly client: ClusterClient,
    private readonly deadlineMs: number,
  ) {}

  /**
   * @throws TooLarge when the server refuses the size; StoreUnavailable when it refuses the login; any other
   * error leaves open whether the write took effect.
   */
  async write(
    stream: string,
    expectedRevision: number,
    events: readonly ProposedEvent[],
  ): Promise<WriteAnswer> {
    const opening = (this.line ??= this.open());
    const line = await opening.catch(error => {
      this.leave(opening);
      throw error;
    });
    while (this.drained) await this.drained;
    return this.send(line, opening, { correlationId: randomUUID(), stream, expectedRevision, events });
  }

  private send(line: Line, opening: Promise<Line>, batch: Batch): Promise<WriteAnswer> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        // The line may be dead without knowing it: the next write opens another.
        this.leave(opening);
        waiting.fail(new Error(`no answer within ${this.deadlineMs} ms`));
      };
      const timer = setTimeout(giveUp, this.deadlineMs);
      const settled = (): void => {
        clearTimeout(timer);
        line.waiting.delete(batch.correlationId);
        if (this.line !== opening && line.waiting.size === 0) line.stream.end();
      };
      const waiting: Waiting = {
        answer(answer) {
          settled();
          resolve(answer);
        },
        fail(error) {
          settled();
          reject(error);
        },
      };
      if (line.stream.destroyed || line.stream.writableEnded) {
        this.leave(opening);
        clearTimeout(timer);
        return reject(new Error('the connection was lost'));
      }
      line.waiting.set(batch.correlationId, waiting);
      let room = true;
      for (const message of batchMessages(batch)) room = line.stream.write(message);
      if (!room) this.waitForRoom(line.stream);
    });
  }

  private waitForRoom(stream: BatchStream): void {
    this.drained ??= new Promise<void>(resolve => {
      const go = (): void => {
        this.drained = undefined;
        for (const event of ['drain', 'close', 'error']) stream.off(event, go);
        resolve();
      };
      for (const event of ['drain', 'close', 'error']) stream.on(event, go);
    });
  }

  private async open(): Promise<Line> {
    const stream = await this.client.openBatches();
    const line: Line = { stream, waiting: new Map() };
    const opening = this.line;
    const broken = (error?: unknown): void => {
      if (opening) this.leave(opening);
      for (const waiting of [...line.waiting.values()])
        waiting.fail(error ?? new Error('the connection was lost'));
    };
    stream.on('data', (response: BatchAppendResp) => {
      const waiting = line.waiting.get(response.getCorrelationId()!.getString());
      // A late answer to a write that was given up is nobody's any more.
      if (waiting) settle(waiting, response);
    });
    stream.on('error', broken);
    stream.on('end', () => broken());
    stream.on('close', () => broken());
    return line;
  }

  private leave(line: Promise<Line>): void {
    if (this.line === line) this.line = undefined;
  }
}

function settle(waiting: Waiting, response: BatchAppendResp): void {
  try {
    waiting.answer(response.hasError() ? refusal(response.getError()!) : success(response));
  } catch (error) {
    waiting.fail(error);
  }
}

function success(response: BatchAppendResp): WriteAnswer {
  return { kind: 'appended', revision: Number(response.getSuccess()!.getCurrentRevision()) };
}

/** What a failed write's status holds, by the names of the protocol. */
const DETAILS = 'event_store.client.';

function refusal(status: Status): WriteAnswer {
  const details = status.getDetails();
  const name = details?.getTypeName() ?? '';
  switch (name) {
    case `${DETAILS}WrongExpectedVersion`: {
      const wrong = details!.unpack(shared.WrongExpectedVersion.deserializeBinary, name)!;
      const current = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : NO_STREAM;
      // Servers write "none" also as the highest number of 64 bits.
      return { kind: 'conflict', actualRevision: Number.isSafeInteger(current) ? current : NO_STREAM };
    }
    case `${DETAILS}MaximumAppendSizeExceeded`: {
      const large = details!.unpack(shared.MaximumAppendSizeExceeded.deserializeBinary, name)!;
      throw new TooLarge(large.getMaxappendsize());
    }
    // Newer servers have a limit for one event also; the client's messages do not know its form.
    case `${DETAILS}MaximumAppendEventSizeExceeded`:
      throw new TooLarge(undefined);
    case `${DETAILS}BadRequest`: {
      // A record beyond 16 MiB, or what no version of this program sends.
      const bad = details!.unpack(shared.BadRequest.deserializeBinary, name)!;
      throw new StoreUnavailable('UNAVAILABLE', `append: the server refuses it (${bad.getMessage()})`);
    }
    case `${DETAILS}AccessDenied`:
      throw new StoreUnavailable('UNAVAILABLE', 'append: the login may not write');
    case `${DETAILS}StreamDeleted`:
      throw new StoreUnavailable(
        'UNAVAILABLE',
        `append: the stream was deleted (${ErrorType.STREAM_DELETED})`,
      );
    default:
      throw new Error(status.getMessage() || name || 'refused without a reason');
  }
}
