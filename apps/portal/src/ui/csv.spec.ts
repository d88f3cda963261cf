import { csvCell, csvText } from './csv.js';

describe('a CSV of the portal', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+81 3', "'+81 3"],
    ['-cmd', "'-cmd"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['-1234.5', '-1234.5'],
    ['+819012345678', "'+819012345678"],
    ['=a,"b"', '"\'=a,""b"""'],
    ['台帳', '台帳'],
    ['a\nb', '"a\nb"'],
  ])('writes %j as %j: no cell is taken for a formula', (value, cell) => expect(csvCell(value)).toBe(cell));

  it('begins with a byte order mark and ends its lines with CRLF', () =>
    expect(
      csvText([
        ['a', 'b'],
        ['1', ''],
      ]),
    ).toBe('\uFEFFa,b\r\n1,\r\n'));
});
