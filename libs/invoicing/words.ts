import { percentText, type Rounding, type TaxCategory } from '#kernel';
import type { Language } from './invoice-document.js';

/** English names of the statement's own categories; a tariff's other names stand as they are. */
const CATEGORY_EN: Readonly<Record<string, string>> = {
  一般通話: 'Domestic calls',
  国際通話: 'International calls',
  携帯通話: 'Mobile calls',
  IP通話: 'IP calls',
  PHS通話: 'PHS calls',
  緊急通報: 'Emergency calls',
  着割: 'Incoming-time discount',
};

export const categoryInWords = (category: string, language: Language): string =>
  language === 'en' ? (CATEGORY_EN[category] ?? category) : category;

const TAX_JA: Readonly<Record<TaxCategory, string>> = {
  standard: '課税',
  reduced: '軽減',
  export_exempt: '免税',
  out_of_scope: '不課税',
};
const TAX_EN: Readonly<Record<TaxCategory, string>> = {
  standard: 'Tax',
  reduced: 'Tax',
  export_exempt: 'Exempt',
  out_of_scope: 'No tax',
};

/** `10%`, `7.8%`: a rate in basis points as people write it. */
export const percent = (taxRate: number): string => `${percentText(taxRate)}%`;

/** 課税区分 of a line: `課税 10%`, `軽減 8%`, `免税`, `不課税`; `Tax 10%`, `Tax 8%*`, `Exempt`, `No tax`. */
export function taxInWords(category: TaxCategory, taxRate: number, language: Language): string {
  const word = (language === 'en' ? TAX_EN : TAX_JA)[category];
  if (category !== 'standard' && category !== 'reduced') return word;
  return `${word} ${percent(taxRate)}${language === 'en' && category === 'reduced' ? '*' : ''}`;
}

const ROUNDING_JA: Readonly<Record<Rounding, string>> = {
  floor: '切捨て',
  down: '切捨て',
  half_up: '四捨五入',
  up: '切上げ',
  ceil: '切上げ',
};
const ROUNDING_EN: Readonly<Record<Rounding, string>> = {
  floor: 'rounded down',
  down: 'rounded down',
  half_up: 'rounded half up',
  up: 'rounded up',
  ceil: 'rounded up',
};

export const roundingInWords = (rounding: Rounding, language: Language): string =>
  (language === 'en' ? ROUNDING_EN : ROUNDING_JA)[rounding];
