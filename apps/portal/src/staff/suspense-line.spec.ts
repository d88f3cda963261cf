import { differences, fieldOf, split, textOf, valuesOf } from './suspense-line.js';

const line = { header: 'call_id,to', raw: 'c1,0312', corrected: null };

describe('a line that waits', () => {
  it('is mended in its columns where it has as many as its header', () => {
    const table = split(line);
    expect(table).toEqual({ names: ['call_id', 'to'], cells: ['c1', '0312'] });
    expect(valuesOf(line, table)).toEqual({ c0: 'c1', c1: '0312' });
    expect(textOf(table, { c0: 'c1', c1: '03,12' })).toBe('c1,"03,12"');
    expect([fieldOf(table, 'to'), fieldOf(table, 'line')]).toEqual(['c1', 'raw']);
  });

  it.each([[{ ...line, raw: 'c1' }], [{ ...line, raw: '"c1' }], [{ ...line, header: null }]])(
    'is one text else: %j',
    one => {
      const table = split(one);
      expect([table, valuesOf(one, table)]).toEqual([null, { raw: one.raw }]);
      expect([textOf(table, { raw: 'x' }), fieldOf(table, 'to')]).toEqual(['x', 'raw']);
    },
  );

  it('begins with what it was mended to before', () =>
    expect(valuesOf({ ...line, corrected: 'c1,0313' }, split({ ...line, corrected: 'c1,0313' }))).toEqual({
      ...{ c0: 'c1', c1: '0313' },
    }));

  it('tells what differs, by column or as a whole', () => {
    expect(differences(line, 'c1,0313', 'line')).toEqual([
      { key: 'to', name: 'to', before: '0312', after: '0313' },
    ]);
    expect(differences(line, 'c1', 'line')).toEqual([
      { key: 'raw', name: 'line', before: 'c1,0312', after: 'c1' },
    ]);
  });
});
