import { InvalidInput } from '#kernel';
import { type AppendRequest, checkMeta, NO_STREAM } from '#ports';

const EVENTS_PER_REQUEST_MAX = 10_000;
const STREAM_NAME = /^[\x21-\x7e]{1,200}$/;
const TYPE_NAME = /^[\x21-\x7e]{1,200}$/;

/** @throws InvalidInput naming the field when a request cannot be stored as it is. */
export function checkRequest({ stream, expectedRevision, events }: AppendRequest): void {
  if (!STREAM_NAME.test(stream))
    throw new InvalidInput('stream', 'must be 1-200 printable ASCII characters without spaces');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new InvalidInput('expectedRevision', 'must be a revision, or -1 for a stream without events');
  }
  if (events.length < 1 || events.length > EVENTS_PER_REQUEST_MAX) {
    throw new InvalidInput('events', `must be 1-${EVENTS_PER_REQUEST_MAX} events`);
  }
  let previous: string | undefined;
  const ids = new Set<string>();
  for (const { type, data, meta } of events) {
    if (!TYPE_NAME.test(type))
      throw new InvalidInput('type', 'must be 1-200 printable ASCII characters without spaces');
    if (!data.isWellFormed()) throw new InvalidInput('data', 'must be Unicode text without lone surrogates');
    checkMeta(meta);
    if (meta.commandId === previous) continue;
    if (ids.has(meta.commandId))
      throw new InvalidInput('events', 'the events of one command must stand together');
    ids.add(meta.commandId);
    previous = meta.commandId;
  }
}
