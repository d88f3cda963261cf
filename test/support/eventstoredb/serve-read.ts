import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { LoggedEvent, MemoryLog } from './memory-log.js';
import {
  caughtUp,
  checkpoint,
  confirmation,
  failure,
  prefixesOf,
  readResponse,
  streamNotFound,
  streamOf,
} from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Events between two checkpoints of a filtered subscription: the server's search window. */
const CHECKPOINT_EVERY = 32;
const FORWARDS = 0;

/** Writes and waits when the client's window is full: a slow consumer slows its own call only. */
async function send(call: ReadCall, response: ReadResp): Promise<void> {
  if (call.write(response) || call.cancelled) return;
  await new Promise<void>(resolve => {
    const go = (): void => {
      call.off('drain', go);
      call.off('cancelled', go);
      resolve();
    };
    call.on('drain', go);
    call.on('cancelled', go);
  });
}

/** Serves a read or a subscription until it is done, cancelled or broken off by a fault. */
export function serveRead(call: ReadCall, log: MemoryLog, faults: Faults, onEnd: () => void): void {
  call.on('cancelled', onEnd);
  call.on('close', onEnd);
  call.on('error', onEnd);
  const options = call.request.getOptions()!;
  const work = options.hasSubscription()
    ? subscribe(call, options, log, faults)
    : read(call, options, log, faults);
  work.catch(error => call.emit('error', failure(status.UNKNOWN, String(error)))).finally(onEnd);
}

async function read(call: ReadCall, options: ReadReq.Options, log: MemoryLog, faults: Faults): Promise<void> {
  const found = options.hasAll() ? allEvents(options, log) : streamEvents(options, log);
  if (found === 'deleted') {
    const stream = streamOf(options.getStream()?.getStreamIdentifier());
    const trailers = { exception: 'stream-deleted', 'stream-name': stream };
    const said = `Event stream '${stream}' is deleted.`;
    return void call.emit('error', failure(status.FAILED_PRECONDITION, said, trailers));
  }
  if (found === undefined) {
    await send(call, streamNotFound(streamOf(options.getStream()?.getStreamIdentifier())));
    call.end();
    return;
  }
  let sent = 0;
  for (const event of found) {
    if (call.cancelled) return;
    if (faults.cutsRead(sent)) return void call.emit('error', failure(status.UNAVAILABLE, 'stream removed'));
    await send(call, readResponse(event));
    sent++;
  }
  call.end();
}

/**
 * Forwards: from the place on, inclusive. Backwards: what lies before the place. (As the server documents
 * `Position`: a read forwards includes it, a read backwards excludes it.)
 */
function allEvents(options: ReadReq.Options, log: MemoryLog): LoggedEvent[] {
  const all = options.getAll()!;
  const count = Number(options.getCount());
  const place = all.getPosition();
  const at = place
    ? log.indexOf(BigInt(place.getCommitPosition()), BigInt(place.getPreparePosition()))
    : undefined;
  if (options.getReadDirection() === FORWARDS) {
    const from = all.hasEnd() ? log.events.length : (at ?? 0);
    return log.events.slice(from, from + count);
  }
  const before = all.hasStart() ? 0 : (at ?? log.events.length);
  return log.events.slice(Math.max(0, before - count), before).reverse();
}

function streamEvents(options: ReadReq.Options, log: MemoryLog): LoggedEvent[] | 'deleted' | undefined {
  const wanted = options.getStream()!;
  const stored = log.ofStream(streamOf(wanted.getStreamIdentifier()));
  if (!stored || stored === 'deleted') return stored;
  const count = Number(options.getCount());
  if (options.getReadDirection() === FORWARDS) {
    const from = wanted.hasEnd() ? stored.length : wanted.hasStart() ? 0 : Number(wanted.getRevision());
    return stored.slice(from, from + count);
  }
  const through = wanted.hasEnd()
    ? stored.length - 1
    : wanted.hasStart()
      ? 0
      : Math.min(Number(wanted.getRevision()), stored.length - 1);
  return stored.slice(Math.max(0, through + 1 - count), through + 1).reverse();
}

/** A subscription to $all: confirmed, then what lies after the place (exclusive), then what comes. */
async function subscribe(
  call: ReadCall,
  options: ReadReq.Options,
  log: MemoryLog,
  faults: Faults,
): Promise<void> {
  const all = options.getAll();
  if (!all) throw new Error('only subscriptions to $all are served');
  const prefixes = prefixesOf(options);
  const place = all.getPosition();
  let next = all.hasEnd() ? log.events.length : 0;
  if (place) {
    const commit = BigInt(place.getCommitPosition());
    next = log.indexOf(commit, BigInt(place.getPreparePosition()) + 1n);
  }
  await send(call, confirmation(`subscription-${next}`));
  let told = false;
  let [sent, passed] = [0, 0];
  while (!call.cancelled) {
    const event = log.events[next];
    if (!event) {
      if (!told) await send(call, caughtUp());
      told = true;
      await changed(call, log);
      continue;
    }
    next++;
    if (faults.cutsRead(sent)) return void call.emit('error', failure(status.UNAVAILABLE, 'stream removed'));
    if (!prefixes || prefixes.some(prefix => event.stream.startsWith(prefix))) {
      await send(call, readResponse(event));
      sent++;
    }
    if (prefixes && ++passed % CHECKPOINT_EVERY === 0) await send(call, checkpoint(event));
  }
}

function changed(call: ReadCall, log: MemoryLog): Promise<void> {
  return new Promise(resolve => {
    const go = (): void => {
      unwatch();
      call.off('cancelled', go);
      call.off('close', go);
      resolve();
    };
    const unwatch = log.watch(go);
    call.on('cancelled', go);
    call.on('close', go);
  });
}
