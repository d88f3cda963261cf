export { openPostgresLogIndex, type PostgresLogIndex } from './postgres-log-index.js';
export type { PostgresOptions } from './postgres-options.js';
export { openPostgresPersonalRows } from './postgres-personal-rows.js';
export { openPostgresReadStore, type PostgresReadStore } from './postgres-read-store.js';
