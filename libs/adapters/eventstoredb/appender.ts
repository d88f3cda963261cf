import { InvalidInput, problem } from '#kernel';
import type { AppendRequest, AppendResult, NewEvent } from '#ports';
import type { BatchChannel, WriteAnswer } from './batch-channel.js';
import { asUnavailable, backOff, isFinal, LogDamaged, type Patience, TooLarge } from './errors.js';
import { clusterFindings } from './findings.js';
import type { LogIndex } from './log-index.js';
import type { LogReader } from './log-reader.js';
import { proposedEvents } from './proposed-events.js';
import type { ProposedEvent } from './protocol.js';
import { type Turn, Turns } from './turns.js';
import { WriteSize } from './write-size.js';

/** Requests of one call that follow each other in a stream are written together up to this size. */
const TOGETHER_EVENTS = 500;
const TOGETHER_CHARACTERS = 100_000;

/** The requests of one call that go to one stream, by their index in the call. */
interface Lane {
  readonly stream: string;
  readonly requests: { readonly index: number; readonly request: AppendRequest }[];
  readonly commandIds: string[];
  turn?: Turn;
}

type Requests = Lane['requests'];

/** Appends with the exact revision, once, whatever happens on the way (docs/adr/0007-eventstoredb.md). */
export class Appender {
  private readonly turns = new Turns();
  readonly size = new WriteSize();

  constructor(
    private readonly channel: BatchChannel,
    private readonly reader: LogReader,
    private readonly index: LogIndex,
    private readonly patience: Patience,
  ) {}

  /**
   * Streams side by side, the requests of one stream in order. In this process nobody else writes to these
   * streams or with these command ids meanwhile.
   */
  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const lanes = lanesOf(requests);
    for (const lane of lanes)
      lane.turn = this.turns.enter([`s ${lane.stream}`, ...lane.commandIds.map(id => `c ${id}`)]);
    const results = new Array<AppendResult>(requests.length);
    const prepared = this.knownAtStart(requests, lanes);
    const done = await Promise.allSettled(lanes.map(lane => this.appendLane(lane, prepared, results)));
    const failed = done.find(outcome => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return results;
  }

  /**
   * Each request after the one before it was stored, whatever their streams: the order of the log is theirs.
   * Ends with the first that is not stored; those behind it have no result.
   */
  async appendInOrder(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const lanes = lanesOf(requests);
    const keys = lanes.flatMap(({ stream, commandIds }) => [
      `s ${stream}`,
      ...commandIds.map(id => `c ${id}`),
    ]);
    const turn = this.turns.enter(keys);
    try {
      await turn.come;
      const known = await this.knownAtStart(requests, lanes);
      const stored: AppendRequest[] = [];
      let refused: AppendResult | undefined;
      for (const request of requests) {
        refused = await this.refusalOf(request, known);
        if (refused) break;
        stored.push(request);
        for (const { meta } of request.events) known.add(meta.commandId);
      }
      // Only now, so that the log is read once for all of them.
      const results: AppendResult[] = [];
      for (const request of stored) results.push(await this.appended(request, known));
      return refused ? [...results, refused] : results;
    } finally {
      turn.leave();
    }
  }

  /** Stores a request; why it was not stored, undefined when it was. */
  private async refusalOf(
    request: AppendRequest,
    known: ReadonlySet<string>,
  ): Promise<AppendResult | undefined> {
    const duplicate = request.events.find(event => known.has(event.meta.commandId));
    if (duplicate) return { kind: 'duplicate', commandId: duplicate.meta.commandId };
    const answer = await this.write(request.stream, request.expectedRevision, request.events);
    return answer.kind === 'conflict' ? answer : undefined;
  }

  /**
   * Known command ids among those of a call. The index is first brought beyond the event that each request
   * builds on: what was stored before that event is then known, so a command can be stored a second time in
   * its stream by nobody (the exact revision excludes what comes after).
   */
  private async knownAtStart(
    requests: readonly AppendRequest[],
    lanes: readonly Lane[],
  ): Promise<Set<string>> {
    const builtOn = requests.every(
      ({ stream, expectedRevision }) =>
        expectedRevision >= 0 && this.index.hasLately(stream, expectedRevision),
    );
    if (!builtOn) await this.index.catchUp();
    return new Set((await this.index.ofCommands(lanes.flatMap(lane => lane.commandIds))).keys());
  }

  private async appendLane(
    lane: Lane,
    prepared: Promise<Set<string>>,
    results: AppendResult[],
  ): Promise<void> {
    const turn = lane.turn!;
    try {
      // Also when it fails: nobody's error may be left without a reader.
      const atStart = await prepared;
      await turn.come;
      const known = turn.free
        ? new Set(atStart)
        : new Set((await this.index.ofCommands(lane.commandIds)).keys());
      for (const group of groupsOf(lane.requests)) await this.appendGroup(group, known, results);
    } finally {
      turn.leave();
    }
  }

  private async appendGroup(group: Requests, known: Set<string>, results: AppendResult[]): Promise<void> {
    if (group.length > 1 && !hasKnown(group, known) && (await this.appendTogether(group, known, results)))
      return;
    for (const { index, request } of group) {
      const duplicate = request.events.find(event => known.has(event.meta.commandId));
      if (duplicate) results[index] = { kind: 'duplicate', commandId: duplicate.meta.commandId };
      else {
        const answer = await this.write(request.stream, request.expectedRevision, request.events);
        results[index] = answer.kind === 'conflict' ? answer : await this.appended(request, known);
      }
    }
  }

  /**
   * Several requests in one write. False when it was overtaken or is too large: then each must be answered on
   * its own.
   */
  private async appendTogether(
    group: Requests,
    known: Set<string>,
    results: AppendResult[],
  ): Promise<boolean> {
    const [{ request }] = group as [Requests[number]];
    const events = group.flatMap(one => one.request.events);
    const answer = await this.write(request.stream, request.expectedRevision, events).catch(error => {
      // Each alone may be small enough for the server.
      if (error instanceof InvalidInput) return undefined;
      throw error;
    });
    if (!answer || answer.kind === 'conflict') return false;
    for (const one of group) results[one.index] = await this.appended(one.request, known);
    return true;
  }

  private async appended(request: AppendRequest, known: Set<string>): Promise<AppendResult> {
    const { stream, expectedRevision, events } = request;
    const revision = expectedRevision + events.length;
    // Last first: when the index has it, it has all before it.
    const last = await this.index.soonSeen(stream, revision);
    const first = events.length === 1 ? last : await this.index.seen(stream, expectedRevision + 1);
    for (const event of events) known.add(event.meta.commandId);
    return { kind: 'appended', firstPosition: first.position, lastPosition: last.position, revision };
  }

  /**
   * Writes until it is certain what happened. The events' ids belong to this write alone, so finding them in
   * the stream proves that it took effect, and the server cannot take another writer's event for ours.
   * @throws StoreUnavailable when it stayed uncertain; InvalidInput when the server refuses the size.
   */
  private async write(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<WriteAnswer> {
    const proposed = proposedEvents(stream, expectedRevision, events);
    this.size.check(stream, proposed);
    const revision = expectedRevision + events.length;
    const { shown, forget } = this.index.expect(proposed[0]!.id);
    // The log may show the event before the server's answer comes, or instead of it.
    const byLog = shown.then((): WriteAnswer => ({ kind: 'appended', revision }));
    try {
      return await Promise.race([this.writeUntilCertain(stream, expectedRevision, proposed), byLog]);
    } finally {
      forget();
    }
  }

  private async writeUntilCertain(
    stream: string,
    expectedRevision: number,
    proposed: readonly ProposedEvent[],
  ): Promise<WriteAnswer> {
    for (let attempt = 1, uncertain = false; ; attempt++) {
      try {
        const name = `${this.reader.namespace}${stream}`;
        const answer = await this.channel.write(name, expectedRevision, proposed);
        const revision = expectedRevision + proposed.length;
        // As after a soft delete: the server takes NO_STREAM for a stream that goes on with old numbers.
        if (answer.kind === 'appended' && answer.revision !== revision)
          throw new LogDamaged(
            problem(clusterFindings.STREAM_DELETED, { stream, found: answer.revision, revision }),
          );
        if (answer.kind === 'appended' || !uncertain) return answer;
        // An earlier try may be what overtook this one.
        return (await this.look(stream, expectedRevision, proposed)) ?? answer;
      } catch (error) {
        if (error instanceof TooLarge) throw this.size.refused(stream, proposed, error.most);
        if (isFinal(error)) throw asUnavailable(error, `appending to ${stream}`);
        uncertain = true;
        const found = await this.look(stream, expectedRevision, proposed);
        if (found) return found;
        if (attempt >= this.patience.attempts) throw asUnavailable(error, `appending to ${stream}`);
        await backOff(this.patience, attempt);
      }
    }
  }

  /** What stands where this write would have put its events; undefined: nothing yet. */
  private async look(
    stream: string,
    expectedRevision: number,
    proposed: readonly ProposedEvent[],
  ): Promise<WriteAnswer | undefined> {
    const { events } = await this.reader.stream(stream, expectedRevision + 1, 1);
    const [first] = events;
    if (!first) return undefined;
    // All or nothing: one event of the write proves the others.
    if (first.id === proposed[0]!.id)
      return { kind: 'appended', revision: expectedRevision + proposed.length };
    return { kind: 'conflict', actualRevision: await this.reader.revision(stream) };
  }
}

function lanesOf(requests: readonly AppendRequest[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const [index, request] of requests.entries()) {
    const lane = lanes.get(request.stream) ?? { stream: request.stream, requests: [], commandIds: [] };
    lanes.set(request.stream, lane);
    lane.requests.push({ index, request });
    let previous: string | undefined;
    for (const { meta } of request.events) {
      if (meta.commandId !== previous) lane.commandIds.push(meta.commandId);
      previous = meta.commandId;
    }
  }
  return [...lanes.values()];
}

/** Cuts a lane into runs of requests that build on each other and hold no command twice. */
function groupsOf(requests: Requests): Requests[] {
  const groups: Requests[] = [];
  let [next, events, characters] = [Number.NaN, 0, 0];
  const commands = new Set<string>();
  for (const one of requests) {
    const { request } = one;
    const ids = request.events.map(event => event.meta.commandId);
    const size = request.events.reduce((sum, event) => sum + event.data.length + 400, 0);
    const fits =
      events + request.events.length <= TOGETHER_EVENTS && characters + size <= TOGETHER_CHARACTERS;
    if (request.expectedRevision !== next || !fits || ids.some(id => commands.has(id))) {
      groups.push([]);
      [events, characters] = [0, 0];
      commands.clear();
    }
    groups.at(-1)!.push(one);
    next = request.expectedRevision + request.events.length;
    events += request.events.length;
    characters += size;
    for (const id of ids) commands.add(id);
  }
  return groups;
}

const hasKnown = (group: Requests, known: ReadonlySet<string>): boolean =>
  group.some(({ request }) => request.events.some(event => known.has(event.meta.commandId)));
