import { problem, type StoredEvent } from '#kernel';
import type { IndexedEvent, RecordedCommand } from '#ports';
import { LogDamaged } from './errors.js';
import { clusterFindings } from './findings.js';
import { PAGE } from './log-reader.js';

/** Events read for a command that stands alone: commands have few. */
const FEW = 16;

/**
 * What the events say about commands whose first events are known. In the order of the log, so that commands
 * that lie together (a file that is imported again) are read together.
 * @param read at most `limit` events from a position on
 */
export async function recordedCommands(
  firstEvents: Iterable<IndexedEvent>,
  read: (from: number, limit: number) => Promise<readonly StoredEvent[]>,
): Promise<Map<string, RecordedCommand>> {
  const entries = [...firstEvents].sort((a, b) => a.position - b.position);
  let page: readonly StoredEvent[] = [];
  const eventAt = async (position: number, wanted: number): Promise<StoredEvent | undefined> => {
    const held = page[position - (page[0]?.position ?? 0)];
    if (held) return held;
    page = await read(position, wanted);
    return page[0];
  };
  const found = new Map<string, RecordedCommand>();
  for (const [i, { commandId, stream, position }] of entries.entries()) {
    const neighbour = (entries[i + 1]?.position ?? Number.POSITIVE_INFINITY) - position < PAGE;
    const first = await eventAt(position, neighbour ? PAGE : FEW);
    if (first?.meta.commandId !== commandId)
      throw new LogDamaged(problem(clusterFindings.COMMAND_MISPLACED, { position, command: commandId }));
    let count = 1;
    while ((await eventAt(position + count, PAGE))?.meta.commandId === commandId) count++;
    const { bodyHash } = first.meta;
    found.set(commandId, { commandId, bodyHash, stream, firstPosition: position, count });
  }
  return found;
}
