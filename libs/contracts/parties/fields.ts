import { defineProblems, InvalidInput, numberSymbols, PhoneNumber, valueProblems } from '#kernel';

// The fields of contract, billing and shipping data and their rules (003 p.83, p.87, p.88, p.90, p.91).

export const PARTY_KINDS = ['individual', 'corporate'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** 契約者情報, 請求先情報, 送付先情報. */
export const PARTY_PARTS = ['contract', 'billing', 'shipping'] as const;
export type PartyPart = (typeof PARTY_PARTS)[number];
/** What is written in the form of addresses: also where ordered devices go (DEV-04). */
export const DATA_PARTS = [...PARTY_PARTS, 'delivery'] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** Addresses abroad have the postal code `0000000`. */
const ABROAD = '海外';
const POSTAL_CODE_ABROAD = '0000000';
export const PREFECTURES = [
  ...['北海道', '青森県', '岩手県', '宮城県', '秋田県', '山形県', '福島県', '茨城県', '栃木県', '群馬県'],
  ...['埼玉県', '千葉県', '東京都', '神奈川県', '新潟県', '富山県', '石川県', '福井県', '山梨県', '長野県'],
  ...['岐阜県', '静岡県', '愛知県', '三重県', '滋賀県', '京都府', '大阪府', '兵庫県', '奈良県', '和歌山県'],
  ...['鳥取県', '島根県', '岡山県', '広島県', '山口県', '徳島県', '香川県', '愛媛県', '高知県', '福岡県'],
  ...['佐賀県', '長崎県', '熊本県', '大分県', '宮崎県', '鹿児島県', '沖縄県', ABROAD],
] as const;

/** What one of the three parts says; texts that are not there are empty. */
export interface PartyData {
  readonly kind: PartyKind;
  readonly name: string;
  readonly nameKana: string;
  readonly department: string;
  readonly departmentKana: string;
  /** 担当者: required of a corporate party. */
  readonly person: string;
  readonly personKana: string;
  readonly postalCode: string;
  readonly prefecture: string;
  readonly city: string;
  readonly cityKana: string;
  readonly street: string;
  readonly streetKana: string;
  /** Of contract data the emergency contact (緊急連絡先), which must not be one of our numbers. */
  readonly phone: string;
  readonly fax: string;
  readonly remarks: string;
}
export const PARTY_FIELDS = [
  ...(['kind', 'name', 'nameKana', 'department', 'departmentKana', 'person', 'personKana'] as const),
  ...(['postalCode', 'prefecture', 'city', 'cityKana', 'street', 'streetKana'] as const),
  ...(['phone', 'fax', 'remarks'] as const),
] as const satisfies readonly (keyof PartyData)[];
export type PartyField = (typeof PARTY_FIELDS)[number];

/** What no party can do without, and what a corporate one cannot. */
const REQUIRED_FIELDS = [
  ...(['name', 'nameKana', 'postalCode', 'prefecture', 'city', 'cityKana'] as const),
  ...(['street', 'streetKana', 'phone'] as const),
];
const CORPORATE_FIELDS = ['person', 'personKana'] as const;

/** A change of these has to be proven by a new identity paper (003 p.87). */
export const PROVEN_FIELDS: readonly PartyField[] = [
  ...(['kind', 'name', 'nameKana', 'postalCode', 'prefecture'] as const),
  ...(['city', 'cityKana', 'street', 'streetKana'] as const),
];

const partyProblems = defineProblems({
  NOT_KANA: {
    ja: '全角カタカナで入力してください。例：{example}',
    en: 'must be full-width katakana, like {example}',
  },
  NOT_A_POSTAL_CODE: {
    ja: '郵便番号はハイフンなしの半角数字7桁です。海外は {abroad} と入力してください。',
    en: 'must be 7 half-width digits without a hyphen; {abroad} for an address abroad',
  },
  ABROAD_TOGETHER: {
    ja: '海外の住所は、郵便番号を {abroad}、都道府県を「海外」にしてください。',
    en: 'an address abroad has the postal code {abroad} and 海外 as its prefecture',
  },
  NOT_A_PHONE: {
    ja: '半角の数字と + ( ) - 空白だけで、数字6～20桁で入力してください。',
    en: 'must be 6-20 half-width digits with nothing else than + ( ) - and blanks',
  },
  NOT_A_MAIL_LIST: {
    ja: 'メールアドレスを半角カンマで区切って入力してください（{most}件まで）。例：{example}',
    en: 'must be up to {most} mail addresses separated by commas, like {example}',
  },
  REQUIRED_OF_CORPORATE: { ja: '法人の場合は入力が必要です。', en: 'is required of a corporate party' },
});

/** Katakana with the small ones, the prolonged sound mark, the middle dot and the full-width blank. */
const KANA = /^[\u30a1-\u30fa\u30fc\u30fb\u3000]*[\u30a1-\u30fa][\u30a1-\u30fa\u30fc\u30fb\u3000]*$/;
/** In an address also full-width digits, letters and the hyphens between them. */
const ADDRESS_KANA =
  /^[\u30a1-\u30fa\u30fc\u30fb\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2212\uff0d]+$/;

const HALF_KANA = /[\uff65-\uff9f]+/g;
/** Half-width kana are the same letters, written for machines of former days; a blank is a blank. */
const foldKana = (text: string): string =>
  text
    .trim()
    .replace(HALF_KANA, part => part.normalize('NFKC'))
    .normalize('NFC')
    .replaceAll(' ', '\u3000');

const wide = (text: string): string =>
  text.replace(/[\x21-\x7e]/g, one => String.fromCharCode(one.charCodeAt(0) + 0xfee0));

/** @throws InvalidInput when it is not katakana; half-width kana become full-width */
export function readKana(text: string): string {
  const kana = foldKana(text);
  if (KANA.test(kana)) return kana;
  throw InvalidInput.of('kana', partyProblems.NOT_KANA, { example: 'ダイチョウ　タロウ' });
}

/**
 * The kana of a street or a building: also digits and letters, which become full-width. @throws InvalidInput
 */
export function readAddressKana(text: string): string {
  const kana = wide(foldKana(text));
  if (ADDRESS_KANA.test(kana)) return kana;
  throw InvalidInput.of('kana', partyProblems.NOT_KANA, { example: 'マルノウチ１－２－３' });
}

/** @throws InvalidInput */
export function readPostalCode(text: string): string {
  const code = text.trim();
  if (/^\d{7}$/.test(code)) return code;
  throw InvalidInput.of('postalCode', partyProblems.NOT_A_POSTAL_CODE, { abroad: POSTAL_CODE_ABROAD });
}

/** A telephone or FAX number as it is written. @throws InvalidInput */
export function readContactNumber(text: string): string {
  const number = text.trim();
  const digits = number.replace(/\D/g, '').length;
  if (/^[\d+() -]{6,40}$/.test(number) && digits >= 6 && digits <= 20 && numberSymbols(number) !== null)
    return number;
  throw InvalidInput.of('phone', partyProblems.NOT_A_PHONE);
}

/** The one form of a written number, with which it is looked up among ours; null when it is none. */
export const dialledForm = (written: string): PhoneNumber | null => PhoneNumber.read(written);

const MAILS_MOST = 10;
const MAIL = /^[\x21-\x2b\x2d-\x3f\x41-\x7e]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** The addresses of a list with commas, so many at most; none of an empty text. @throws InvalidInput */
export function readMails(text: string, most = MAILS_MOST): readonly string[] {
  if (text.trim() === '') return [];
  const mails = text.split(',').map(one => one.trim());
  if (mails.length <= most && mails.every(one => one.length <= 254 && MAIL.test(one)))
    return [...new Set(mails)];
  throw InvalidInput.of('mail', partyProblems.NOT_A_MAIL_LIST, {
    most,
    example: 'a@example.jp,b@example.jp',
  });
}

/** Mail addresses by what they are for; each a list with commas. */
export type PartyMails = Readonly<Record<PartyPart, string>>;

/** To whom mail about a settlement goes: only the first of the billing addresses (003 p.91). */
export const settlementMails = (mails: PartyMails): readonly string[] => readMails(mails.billing).slice(0, 1);

/** Mail about maintenance and other important matters is sent to everybody (003 p.93). */
export const wantsMail = (
  about: 'promotion' | 'maintenance' | 'important',
  settings: { readonly promotionMails: boolean },
): boolean => about !== 'promotion' || settings.promotionMails;

/** What is wrong with a form as a whole, by field, beside the rules of its single fields. */
export function formProblems(data: PartyData): readonly {
  readonly field: PartyField;
  readonly why: 'REQUIRED' | 'REQUIRED_OF_CORPORATE' | 'ABROAD_TOGETHER';
}[] {
  const missing = REQUIRED_FIELDS.filter(field => data[field].trim() === '');
  const corporate =
    data.kind === 'corporate' ? CORPORATE_FIELDS.filter(field => data[field].trim() === '') : [];
  const abroad = (data.postalCode === POSTAL_CODE_ABROAD) !== (data.prefecture === ABROAD);
  const isHalfAbroad = abroad && data.postalCode !== '' && data.prefecture !== '';
  return [
    ...missing.map(field => ({ field, why: 'REQUIRED' as const })),
    ...corporate.map(field => ({ field, why: 'REQUIRED_OF_CORPORATE' as const })),
    ...(isHalfAbroad ? [{ field: 'postalCode' as const, why: 'ABROAD_TOGETHER' as const }] : []),
  ];
}

/** The fields in which two versions differ. */
export const changedFields = (before: PartyData | null, after: PartyData): readonly PartyField[] =>
  PARTY_FIELDS.filter(field => before?.[field] !== after[field] && !(before === null && after[field] === ''));

/** What a problem of the form says. */
export const formProblemKinds = {
  REQUIRED: valueProblems.REQUIRED,
  REQUIRED_OF_CORPORATE: partyProblems.REQUIRED_OF_CORPORATE,
  ABROAD_TOGETHER: partyProblems.ABROAD_TOGETHER,
} as const;
