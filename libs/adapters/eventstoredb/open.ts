import { InvalidInput } from '#kernel';
import type { LogPlace } from '#ports';
import { Appender } from './appender.js';
import { BatchChannel } from './batch-channel.js';
import { ClusterClient } from './cluster-client.js';
import { parseConnectionString } from './connection-string.js';
import { type Patience, patiently } from './errors.js';
import { EventStoreOnCluster } from './event-store-on-cluster.js';
import type { EventStoreDbOptions, EventStoreDbStore } from './eventstoredb.types.js';
import { LogIndex } from './log-index.js';
import { LogReader, WHOLE_LOG } from './log-reader.js';
import { memoryLogIndex } from './memory-log-index.js';
import { readLastRequest } from './protocol.js';

const DEADLINE_MS = 10_000;
const ATTEMPTS = 8;
const BACKOFF_MS = 50;

function whole(value: number, name: string, most: number): number {
  if (!Number.isSafeInteger(value) || value < 1 || value > most)
    throw new InvalidInput(name, `must be a whole number from 1 to ${most}`);
  return value;
}

interface Connection {
  readonly client: ClusterClient;
  readonly patience: Patience;
  readonly deadlineMs: number;
  readonly stop: AbortController;
}

/** What a store and a look at the log have in common; `stop` ends the tries of reads. */
function connect(options: EventStoreDbOptions): Connection {
  const settings = parseConnectionString(options.url);
  const stop = new AbortController();
  const deadlineMs = options.deadlineMs ?? settings.numbers.defaultDeadline ?? DEADLINE_MS;
  return {
    client: new ClusterClient(settings, whole(deadlineMs, 'deadlineMs', 600_000)),
    patience: {
      attempts: whole(options.attempts ?? ATTEMPTS, 'attempts', 100),
      backoffMs: whole(options.backoffMs ?? BACKOFF_MS, 'backoffMs', 10_000),
      signal: stop.signal,
    },
    deadlineMs,
    stop,
  };
}

/**
 * Opens the store of a namespace in a cluster and brings the index up to the end of the log.
 * @throws InvalidInput for options of another form; StoreUnavailable when the cluster cannot be reached, or
 * the index is that of another log.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbStore> {
  const namespace = options.namespace ?? 'daicho.';
  if (!/^[A-Za-z][A-Za-z0-9._]{0,49}$/.test(namespace))
    throw new InvalidInput('namespace', 'must be 1-50 of A-Z a-z 0-9 . _ and begin with a letter');
  const { client, patience, deadlineMs, stop } = connect(options);
  const reader = new LogReader(client, namespace, patience, options.origin);
  const index = new LogIndex(reader, options.index ?? memoryLogIndex());
  const appender = new Appender(new BatchChannel(client, deadlineMs), reader, index, patience);
  const store = new EventStoreOnCluster({ client, reader, index, appender, stop });
  try {
    await store.headPosition();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/**
 * Where a cluster's log ends now: the `origin` of a namespace that is new. Undefined for an empty log.
 * @throws StoreUnavailable when the cluster cannot be reached.
 */
export async function endOfLog(options: EventStoreDbOptions): Promise<LogPlace | undefined> {
  const { client, patience } = connect(options);
  try {
    const page = await patiently(patience, WHOLE_LOG, () => client.read(readLastRequest()));
    return page.events[0]?.place;
  } finally {
    await client.close();
  }
}
