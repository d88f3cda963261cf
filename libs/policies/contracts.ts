import { money, oneOf, setOfTexts, wholeNumber, yesOrNo } from './kinds.js';

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
  'contracts.allotment-reduction': oneOf(
    'largest_first',
    'last_first',
  )({
    unit: 'none',
    form: /^(largest_first|last_first)$/,
    standard: 'largest_first',
    about: {
      ja:
        '契約の終了で割り当てが契約数を超えるとき、どのユニークから減らすか。largest_first：割り当ての最も多いもの' +
        '（同数は一覧の順）、last_first：一覧の最後のもの',
      en:
        'which unique loses units where contracts end and more is allotted than is left: largest_first, ' +
        'the one with the most (ties in the order of the list), or last_first, the last of the list (G-12)',
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
  'contracts.name-change-fee': money({
    unit: 'yen',
    form: /^\d{1,7}$/,
    standard: '0',
    about: {
      ja: '名義変更の手数料（税抜）。本人確認書類の承認とともに残高から引き落とす。0は無料（INF-04）',
      en: 'net fee of a change of name, debited when the paper that proves it is approved; 0: none (INF-04)',
    },
  }),
  'contracts.recording-unit-mb': wholeNumber({
    unit: 'megabytes',
    form: /^[1-9]\d{0,6}$/,
    standard: '1000',
    about: {
      ja: '録音の保存容量を請求する単位（REC-01）。月の最大値に対し、最初の1単位は月額費用に含む',
      en: 'by so much recordings are charged; a month has its peak, the first is in its fee (REC-01)',
    },
  }),
  'contracts.recording-units-at-most': wholeNumber({
    unit: 'times',
    form: /^[1-9]\d{0,3}$/,
    standard: '100',
    about: {
      ja: '1か月に自動で請求する録音の保存容量の単位数。超える場合は個別に相談する（REC-01）',
      en: 'units of recordings that a month is charged by itself; more is agreed on in person (REC-01)',
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
  'devices.ships-from-business-days': wholeNumber({
    unit: 'businessDays',
    form: /^([1-9]|[1-5]\d)$/,
    standard: '1',
    about: {
      ja: '機器を出荷する最も早い日。注文から何営業日後か（DEV-07）',
      en: 'business days after its order on which a device is shipped at the earliest (DEV-07)',
    },
  }),
  'devices.ships-to-business-days': wholeNumber({
    unit: 'businessDays',
    form: /^([1-9]|[1-5]\d)$/,
    standard: '3',
    about: {
      ja: '機器を出荷する最も遅い日の目安。注文から何営業日後か（DEV-07）',
      en: 'business days after its order by which a device should be shipped (DEV-07)',
    },
  }),
  'devices.return-days': wholeNumber({
    unit: 'days',
    form: /^\d{1,3}$/,
    standard: '7',
    about: {
      ja: '機器の返品の連絡を受け付ける日数。到着日は数えず、最終日の終わりまで（DEV-08）',
      en:
        'days in which a return can be asked for; the day of arrival does not count, ' +
        'and the last one does to its end (DEV-08)',
    },
  }),
  'devices.warranty-months': wholeNumber({
    unit: 'months',
    form: /^\d{1,2}$/,
    standard: '6',
    about: {
      ja: '機器の品質保証の月数。到着日の翌日から暦に従って数える（DEV-09）',
      en: 'months of the guarantee of a device, by the calendar, from the day after its arrival (DEV-09)',
    },
  }),
};
