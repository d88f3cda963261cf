import type { NumberedEvent } from './numbering.js';

/** Events kept in memory although the index's store has them, and their texts' length at most. */
const EVENTS_KEPT = 4_096;
const CHARACTERS_KEPT = 16 * 1_048_576;

const streamKey = (stream: string, revision: number): string => `${revision}@${stream}`;

/**
 * The last events of the log in memory: all that the index's store has not saved yet, and some before them,
 * so that who follows the log and who asks for recent streams and commands needs no look elsewhere.
 */
export class Tail {
  private events: NumberedEvent[] = [];
  /** Those before this index are gone; the array is cut now and then. */
  private gone = 0;
  private characters = 0;
  private readonly byStream = new Map<string, NumberedEvent>();
  private readonly byCommand = new Map<string, NumberedEvent>();

  get first(): number {
    return this.events[this.gone]?.entry.position ?? 0;
  }

  get size(): number {
    return this.events.length - this.gone;
  }

  push(event: NumberedEvent): void {
    const { entry, stored } = event;
    this.events.push(event);
    this.characters += stored.data.length;
    this.byStream.set(streamKey(entry.stream, entry.revision), event);
    if (entry.opensCommand) this.byCommand.set(entry.commandId, event);
  }

  /** Lets go of what is saved and beyond the limits. */
  trim(savedThrough: number): void {
    while (this.size > EVENTS_KEPT || (this.characters > CHARACTERS_KEPT && this.size > 0)) {
      const { entry, stored } = this.events[this.gone]!;
      if (entry.position > savedThrough) break;
      this.gone++;
      this.characters -= stored.data.length;
      this.byStream.delete(streamKey(entry.stream, entry.revision));
      if (entry.opensCommand) this.byCommand.delete(entry.commandId);
    }
    if (this.gone < 2 * EVENTS_KEPT) return;
    this.events = this.events.slice(this.gone);
    this.gone = 0;
  }

  at(position: number): NumberedEvent | undefined {
    const first = this.first;
    return first === 0 || position < first ? undefined : this.events[this.gone + position - first];
  }

  /** At most `limit` events from a position on; undefined when the first of them is not here. */
  page(from: number, limit: number): readonly NumberedEvent[] | undefined {
    const first = this.first;
    if (first === 0 || from < first) return undefined;
    const start = this.gone + from - first;
    return this.events.slice(start, start + limit);
  }

  ofStream(stream: string, revision: number): NumberedEvent | undefined {
    return this.byStream.get(streamKey(stream, revision));
  }

  ofCommand(commandId: string): NumberedEvent | undefined {
    return this.byCommand.get(commandId);
  }
}
