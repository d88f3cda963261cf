import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

/** Every way in which a cart refuses, in the order in which it is asked. */
export const cartRefusals = defineRefusals({
  CART_BEING_ORDERED: {
    status: 409,
    ja: 'このカートは注文手続き中です。しばらくしてからもう一度お試しください。',
    en: 'The cart is being ordered. Please try again in a moment.',
  },
  CART_EMPTY: {
    status: 409,
    ja: 'カートに商品が入っていません。',
    en: 'The cart is empty.',
  },
  NO_SUCH_CART_LINE: {
    status: 404,
    field: 'line',
    ja: 'その行はカートにありません。',
    en: 'The cart has no such line.',
  },
  CART_FULL: {
    status: 422,
    field: 'items',
    ja: 'カートに入れられるのは{most}行までです。',
    en: 'A cart holds at most {most} lines.',
  },
  QUANTITY_TOO_LARGE: {
    status: 422,
    field: 'quantity',
    ja: '数量は{most}までです。',
    en: 'A line has a quantity of at most {most}.',
  },
  NUMBER_COUNTS_ONE: {
    status: 422,
    field: 'quantity',
    ja: '電話番号の数量は変更できません。番号を選んで追加してください。',
    en: 'A chosen number counts one. Choose another number to have more.',
  },
  CANCELLATION_COUNTS_ONE: {
    status: 422,
    field: 'quantity',
    ja: '解約の数量は変更できません。',
    en: 'A cancellation is of one contract: its quantity does not change.',
  },
  NOT_A_DEVICE: {
    status: 422,
    field: 'line',
    ja: '設定を選べるのは機器だけです。',
    en: 'Only devices are set up for a terminal.',
  },
  MORE_SET_UP_THAN_BOUGHT: {
    status: 422,
    field: 'uniques',
    ja: '設定が数量（{quantity}）より多く指定されています。',
    en: 'More are set up than the line has ({quantity}).',
  },
});
export type CartRejection = CodeOf<typeof cartRefusals>;

/** Why nothing had to be done. */
export const cartUnchanged = defineUnchanged({
  IN_CART_ALREADY: { ja: '既にカートに入っています。', en: 'this is in the cart already' },
  QUANTITY_AS_IT_IS: { ja: '数量は既にその値です。', en: 'the line has this quantity already' },
  SET_UP_SO: { ja: '設定は既にそのとおりです。', en: 'the devices are set up so already' },
  DELIVERED_SO: { ja: '配送方法は既にそのとおりです。', en: 'the delivery is chosen so already' },
  CART_EMPTY_ALREADY: { ja: 'カートは既に空です。', en: 'the cart is empty already' },
  CART_ORDERED_BEFORE: { ja: 'このカートは、既にこの注文です。', en: 'the cart is this order already' },
  CART_ORDER_DECIDED: { ja: 'この注文の結果は、既に出ています。', en: 'this order is decided already' },
});
