export * from './cdr.js';
export * from './cdr-csv.js';
export * from './cdr-import.js';
export * from './classify.js';
export {
  type CsvRecord,
  holdsBrokenText,
  isLineProblem,
  type LineProblem,
  NOT_UTF8,
  readCsv,
  separatorProblem,
} from './csv.js';
export * from './destination-class.js';
export * from './encoding.js';
export * from './freeswitch-json.js';
export * from './prefix.js';
export * from './pricing.js';
export { callProblems, csvProblems, formerProblems } from './problems.js';
export * from './tariff.js';
export * from './tariff-check.js';
export * from './tariff-csv.js';
export { daysText, EVERY_DAY, minuteText, parseDays } from './tariff-days.js';
export * from './tariff-diff.js';
export { indexTariffs, TariffIndex } from './tariff-index.js';
