export * from './clock.port.js';
export * from './event-store.port.js';
export * from './job-queue.port.js';
export * from './job-rules.js';
export * from './proof.port.js';
export * from './read-store.port.js';
export * from './read-tables.js';
export * from './schedule.js';
