import { defineProblems } from '#kernel';

/** What can be wrong with a catalogue, or with a file of tariffs as a whole. */
export const catalogueProblems = defineProblems({
  TOO_MANY_KEYS: {
    ja: '項目が {most}個を超えています。大きな料金表は tariff.csv で取り込んでください。',
    en: 'holds more than {most} keys; large tariffs are imported as tariff.csv',
  },
  TOO_MANY_ALIASES: {
    ja: '参照（エイリアス）が {most}個を超えています。',
    en: 'holds more than {most} aliases',
  },
  TOO_MANY_ENTRIES: {
    ja: 'リストの要素が {most}個を超えています。大きな料金表は tariff.csv で取り込んでください。',
    en: 'holds more than {most} list entries; large tariffs are imported as tariff.csv',
  },
  TOO_MANY_CHARACTERS: {
    ja: '文字数が {most}文字を超えています。大きな料金表は tariff.csv で取り込んでください。',
    en: 'holds more than {most} characters; large tariffs are imported as tariff.csv',
  },
  VALUE_TOO_LONG: {
    ja: '{most}文字を超える値があります。',
    en: 'holds a value of more than {most} characters',
  },
  TOO_MANY_ANCHORS: { ja: 'アンカーが {most}個を超えています。', en: 'holds more than {most} anchors' },
  TOO_DEEP: {
    ja: '入れ子が {most}段を超えています。',
    en: 'is nested more than {most} deep',
  },
  NOT_YAML: {
    ja: 'YAMLとして読み取れません：{words}（{column}文字目）',
    en: '{words} (character {column})',
  },
  KEY_TWICE: {
    ja: '同じ項目が2回あります。',
    en: 'Map keys must be unique',
  },
  UNKNOWN_ENTRY: {
    ja: '使えない項目です。使えるもの：{known}',
    en: 'is not known here; known are {known}',
  },
  NOT_A_SINGLE_VALUE: {
    ja: '値を1つだけ入力してください。',
    en: 'must be a single value',
  },
  NOT_A_LIST: {
    ja: 'リストの形で入力してください。',
    en: 'must be a list',
  },
  NOT_A_MAPPING: {
    ja: '項目名と値の組で入力してください。',
    en: 'must be a mapping of fields',
  },
  NOT_AN_ENTRY: {
    ja: '各項目を、項目名と値の組で入力してください。',
    en: 'each entry must be a mapping of fields',
  },
  NOT_A_CATALOGUE: {
    ja: '{known} を含む、項目名と値の組で入力してください。',
    en: 'must be a mapping with {known}',
  },
  NOT_A_REGISTRATION_NUMBER: {
    ja: '登録番号は T と数字13桁です。',
    en: 'must be T and 13 digits',
  },
  DECIDED_TWICE: {
    ja: '{name} は、同じ日からの値が{line}行目に既にあります。',
    en: 'line {line} decides {name} from the same day already',
  },
  NO_REGISTRATION_NUMBER: {
    ja: '登録番号がありません。請求書は適格請求書になりません。',
    en: 'is not given: the invoices are no qualified invoices (適格請求書)',
  },
  DOUBTFUL_REGISTRATION_NUMBER: {
    ja: '法人番号の検査数字と合いません。登録番号を確認してください。',
    en: 'has another check digit than a corporate number would have: is it right?',
  },
  NOT_A_TARIFF_NAME: {
    ja: '料金表の名前は半角英数字と . _ - で64文字までです。',
    en: 'must be 1-64 characters of A-Z a-z 0-9 . _ -',
  },
  TOO_MANY_TARIFFS: {
    ja: '1つのファイルに入れられる料金表は {most}件までです。',
    en: 'is one tariff too many: a file holds at most {most}',
  },
  NOT_A_PRICE_LIST_NAME: {
    ja: '価格表の名前は半角英数字と . _ - で64文字までです。',
    en: 'must be 1-64 characters of A-Z a-z 0-9 . _ -',
  },
  TOO_MANY_PRICE_LISTS: {
    ja: '1つのファイルに入れられる価格表は {most}件までです。',
    en: 'is one price list too many: a file holds at most {most}',
  },
  TOO_MANY_PRODUCTS: {
    ja: '1つの価格表に入れられる商品は {most}件までです。',
    en: 'holds more than {most} products',
  },
  NO_PRODUCTS: { ja: '商品が1つもありません。', en: 'holds no product' },
  PRODUCT_TWICE: {
    ja: '商品 {product} は{line}行目に既にあります。',
    en: 'line {line} has product {product} already',
  },
  NUMBERS_PRICED_TWICE: {
    ja: '電話番号の区分 {numbers} の価格は{line}行目に既にあります。',
    en: 'line {line} prices numbers {numbers} already',
  },
  PRICE_LIST_TWICE: {
    ja: '価格表 {name} の同じ日からの版が{line}行目に既にあります。',
    en: 'line {line} has price list {name} from the same day already',
  },
  NOT_YES_OR_NO: { ja: 'true か false を入力してください。', en: 'must be true or false' },
});
