import { type AccountId, type EventOf, event, fact, type TaxCategory, type ValueOf } from '#kernel';
import { PRODUCT_KINDS } from '../catalogue/product.js';
import { refusalDetails } from '../kept-refusal.js';
import { deliveryFact } from './shipping.events.js';

const orderLineFact = fact.record({
  product: fact.text,
  kind: fact.oneOf(...PRODUCT_KINDS),
  nameJa: fact.text,
  nameEn: fact.text,
  quantity: fact.whole,
  /** Net per unit; null: the product has no such price. */
  monthly: fact.orNull(fact.money),
  /** Net per unit of the month of the order. */
  firstMonth: fact.orNull(fact.money),
  initial: fact.orNull(fact.money),
  proRated: fact.flag,
  taxCategory: fact.id<TaxCategory>(),
  capabilities: fact.listOf(fact.text),
  /** The chosen telephone numbers, one per unit. */
  numbers: fact.listOf(fact.text),
  /** Of devices: the terminal that each unit is set up for; null: the customer sets it up (DEV-03). */
  uniques: fact.optional(fact.listOf(fact.orNull(fact.text))),
  /** Of overseas numbers: the group that they are of. */
  group: fact.optional(fact.text),
});
export type OrderLine = ValueOf<typeof orderLineFact>;

export const orderEvents = {
  OrderPlaced: event(
    {
      account: fact.id<AccountId>(),
      order: fact.text,
      circle: fact.orNull(fact.text),
      lines: fact.listOf(orderLineFact),
      /** Contracts that end with this order. */
      cancels: fact.listOf(fact.text),
      /** Due now, net. */
      net: fact.money,
      priceList: fact.text,
      priceVersion: fact.whole,
      /** Where its devices go. */
      delivery: fact.optional(deliveryFact),
    },
    {
      word: { ja: '注文を受け付けた。', en: 'An order was placed; nothing is bought yet.' },
      sentence: {
        ja: 'アカウント {account} の注文 {order}（{lines} 行、税抜 {net|yen}）を受け付けた。',
        en: 'Order {order} of account {account} was placed: {lines} line(s), {net|yen} net.',
      },
    },
  ),
  OrderRefused: event(
    {
      account: fact.id<AccountId>(),
      order: fact.text,
      code: fact.text,
      missing: fact.orNull(fact.money),
      details: refusalDetails,
    },
    {
      act: false,
      word: { ja: '注文は成立しなかった。', en: 'The order came to nothing: nothing was bought.' },
      sentence: {
        ja: '注文 {order} は成立しなかった（{code}）[。不足額 {missing|yen}]。',
        en: 'Order {order} came to nothing ({code})[; {missing|yen} was missing].',
      },
    },
  ),
  OrderCleared: event(
    { account: fact.id<AccountId>(), order: fact.text },
    {
      act: false,
      word: {
        ja: '不成立の注文のために確保した残高と電話番号をすべて解放した。',
        en: 'All that was set aside for an order that came to nothing is free again.',
      },
      sentence: {
        ja: '不成立の注文 {order} のために確保したものを解放した。',
        en: 'What was set aside for order {order}, which came to nothing, is free again.',
      },
    },
  ),
  OrderCompleted: event(
    { account: fact.id<AccountId>(), order: fact.text },
    {
      act: false,
      word: { ja: '注文が成立した。', en: 'The order is bought: its contracts begin with this.' },
      sentence: { ja: '注文 {order} が成立した。', en: 'Order {order} was completed.' },
    },
  ),
  OrderSettled: event(
    { account: fact.id<AccountId>(), order: fact.text },
    {
      act: false,
      word: {
        ja: '注文の代金を引き落とし、手続きを終えた。',
        en: 'The order is paid from what was set aside for it; nothing of it is left to do.',
      },
      sentence: { ja: '注文 {order} の手続きを終えた。', en: 'Order {order} was settled.' },
    },
  ),
  ContractBegun: event(
    {
      account: fact.id<AccountId>(),
      contract: fact.text,
      order: fact.text,
      product: fact.text,
      kind: fact.oneOf(...PRODUCT_KINDS),
      nameJa: fact.text,
      nameEn: fact.text,
      circle: fact.orNull(fact.text),
      unique: fact.orNull(fact.text),
      number: fact.orNull(fact.text),
      /** The group that an overseas number is of. */
      group: fact.optional(fact.text),
      monthly: fact.money,
      firstMonth: fact.money,
      initial: fact.money,
      taxCategory: fact.id<TaxCategory>(),
      capabilities: fact.listOf(fact.text),
      priceList: fact.text,
      priceVersion: fact.whole,
      since: fact.day,
    },
    {
      act: false,
      word: { ja: '契約が始まった。', en: 'A contract of one unit of a monthly product began.' },
      sentence: {
        ja:
          '契約 {contract}（{nameJa}[、電話番号 {number}]）が {since} に始まった。' +
          '月額 {monthly|yen}、初月 {firstMonth|yen}、初期費用 {initial|yen}（税抜）。',
        en:
          'Contract {contract} ({nameEn}[, number {number}]) began on {since}: {monthly|yen} a month, ' +
          '{firstMonth|yen} the first month, {initial|yen} once (net).',
      },
    },
  ),
};
export type OrderEvent = EventOf<{ declared: typeof orderEvents }>;
export type ContractBegun = Extract<OrderEvent, { type: 'ContractBegun' }>;
