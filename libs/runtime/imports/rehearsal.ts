import type { StoredEvent } from '#kernel';
import {
  type AppendRequest,
  type AppendResult,
  type EventStore,
  type ReadOptions,
  type RecordedCommand,
} from '#ports';

/** A dry run of imports: files that are tried with the same one come one after another. */
export interface ImportTrial {
  readonly dryRun: true;
}

/** Positions of what is rehearsed: beyond those of any log. */
const REHEARSED = 2 ** 50;

/**
 * A log on which a command is tried: it reads what is stored and what was appended here, and writes nothing.
 * What is appended stays in memory, about a kilobyte an event, until nobody holds the rehearsal any more.
 */
export class Rehearsal implements EventStore {
  private readonly appended: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly commands = new Map<string, RecordedCommand & { count: number }>();

  constructor(private readonly log: EventStore) {}

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const results: AppendResult[] = [];
    for (const request of requests) results.push(await this.appendOne(request));
    return results;
  }

  private async appendOne({ stream, expectedRevision, events }: AppendRequest): Promise<AppendResult> {
    const actualRevision = await this.streamRevision(stream);
    if (actualRevision !== expectedRevision) return { kind: 'conflict', actualRevision };
    const ids = [...new Set(events.map(({ meta }) => meta.commandId))];
    const [commandId] = (await this.findCommands(ids)).keys();
    if (commandId !== undefined) return { kind: 'duplicate', commandId };
    const own = this.streams.get(stream) ?? [];
    this.streams.set(stream, own);
    const firstPosition = REHEARSED + this.appended.length;
    let revision = expectedRevision;
    for (const { type, data, meta } of events) {
      const position = REHEARSED + this.appended.length;
      const event = { position, stream, revision: ++revision, type, data, meta, hash: '' };
      own.push(event);
      this.appended.push(event);
      const known = this.commands.get(meta.commandId);
      if (known) known.count++;
      else {
        const { commandId: id, bodyHash } = meta;
        this.commands.set(id, { commandId: id, bodyHash, stream, firstPosition: position, count: 1 });
      }
    }
    return { kind: 'appended', firstPosition, lastPosition: firstPosition + events.length - 1, revision };
  }

  async *readStream(stream: string, options: ReadOptions = {}): AsyncIterable<StoredEvent> {
    const { from = 0, limit = Number.POSITIVE_INFINITY } = options;
    const own = this.streams.get(stream) ?? [];
    const beginsAt = own[0]?.revision ?? Number.POSITIVE_INFINITY;
    let left = limit;
    for await (const event of this.log.readStream(stream, options)) {
      // What others have written meanwhile: the rehearsal goes on from where it began.
      if (event.revision >= beginsAt) break;
      left--;
      yield event;
    }
    yield* own.filter(event => event.revision >= from).slice(0, left);
  }

  async streamRevision(stream: string): Promise<number> {
    return this.streams.get(stream)?.at(-1)?.revision ?? this.log.streamRevision(stream);
  }

  async *readAll(options: ReadOptions = {}): AsyncIterable<StoredEvent> {
    const { from = 1, limit = Number.POSITIVE_INFINITY } = options;
    let left = limit;
    if (from < REHEARSED)
      for await (const event of this.log.readAll(options)) {
        left--;
        yield event;
      }
    const start = Math.max(0, from - REHEARSED);
    yield* this.appended.slice(start, start + left);
  }

  headPosition(): Promise<number> {
    return this.log.headPosition();
  }

  async findCommands(commandIds: readonly string[]): Promise<Map<string, RecordedCommand>> {
    const found = await this.log.findCommands(commandIds);
    for (const id of commandIds) {
      const own = this.commands.get(id);
      if (own) found.set(id, own);
    }
    return found;
  }

  subscribe(): never {
    throw new Error('nobody follows a rehearsal');
  }

  /** The log stays open: it is somebody else's. */
  async close(): Promise<void> {}
}
