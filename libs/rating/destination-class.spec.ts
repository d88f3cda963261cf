import { destinationClass } from './destination-class.js';

describe('the class of a category', () => {
  it.each([
    ['一般通話', 'domestic'],
    ['IP通話', 'domestic'],
    ['着信', 'domestic'],
    ['携帯通話', 'mobile'],
    ['PHS通話', 'mobile'],
    ['Mobile', 'mobile'],
    ['国際通話', 'overseas'],
    ['海外携帯', 'overseas'],
    ['International', 'overseas'],
  ])('%s is %s', (category, found) => expect(destinationClass(category)).toBe(found));

  it('is overseas where the calls are export-exempt, whatever the name (J-05)', () =>
    expect(destinationClass('特別', true)).toBe('overseas'));
});
