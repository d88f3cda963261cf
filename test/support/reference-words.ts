export { EVENT_WORDS, type EventWords } from '#runtime';

/** What the deciders and the product are about, for the table of rejections. */
export const REJECTING: Readonly<Record<string, string>> = {
  wallet: 'Prepaid wallet (プリペイド残高)',
  account: 'Account (アカウント)',
  number: 'Telephone number (電話番号)',
  tariff: 'Tariff (料金表)',
  policies: 'Policy (規則)',
  issuer: 'Issuer (発行者)',
  apiKey: 'API key (APIキー)',
  job: 'What staff do with a job (ジョブの操作)',
  login: 'Login (ログイン)',
  loginId: 'Login id of a login (ログインIDの割当)',
  issuedId: 'Issued id (発行番号)',
  loginIdRule: 'Form of a login id (ログインIDの形)',
  passwordRule: 'Form of a password (パスワードの形)',
  circles: 'Circles and uniques (サークル・ユニーク)',
  session: 'Session (セッション)',
  attempts: 'Tries (試行)',
  import: 'Import of calls (通話明細の取込)',
  invoiceNumbers: 'Invoice numbers (請求書番号)',
  invoice: 'Invoice (請求書)',
  close: "Close of an account's month (アカウントの月締め)",
  closeRun: 'Close of a month (月締め)',
  product: 'Any request (製品全体)',
};
