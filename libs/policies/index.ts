export { type MoneyRange, type OwnBankAccount, UNITS } from './kinds.js';
export * from './policies.js';
export * from './policy-decisions.js';
