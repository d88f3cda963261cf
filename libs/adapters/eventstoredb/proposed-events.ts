import { createHash, randomBytes } from 'node:crypto';
import type { NewEvent } from '#ports';
import { dataBytes, metaBytes } from './numbering.js';
import type { ProposedEvent } from './protocol.js';

/** Ids made of a number of this write alone and the event's place in its stream: a retry has the same. */
export function proposedEvents(
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
): ProposedEvent[] {
  const ofThisWrite = randomBytes(16);
  return events.map((event, i) => {
    const name = `${stream}\n${expectedRevision + 1 + i}`;
    const id = createHash('sha256').update(ofThisWrite).update(name).digest().subarray(0, 16);
    return { id: uuidOf(id), type: event.type, meta: metaBytes(event), data: dataBytes(event) };
  });
}

/** RFC 9562 version 8: the other bits are the writer's own. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
