export * from './daicho.module.js';
export * from './envelopes.js';
export { COMMAND_OBSERVER, type CommandObserver, PRODUCT } from './handlers.js';
export { statusOfRejection } from './http/problem.js';
export * from './open-cluster-product.js';
export * from './open-configured.js';
export * from './open-product.js';
export * from './serve.js';
export * from './serve.types.js';
