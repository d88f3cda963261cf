import type { Sentence } from '#kernel';
import { bankAccount, oneOf, text, wholeNumber } from './kinds.js';

const page = (about: Sentence) =>
  text({ unit: 'none', form: /^(https?:\/\/[\x21-\x7e]{1,500})?$/, standard: '', about });

/** What the provider tells all of its customers, on pages of its own. */
export const providerPolicies = {
  'provider.terms': page({
    ja: '利用規約のページ。適用日は、その規約をお客様に通知した日（INF-40）',
    en: 'the page with the terms of service; it holds from the day on which customers are told (INF-40)',
  }),
  'provider.terms-objection-days': wholeNumber({
    unit: 'days',
    form: /^\d{1,3}$/,
    standard: '7',
    about: {
      ja: '利用規約の変更の通知から、異議がなければ承諾とみなすまでの日数。通知の日は数えない（INF-40、LM-28）',
      en:
        'days after the notice of changed terms within which a customer may object; without an objection ' +
        'they count as accepted (INF-40, LM-28)',
    },
  }),
  'provider.incidents': page({
    ja: '障害・メンテナンス情報のページ（INF-41）',
    en: 'the page that tells of incidents and maintenance (INF-41)',
  }),
  'provider.manuals': page({
    ja: 'マニュアルとカタログのページ（INF-41）',
    en: 'the page with manuals and catalogues (INF-41)',
  }),
  'payment.bank-account': bankAccount({
    unit: 'none',
    form: /^(\d{4}\/[^/]{1,30}\/\d{3}\/[^/]{1,30}\/(ordinary|current)\/\d{7}\/[^/]{1,60})?$/,
    standard: '',
    about: {
      ja:
        'お客様の振込先となる自社の口座（銀行コード/銀行名/支店コード/支店名/ordinary か current/口座番号/口座名義）。' +
        '空の間は、自社口座への銀行振込を受け付けない（PAY-08）',
      en:
        'our own bank account to which customers transfer (bank code/bank name/branch code/branch name/' +
        'ordinary or current/number/holder); while it is empty there are no transfers to it (PAY-08)',
    },
  }),
  'payment.virtual-accounts': oneOf(
    'none',
    'payer-code',
    'payer-name',
    'account',
  )({
    unit: 'none',
    form: /^(none|payer-code|payer-name|account)$/,
    standard: 'none',
    about: {
      ja:
        '銀行がファイルのどこに振込専用口座（支店3桁＋番号7桁）を書くか：payer-code 振込依頼人コード、' +
        'payer-name 振込依頼人名の先頭、account ヘッダーの口座、none 使っていない',
      en:
        'where the bank writes the virtual account (branch and number, 10 digits) of a deposit: ' +
        'payer-code, payer-name (its beginning), account (of the header), none',
    },
  }),
};
