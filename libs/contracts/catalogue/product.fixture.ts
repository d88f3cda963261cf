import { Money } from '#kernel';
import type { Product } from './product.js';

/** A product that nothing is wrong with: 500 yen a month, 1,000 once. */
export const product = (code: string, other: Partial<Product> = {}): Product => ({
  code,
  kind: 'unique',
  nameJa: '内線端末',
  nameEn: 'Extension terminal',
  descriptionJa: '',
  descriptionEn: '',
  monthly: Money.of('500'),
  initial: Money.of('1000'),
  proRated: true,
  taxCategory: 'standard',
  end: null,
  most: null,
  perSheets: null,
  campaign: false,
  corporateOnly: false,
  single: false,
  forNumbers: [],
  capabilities: [],
  selfService: true,
  ...other,
});
