import { type CodeOf, defineRefusals, defineUnchanged, type Outcome } from '#kernel';
import { shippingRefusals } from './shipping.refusals.js';

/** Every way in which a contract book refuses, in the order in which it is asked. */
export const bookRefusals = defineRefusals({
  ACCOUNT_ENDS: {
    status: 409,
    ja: 'アカウントの解約を承っているため、新しい購入はできません。',
    en: 'The account is being cancelled: it can buy nothing more.',
  },
  ORDER_EXISTS: {
    status: 409,
    ja: '同じIDの注文が既にあります。',
    en: 'The account has an order with this id already.',
  },
  NO_SUCH_ORDER: {
    status: 404,
    ja: 'その注文はありません。',
    en: 'The account has no such order.',
  },
  ORDER_EMPTY: {
    status: 422,
    field: 'items',
    ja: '商品が1つも選ばれていません。',
    en: 'An order needs at least one item.',
  },
  ORDER_TOO_LARGE: {
    status: 422,
    field: 'items',
    ja: '一度にご注文いただけるのは、解約と合わせて{most}個までです。分けてご注文ください。',
    en: 'One order takes at most {most} units and cancellations. Please order in parts.',
  },
  ORDER_REFUSED: {
    status: 409,
    ja: 'この注文は成立しませんでした。',
    en: 'The order came to nothing.',
  },
  ORDER_OVER: {
    status: 409,
    ja: '注文の受付から月が変わったため、この注文は成立しませんでした。',
    en: 'The month of the order is over: it can no longer be completed.',
  },
  ORDER_NOT_PLACED: {
    status: 409,
    ja: 'お申し込みの処理が時間内に終わらなかったため、この注文は成立しませんでした。もう一度お申し込みください。',
    en: 'The order was not placed in time and came to nothing: please order again.',
  },
  HOLD_GONE: {
    status: 409,
    ja: '注文のために確保した残高が解放されたため、この注文は成立しませんでした。',
    en: 'What was set aside for the order was released: the order came to nothing.',
  },
  CIRCLE_REQUIRED: {
    status: 422,
    field: 'circle',
    ja: '「{product}」は、サークルを指定して購入してください。',
    en: 'Name a circle: {product} is bought for one.',
  },
  CIRCLE_ENDS: {
    status: 409,
    field: 'circle',
    ja: 'サークルの解約を承っているため、新しい購入はできません。',
    en: 'The circle is being cancelled: nothing more can be bought for it.',
  },
  ACCOUNT_ONLY: {
    status: 422,
    field: 'items',
    ja: '「{product}」は、アカウントの画面でのみ購入できます。',
    en: 'Sold on the pages of the account only: {product}.',
  },
  NOT_SOLD_HERE: {
    status: 422,
    field: 'items',
    ja: '「{product}」は、お客様ご自身では購入できません。お問い合わせください。',
    en: 'Not sold by self-service: {product}. Please ask.',
  },
  DEVICES_APART: {
    status: 422,
    field: 'items',
    ja: '機器は、月額商品や解約と同時に決済できません。別々にご注文ください。',
    en: 'Devices cannot be paid together with monthly items or cancellations. Order them apart.',
  },
  ALREADY_OWNED: {
    status: 409,
    field: 'items',
    ja: '「{product}」は既にご利用中です。',
    en: 'In use already: {product}.',
  },
  PARENT_MISSING: {
    status: 422,
    field: 'items',
    ja: '「{product}」を購入するには、先に「{parent}」が必要です。',
    en: 'First {parent} is needed for {product}.',
  },
  TOO_MANY_CALLS: {
    status: 422,
    field: 'items',
    ja: '同時通話数は合計{most}までです（現在{present}、今回{more}）。超える場合はお問い合わせください。',
    en: 'Self-service sells at most {most} simultaneous calls ({present} now, {more} more). Please ask.',
  },
  TOO_MANY: {
    status: 422,
    field: 'items',
    ja: '「{product}」は合計{most}個までです（現在{present}、今回{more}）。',
    en: 'At most {most} of {product} can be had ({present} now, {more} more).',
  },
  NUMBERS_MISSING: {
    status: 422,
    field: 'items',
    ja: '「{product}」は、電話番号を{quantity}件選んでください。',
    en: 'Choose {quantity} number(s) for {product}.',
  },
  NUMBER_NOT_OF_PRODUCT: {
    status: 422,
    field: 'items',
    ja: '電話番号{number}は、「{product}」としては購入できません。',
    en: 'Number {number} is not sold as {product}.',
  },
  NUMBER_CHOSEN_TWICE: {
    status: 422,
    field: 'items',
    ja: '電話番号{number}が2回選ばれています。',
    en: 'Number {number} is chosen twice.',
  },
  NUMBER_IN_CONTRACT: {
    status: 409,
    field: 'items',
    ja: '電話番号{number}は既にご契約中です。',
    en: 'Number {number} is in contract already.',
  },
  DELIVERY_MISSING: {
    status: 409,
    ja: '機器の配送先を入力してください。',
    en: 'Say first where the devices go.',
  },
  GROUP_MISSING: {
    status: 422,
    field: 'items',
    ja: '「{product}」は、海外電話番号グループを選んでください。',
    en: 'Choose a group of overseas numbers for {product}.',
  },
  GROUP_NOT_OF_PRODUCT: {
    status: 422,
    field: 'items',
    ja: '海外電話番号グループ{group}は、「{product}」としては購入できません。',
    en: 'Group {group} is not sold as {product}.',
  },
  COMPANIES_ONLY: {
    status: 422,
    field: 'items',
    ja:
      '「{product}」は法人のお客様のみご購入いただけます。アカウント情報の契約者情報をご確認ください。' +
      '個人事業主の方は、お問い合わせください。',
    en: 'Only companies buy {product}: see the contract data. Sole proprietors, please ask.',
  },
  CERTIFICATE_MISSING: {
    status: 422,
    field: 'items',
    ja:
      '「{product}」の購入には、承認済みの書類（{papers}）が必要です。アカウント情報から書類をアップロードしてください。' +
      '海外の住所の証明は、お問い合わせください。',
    en:
      'Papers that were approved are needed for {product}: {papers}. Upload them with the account ' +
      'information; with an address abroad please ask.',
  },
  PRICES_CHANGED: {
    status: 409,
    field: 'total',
    ja: 'ご確認いただいた後に金額が変わりました（ご確認の金額{seen}円、現在の金額{total}円）。内容をもう一度ご確認ください。',
    en: 'The amount has changed since it was shown ({seen} yen then, {total} yen now). Please look again.',
  },
  /** What a circle is told: how much the account has is not its to know. */
  ACCOUNT_FUNDS_SHORT: {
    status: 409,
    ja: 'アカウントの残高が不足しているため、購入できません。アカウントの管理者にご連絡ください。',
    en: 'The balance of the account does not cover this. Please ask whoever looks after the account.',
  },
  NO_SUCH_PRODUCT: {
    status: 422,
    field: 'items',
    ja: '商品「{product}」は、{day}の価格表にありません。',
    en: 'There is no product {product} in the price list of {day}.',
  },
  NOT_MEASURED: {
    status: 422,
    field: 'contract',
    ja: '契約{contract}には、計測する項目がありません。',
    en: 'Nothing of contract {contract} is measured.',
  },
  NOT_IN_CONTRACT_THEN: {
    status: 422,
    field: 'month',
    ja: '契約{contract}は、その月にはありませんでした。',
    en: 'Contract {contract} was not there in that month.',
  },
  MEASURED_TOO_EARLY: {
    status: 422,
    field: 'month',
    ja: 'その月の数値は、まだ登録できません。',
    en: 'It is too early for a figure of that month.',
  },
  MEASURED_TOO_MUCH: {
    status: 422,
    field: 'amount',
    ja: '1か月{most}単位を超える分は自動では請求しません。個別にご相談ください。',
    en: 'More than {most} units in a month are not charged by themselves. Please agree on it in person.',
  },
  NO_SUCH_CONTRACT: {
    status: 404,
    field: 'contract',
    ja: 'その契約はありません。',
    en: 'The account has no such contract.',
  },
  CONTRACT_ENDED: {
    status: 409,
    field: 'contract',
    ja: '契約{contract}は{endsOn}に終了しています。',
    en: 'Contract {contract} ended on {endsOn}.',
  },
  NO_SUCH_UNITS: {
    status: 404,
    field: 'product',
    ja: '「{product}」のご契約はありません。',
    en: 'Nothing of {product} is in contract.',
  },
  NOT_BY_COUNT: {
    status: 422,
    field: 'product',
    ja: '「{product}」は個数では解約できません。契約を指定してください。',
    en: 'Not cancelled by count: {product}. Name the contract.',
  },
  TOO_FEW_UNITS: {
    status: 409,
    field: 'count',
    ja: '「{product}」で解約できるのは{present}個までです（ご指定は{count}個）。',
    en: 'At most {present} of {product} can be cancelled; {count} were asked for.',
  },
  TOO_FEW_CANCELLED: {
    status: 409,
    field: 'count',
    ja: '「{product}」で解約を取り消せるのは{present}個までです（ご指定は{count}個）。',
    en: 'The cancellation of at most {present} of {product} can be undone; {count} were asked for.',
  },
  ALLOTTED_TWICE: {
    status: 422,
    field: 'allotted',
    ja: 'ユニーク{unique}が2回指定されています。',
    en: 'Unique {unique} is named twice.',
  },
  NOT_ALLOTTED_TO: {
    status: 422,
    field: 'allotted',
    ja: 'ユニーク{unique}には割り当てられません。',
    en: 'Nothing of this can be allotted to unique {unique}.',
  },
  ALLOTTED_ONCE: {
    status: 422,
    field: 'allotted',
    ja: 'ユニーク{unique}に割り当てられるのは1個までです。',
    en: 'At most one can be allotted to unique {unique}.',
  },
  ALLOTTED_TOO_MUCH: {
    status: 409,
    field: 'allotted',
    ja: '割り当ての合計（{total}）は、ご契約数（{contracted}）以下にしてください。',
    en: 'At most {contracted} can be allotted in all, as many as are in contract; {total} were asked for.',
  },
  NO_IMMEDIATE_CANCELLATION: {
    status: 409,
    field: 'contract',
    ja: '海外電話番号は、購入した当日には解約できません（契約{contract}）。',
    en: 'Overseas numbers cannot be cancelled on the day on which they were bought: {contract}.',
  },
  UNDO_TOO_LATE: {
    status: 409,
    ja: '解約の取り消しは{until}までです。',
    en: 'The cancellation could be undone until {until}.',
  },
  CIRCLE_CANCELLED: {
    status: 409,
    ja: 'サークルの解約を承っています。先にサークルの解約を取り消してください。',
    en: 'The circle is cancelled with everything in it: undo that first.',
  },
  ACCOUNT_NOT_UNDONE: {
    status: 409,
    ja: 'アカウントの解約は取り消せません。',
    en: 'The cancellation of an account cannot be undone.',
  },
  ...shippingRefusals,
});
export type BookRejection = CodeOf<typeof bookRefusals>;
export type Decision<Event> = Outcome<Event, BookRejection>;

/** Why nothing had to be done. */
export const bookUnchanged = defineUnchanged({
  ORDER_DECIDED: { ja: 'この注文は、既に処理されています。', en: 'the order is decided already' },
  ORDER_COMPLETED_BEFORE: { ja: 'この注文は、既に成立しています。', en: 'the order is completed already' },
  ORDER_SETTLED_BEFORE: {
    ja: 'この注文の手続きは、既に終わっています。',
    en: 'the order is settled already',
  },
  NOTHING_TO_CLEAR: {
    ja: 'この注文のために確保されているものはありません。',
    en: 'nothing is set aside for the order any more',
  },
  ORDER_NOT_COMPLETED: { ja: 'この注文は、まだ成立していません。', en: 'the order is not completed yet' },
  CANCELLED_BEFORE: {
    ja: 'この契約の解約は、既に承っています。',
    en: 'these contracts are cancelled already',
  },
  CIRCLE_CANCELLED_BEFORE: {
    ja: 'このサークルの解約は、既に承っています。',
    en: 'the circle is cancelled already',
  },
  ACCOUNT_CANCELLED_BEFORE: {
    ja: 'このアカウントの解約は、既に承っています。',
    en: 'the account is cancelled already',
  },
  NOT_CANCELLED: { ja: 'この契約は解約されていません。', en: 'these contracts are not cancelled' },
  CIRCLE_NOT_CANCELLED: { ja: 'このサークルは解約されていません。', en: 'the circle is not cancelled' },
  SHIPPED_BEFORE: { ja: 'この機器は、既に出荷済みです。', en: 'it is shipped already' },
  DELIVERED_BEFORE: { ja: 'この機器は、既に到着済みです。', en: 'it has arrived already' },
  NO_REFUND_OPEN: { ja: 'この機器に、返金の予定はありません。', en: 'no refund of this device is open' },
  NO_NEW_PEAK: {
    ja: 'その月の最大値を超えていません。',
    en: 'it is no more than what was reported of that month',
  },
  ALLOTTED_ALREADY: { ja: '割り当ては、既にこのとおりです。', en: 'it is allotted like this already' },
  NO_END_DUE: { ja: '終了する契約はありません。', en: 'no end is due' },
});
