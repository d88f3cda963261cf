export { openPostgresLogIndex, type PostgresLogIndex } from './postgres-log-index.js';
export type { PostgresOptions } from './postgres-options.js';
export { openPostgresReadStore, type PostgresReadStore } from './postgres-read-store.js';
