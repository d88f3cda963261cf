/** Codes in the cells of tables, as people call them in Japanese. In English they are words already. */
type InJapanese = Readonly<Record<string, string>>;

export const METHODS: InJapanese = {
  card: 'クレジットカード',
  net_bank: 'ネットバンク',
  konbini: 'コンビニ',
  bank_transfer: '銀行振込',
  bonus: 'ボーナス',
};
export const LOT_KINDS: InJapanese = { paid: '有償', bonus: '無償' };
export const DIRECTIONS: InJapanese = { out: '発信', in: '着信' };
export const INVOICE_KINDS: InJapanese = { invoice: '請求書', return: '返還請求書' };
export const LEVELS: InJapanese = {
  account: 'アカウント',
  circle: 'サークル',
  unique: 'ユニーク',
  staff: '担当者',
};

export const PRICE_LIST_STATES: InJapanese = {
  in_force: '適用中',
  coming: '適用予定',
  past: '終了',
  replaced: '差し替え済み',
};
export const PRODUCT_KINDS: InJapanese = {
  unique: 'ユニーク',
  number: '電話番号',
  vba_number: '海外電話番号',
  option: 'オプション',
  account_option: 'アカウントオプション',
  trunk: 'SIPトランク',
  trunk_channel: 'SIPトランクのチャネル',
  fax: 'クラウドFAX',
  fax_channel: 'FAXのチャネル',
  device: '機器',
  shipping: '送料',
  per_number: '番号ごとの料金',
  recording_gb: '録音データ保存',
  invoice_posting: '請求書発送',
};
export const PRODUCT_ENDS: InJapanese = {
  end_of_next_month: '翌月末',
  end_of_current_month: '当月末',
};
export const TAX_CATEGORIES: InJapanese = {
  standard: '課税',
  reduced: '軽減税率',
  export_exempt: '免税',
  out_of_scope: '不課税',
};
const YES_OR_NO: InJapanese = { true: 'はい', false: 'いいえ' };
const PRODUCT_FIELDS: Readonly<Record<string, readonly [name: string, values?: InJapanese]>> = {
  kind: ['種類', PRODUCT_KINDS],
  nameJa: ['名称'],
  nameEn: ['英語の名称'],
  descriptionJa: ['説明'],
  descriptionEn: ['英語の説明'],
  monthly: ['月額費用'],
  initial: ['初期費用'],
  proRated: ['日割', YES_OR_NO],
  taxCategory: ['税区分', TAX_CATEGORIES],
  end: ['解約の時期', PRODUCT_ENDS],
  most: ['上限数'],
  perSheets: ['枚数の単位'],
  campaign: ['キャンペーン', YES_OR_NO],
  corporateOnly: ['法人のみ', YES_OR_NO],
  single: ['1つのみ', YES_OR_NO],
  forNumbers: ['対象の電話番号'],
  capabilities: ['機能'],
  selfService: ['お客様による購入', YES_OR_NO],
};
/** A field of a product and one of its values, as people call them in Japanese. */
export const productFieldInJapanese = (field: string): string => PRODUCT_FIELDS[field]?.[0] ?? field;
export const productValueInJapanese = (field: string, value: string): string =>
  PRODUCT_FIELDS[field]?.[1]?.[value] ?? value;

/** Names of facts: of an amount and its causes, and of a refusal. One that is not here keeps its name. */
const FACTS: InJapanese = {
  above: '上限',
  account: 'アカウント',
  accounts: 'アカウント数',
  actor: '実行者',
  amount: '金額',
  answer: '応答',
  arithmetic: '計算',
  at: '日時',
  available: '利用可能額',
  billingMonth: '請求月',
  call: '通話',
  calls: '通話の件数',
  category: '通話種別',
  charged: '課金時間',
  circle: 'サークル',
  closedThrough: '締め済みの月',
  command: 'コマンド',
  connect_fee: '接続料',
  contract: '契約',
  credited: '発行額',
  debit: '引落し',
  decimals: '小数桁数',
  destination: '通話先',
  end: '終了',
  expires: '有効期限',
  first: '最初の1件',
  first_increment_s: '最初の課金単位（秒）',
  first_price: '最初の課金単位の単価',
  form: '形式',
  hold: '仮押さえ',
  increment_s: '課金単位（秒）',
  invoice: '請求書',
  issued: '発行日時',
  key: 'キー',
  kind: '区分',
  level: '種類',
  line: '行番号',
  login: 'ログイン',
  loginId: 'ログインID',
  lot: 'ロット',
  method: '支払方法',
  minutesAgo: '経過（分）',
  month: '月',
  most: '上限',
  name: '名前',
  net: '税抜',
  next: '次の月',
  number: '番号',
  open: '受付中の月',
  over: '終わる日時',
  owed: '未収となった額',
  per_s: '単価の秒数',
  prefix: 'プレフィックス',
  price: '単価',
  priceList: '価格表',
  quantity: '数量',
  reason: '理由',
  recordedAt: '記録日時',
  required: '必要額',
  reversal: '取消',
  reversalReason: '取消の理由',
  reversedAt: '取消日時',
  reversedBy: '取消の参照番号',
  role: '役割',
  rounding: '端数処理',
  start: '発信',
  sumOfCalls: '通話料の合計',
  takenBack: '取り消した額',
  tariff: '料金表',
  tax: '消費税',
  taxRounding: '税の端数処理',
  tax_category: '税区分',
  unique: 'ユニーク',
  until: '終了日時',
  valid_from: '適用開始日',
  valid_to: '適用終了日',
};
export const factInJapanese = (name: string): string => FACTS[name] ?? name;
