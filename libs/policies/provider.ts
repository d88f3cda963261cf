import type { Sentence } from '#kernel';
import { text, wholeNumber } from './kinds.js';

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
};
