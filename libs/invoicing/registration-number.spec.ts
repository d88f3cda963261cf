import { corporateCheckDigit, registrationNumberWarning } from './registration-number.js';

describe('the registration number of an issuer (J-01)', () => {
  it("computes the check digit of the tax agency's own example: 700110005901 -> 8", () => {
    expect(corporateCheckDigit('700110005901')).toBe(8);
  });

  it.each([
    ['T8700110005901', null],
    ['T7000012050002', null],
    ['T7700110005901', 'REGISTRATION_NUMBER_CHECK_DIGIT'],
    ['T8700110005910', 'REGISTRATION_NUMBER_CHECK_DIGIT'],
    ['T0000000000000', 'REGISTRATION_NUMBER_CHECK_DIGIT'],
    ['8700110005901', 'REGISTRATION_NUMBER_FORM'],
    ['T870011000590', 'REGISTRATION_NUMBER_FORM'],
    ['t8700110005901', 'REGISTRATION_NUMBER_FORM'],
    ['T８700110005901', 'REGISTRATION_NUMBER_FORM'],
    ['', 'REGISTRATION_NUMBER_FORM'],
  ])('%s -> %s', (text, warning) => expect(registrationNumberWarning(text)).toBe(warning));

  it('finds every single wrong digit', () => {
    const right = '8700110005901';
    for (let place = 0; place < right.length; place++) {
      for (const digit of '0123456789') {
        const text = right.slice(0, place) + digit + right.slice(place + 1);
        // The rule is modulo 9: it cannot tell 0 from 9 within the twelve digits.
        const sameModulo9 = place > 0 && (text.charCodeAt(place) - right.charCodeAt(place)) % 9 === 0;
        const expected = text === right || sameModulo9 ? null : 'REGISTRATION_NUMBER_CHECK_DIGIT';
        expect([text, registrationNumberWarning(`T${text}`)]).toEqual([text, expected]);
      }
    }
  });
});
