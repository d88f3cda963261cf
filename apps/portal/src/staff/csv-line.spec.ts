import fc from 'fast-check';
import { cellsOf, lineOf } from './csv-line.js';

describe('a line of a CSV', () => {
  it.each([
    ['c1,A1,,out', ['c1', 'A1', '', 'out']],
    ['"a,b",""', ['a,b', '']],
    ['"say ""hello""",x', ['say "hello"', 'x']],
    ['', ['']],
    [',', ['', '']],
  ])('%j has the cells %j', (line, cells) => expect(cellsOf(line)).toEqual(cells));

  it.each(['"open,b', 'a"b,c', '"a"b,c'])('%j is none', line => expect(cellsOf(line)).toBeNull());

  it('is read as it was written', () => {
    const cell = fc.stringMatching(/^[ -~あ-ん",]{0,12}$/);
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), cells => {
        expect(cellsOf(lineOf(cells))).toEqual(cells);
      }),
    );
  });
});
