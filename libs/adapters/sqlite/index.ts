export { restoreBackup, verifyBackup } from './backup.js';
export { openSqliteStore } from './sqlite-store.js';
export type * from './sqlite-store.types.js';
