import { fieldErrors, Problem } from './problem.js';

const refused = (more: object) =>
  fieldErrors(new Problem({ status: 422, code: 'NO', detail: 'No.', detailJa: '不可。', ...more }));

describe('what is wrong with a field', () => {
  it('is a refusal that blames one, in both languages; with no field it is of the whole form', () => {
    expect(refused({ field: 'loginId' })).toEqual([
      { field: 'loginId', problem: 'No.', problemJa: '不可。' },
    ]);
    expect(refused({})).toEqual([]);
    expect(fieldErrors(new Error('x'))).toEqual([]);
  });

  it('of a header is at the field that fills it', () =>
    expect(refused({ field: 'X-Approver-Key' })).toMatchObject([{ field: 'approver' }]));

  it('is said once of each field', () => {
    const errors = ['a', 'b', 'a'].map(field => ({ field, problem: 'is empty', problemJa: '空です。' }));
    expect(refused({ field: 'a', errors }).map(({ field }) => field)).toEqual(['a', 'b']);
  });
});
