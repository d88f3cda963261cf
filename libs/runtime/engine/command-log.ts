import { hash } from 'node:crypto';
import { type Codec, type EventMeta, Instant, rejection, stepId } from '#kernel';
import type { Clock, EventStore, NewEvent, RecordedCommand } from '#ports';
import type { Caller } from '../product.views.js';
import { decodeEvent } from './codecs.js';
import { engineRefusals } from './refusals.js';

export const sha256 = (text: string): string => hash('sha256', text);

export const KEY_REUSED = rejection(engineRefusals.IDEMPOTENCY_KEY_REUSED);

/** What every event of one command has in common. */
export interface CommandStamp {
  readonly commandId: string;
  readonly bodyHash: string;
  readonly actor: string;
  readonly reason?: string;
  readonly correlationId: string;
}

export function stampOf(caller: Caller, bodyHash: string): CommandStamp {
  const { actor, commandId } = caller;
  const stamp = { commandId, bodyHash, actor: actor.id, correlationId: caller.correlationId ?? commandId };
  return actor.reason === undefined ? stamp : { ...stamp, reason: actor.reason };
}

/** A command that follows from another one: its id is derived, so that doing it again is doing it once. */
export function derived(caller: Caller, step: string): Caller {
  return { actor: caller.actor, commandId: step, correlationId: caller.correlationId ?? caller.commandId };
}

/** A step of a command, as `derived`. */
export const stepOf = (caller: Caller, step: string): Caller =>
  derived(caller, stepId(caller.commandId, step));

/** One shape for the usual case: an import makes tens of thousands of them a second. */
function metaOf(stamp: CommandStamp, occurredAt: string, recordedAt: string): EventMeta {
  const { commandId, bodyHash, actor, correlationId, reason } = stamp;
  const meta = { occurredAt, recordedAt, actor, commandId, correlationId, bodyHash };
  return reason === undefined ? meta : { ...meta, reason };
}

export function toNewEvent<Event>(
  codec: Codec<Event>,
  event: Event,
  stamp: CommandStamp,
  recordedAt: string,
): NewEvent {
  const { type, data } = codec.encode(event);
  const meta = metaOf(stamp, Instant.text(codec.occurredAt(event)), recordedAt);
  return { type, data: JSON.stringify(data), meta, fact: event };
}

export const recordedNow = (clock: Clock): string => Instant.text(clock.recording?.() ?? clock.now());

/** The events of a command that was accepted before: its answer, for ever. */
export async function eventsOfCommand(events: EventStore, command: RecordedCommand): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const stored of events.readAll({ from: command.firstPosition, limit: command.count })) {
    found.push(decodeEvent(stored.stream, stored.type, stored.data));
  }
  return found;
}
