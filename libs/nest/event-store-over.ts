import type { EventStore } from '#ports';

/** The same store, each method called on it: spread, it lets another method stand in for one of them. */
export function eventStoreOver(store: EventStore): EventStore {
  // Required: what a store may have besides must not be forgotten here.
  const all: { readonly [Name in keyof Required<EventStore>]: EventStore[Name] } = {
    appendLimit: store.appendLimit,
    append: requests => store.append(requests),
    readStream: (stream, options) => store.readStream(stream, options),
    streamRevision: stream => store.streamRevision(stream),
    readAll: options => store.readAll(options),
    headPosition: () => store.headPosition(),
    findCommands: ids => store.findCommands(ids),
    subscribe: (options, handler) => store.subscribe(options, handler),
    close: () => store.close(),
  };
  const { appendLimit, ...methods } = all;
  return { ...methods, ...(appendLimit && { appendLimit }) };
}
