import { numberSymbols, PhoneNumber } from './phone-number.js';

/** One number, and ways of writing it. */
const SAME: readonly (readonly [string, ...string[]])[] = [
  [
    '0312345678',
    ...['+81312345678', '+81 3-1234-5678', '+81(0)3-1234-5678', '+81（０）3 1234 5678', '+81 0312345678'],
    ...['0081312345678', '00 81 3 1234 5678', '01081312345678', '010-81-3-1234-5678', '010810312345678'],
    ...[
      '03-1234-5678',
      '(03)1234-5678',
      '（03）1234－5678',
      '03.1234.5678',
      '03 1234 5678',
      '03\u30001234\u30005678',
    ],
    ...[
      '０３１２３４５６７８',
      '０３ー１２３４ー５６７８',
      '03ｰ1234ｰ5678',
      '03−1234−5678',
      '03‐1234‑5678',
      '03–1234—5678',
    ],
    ...[' 0312345678', '0312345678 ', '0312345678\u3000', '0312345678#', '03-1234-5678＃', '0312345678 #'],
    ...[
      '1840312345678',
      '1860312345678',
      '184-03-1234-5678',
      '186+81312345678',
      '184 0081 3 1234 5678',
      '１８４０３１２３４５６７８',
    ],
    ...['\u202d0312345678\u202c', '03\u00a01234\u20115678', '＋81312345678', '(+81)3-1234-5678'],
    ...['tel:+81-3-1234-5678', 'sip:+81312345678@example.jp', '<sip:0312345678@example.jp;user=phone>'],
  ],
  ['09012345678', '+819012345678', '0081 90-1234-5678', '01081 9012345678', '090-1234-5678'],
  ['0120123456', '+81120123456', '0120-123-456', '0120 123 456', '1840120123456'],
  ['0570012345', '0570-012-345', '+81 570 012 345'],
  [
    '01012125550100',
    '+12125550100',
    '0012125550100',
    '010 1 212-555-0100',
    '+1 (212) 555-0100',
    '18601012125550100',
  ],
  ['010442071234567', '+442071234567', '00442071234567', '+44(0)20 7123 4567', '01044 20 7123 4567'],
  ['0111234567', '+81111234567', '011-123-4567'],
  ['110', '184110', '186-110', '1-1-0', '１１０', '110#', '110 ', 'tel:110;phone-context=+81'],
  ['117', '184117'],
  ['1001', '１００１', '1001#'],
  ['18412'],
  ['#9110', '＃9110', '#9110#', '184#9110'],
  ['*8', '＊8', '*8#'],
];

describe('a telephone number', () => {
  it.each(SAME.flatMap(([number, ...written]) => [number, ...written].map(one => [one, number])))(
    '%j is %s',
    (written, number) => {
      expect(PhoneNumber.read(written)).toBe(number);
    },
  );

  it.each([
    ...['', ' ', '-', '0', '1', '+', '#', '*', '##', '+1', '+8', '+81', '+110', '+81110', '+81 119'],
    ...[
      'anonymous',
      '非通知',
      'unknown',
      '0312345678a',
      '03-1234-5678 (内線 12)',
      '0312345678,,123',
      '03/1234',
    ],
    ...['+0312345678', '+0081312345678', '000312345678', '0000312345678', '010010123456', '010+81312345678'],
    ...[
      '+81 10 1234 5678',
      '+81 00 1234 567',
      '03+12345678',
      '++81312345678',
      '1'.repeat(21),
      `+${'1'.repeat(20)}`,
    ],
    ...[
      '0312345678\n',
      '03\t12345678',
      '03\u000012345678',
      '②②②',
      '٠٣١٢٣٤',
      '03*1234',
      '03#1234',
      '1'.repeat(101),
    ],
    ...['sip:alice@example.jp', 'sip:@example.jp', '0312345678;0398765432'],
  ])('%j is none, rather than a shorter one', written => {
    expect(PhoneNumber.read(written)).toBeNull();
  });

  it('is the same again when it is read again', () => {
    for (const [number] of SAME) expect(PhoneNumber.read(number)).toBe(number);
  });

  it('does not take the 184 of an extension for a prefix', () => {
    expect(PhoneNumber.read('18401')).toBe('18401');
    expect(PhoneNumber.read('18005550100')).toBe('18005550100');
  });

  it('can be assigned when it has digits only', () => {
    expect(PhoneNumber.parse('+81 50-1234-5678')).toBe('05012345678');
    for (const text of ['1', '', '+', '+1', '1'.repeat(21), '03\n', '*8', '#9110', '非通知'])
      expect(() => PhoneNumber.parse(text)).toThrow(expect.objectContaining({ field: 'number' }));
  });

  it('is of Japan, or dialled abroad, or neither', () => {
    const japanese = ['0312345678', '0111234567', '0120123456'].map(PhoneNumber.isJapanese);
    expect(japanese).toEqual([true, true, true]);
    const others = ['01012125550100', '110', '1001', '#9110', '*8', '00'].map(PhoneNumber.isJapanese);
    expect(others).toEqual([false, false, false, false, false, false]);
  });

  const numbers = (...written: string[]) => written.map(one => PhoneNumber.read(one)!);

  it('is an emergency number only as a whole', () => {
    expect(
      numbers('110', '184119', '1100', '0110', '11', '112').map(one => PhoneNumber.isEmergency(one)),
    ).toEqual([true, true, false, false, false, false]);
  });

  it('is an extension by its length and digits', () => {
    const given = numbers('10', '1001', '11001', '*8', '277', '123456', '177', '#9110', '0312345678');
    expect(given.map(PhoneNumber.isExtension)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the beginning of a number that is searched for', () => {
  it.each([
    ['+81', '0'],
    ['+81 50', '050'],
    ['+81 (0)50', '050'],
    ['+44', '01044'],
    ['0044', '01044'],
    ['0081-50', '050'],
    ['010 81 50', '050'],
    ['184 050', '050'],
    ['18405012345678', '05012345678'],
    ['050-1234', null],
    ['1234', null],
    ['01044', null],
  ])('%s is %s', (written, begins) => {
    expect(PhoneNumber.beginning(numberSymbols(written)!)).toBe(begins);
  });
});
