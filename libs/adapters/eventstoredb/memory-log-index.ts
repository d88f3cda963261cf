import { type IndexedEvent, LogIndexDiffers, type LogIndexStore } from '#ports';

/**
 * An index of the log in memory: a process that starts reads the whole log once. For tests and small logs
 * (about 500 bytes per event); a cluster keeps its index in its database.
 */
export function memoryLogIndex(): LogIndexStore {
  const entries: IndexedEvent[] = [];
  const streams = new Map<string, IndexedEvent[]>();
  const commands = new Map<string, IndexedEvent>();
  return {
    async head() {
      return entries.at(-1);
    },
    async save(added) {
      if (added[0] && added[0].position > entries.length + 1)
        throw new Error(`entry ${added[0].position} does not follow ${entries.length}`);
      for (const { position, hash } of added)
        if ((entries[position - 1]?.hash ?? hash) !== hash) throw new LogIndexDiffers(position);
      for (const entry of added) {
        if (entry.position <= entries.length) continue;
        entries.push(entry);
        const stream = streams.get(entry.stream) ?? [];
        stream[entry.revision] = entry;
        streams.set(entry.stream, stream);
        if (entry.opensCommand && !commands.has(entry.commandId)) commands.set(entry.commandId, entry);
      }
    },
    async at(position) {
      return entries[position - 1];
    },
    async ofStream(stream, from, to) {
      return (streams.get(stream) ?? []).slice(from, to + 1);
    },
    async ofCommands(commandIds) {
      const found = new Map<string, IndexedEvent>();
      for (const id of commandIds) {
        const entry = commands.get(id);
        if (entry) found.set(id, entry);
      }
      return found;
    },
  };
}
