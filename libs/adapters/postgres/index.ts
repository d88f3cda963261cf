export type { PostgresOptions } from './postgres-options.js';
export { openPostgresReadStore, type PostgresReadStore } from './postgres-read-store.js';
