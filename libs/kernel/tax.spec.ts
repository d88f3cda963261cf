import { isTaxCategory, percentText, TAX_CATEGORIES } from './tax.js';

describe('tax categories and rates', () => {
  it.each([
    [1000, '10'],
    [800, '8'],
    [1050, '10.5'],
    [780, '7.8'],
    [625, '6.25'],
    [1, '0.01'],
    [0, '0'],
  ])('says the rate %i as %s percent', (rate, percent) => expect(percentText(rate)).toBe(percent));

  it('knows the four tax categories', () => {
    expect(TAX_CATEGORIES.every(isTaxCategory)).toBe(true);
    expect(isTaxCategory('reverse_charge')).toBe(false);
  });
});
