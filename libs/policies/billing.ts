import { YEAR_END } from '#kernel';
import { days, daysOfYear, wholeNumber } from './kinds.js';

/** Tax rates, and the days on which the provider works. */
export const billingPolicies = {
  'tax.standard-bp': wholeNumber({
    unit: 'basisPoints',
    form: /^\d{1,5}$/,
    standard: '1000',
    about: {
      ja: '消費税の標準税率。1/100 % を単位とする',
      en: 'consumption tax, standard rate, in 1/100 percent',
    },
  }),
  'tax.reduced-bp': wholeNumber({
    unit: 'basisPoints',
    form: /^\d{1,5}$/,
    standard: '800',
    about: {
      ja: '消費税の軽減税率。1/100 % を単位とする',
      en: 'consumption tax, reduced rate, in 1/100 percent',
    },
  }),
  'invoice.available-business-day': wholeNumber({
    unit: 'businessDays',
    form: /^([1-9]|1\d)$/,
    standard: '3',
    about: {
      ja: '請求書を発行できる、翌月の第何営業日（INV-01）',
      en: 'business day of the next month from which an invoice can be had (INV-01)',
    },
  }),
  'provider.closed-days': days({
    unit: 'none',
    form: /^(\d{4}-\d{2}-\d{2}(,\d{4}-\d{2}-\d{2})*)?$/,
    standard: '',
    about: {
      ja: '自社の休業日。営業日に数えない。例: `2026-08-13,2026-08-14`（INV-01）',
      en: "the provider's own closed days, like `2026-08-13,2026-08-14`: no business days (INV-01)",
    },
  }),
  'provider.year-end-days': daysOfYear({
    unit: 'none',
    form: /^(\d{2}-\d{2}(,\d{2}-\d{2})*)?$/,
    standard: [...YEAR_END].join(','),
    about: {
      ja: '毎年の年末年始の休業日。営業日に数えない。例: `12-31,01-01`（003 p.85）',
      en: 'no business days at the turn of every year, like `12-31,01-01` (003 p.85)',
    },
  }),
};
