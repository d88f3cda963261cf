import { type EventStore, StoreUnavailable } from '#ports';

/** A log of a process that ends at its n-th write: before it, or after it and before anybody hears of it. */
export function endingAt(log: EventStore, n: number, at: 'before' | 'after') {
  let writes = 0;
  const events: EventStore = {
    ...(log.appendLimit && { appendLimit: log.appendLimit }),
    readStream: (stream, options) => log.readStream(stream, options),
    streamRevision: stream => log.streamRevision(stream),
    readAll: options => log.readAll(options),
    headPosition: () => log.headPosition(),
    findCommands: ids => log.findCommands(ids),
    subscribe: (options, handler) => log.subscribe(options, handler),
    async append(requests) {
      writes++;
      const over = (): Promise<never> => Promise.reject(new StoreUnavailable('UNAVAILABLE', 'killed'));
      if (writes > n || (writes === n && at === 'before')) return over();
      const done = await log.append(requests);
      return writes === n ? over() : done;
    },
    close: async () => undefined,
  };
  return { events, hasEnded: () => writes >= n };
}
