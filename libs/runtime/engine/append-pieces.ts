import type { AppendRequest, AppendResult, EventStore, NewEvent } from '#ports';

/** Events of one request; stores take 10,000. */
const EVENTS_AT_MOST = 5_000;

/**
 * The events of a stream as requests that the store takes, each building on the one before. A command is
 * never cut, because it is stored as a whole or not at all: one that is larger than the store's limit is a
 * request of its own, which the store may refuse.
 */
export function inPieces(
  { appendLimit }: Pick<EventStore, 'appendLimit'>,
  request: AppendRequest,
): AppendRequest[] {
  const { stream, events } = request;
  if (!appendLimit && events.length <= EVENTS_AT_MOST) return [request];
  const pieces: NewEvent[][] = [];
  const most = appendLimit?.bytes ?? Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (const command of commandsOf(events)) {
    const size = command.reduce((sum, event) => sum + (appendLimit?.sizeOf(event) ?? 0), 0);
    const piece = pieces.at(-1);
    if (piece && piece.length + command.length <= EVENTS_AT_MOST && bytes + size <= most) {
      piece.push(...command);
      bytes += size;
    } else {
      pieces.push(command);
      bytes = size;
    }
  }
  let expectedRevision = request.expectedRevision;
  return pieces.map(piece => {
    const part = { stream, expectedRevision, events: piece };
    expectedRevision += piece.length;
    return part;
  });
}

/** The events of each command; they stand together. */
function commandsOf(events: readonly NewEvent[]): NewEvent[][] {
  const commands: NewEvent[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    const goesOn = last !== undefined && last[0]!.meta.commandId === event.meta.commandId;
    if (goesOn) last.push(event);
    else commands.push([event]);
  }
  return commands;
}

/** What became of all that was to be appended to a stream. */
export interface PiecesAppended {
  /** True when everything is stored. */
  readonly whole: boolean;
  /** Ids of the commands that are stored: all of them, or the first ones. */
  readonly stored: ReadonlySet<string>;
}

/** Appends to several streams in one call, each cut into pieces; what became of each, in order. */
export async function appendInPieces(
  events: EventStore,
  requests: readonly AppendRequest[],
): Promise<PiecesAppended[]> {
  const cut = requests.map(request => inPieces(events, request));
  const results = (await events.append(cut.flat())).values();
  return cut.map(pieces => {
    const stored = pieces.filter(() => (results.next().value as AppendResult).kind === 'appended');
    return {
      whole: stored.length === pieces.length,
      stored: new Set(stored.flatMap(piece => piece.events.map(event => event.meta.commandId))),
    };
  });
}
