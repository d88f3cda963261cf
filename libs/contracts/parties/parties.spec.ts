import { BusinessDay } from '#kernel';
import {
  changedFields,
  formProblems,
  type PartyData,
  readAddressKana,
  readContactNumber,
  readKana,
  readMails,
  readPostalCode,
  settlementMails,
  wantsMail,
} from './fields.js';
import { monthsLater, type PaperKind, paperProblem } from './papers.js';
import { PICTURE_BYTES_MAX, pictureOf } from './pictures.js';

const PERSON: PartyData = {
  kind: 'individual',
  name: '竹取 かぐや',
  nameKana: 'タケトリ　カグヤ',
  department: '',
  departmentKana: '',
  person: '',
  personKana: '',
  postalCode: '1000005',
  prefecture: '東京都',
  city: '千代田区',
  cityKana: 'チヨダク',
  street: '丸の内1-2-3',
  streetKana: 'マルノウチ１－２－３',
  phone: '03-1234-5678',
  fax: '',
  remarks: '',
};

describe('the fields of a party', () => {
  it.each([
    ['ダイチョウ', 'ダイチョウ'],
    ['サーバー　タロウ', 'サーバー　タロウ'],
    ['サーバー タロウ', 'サーバー　タロウ'],
    ['ﾀﾞｲﾁｮｳ ﾀﾛｳ', 'ダイチョウ　タロウ'],
    [' ヴァイオリン・ケン ', 'ヴァイオリン・ケン'],
  ])('takes %s as kana: %s', (written, read) => expect(readKana(written)).toBe(read));

  it.each(['だいちょう', '台帳', 'DAICHO', 'タロウ1', 'ー', '　', '', 'タロウ\u0000'])(
    'refuses %j as kana',
    text => expect(() => readKana(text)).toThrow(/katakana/),
  );

  it('takes digits and hyphens in the kana of a street, as full-width ones', () => {
    expect(readAddressKana('ﾏﾙﾉｳﾁ1-2-3 A棟'.replace('棟', ''))).toBe('マルノウチ１－２－３　Ａ');
    expect(() => readAddressKana('丸の内1-2-3')).toThrow(/katakana/);
  });

  it('takes seven half-width digits as a postal code, or 0000000', () => {
    expect(['1000005', '0000000', ' 1000005 '].map(readPostalCode)).toEqual([
      '1000005',
      '0000000',
      '1000005',
    ]);
    for (const bad of ['100-0005', '100000', '１０００００５', '10000050'])
      expect(() => readPostalCode(bad)).toThrow(/7 half-width digits/);
  });

  it('takes digits, plus, parentheses, hyphens and blanks as a phone number', () => {
    for (const good of ['03-1234-5678', '+81 (3) 1234 5678', '09012345678'])
      expect(readContactNumber(good)).toBe(good);
    for (const bad of [
      '０３１２３４５６７８',
      '03.1234.5678',
      '12345',
      'ext 12345678',
      '()---- ',
      '1'.repeat(21),
    ])
      expect(() => readContactNumber(bad)).toThrow(/half-width digits/);
  });

  it('takes mail addresses separated by commas, each once', () => {
    expect(readMails('a@x.jp, b@x.jp,a@x.jp')).toEqual(['a@x.jp', 'b@x.jp']);
    expect(readMails('')).toEqual([]);
    for (const bad of [
      'a@x.jp;b@x.jp',
      'a@x',
      'a b@x.jp',
      'a@x.jp,',
      '@x.jp',
      Array(11).fill('a@x.jp').join(),
    ])
      expect(() => readMails(bad)).toThrow(/separated by commas/);
  });

  it('needs name, address and phone, and of a corporate party who is in charge', () => {
    expect(formProblems(PERSON)).toEqual([]);
    expect(formProblems({ ...PERSON, name: ' ', cityKana: '' }).map(one => one.field)).toEqual([
      'name',
      'cityKana',
    ]);
    expect(formProblems({ ...PERSON, kind: 'corporate' })).toEqual([
      { field: 'person', why: 'REQUIRED_OF_CORPORATE' },
      { field: 'personKana', why: 'REQUIRED_OF_CORPORATE' },
    ]);
    expect(formProblems({ ...PERSON, kind: 'corporate', person: '竹', personKana: 'タケ' })).toEqual([]);
  });

  it('wants 0000000 and 海外 together', () => {
    const abroad = { ...PERSON, postalCode: '0000000' };
    expect(formProblems(abroad)).toEqual([{ field: 'postalCode', why: 'ABROAD_TOGETHER' }]);
    expect(formProblems({ ...abroad, prefecture: '海外' })).toEqual([]);
    expect(formProblems({ ...PERSON, prefecture: '海外' })).toHaveLength(1);
  });

  it('names the fields that changed, of a first version those that say something', () => {
    expect(changedFields(PERSON, PERSON)).toEqual([]);
    expect(changedFields(PERSON, { ...PERSON, fax: '0312345679', city: '港区' })).toEqual(['city', 'fax']);
    expect(changedFields(null, PERSON)).not.toContain('fax');
    expect(changedFields({ ...PERSON, fax: '1' }, PERSON)).toEqual(['fax']);
  });
});

describe('mail', () => {
  it('LM-23: about a settlement goes to the first billing address only', () =>
    expect(settlementMails({ contract: '', billing: 'a@x.jp,b@x.jp', shipping: '' })).toEqual(['a@x.jp']));

  it('LM-24: about maintenance is sent also to who wants no promotion', () => {
    const settings = { promotionMails: false };
    expect(wantsMail('maintenance', settings)).toBe(true);
    expect(wantsMail('important', settings)).toBe(true);
    expect(wantsMail('promotion', settings)).toBe(false);
    expect(wantsMail('promotion', { promotionMails: true })).toBe(true);
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const JPEG = Buffer.from([
  ...[0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x4a, 0x46, 0xff, 0xff],
  ...[0xc2, 0x00, 0x11, 0x08, 0x00, 0x30, 0x00, 0x40, 0x03],
]);

describe('the picture of an identity paper', () => {
  it('is told by its content, with its size', () => {
    expect(pictureOf(PNG)).toEqual({ type: 'image/png', width: 1, height: 1 });
    expect(pictureOf(GIF)).toEqual({ type: 'image/gif', width: 1, height: 1 });
    expect(pictureOf(JPEG)).toEqual({ type: 'image/jpeg', width: 64, height: 48 });
  });

  it.each<[string, Uint8Array]>([
    ['LM-21: a pdf', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['a page that calls itself a GIF', Buffer.from('GIF8<script>alert(1)</script>')],
    ['a beginning of a PNG', PNG.subarray(0, 20)],
    ['a beginning of a JPEG', JPEG.subarray(0, 12)],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a picture without a size', Buffer.concat([GIF.subarray(0, 6), Buffer.alloc(10)])],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', (_what, bytes) => expect(pictureOf(bytes)).toBeUndefined());

  it('never reads beyond its end, wherever it is cut', () => {
    for (const whole of [PNG, GIF, JPEG])
      for (let cut = 0; cut < whole.length; cut++)
        expect(() => pictureOf(whole.subarray(0, cut))).not.toThrow();
  });

  it('has ten megabytes at most', () => expect(PICTURE_BYTES_MAX).toBe(10_485_760));
});

const day = (text: string) => BusinessDay.parse(text);
const problemOf = (kind: PaperKind, today: string, dates: { issuedOn?: string; validUntil?: string }) =>
  paperProblem(
    kind,
    {
      issuedOn: dates.issuedOn === undefined ? null : day(dates.issuedOn),
      validUntil: dates.validUntil === undefined ? null : day(dates.validUntil),
    },
    day(today),
  );

describe('the dates of an identity paper', () => {
  it.each([
    ['2025-04-15', undefined],
    ['2025-04-16', 'TOO_OLD'],
    ['2025-01-14', 'TOO_OLD'],
  ])('LM-22: a utility receipt of 2025-01-15, uploaded on %s: %s', (today, expected) =>
    expect(problemOf('utility_receipt', today, { issuedOn: '2025-01-15' })).toBe(expected),
  );

  it('counts three months to the last day of a shorter month', () => {
    expect(BusinessDay.text(monthsLater(day('2025-11-30'), 3))).toBe('2026-02-28');
    expect(BusinessDay.text(monthsLater(day('2023-11-30'), 3))).toBe('2024-02-29');
    expect(BusinessDay.text(monthsLater(day('2025-10-31'), 3))).toBe('2026-01-31');
  });

  it('are needed where a paper must not be old, and no paper may have ended', () => {
    expect(problemOf('company_register', '2025-04-01', {})).toBe('DATE_REQUIRED');
    expect(problemOf('driving_licence', '2025-04-01', {})).toBeUndefined();
    expect(problemOf('passport', '2025-04-01', { validUntil: '2025-04-01' })).toBeUndefined();
    expect(problemOf('passport', '2025-04-02', { validUntil: '2025-04-01' })).toBe('EXPIRED');
  });
});
