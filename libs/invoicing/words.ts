import { type Language, percentText, type Rounding, type Sentence, type TaxCategory } from '#kernel';

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

const TAX: Readonly<Record<TaxCategory, Sentence>> = {
  standard: { ja: '課税', en: 'Tax' },
  reduced: { ja: '軽減', en: 'Tax' },
  export_exempt: { ja: '免税', en: 'Exempt' },
  out_of_scope: { ja: '不課税', en: 'No tax' },
};

/** `10%`, `7.8%`: a rate in basis points as people write it. */
export const percent = (taxRate: number): string => `${percentText(taxRate)}%`;

/** 課税区分 of a line: `課税 10%`, `軽減 8%`, `免税`, `不課税`; `Tax 10%`, `Tax 8%*`, `Exempt`, `No tax`. */
export function taxInWords(category: TaxCategory, taxRate: number, language: Language): string {
  const word = TAX[category][language];
  if (category !== 'standard' && category !== 'reduced') return word;
  return `${word} ${percent(taxRate)}${language === 'en' && category === 'reduced' ? '*' : ''}`;
}

const DOWN: Sentence = { ja: '切捨て', en: 'rounded down' };
const UP: Sentence = { ja: '切上げ', en: 'rounded up' };
const ROUNDING: Readonly<Record<Rounding, Sentence>> = {
  floor: DOWN,
  down: DOWN,
  half_up: { ja: '四捨五入', en: 'rounded half up' },
  up: UP,
  ceil: UP,
};

export const roundingInWords = (rounding: Rounding, language: Language): string =>
  ROUNDING[rounding][language];
