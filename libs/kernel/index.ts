export * from './amount-text.js';
export * from './business-day.js';
export * from './business-month.js';
export { dateTextInWords, monthTextInWords } from './calendar.js';
export * from './canonical.js';
export * from './common-refusals.js';
export * from './csv.js';
export * from './decider.js';
export * from './duration.js';
export * from './envelope.js';
export * from './events.js';
export * from './fact.js';
export * from './ids.js';
export * from './instant.js';
export * from './invalid-input.js';
export * from './mail-text.js';
export * from './money.js';
export * from './money-total.js';
export * from './paper-text.js';
export * from './phone-number.js';
export * from './problems.js';
export * from './projection.js';
export * from './refusals.js';
export * from './rounding.js';
export {
  type Filling,
  type Fillings,
  inBoth,
  inWords,
  type Language,
  type NamesIn,
  type Sentence,
} from './sentence.js';
export * from './tax.js';
export * from './text.js';
export * from './unchanged.js';
export * from './value-problems.js';
