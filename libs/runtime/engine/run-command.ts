import {
  actorOfId,
  type Codec,
  canonicalJson,
  type Decider,
  type Nothing,
  type Rejection,
  rejected,
  type StoredEvent,
  saidId,
  stepId,
} from '#kernel';
import { type Clock, type EventStore, type NewEvent, NO_STREAM, type RecordedCommand } from '#ports';
import type { Caller } from '../product.views.js';
import { appendInPieces } from './append-pieces.js';
import { decodeEvent } from './codecs.js';
import { eventsOfCommand, KEY_REUSED, recordedNow, sha256, stampOf, toNewEvent } from './command-log.js';
import { beforeNextDecision, DECIDED_AT_MOST } from './decide-again.js';
import { KeyedLock } from './keyed-lock.js';
import { engineRefusals } from './refusals.js';

export type Executed<Event> =
  | {
      readonly kind: 'done';
      readonly events: readonly Event[];
      readonly position: number;
      readonly revision: number;
      readonly replayed: boolean;
    }
  | Nothing
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** A decider with the codec of its events: what the runtime needs to run it. */
export interface Running<Command, Event, State, Code extends string> {
  readonly decider: Decider<Command, Event, State, Code>;
  readonly codec: Codec<Event>;
}

/** A stream as its events leave it. It is shared: only who holds the stream's lock moves it on. */
export interface Folded<State = unknown> {
  state: State;
  revision: number;
}

/** Folded streams kept in memory; a stream that leaves is read again. */
const STREAMS_KEPT = 50_000;

/**
 * The way of a command (ARCHITECTURE): idempotency, fold, decide, append with the exact revision, decide
 * again on conflict (after short waits, `DECIDED_AT_MOST` times). Commands of one stream run one after
 * another; those of different streams share durable writes.
 */
export class CommandRunner {
  private readonly folded = new Map<string, Folded>();
  /** Streams that are being read: who asks meanwhile waits for the same reading. */
  private readonly loading = new Map<string, Promise<Folded>>();
  /** Streams whose append is under way and that nobody was seen to append to since it began. */
  private readonly appending = new Set<string>();
  /** How many single commands were run: whoever works in bulk sees whether somebody else is waiting. */
  commandsRun = 0;
  readonly lock = new KeyedLock();

  /** @param shared other processes append to the same log: what is kept in memory may be overtaken */
  constructor(
    readonly events: EventStore,
    readonly clock: Clock,
    readonly shared = false,
  ) {}

  /**
   * @param body what the client asked, without the time: the same id with another body is refused
   * @param command built when its turn has come, so that `now` is the instant of the decision
   */
  run<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    command: () => Command,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<Event>> {
    return this.lock.run(stream, () => this.runAlone(running, stream, command, body, caller));
  }

  private async runAlone<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    command: () => Command,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<Event>> {
    const stamp = stampOf(caller, sha256(canonicalJson(body)));
    for (let conflicts = 0; conflicts < DECIDED_AT_MOST; conflicts++) {
      await beforeNextDecision(conflicts);
      const before = await this.recorded<Event>(stamp.commandId, stamp.bodyHash);
      if (before) return before;
      const { state, revision } = await this.load(running, stream);
      const outcome = running.decider.decide(command(), state);
      if (outcome.kind !== 'events') {
        if (await this.overtaken(stream, revision)) continue;
        return (await this.recordedMeanwhile<Event>(stamp.commandId, stamp.bodyHash)) ?? outcome;
      }
      const at = recordedNow(this.clock);
      const newEvents = outcome.events.map(event => toNewEvent(running.codec, event, stamp, at));
      const [result] = await this.events.append([{ stream, expectedRevision: revision, events: newEvents }]);
      if (result?.kind === 'appended') {
        this.advance(running, stream, outcome.events, result.revision);
        const { lastPosition: position } = result;
        return { kind: 'done', events: outcome.events, position, revision: result.revision, replayed: false };
      }
      this.forget(stream);
    }
    return rejected(engineRefusals.TOO_MANY_CONFLICTS);
  }

  /**
   * Several commands of one stream, decided one after another, durable in as few writes as the store's limit
   * allows. Those known or refused are left out; when it throws, each is stored as a whole or not at all.
   */
  runMany<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    commands: readonly { readonly command: Command; readonly body: unknown; readonly caller: Caller }[],
  ): Promise<void> {
    return this.lock.run(stream, async () => {
      for (let conflicts = 0; conflicts < DECIDED_AT_MOST; conflicts++) {
        await beforeNextDecision(conflicts);
        const known = await this.events.findCommands(commands.map(c => c.caller.commandId));
        const { state, revision } = await this.load(running, stream);
        const at = recordedNow(this.clock);
        const newEvents: NewEvent[] = [];
        let folded = state;
        for (const { command, body, caller } of commands) {
          if (known.has(caller.commandId)) continue;
          const outcome = running.decider.decide(command, folded);
          if (outcome.kind !== 'events') continue;
          const stamp = stampOf(caller, sha256(canonicalJson(body)));
          for (const event of outcome.events) {
            newEvents.push(toNewEvent(running.codec, event, stamp, at));
            folded = running.decider.evolve(folded, event);
          }
        }
        if (newEvents.length === 0) return;
        // The kept state may have been changed in place: until the events are stored it is nobody's.
        this.forget(stream);
        this.appending.add(stream);
        const requests = [{ stream, expectedRevision: revision, events: newEvents }];
        const [appended] = await appendInPieces(this.events, requests);
        const untouched = this.appending.delete(stream);
        if (appended?.whole) {
          if (untouched) this.keep(stream, { state: folded, revision: revision + newEvents.length });
          return;
        }
      }
      throw new Error(`others change ${stream} all the time`);
    });
  }

  /** Whether this very request was carried out before: its answer stands, whatever holds now. */
  async isKnown({ commandId }: Caller): Promise<boolean> {
    return (await this.known(commandId)) !== undefined;
  }

  /**
   * The caller under the id that this request is recorded with, for what is derived from it. An older log has
   * the ids of outside as they were said, one space for all: one that its own actor said there goes on.
   * @param step what is recorded first, where that is not the command itself
   */
  async asRecorded(caller: Caller, step?: string): Promise<Caller> {
    const older = { ...caller, commandId: saidId(caller.commandId) };
    if (older.commandId === caller.commandId) return caller;
    const ids = [older.commandId, ...(step === undefined ? [] : [stepId(older.commandId, step)])];
    const found = await this.events.findCommands(ids);
    for (const known of found.values()) if (await this.isOf(known, caller.actor.id)) return older;
    return caller;
  }

  /** A command recorded under this id, or by the same actor under the one that older logs would have. */
  private async known(commandId: string): Promise<RecordedCommand | undefined> {
    const older = saidId(commandId);
    const found = await this.events.findCommands(older === commandId ? [commandId] : [commandId, older]);
    const known = found.get(commandId);
    if (known || found.size === 0) return known;
    const [before] = found.values();
    return (await this.isOf(before!, actorOfId(commandId)!)) ? before : undefined;
  }

  private async isOf({ firstPosition: from }: RecordedCommand, actor: string): Promise<boolean> {
    for await (const { meta } of this.events.readAll({ from, limit: 1 })) return meta.actor === actor;
    return false;
  }

  /** The answer of an earlier run of the same command, if there was one. */
  async recorded<Event>(commandId: string, bodyHash: string): Promise<Executed<Event> | undefined> {
    this.commandsRun++;
    const known = await this.known(commandId);
    if (!known) return undefined;
    if (known.bodyHash !== bodyHash) return { kind: 'rejected', rejection: KEY_REUSED };
    const events = (await eventsOfCommand(this.events, known)) as Event[];
    const position = known.firstPosition + known.count - 1;
    return { kind: 'done', events, position, revision: NO_STREAM, replayed: true };
  }

  /**
   * As `recorded`, for who is about to answer without an append: another process may have carried out this
   * very command between the look at the log and the reading of the stream, whose state then refuses it.
   */
  async recordedMeanwhile<Event>(commandId: string, bodyHash: string): Promise<Executed<Event> | undefined> {
    return this.shared ? this.recorded<Event>(commandId, bodyHash) : undefined;
  }

  /**
   * The folded state of a stream. It is shared: read it, never change it.
   *
   * @param more.absentToo where others append to the log: keep it also when the stream is not there, until
   * `overtakenBy` tells that somebody began it. For the few streams that every decision asks for
   */
  async load<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    more: { readonly absentToo?: boolean } = {},
  ): Promise<Folded<State>> {
    const kept = this.folded.get(stream) ?? this.loading.get(stream);
    if (kept) return kept as Folded<State> | Promise<Folded<State>>;
    const reading = this.read(running, stream);
    this.loading.set(stream, reading);
    try {
      const folded = await reading;
      // Not when somebody appended meanwhile; nor a stream that another process may begin at any moment.
      const current = this.loading.get(stream) === reading;
      const lasts = !this.shared || folded.revision !== NO_STREAM || more.absentToo;
      if (current && lasts) this.keep(stream, folded);
      return folded;
    } finally {
      if (this.loading.get(stream) === reading) this.loading.delete(stream);
    }
  }

  /**
   * The state of a stream that somebody outside named: one that does not exist is not kept, or anybody could
   * push out what is needed with names of nothing.
   */
  async look<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
  ): Promise<State> {
    const { state, revision } = await this.load(running, stream);
    if (revision === NO_STREAM) this.forget(stream);
    return state;
  }

  private async read<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
  ): Promise<Folded<State>> {
    let state = running.decider.fresh();
    let revision = NO_STREAM;
    for await (const stored of this.events.readStream(stream)) {
      state = running.decider.evolve(state, decodeEvent(stored.stream, stored.type, stored.data) as Event);
      revision = stored.revision;
    }
    return { state, revision };
  }

  /**
   * True when another process has appended to the stream meanwhile: its state is forgotten. An append finds
   * that out by itself; whoever answers without one, with a refusal, asks first.
   */
  async overtaken(stream: string, revision: number): Promise<boolean> {
    if (!this.shared || (await this.events.streamRevision(stream)) === revision) return false;
    this.forget(stream);
    return true;
  }

  /** As `load`, and not behind what another process has appended until now. */
  async loadNewest<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
  ): Promise<Folded<State>> {
    const kept = await this.load(running, stream);
    return (await this.overtaken(stream, kept.revision)) ? this.load(running, stream) : kept;
  }

  /** Forgets what these events, of this process or of others, overtake. */
  overtakenBy(stored: readonly StoredEvent[]): void {
    for (const { stream, revision } of stored) {
      this.appending.delete(stream);
      const kept = this.folded.get(stream);
      // A reading under way may have begun before the event: nobody joins it any more, nobody keeps it.
      if (!kept || kept.revision < revision) this.forget(stream);
    }
  }

  /** Brings the kept state up to events that were just appended, the last of them at `revision`. */
  advance<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
    events: readonly Event[],
    revision: number,
  ): void {
    // A reading that began before may have missed these events: nobody keeps it.
    this.loading.delete(stream);
    const kept = this.folded.get(stream);
    // Read again since, with these events or with those of another process.
    if (!kept || kept.revision + events.length !== revision) return;
    for (const event of events) kept.state = running.decider.evolve(kept.state as State, event);
    kept.revision += events.length;
  }

  forget(stream: string): void {
    this.loading.delete(stream);
    this.folded.delete(stream);
  }

  private keep(stream: string, folded: Folded): void {
    this.folded.set(stream, folded);
    if (this.folded.size <= STREAMS_KEPT) return;
    const oldest = this.folded.keys().next().value;
    if (oldest !== undefined && oldest !== stream) this.folded.delete(oldest);
  }
}
