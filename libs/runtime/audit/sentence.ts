import {
  formatSignedDuration,
  InvalidInput,
  type KeptProblem,
  type Language,
  problemSaid,
  type Sentence,
} from '#kernel';
import { lineProblem } from '../imports/line-problems.js';

/** Words of stored codes. */
const CODES: Readonly<Record<string, Sentence>> = {
  paid: { ja: '有償', en: 'paid' },
  bonus: { ja: 'ボーナス', en: 'bonus' },
  card: { ja: 'クレジットカード', en: 'credit card' },
  net_bank: { ja: 'ネットバンク', en: 'net bank' },
  konbini: { ja: 'コンビニ', en: 'convenience store' },
  bank_transfer: { ja: '銀行振込', en: 'bank transfer' },
  out: { ja: '発信', en: 'outgoing' },
  in: { ja: '着信', en: 'incoming' },
  unanswered: { ja: '不応答', en: 'not answered' },
  incoming: { ja: '着信', en: 'incoming' },
  internal: { ja: '内線・網内', en: 'internal' },
  emergency: { ja: '緊急通報', en: 'emergency' },
  recurring: { ja: 'クラウド費用', en: 'monthly fee' },
  device: { ja: '機器購入', en: 'device' },
  usage: { ja: '通話料金', en: 'call charge' },
  other: { ja: 'その他', en: 'other' },
  retried: { ja: '課金した', en: 'was charged after all' },
  discarded: { ja: '破棄した', en: 'was discarded' },
  recording_bytes: { ja: '録音の保存容量（バイト）', en: 'bytes kept of recordings' },
  invoice_sheets: { ja: '請求書の枚数', en: 'sheets of the invoice' },
  order_completed: { ja: '注文の完了', en: 'an order was completed' },
  order_refused: { ja: '注文の不成立', en: 'an order came to nothing' },
  cancelled: { ja: '解約の受付', en: 'a cancellation' },
  undone: { ja: '解約の取り消し', en: 'a cancellation was undone' },
  ended: { ja: '契約の終了', en: 'contracts ended' },
  suspended: { ja: 'サービスの停止', en: 'the service stopped' },
  resumed: { ja: 'サービスの再開', en: 'the service goes on' },
  paper_approved: { ja: '本人確認書類の承認', en: 'a paper was approved' },
  paper_asked_again: { ja: '本人確認書類の再提出', en: 'another paper is needed' },
  no_address: { ja: 'メールアドレスの登録がない', en: 'no mail address is registered' },
  erased: { ja: '個人情報を消去済み', en: 'the personal data were erased' },
  no_sender: { ja: 'メールの送信設定がない', en: 'no mail server is set' },
  not_taken: { ja: 'メールサーバーが受け付けない', en: 'the mail server does not take it' },
};

/** `1234567.5` -> `1,234,567.5`; the digits of the text, never a number. */
export const groupedAmount = (text: string): string =>
  text.replace(/^-?\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** Seconds are precise enough for reading: `2026-10-05T12:01:00.250+09:00` -> `2026-10-05 12:01:00`. */
const clockTime = (text: string): string => text.slice(0, 19).replace('T', ' ');

const FORMS: Readonly<Record<string, (text: string, language: Language) => string>> = {
  yen: (text, language) => (language === 'ja' ? `${groupedAmount(text)}円` : `${groupedAmount(text)} yen`),
  /** Without the sign: where the sentence says which way it went. */
  size: (text, language) => FORMS['yen']!(text.replace(/^-/, ''), language),
  time: clockTime,
  talk: text => formatSignedDuration(Number.parseInt(text, 10)),
  code: (text, language) => CODES[text]?.[language] ?? text,
};

function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return Array.isArray(value) ? value.length : value;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === '0' || value === 0;

const isKept = (value: unknown): value is KeptProblem =>
  typeof value === 'object' && value !== null && 'code' in value && 'values' in value;

const BLANK = /\{([\w.]+)(?:\|(\w+))?\}/g;

function filled(template: string, data: unknown, language: Language): string {
  return template.replace(BLANK, (_blank, path: string, form: string | undefined) => {
    const value = valueAt(data, path);
    if (form === 'problem' && isKept(value)) return problemSaid(lineProblem(value))[language];
    if (value === undefined || typeof value === 'object') throw new InvalidInput(path, 'is not in the event');
    const write = form === undefined ? undefined : FORMS[form];
    if (form !== undefined && !write) throw new InvalidInput(path, `is to be written as ${form}`);
    return write ? write(String(value), language) : String(value);
  });
}

/**
 * Fills a template with the facts of a stored event. `{a.b}` is the text at a path (of a list its length),
 * `{amount|yen}` the same written as money, `size` (money without its sign), `time`, `talk` (milliseconds of
 * talk), `code` (a stored word in the language) or `problem` (what the kept code of a line's problem says).
 * `[...]` is left out when one of its values is empty, 0 or null; `[+path ...]` and `[-path ...]` when the
 * amount at the path is not above or not below zero.
 * @throws InvalidInput for a path outside brackets that the event does not have
 */
export function sentenceOf(template: string, data: unknown, language: Language): string {
  const chosen = template.replace(/\[([+-][\w.]+ )?([^\]]*)\]/g, (_part, sign: string | undefined, text) => {
    const value = sign === undefined ? '' : String(valueAt(data, sign.slice(1).trim()) ?? '0');
    if (sign?.startsWith('+') && (value.startsWith('-') || value === '0')) return '';
    if (sign?.startsWith('-') && !value.startsWith('-')) return '';
    const paths = [...(text as string).matchAll(BLANK)].map(([, path]) => path!);
    return paths.some(path => isNothing(valueAt(data, path))) ? '' : (text as string);
  });
  return filled(chosen, data, language);
}
