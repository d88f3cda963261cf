export * from './api-key.js';
export * from './api-keys.projection.js';
export * from './levels.js';
