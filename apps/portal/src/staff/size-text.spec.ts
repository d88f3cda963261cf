import { sizeText } from './size-text.js';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_400_000, '12.4 MB'],
  [5_000_000_000_000, '5000.0 GB'],
])('a file of %i bytes is %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
