import { csvCell, csvLine, csvText, quotedCell } from './csv.js';

describe('a cell of a CSV file', () => {
  it.each([
    ['plain', 'plain'],
    ['台帳', '台帳'],
    ['', ''],
    ['0312345678', '0312345678'],
    ['007', '007'],
    ['1234.5', '1234.5'],
    ['-12.5', '-12.5'],
    ['2026-10-01', '2026-10-01'],
    ['2026-10-01T09:30:00+09:00', '2026-10-01T09:30:00+09:00'],
    ['+81312345678', "'+81312345678"],
    ['+819012345678', "'+819012345678"],
    ['+81 3', "'+81 3"],
    ['+100', "'+100"],
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['=a,"b"', `"'=a,""b"""`],
    ['-1+1', "'-1+1"],
    ['-cmd', "'-cmd"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['\n=1', `"'\n=1"`],
    ['＝1+1', "'＝1+1"],
    ['＋81', "'＋81"],
    ['－1', "'－1"],
    ['＠sum', "'＠sum"],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['say "hi"', '"say ""hi"""'],
    ['a\u202eb', 'a b'],
  ])('for people %j is written %j', (text, cell) => expect(csvCell(text)).toBe(cell));

  it.each([
    ['=1+1', '=1+1'],
    ['+81312345678', '+81312345678'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['a\nb', '"a\nb"'],
  ])('for a program %j is written %j', (text, cell) => expect(quotedCell(text)).toBe(cell));

  it('ends its line with CR LF, and a file begins with a byte order mark', () => {
    expect(csvLine(['a', 1])).toBe('a,1\r\n');
    expect(
      csvText([
        ['a', 'b'],
        ['1', ''],
      ]),
    ).toBe('\uFEFFa,b\r\n1,\r\n');
  });
});
