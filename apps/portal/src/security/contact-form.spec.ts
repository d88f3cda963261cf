import { isContact } from './contact-form.js';

it.each([
  ['phone', '090-1234-5678', true],
  ['phone', '＋８１ ９０ １２３４', true],
  ['phone', '12345', false],
  ['phone', 'a@example.jp', false],
  ['mail', ' a@example.jp ', true],
  ['mail', 'a@example', false],
  ['mail', 'a b@example.jp', false],
] as const)('a %s can be %j: %s', (kind, text, fits) => expect(isContact(kind, text)).toBe(fits));
