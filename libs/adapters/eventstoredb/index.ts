export type { EventStoreDbOptions, EventStoreDbStore } from './eventstoredb.types.js';
export { clusterFindings } from './findings.js';
export { memoryLogIndex } from './memory-log-index.js';
export { endOfLog, openEventStoreDb } from './open.js';
