import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

export const prepaidSettingsRefusals = defineRefusals({
  NO_SUCH_CARD: {
    status: 404,
    field: 'card',
    ja: 'このカードは登録されていません。',
    en: 'No such card is kept.',
  },
  CARD_IN_USE: {
    status: 409,
    field: 'card',
    ja: 'このカードでオートリチャージの決済中です。終わってから削除してください。',
    en: 'This card is being charged at the moment: remove it when that is over.',
  },
  ALERT_AMOUNT_REQUIRED: {
    status: 422,
    field: 'alertAmounts',
    ja: 'アラート通知額は、2つのうち少なくとも1つを入力してください。',
    en: 'At least one of the two alert amounts is needed.',
  },
  ALERT_MAILS_REQUIRED: {
    status: 422,
    field: 'alertMails',
    ja: '残額アラートの送信先を入力してください。',
    en: 'The addresses of the balance alert are needed.',
  },
  LIMIT_MAILS_REQUIRED: {
    status: 422,
    field: 'limitMails',
    ja: '限度額アラートの送信先を入力してください。',
    en: 'The addresses of the limit alert are needed.',
  },
  TRIGGER_REQUIRED: {
    status: 422,
    field: 'trigger',
    ja: 'オートリチャージを実行する残高を入力してください。',
    en: 'The balance at which it is charged is needed.',
  },
  RECHARGE_AMOUNT_REQUIRED: {
    status: 422,
    field: 'amount',
    ja: 'オートリチャージのチャージ額を入力してください。',
    en: 'The amount that is charged is needed.',
  },
  MONTH_LIMIT_REQUIRED: {
    status: 422,
    field: 'limit',
    ja: 'オートリチャージの1か月の限度額を入力してください。',
    en: 'The most of a month is needed.',
  },
  MONTH_LIMIT_TOO_LOW: {
    status: 422,
    field: 'limit',
    ja: '1か月の限度額は、1回のチャージ額以上にしてください。',
    en: 'The most of a month cannot be less than one charge.',
  },
  RECHARGE_CARD_REQUIRED: {
    status: 422,
    field: 'card',
    ja: 'オートリチャージに使用するカードを選んでください。',
    en: 'The card that is charged is needed.',
  },
  NO_SUCH_RECHARGE: {
    status: 409,
    field: 'payment',
    ja: 'このオートリチャージは行われていません。',
    en: 'No such auto-recharge is in flight.',
  },
});
export type PrepaidSettingsRejection = CodeOf<typeof prepaidSettingsRefusals>;

export const prepaidSettingsUnchanged = defineUnchanged({
  CARD_KNOWN: { ja: 'このカードは既に登録されています。', en: 'the card is kept already' },
  CARD_USE_KNOWN: { ja: 'この支払いは既に記録されています。', en: 'the use of the card is known already' },
  CARD_GONE: { ja: 'このカードは既に削除されています。', en: 'the card is removed already' },
  SETTINGS_THE_SAME: { ja: '設定に変更はありません。', en: 'the settings are the same' },
  NOTHING_EXPIRES: {
    ja: '新しくお知らせする有効期限はありません。',
    en: 'nothing is to be told of an expiry',
  },
  BALANCE_AS_BEFORE: { ja: '残額について知らせることはありません。', en: 'the balance calls for nothing' },
});
