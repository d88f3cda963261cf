export * from './event-store.contract.js';
export * from './given-when-then.js';
export * from './job-queue.contract.js';
export { type Journey, type JourneyHome, journeysOn } from './journey.js';
export { JourneyApi, type JourneyCall } from './journey-api.js';
export * from './log-index.contract.js';
export * from './projected-rows.js';
export * from './read-store.contract.js';
export * from './simulated-clock.js';
