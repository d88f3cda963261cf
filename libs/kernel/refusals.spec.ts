import { InvalidInput } from './invalid-input.js';
import { defineProblems, problem, problemSaid } from './problems.js';
import { defineRefusals, detailsOf, rejected, rejection, saidOf } from './refusals.js';

const common = defineRefusals({
  NO_SUCH_ACCOUNT: { status: 404, ja: 'そのアカウントはありません。', en: 'There is no such account.' },
});
const own = defineRefusals({
  NO_SUCH_ACCOUNT: common.NO_SUCH_ACCOUNT,
  TOO_LARGE: { status: 422, field: 'amount', ja: '上限は{most}円です。', en: 'At most {most} yen ({why}).' },
});

describe('refusals', () => {
  it('are declared with their code, status and words; one of another place is the same', () => {
    expect(Object.keys(own)).toEqual(['NO_SUCH_ACCOUNT', 'TOO_LARGE']);
    expect(own.NO_SUCH_ACCOUNT).toBe(common.NO_SUCH_ACCOUNT);
    expect(own.TOO_LARGE).toMatchObject({ code: 'TOO_LARGE', status: 422, field: 'amount' });
  });

  it('are values that know what they say, in both languages', () => {
    expect(rejected(own.NO_SUCH_ACCOUNT)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'NO_SUCH_ACCOUNT', refusal: own.NO_SUCH_ACCOUNT },
    });
    const refused = rejection(own.TOO_LARGE, { most: '500', why: 'a limit' });
    expect(refused.details).toEqual({ most: '500', why: 'a limit' });
    expect(saidOf(refused)).toEqual({ ja: '上限は500円です。', en: 'At most 500 yen (a limit).' });
  });

  it('take words that differ by language, which programs read in English', () => {
    const { OVER } = defineRefusals({ OVER: { status: 409, ja: '{why}です。', en: 'It is {why}.' } });
    const refused = rejection(OVER, { why: { ja: '上限', en: 'a limit' }, most: '5' });
    expect(saidOf(refused)).toEqual({ ja: '上限です。', en: 'It is a limit.' });
    expect(detailsOf(refused)).toEqual({ why: 'a limit', most: '5' });
    expect(detailsOf(rejection(common.NO_SUCH_ACCOUNT))).toBeUndefined();
  });
});

describe('problems of fields', () => {
  const problems = defineProblems({
    FIELD_COUNT: { ja: '{fields}個あります。', en: 'has {fields} fields, the header has {columns}' },
    FILE_UNREADABLE: { named: true, ja: 'ファイルではありません。', en: 'is not a file' },
  });

  it('are said once, and filled in where they are met', () => {
    const error = InvalidInput.of('line', problems.FIELD_COUNT, { fields: 9, columns: 10 });
    expect([error.message, error.code]).toEqual(['line: has 9 fields, the header has 10', 'INVALID_INPUT']);
    expect(problemSaid(error.said!)).toEqual({ ja: '9個あります。', en: 'has 9 fields, the header has 10' });
  });

  it('some are answered with their own code', () =>
    expect(new InvalidInput('x', problem(problems.FILE_UNREADABLE)).code).toBe('FILE_UNREADABLE'));
});
