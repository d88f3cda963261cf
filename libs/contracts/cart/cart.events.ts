import { type AccountId, defineEvents, type EventOf, event, fact, type ValueOf } from '#kernel';
import { refusalDetails } from '../kept-refusal.js';

/** What was on the page when a line was chosen: net, per unit. The cart tells later what has changed. */
const shownFacts = {
  monthly: fact.orNull(fact.money),
  initial: fact.orNull(fact.money),
  priceList: fact.text,
  priceVersion: fact.whole,
};
const shownPrice = fact.record(shownFacts);
export type ShownPrice = ValueOf<typeof shownPrice>;

const ofCart = { account: fact.id<AccountId>(), circle: fact.orNull(fact.text) };
const ofLine = { ...ofCart, line: fact.text };

/** Events of `cart-<account>_<circle or "account">`: what somebody is about to buy and to cancel. */
export const cartEvents = defineEvents(
  { context: 'contracts', stream: "cart-<account>_<circle or 'account'>" },
  {
    CartLineAdded: event(
      {
        ...ofLine,
        product: fact.text,
        nameJa: fact.text,
        nameEn: fact.text,
        quantity: fact.whole,
        /** The chosen telephone number. */
        number: fact.orNull(fact.text),
        /** The group that overseas numbers are of. */
        group: fact.optional(fact.text),
        ...shownFacts,
      },
      {
        word: { ja: 'カートに商品を入れた。', en: 'A product was put into the cart; nothing is bought yet.' },
        sentence: {
          ja: 'アカウント {account} のカートに「{nameJa}」を {quantity} 個入れた[（電話番号 {number}）]。',
          en: '{quantity} x {nameEn}[, number {number},] went into the cart of account {account}.',
        },
      },
    ),
    CartLineChanged: event(
      { ...ofLine, quantity: fact.whole, ...shownFacts },
      {
        word: { ja: 'カートの数量を変更した。', en: 'The line has this quantity, with the prices of now.' },
        sentence: {
          ja: 'アカウント {account} のカートの行 {line} の数量を {quantity} とした。',
          en: 'Line {line} in the cart of account {account} has quantity {quantity}.',
        },
      },
    ),
    CartCancellationAdded: event(
      { ...ofLine, contract: fact.text },
      {
        word: {
          ja: 'カートに解約を入れた。',
          en: 'The cancellation of a contract was put into the cart; it is not cancelled yet.',
        },
        sentence: {
          ja: 'アカウント {account} のカートに契約 {contract} の解約を入れた。',
          en: 'The cancellation of contract {contract} went into the cart of account {account}.',
        },
      },
    ),
    CartDevicesSetUp: event(
      {
        ...ofLine,
        /** Of each unit, in turn: the terminal that it is set up for; null: the customer does it (DEV-03). */
        uniques: fact.listOf(fact.orNull(fact.text)),
      },
      {
        word: {
          ja: 'カートの機器を設定するユニークを選んだ。',
          en: 'It was chosen for which terminals the devices of a line are set up.',
        },
        sentence: {
          ja: 'アカウント {account} のカートの行 {line} の機器 {uniques} 台の設定を選んだ。',
          en: 'The set-up of {uniques} device(s) of line {line} in the cart of account {account} was chosen.',
        },
      },
    ),
    CartDeliveryChosen: event(
      { ...ofCart, anyDay: fact.flag, payOnDelivery: fact.flag },
      {
        word: {
          ja: '機器の配送方法（土日祝日の配送、送料の着払い）を選んだ。',
          en: 'It was chosen how devices are delivered: on any day, the shipping paid by the receiver.',
        },
        sentence: {
          ja: 'アカウント {account} のカートの機器の配送方法を選んだ。',
          en: 'It was chosen how the devices in the cart of account {account} are delivered.',
        },
      },
    ),
    CartLineRemoved: event(ofLine, {
      word: { ja: 'カートから1行を削除した。', en: 'The line was taken out of the cart.' },
      sentence: {
        ja: 'アカウント {account} のカートの行 {line} を削除した。',
        en: 'Line {line} was taken out of the cart of account {account}.',
      },
    }),
    CartOrdered: event(
      {
        ...ofCart,
        order: fact.text,
        /** Due at once, net: what the buyer has agreed to. */
        net: fact.money,
        byStaff: fact.flag,
      },
      {
        word: {
          ja: 'カートの内容を注文した。結果が出るまで変更できない。',
          en: 'The cart becomes this order, and no other one; it cannot be changed until that is decided.',
        },
        sentence: {
          ja: 'アカウント {account} のカートを注文 {order} とした（税抜 {net|yen}）。',
          en: 'The cart of account {account} became order {order}: {net|yen} net.',
        },
      },
    ),
    CartOrderCompleted: event(
      { ...ofCart, order: fact.text },
      {
        act: false,
        word: { ja: '注文が成立し、カートは空になった。', en: 'The order is bought: the cart is empty.' },
        sentence: {
          ja: '注文 {order} が成立し、アカウント {account} のカートは空になった。',
          en: 'Order {order} was bought; the cart of account {account} is empty.',
        },
      },
    ),
    CartOrderRefused: event(
      { ...ofCart, order: fact.text, code: fact.text, details: refusalDetails },
      {
        act: false,
        word: {
          ja: '注文は成立せず、カートは元のまま残った。',
          en: 'The order came to nothing: the cart is as it was.',
        },
        sentence: {
          ja: '注文 {order} は成立せず（{code}）、アカウント {account} のカートは元のまま残った。',
          en: 'Order {order} came to nothing ({code}); the cart of account {account} is as it was.',
        },
      },
    ),
  },
);
export type CartEvent = EventOf<typeof cartEvents>;
