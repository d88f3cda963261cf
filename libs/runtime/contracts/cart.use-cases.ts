import { z } from 'zod';
import { allOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import {
  addedToCart,
  changedLine,
  deliveryWish,
  ofCart,
  orderedCart,
  removedLines,
  setUpDevices as setUp,
} from './cart.inputs.js';
import { Cart, CartLines, FilledCart, Shop } from './cart.shapes.js';
import { buyer } from './contracts.inputs.js';
import { Order } from './contracts.shapes.js';
import { buying, placeOrder } from './contracts.use-cases.js';

export const showCart = query({
  route: 'GET /accounts/:account/cart',
  // Who asks decides what is sold.
  byHand: true,
  about: {
    ja: 'カートの内容と今の金額。入れた後に変わったことも示す',
    en: 'The cart with what it costs now, and what has changed since its lines were chosen',
  },
  effect: 'read',
  ...buying,
  input: z.strictObject({ ...ofCart, by: buyer }),
  cli: { usage: 'cart show', without: ['by'] },
  answer: Cart,
  run: ({ carts }, { by, ...whose }) => carts.view(whose, by),
});

export const listCarts = query({
  route: 'GET /accounts/:account/carts',
  about: {
    ja: '商品の入っているカート',
    en: 'The carts that hold something: that of the account, and those of its circles',
  },
  effect: 'read',
  ...buying,
  input: z.strictObject(ofCart),
  answer: allOf(FilledCart),
  run: ({ carts }, { account, circle }) => carts.filled(account, circle ?? null),
});

export const addToCart = command({
  route: 'POST /accounts/:account/cart',
  about: {
    ja: 'カートに入れる。選んだ電話番号は一定の時間確保する',
    en: 'Put products and cancellations into the cart; chosen numbers are kept for it for a while',
  },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: addedToCart,
  cli: { usage: 'cart add', names: { items: 'item', cancels: 'cancel' } },
  answer: CartLines,
  status: 201,
  unchanged: true,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'NO_SUCH_CIRCLE',
    'NO_SUCH_PRODUCT',
    'ACCOUNT_ONLY',
    'NOT_SOLD_HERE',
    'NUMBERS_MISSING',
    'GROUP_MISSING',
    'GROUP_NOT_OF_PRODUCT',
    'NO_SUCH_VBA_GROUP',
    'NO_SUCH_CONTRACT',
    'VBA_STOCK_TOO_SMALL',
    'NUMBER_NOT_IN_STOCK',
    'NUMBER_OF_OTHER_PRODUCT',
    'NUMBER_IN_USE',
    'NUMBER_TAKEN',
    'NUMBER_RESERVED',
    'NUMBER_QUARANTINED',
    'NUMBER_WITHDRAWN',
    'CART_FULL',
    'QUANTITY_TOO_LARGE',
    'CART_BEING_ORDERED',
  ],
  blames: { number: 'items', quantity: 'items', contract: 'cancels' },
  run: ({ carts }, input, caller) => carts.add(input, caller),
});

export const changeCartLine = command({
  route: 'PUT /accounts/:account/cart/:line',
  about: { ja: 'カートの数量の変更', en: 'Change the quantity of a line of the cart' },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: changedLine,
  answer: CartLines,
  unchanged: true,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'NO_SUCH_CIRCLE',
    'NO_SUCH_CART_LINE',
    'NO_SUCH_PRODUCT',
    'NUMBER_COUNTS_ONE',
    'CANCELLATION_COUNTS_ONE',
    'VBA_STOCK_TOO_SMALL',
    'QUANTITY_TOO_LARGE',
    'CART_BEING_ORDERED',
  ],
  blames: { items: 'line' },
  run: ({ carts }, input, caller) => carts.change(input, caller),
});

export const setUpDevices = command({
  route: 'PUT /accounts/:account/cart/:line/devices',
  about: {
    ja: 'カートの機器に設定するユニークを選ぶ',
    en: 'Choose the terminals for which the devices of a line are set up',
  },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: setUp,
  cli: { usage: 'cart set-up <line>', names: { uniques: 'unique' } },
  answer: CartLines,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'NO_SUCH_CART_LINE', 'NO_SUCH_UNIQUE'] as const),
    ...(['NOT_A_DEVICE', 'MORE_SET_UP_THAN_BOUGHT', 'CART_BEING_ORDERED'] as const),
  ],
  run: ({ carts }, input, caller) => carts.setUpDevices(input, caller),
});

export const chooseDelivery = command({
  route: 'POST /accounts/:account/cart/delivery',
  about: {
    ja: 'カートの機器の配送方法（土日祝日の配送、送料の着払い）',
    en: 'Choose how the devices in the cart are delivered',
  },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: deliveryWish,
  cli: { usage: 'cart deliver' },
  answer: CartLines,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'CART_BEING_ORDERED'],
  run: ({ carts }, input, caller) => carts.chooseDelivery(input, caller),
});

export const removeFromCart = command({
  route: 'DELETE /accounts/:account/cart',
  about: {
    ja: 'カートから削除する。行を指定しなければ空にする',
    en: 'Take lines out of the cart; all of them where none is named',
  },
  effect: 'write',
  ...buying,
  waits: 'log',
  input: removedLines,
  cli: { usage: 'cart remove', names: { lines: 'line' } },
  answer: CartLines,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'NO_SUCH_CART_LINE', 'CART_BEING_ORDERED'],
  blames: { line: 'lines' },
  run: ({ carts }, input, caller) => carts.remove(input, caller),
});

export const orderCart = command({
  route: 'POST /accounts/:account/cart/order',
  byHand: true,
  about: {
    ja: 'カートの内容を購入する。確認した金額と違う場合は購入しない',
    en: 'Buy what is in the cart; where it costs another amount than was seen, nothing is bought',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: z.strictObject({ ...orderedCart.shape, by: buyer }),
  cli: { usage: 'cart order', without: ['by'] },
  answer: Order,
  status: 201,
  refusals: [
    ...placeOrder.refusals!,
    'NO_SUCH_UNIQUE',
    'CART_EMPTY',
    'CART_BEING_ORDERED',
    'PRICES_CHANGED',
    'ORDER_NOT_PLACED',
  ],
  // What is wrong stands in the cart, not in the request that orders it.
  blames: { items: null, number: null, quantity: null, contract: null },
  run: ({ carts }, { by, ...input }, caller) => carts.order(input, by, caller),
});

/** What the pages of the shop offer to an account, or for a circle of it. */
export const listShop = query({
  route: 'GET /accounts/:account/shop',
  about: {
    ja: '購入できる商品の一覧。価格と、利用中の数',
    en: 'What an account can buy today: prices, and how much of it is in use',
  },
  effect: 'read',
  ...buying,
  input: z.strictObject(ofCart),
  answer: Shop,
  run: ({ carts }, { account, circle }) => carts.shop(account, circle ?? null),
});
