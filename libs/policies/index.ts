export { type MoneyRange, UNITS } from './kinds.js';
export * from './policies.js';
export * from './policy-decisions.js';
