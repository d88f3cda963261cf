export { restoreBackup, verifyBackup } from './backup.js';
export { databaseFile } from './database.js';
export { chainFindings, fileFindings } from './findings.js';
export { isOpenToOthers } from './own-files.js';
export { openSqliteJobQueue, type SqliteJobQueueOptions } from './sqlite-job-queue.js';
export { openSqlitePersonalRows } from './sqlite-personal-rows.js';
export { openSqliteStore } from './sqlite-store.js';
export type * from './sqlite-store.types.js';
export { markStore, type StoreMark } from './store-mark.js';
