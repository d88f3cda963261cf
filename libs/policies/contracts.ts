import { setOfTexts, wholeNumber, yesOrNo } from './kinds.js';

/** Orders and cancellations. */
export const contractPolicies = {
  'contracts.cut-off-ms': wholeNumber({
    unit: 'milliseconds',
    form: /^\d{1,8}$/,
    standard: '79200000',
    about: {
      ja: '月末日の解約受付の終わり。午前0時からのミリ秒で、その時刻を含む（22:00）。取り消しの期限にも使う',
      en:
        'end of the application day on the last day of a month, ms after midnight, inclusive (22:00); ' +
        'a cancellation can be undone until then as well',
    },
  }),
  'contracts.ends-with-month': setOfTexts({
    unit: 'none',
    form: /^([a-z_]+(,[a-z_]+)*)?$/,
    standard: 'circle',
    about: {
      ja:
        '申込の月の末日に終了する契約の種類（商品の種類、circle、account）をカンマ区切りで指定する。' +
        'それ以外は翌月末日に終了する（CAN-01、CAN-12）',
      en:
        'kinds of contracts (of products, circle, account), with commas, that end with the month of the ' +
        'application; all others end with the month after it (CAN-01, CAN-12)',
    },
  }),
  'contracts.suspension-grace-days': wholeNumber({
    unit: 'days',
    form: /^\d{1,3}$/,
    standard: '7',
    about: {
      ja: '未収金が生じてからサービスを停止するまでの猶予日数。生じた日は数えない',
      en: 'days that a debt leaves the service alone; the day on which it arose is not counted',
    },
  }),
  'contracts.calls-without-unique': yesOrNo('charge')({
    unit: 'none',
    form: /^(charge|suspend)$/,
    standard: 'suspend',
    about: {
      ja:
        '購入した電話番号がユニークに設定されていない間の通話を、保留にするか（suspend）課金するか（charge）。' +
        '通話の開始日で決まる（ACC-04）',
      en:
        'calls of a bought number while it is set on no unique: whether they wait (suspend) or are charged ' +
        'all the same (charge), by the day on which they begin (ACC-04)',
    },
  }),
  'contracts.calls-at-most': wholeNumber({
    unit: 'times',
    form: /^[1-9]\d{0,4}$/,
    standard: '29',
    about: {
      ja: 'お客様ご自身で購入できる、サークルの同時通話数の合計（TRK-02）',
      en: 'simultaneous calls that a circle can have by self-service (TRK-02)',
    },
  }),
  'contracts.notices-within-days': wholeNumber({
    unit: 'days',
    form: /^\d{1,3}$/,
    standard: '7',
    about: {
      ja: '出来事をお客様にメールでお知らせする期限。これより前に記録された出来事はお知らせしない',
      en: 'days within which customers are told by mail of what happened; what is older is not told',
    },
  }),
};
