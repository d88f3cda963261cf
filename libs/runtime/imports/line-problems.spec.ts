import { type ProblemKind, problem, type SaidProblem, toldProblem, valueProblems } from '#kernel';
import { type CdrImportEvent, callProblems, cdrImportEvents, csvProblems, formerProblems } from '#rating';
import { isShipped } from '../../../test/tidy/code-rules.js';
import { filesUnder, readText } from '../../../test/tidy/source.js';
import { catalogueProblems } from '../catalogue/problems.js';
import { identityProblems } from '../identity/refusals.js';
import { pricingProblems } from './call-refusals.js';
import { lineProblem } from './line-problems.js';
import { importProblems } from './problems.js';

const SETS = [valueProblems, csvProblems, callProblems, formerProblems, pricingProblems, importProblems];
const OF_CALLS = SETS.flatMap(all => Object.values<ProblemKind>(all));
const namesIn = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('problems of fields and files', () => {
  const all: readonly ProblemKind[] = [
    ...OF_CALLS,
    ...Object.values<ProblemKind>(catalogueProblems),
    ...Object.values<ProblemKind>(identityProblems),
  ];

  it.each(all.map(kind => [kind.code, kind] as const))('%s is said in both languages', (_, { ja, en }) => {
    expect(ja).toMatch(/[\u3040-\u9fff]/);
    // What is filled in is filled in in English as well: its names are those that are checked.
    expect(namesIn(ja).filter(name => !namesIn(en).includes(name))).toEqual([]);
    expect(en).toMatch(/^[a-zM{][^\n]*[^.]$/);
  });
});

const { codec } = cdrImportEvents;
type Suspended = Extract<CdrImportEvent, { type: 'CdrSuspended' }>;
const LINE = {
  at: '2026-10-01T09:30:00.000+09:00',
  import: 'i1',
  line: 7,
  file: 'a.csv',
  format: 'csv',
  reason: 'BAD_LINE',
  field: 'line',
};
const CAME = { raw: 'x', header: 'h' };
const stored = (version: number, kept: unknown): Suspended =>
  codec.decode(`rating.CdrSuspended.v${version}`, { ...LINE, problem: kept, ...CAME }) as Suspended;
const told = (event: Suspended) => toldProblem(lineProblem(event.problem));

describe('a line that is suspended', () => {
  it('has words of its own for every code', () => {
    const codes = OF_CALLS.map(({ code }) => code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  it('is read by nobody who says a text without a code: of that, nothing would be kept', () => {
    const withText = filesUnder('libs/kernel', 'libs/rating').filter(
      path => isShipped(path) && /new InvalidInput\([^,]+, *['"`]/.test(readText(path).text),
    );
    expect(withText).toEqual([]);
  });

  /** As refusals fill them: texts, numbers, words that differ by language. */
  const FILLINGS = ['A-1', 64, { ja: '日本語', en: 'English' }];
  it.each(OF_CALLS.flatMap(kind => FILLINGS.map(filling => [kind.code, filling, kind] as const)))(
    'is said as a refusal says it, with %s and %j kept',
    (code, filling, kind) => {
      const values = Object.fromEntries(namesIn(kind.en).map(name => [name.slice(1, -1), filling]));
      const said: SaidProblem = problem<string, string>(kind, values);
      const event = stored(2, { code, values });
      const written = codec.encode({ ...event, problem: { code: said.kind.code, values: said.values } });
      expect(written).toEqual({
        type: 'rating.CdrSuspended.v2',
        data: { ...LINE, problem: { code, values }, ...CAME },
      });
      const { data } = JSON.parse(JSON.stringify(written)) as typeof written;
      expect(told(codec.decode(written.type, data) as Suspended)).toEqual(toldProblem(said));
    },
  );

  it('is told by its code where a newer version has kept it', () =>
    expect(told(stored(2, { code: 'OF_TOMORROW', values: { n: 1 } }))).toEqual({
      problem: 'OF_TOMORROW',
      problemJa: 'OF_TOMORROW',
      code: 'OF_TOMORROW',
      values: { n: '1' },
    }));
});

/** What the suspense list showed of old logs before codes were kept. */
const SHOWN_THEN: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['is empty', 'EMPTY', {}, '入力してください。'],
  ['must not be empty', 'EMPTY', {}, '入力してください。'],
  ['must have at most 64 characters', 'TOO_LONG', { most: '64' }, '64文字以内で入力してください。'],
  ['is longer than 160 characters', 'TOO_LONG', { most: '160' }, '160文字以内で入力してください。'],
  [
    'must be 1-160 printable ASCII characters without spaces',
    'NOT_AN_ID',
    { most: '160' },
    '空白を含まない半角の英数字と記号で、160文字以内で入力してください。',
  ],
  [
    'must be printable ASCII characters without spaces',
    'NOT_AN_ID',
    { most: '160' },
    '空白を含まない半角の英数字と記号で、160文字以内で入力してください。',
  ],
  ['holds a control character', 'CONTROL_CHARACTER', {}, '制御文字が含まれています。'],
  ['holds half a character', 'HALF_CHARACTER', {}, '壊れた文字が含まれています。'],
  [
    'holds a character that cannot be seen (U+200B)',
    'HIDDEN_CHARACTER',
    { code: 'U+200B' },
    '目に見えない文字が含まれています（U+200B）。',
  ],
  [
    'must be 1-32 characters of A-Z a-z 0-9 . - and begin with a letter or digit',
    'NOT_AN_ACCOUNT',
    {},
    'アカウントは半角英数字・ピリオド・ハイフンで32文字まで、先頭は英数字です。',
  ],
  [
    'must be a telephone number, like 05012345678',
    'NOT_A_NUMBER',
    { example: '05012345678' },
    '電話番号として読み取れません。例：05012345678',
  ],
  [
    'must be ISO 8601 with an offset, like 2026-10-31T22:00:00.000+09:00',
    'NOT_A_TIME',
    { example: '2026-10-31T22:00:00.000+09:00' },
    '日時として読み取れません。2026-10-31T22:00:00.000+09:00 のように入力してください。',
  ],
  ['is not a date and time that exists', 'NO_SUCH_TIME', {}, '実在しない日時です。'],
  ['must lie between 1970 and 2199', 'OUTSIDE_OF_TIME', {}, '1970～2199年の日時ではありません。'],
  [
    'holds bytes that are not UTF-8; save the file as UTF-8 (it may be Shift_JIS)',
    'NOT_UTF8',
    {},
    'UTF-8ではない文字があります。UTF-8で保存し直してください（Shift_JISの可能性があります）。',
  ],
  [
    'has a quotation mark inside a field that is not quoted',
    'STRAY_QUOTE',
    {},
    '引用符で囲まれていない項目に引用符があります。',
  ],
  ['has a quoted field that is never closed', 'OPEN_QUOTE', {}, '引用符が閉じられていません。'],
  ['has text after the closing quotation mark', 'TEXT_AFTER_QUOTE', {}, '閉じる引用符の後に文字があります。'],
  ['holds a line break inside a record', 'LINE_BREAK', {}, '1件の中に改行が含まれています。'],
  [
    'has 9 fields, the header has 10',
    'FIELD_COUNT',
    { fields: '9', columns: '10' },
    '項目が9個ありますが、見出し行は10個です。',
  ],
  ['must be out or in', 'NOT_A_DIRECTION', {}, 'out（発信）か in（着信）を入力してください。'],
  ['is not JSON', 'NOT_JSON', {}, 'JSONとして読み取れません。'],
  ['is missing: nobody to charge', 'NOBODY_TO_CHARGE', {}, '請求先のアカウントがありません。'],
  [
    'is missing, and so is destination_number',
    'NO_DESTINATION',
    {},
    '発信先がありません（destination_number もありません）。',
  ],
  ['must be microseconds since 1970', 'NOT_MICROSECONDS', {}, '1970年からのマイクロ秒で入力してください。'],
  ['is 0', 'NOT_STARTED', {}, '0になっています。'],
  ['is 0: the call has not ended', 'NOT_ENDED', {}, '0になっています。通話が終わっていません。'],
  ['is before start', 'BEFORE_START', {}, '開始日時より前です。'],
  [
    'is before answer: the duration would be negative',
    'BEFORE_ANSWER',
    {},
    '応答日時より前です。通話時間が負になります。',
  ],
  ['is more than 31 days after start', 'CALL_TOO_LONG', {}, '開始日時から31日を超えています。'],
  [
    'lies in the future: the clock of the switch is wrong',
    'IN_THE_FUTURE',
    {},
    '未来の日時です。交換機の時計を確認してください。',
  ],
  ['there is no account B9', 'UNKNOWN_ACCOUNT', { account: 'B9' }, 'アカウント B9 は登録されていません。'],
  [
    'is before 2026-10-01, the first day of the account',
    'BEFORE_FIRST_DAY',
    { day: '2026-10-01' },
    'アカウントの開設日（2026-10-01）より前の通話です。',
  ],
  [
    'belongs to another account than A1',
    'NUMBER_OF_ANOTHER_ACCOUNT',
    { account: 'A1' },
    'アカウント A1 の番号ではなく、別のアカウントの番号です。',
  ],
  [
    'its tariff std is not published',
    'UNKNOWN_TARIFF',
    { tariff: 'std' },
    'アカウントの料金表 std が公開されていません。',
  ],
  ['would cost more than the ledger can hold', 'SUM_OUT_OF_RANGE', {}, '料金が台帳で扱える金額を超えます。'],
  [
    'no tariff row prices this destination at this time',
    'NO_RATE',
    {},
    'この発信先と日時に当てはまる料金がありません。',
  ],
  [
    'is not a telephone number that can be read',
    'UNREADABLE_NUMBER',
    {},
    '発信先の番号を電話番号として読み取れません。',
  ],
  [
    'is 16,385 bytes long; a record has at most 16,384',
    'LINE_TOO_LONG',
    { bytes: '16,385', most: '16,384' },
    '16,385バイトあります。1行は16,384バイトまでです。',
  ],
  [
    'was imported before with another body; nothing was charged again',
    'SAME_ID_OTHER_BODY',
    {},
    '同じ通話IDが別の内容で取り込まれています。二重には課金していません。',
  ],
  [
    'would owe more than the ledger can hold',
    'WOULD_OWE_TOO_MUCH',
    {},
    '未払額が台帳で扱える金額を超えます。',
  ],
  [
    'was refused: WALLET_CLOSED',
    'REFUSED',
    { why: 'WALLET_CLOSED' },
    '受け付けられませんでした（WALLET_CLOSED）。',
  ],
];

/** Said in other words today: the log has the old ones. */
const IN_OTHER_WORDS = [
  'must not be empty',
  'is longer than 160 characters',
  'must be printable ASCII characters without spaces',
];

describe('a line of an old log', () => {
  it.each(SHOWN_THEN)('is shown as it was: %s', (sentence, code, values, problemJa) => {
    const shown = told(stored(1, sentence));
    expect(shown).toEqual({ problem: shown.problem, problemJa, code, values });
    if (!IN_OTHER_WORDS.includes(sentence)) expect(shown.problem).toBe(sentence);
  });

  it('keeps a sentence that nobody says any more', () =>
    expect(told(stored(1, 'is something old'))).toEqual({
      problem: 'is something old',
      problemJa: '当時の記録：is something old',
      code: 'FORMER_SENTENCE',
      values: { sentence: 'is something old' },
    }));

  it('is all that is read by the sentences of that time', () => {
    const users = filesUnder('libs', 'apps', 'migrations').filter(
      path => isShipped(path) && /cdr-suspended-v1\.js'|problemOfV1/.test(readText(path).text),
    );
    const home = 'libs/rating/cdr-suspended-v1.ts';
    expect(users).toEqual(['libs/rating/cdr-import.ts', home]);
    const { text } = readText('libs/rating/cdr-import.ts');
    expect(text.match(/problemOfV1/g)).toHaveLength(2);
    expect(text).toMatch(/olderForm\(\s*1,[^;]*problem: problemOfV1\(e\.problem\)[^;]*;/);
    expect(cdrImportEvents.types.CdrSuspended).toBe('rating.CdrSuspended.v2');
  });
});
