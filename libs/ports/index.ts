export * from './clock.port.js';
export * from './event-store.port.js';
export * from './proof.port.js';
export * from './read-store.port.js';
