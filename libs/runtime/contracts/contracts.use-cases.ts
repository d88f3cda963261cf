import { z } from 'zod';
import {
  accountId,
  businessDay,
  businessMonth,
  DEFAULT_LIMIT,
  described,
  given,
  paging,
  words,
} from '../engine/inputs.js';
import { billing, closers, everyone, helpers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import {
  buyer,
  cancelledContracts,
  circleId,
  contractId,
  lookedAtCancellation,
  newOrder,
  ofOneCircle,
  someContracts,
} from './contracts.inputs.js';
import {
  Cancellation,
  CancellationPreview,
  Contract,
  MonthStart,
  ORDER_STATES,
  Order,
  OrderPreview,
  OrderSummary,
  Purchase,
  UndoneCancellation,
  WholeEndings,
} from './contracts.shapes.js';

/** Who buys and cancels: the customer, and staff for it. */
export const buyers = [...billing, 'customer', 'support'] as const;
/** A circle buys and cancels for itself (CAT-01, CAN-01): what it names is of itself, whatever it says. */
export const buying = { roles: buyers, levels: ['account', 'circle'] } as const;
export const reading = { roles: everyone, levels: ['account', 'circle'] } as const;
const asked = z.strictObject({ ...newOrder.shape, by: buyer });

export const placeOrder = command({
  route: 'POST /accounts/:account/orders',
  byHand: true,
  about: {
    ja: '注文。初期費用・初月の月額・税を残高から支払い、契約が始まる',
    en: 'Order: initial fees, the first month and tax are paid from the balance, and the contracts begin',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: asked,
  cli: { usage: 'order place', without: ['by'], names: { items: 'item', cancels: 'cancel' } },
  answer: Order,
  status: 201,
  refusals: [
    'NO_SUCH_ACCOUNT',
    'NO_SUCH_CIRCLE',
    'NO_SUCH_PRODUCT',
    'ORDER_EMPTY',
    'ORDER_TOO_LARGE',
    'CIRCLE_REQUIRED',
    'ACCOUNT_ONLY',
    'NOT_SOLD_HERE',
    'DEVICES_APART',
    'DELIVERY_MISSING',
    'ALREADY_OWNED',
    'PARENT_MISSING',
    'TOO_MANY_CALLS',
    'TOO_MANY',
    'NUMBERS_MISSING',
    'NUMBER_NOT_OF_PRODUCT',
    'NUMBER_CHOSEN_TWICE',
    'GROUP_MISSING',
    'GROUP_NOT_OF_PRODUCT',
    'NO_SUCH_VBA_GROUP',
    'COMPANIES_ONLY',
    'CERTIFICATE_MISSING',
    'VBA_STOCK_TOO_SMALL',
    'NO_IMMEDIATE_CANCELLATION',
    'NUMBER_IN_CONTRACT',
    'NUMBER_NOT_IN_STOCK',
    'NUMBER_OF_OTHER_PRODUCT',
    'NUMBER_WITHDRAWN',
    'NUMBER_QUARANTINED',
    'NUMBER_RESERVED',
    'NUMBER_TAKEN',
    'ACCOUNT_ENDS',
    'CIRCLE_ENDS',
    'INSUFFICIENT_FUNDS',
    'ACCOUNT_FUNDS_SHORT',
    'HOLD_GONE',
    'ORDER_REFUSED',
    'ORDER_OVER',
    'NO_SUCH_CONTRACT',
    'CONTRACT_ENDED',
  ],
  blames: { number: 'items', quantity: 'items', contract: 'cancels' },
  run: ({ contracts }, { by, ...input }, caller) => contracts.placeOrder(input, by, caller),
});

/** What `placeOrder` would do now. */
export const previewOrder = query({
  route: 'GET /accounts/:account/order-preview',
  // A question that may be refused, with a list in its query.
  byHand: true,
  about: {
    ja: '注文の見積もり。明細、初回と翌月の請求、不足額。何も書き込まない',
    en: 'What an order would be: lines, first and next invoice, what the balance lacks; nothing is written',
  },
  effect: 'read',
  ...buying,
  input: asked,
  answer: OrderPreview,
  run: ({ contracts }, { by, ...input }) => contracts.previewOrder(input, by),
});

export const listOrders = query({
  route: 'GET /accounts/:account/orders',
  about: { ja: '注文の一覧（新しい順）', en: 'Orders of an account, newest first' },
  effect: 'read',
  ...reading,
  waits: 'own',
  input: z.strictObject({ account: accountId, circle: ofOneCircle, ...paging }),
  cli: { usage: 'order list' },
  answer: pageOf(Order),
  run: ({ contracts }, input) => contracts.orders({ limit: DEFAULT_LIMIT, ...given(input) }),
});

export const listAllOrders = query({
  route: 'GET /orders',
  about: {
    ja: 'すべての顧客の注文の一覧（新しい順）。成立しなかった理由も示す',
    en: 'Orders of all accounts, newest first, with the reasons of those that came to nothing',
  },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({
    state: described(z.enum(ORDER_STATES).optional(), { ja: '状態。', en: 'Their state.' }),
    from: described(businessDay.optional(), { ja: '申込日（この日から）。', en: 'Placed from this day on.' }),
    to: described(businessDay.optional(), { ja: '申込日（この日まで）。', en: 'Placed until this day.' }),
    counterparty: described(words(100).optional(), {
      ja: '顧客のIDまたは名前の一部。',
      en: 'Part of the id or the name of the account.',
      short: 'text',
    }),
    ...paging,
  }),
  cli: { usage: 'order all' },
  answer: pageOf(OrderSummary),
  run: ({ contracts }, input) => contracts.lists.allOrders({ limit: DEFAULT_LIMIT, ...given(input) }),
});

export const showOrder = query({
  route: 'GET /accounts/:account/orders/:order',
  about: { ja: '1件の注文', en: 'One order' },
  effect: 'read',
  ...reading,
  input: z.strictObject({
    account: accountId,
    circle: ofOneCircle,
    order: z.string().regex(/^[A-Z0-9]{1,40}$/),
  }),
  cli: { usage: 'order show <order>' },
  answer: Order,
  sought: 'ORDER',
  run: ({ contracts }, { account, order, circle }) => contracts.order(account, order, circle),
});

export const listPurchases = query({
  route: 'GET /accounts/:account/purchases',
  about: {
    ja: '購入／解約履歴（新しい順）。月額費用と初期費用は別の行になる',
    en: 'History of purchases and cancellations, newest first: a row for each fee',
  },
  effect: 'read',
  ...reading,
  waits: 'own',
  input: z.strictObject({ account: accountId, circle: ofOneCircle, ...paging }),
  cli: { usage: 'contract history' },
  answer: pageOf(Purchase),
  run: ({ contracts }, input) => contracts.lists.purchases({ limit: DEFAULT_LIMIT, ...given(input) }),
});

export const listContracts = query({
  route: 'GET /accounts/:account/contracts',
  about: { ja: '契約の一覧（始まった順）', en: 'Contracts of an account in the order in which they began' },
  effect: 'read',
  ...reading,
  waits: 'own',
  input: z.strictObject({
    account: accountId,
    circle: ofOneCircle,
    ended: described(z.enum(['yes', 'no']).optional(), {
      ja: '終了した契約も含める。',
      en: 'Those that are over too.',
    }),
    ...paging,
  }),
  cli: { usage: 'contract list' },
  answer: pageOf(Contract),
  run: ({ contracts }, { ended, ...input }) =>
    contracts.contracts({ limit: DEFAULT_LIMIT, ...given(input), ended: ended === 'yes' }),
});

export const showContract = query({
  route: 'GET /accounts/:account/contracts/:contract',
  about: { ja: '1件の契約', en: 'One contract' },
  effect: 'read',
  ...reading,
  input: z.strictObject({ account: accountId, circle: ofOneCircle, contract: contractId }),
  cli: { usage: 'contract show <contract>' },
  answer: Contract,
  sought: 'CONTRACT',
  run: ({ contracts }, { account, contract, circle }) => contracts.contract(account, contract, circle),
});

/** Whose contract it is: at the machine its id alone is said. */
export const whoseContract = query({
  about: { ja: '契約のアカウント', en: 'Whose contract it is' },
  effect: 'read',
  roles: [],
  waits: 'own',
  input: z.strictObject({ contract: contractId }),
  run: ({ contracts }, { contract }) => contracts.ownerOf(contract),
});

export const cancelContracts = command({
  route: 'POST /accounts/:account/cancellations',
  about: {
    ja: '契約の解約。受付の時刻で終了日が決まる。ユニークは電話番号と同時にも解約できる',
    en: 'Cancel contracts, terminals also with their numbers; the instant of the receipt decides their end',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: cancelledContracts,
  cli: { usage: 'contract cancel <contracts...>' },
  answer: allOf(Cancellation),
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_CONTRACT', 'CONTRACT_ENDED', 'NO_IMMEDIATE_CANCELLATION'],
  blames: { contract: 'contracts' },
  run: ({ contracts }, input, caller) => contracts.cancel(input, caller),
});

/** When contracts, a circle or the account would end if they were cancelled now. */
export const previewCancellation = query({
  route: 'GET /accounts/:account/cancellation-preview',
  byHand: true,
  about: {
    ja: '契約・サークル・アカウントを今解約した場合の終了日と、取り消しの期限。何も書き込まない',
    en: 'When contracts, a circle or the account would end if they were cancelled now; nothing is written',
  },
  description: 'What ends, on which day, how long that could be undone, and whether recordings are lost.',
  effect: 'read',
  ...buying,
  input: lookedAtCancellation,
  answer: CancellationPreview,
  refusals: ['NO_SUCH_CIRCLE', 'NO_SUCH_CONTRACT', 'CONTRACT_ENDED', 'NO_IMMEDIATE_CANCELLATION'],
  blames: { contract: 'contracts' },
  run: ({ contracts }, input) => contracts.endings.preview(input),
});

export const showEndings = query({
  route: 'GET /accounts/:account/endings',
  about: {
    ja: '解約を承ったサークルとアカウント、その終了日',
    en: 'Circles that are cancelled as a whole, or the account, and when they end',
  },
  effect: 'read',
  roles: everyone,
  input: z.strictObject({ account: accountId }),
  cli: { usage: 'contract endings <account>' },
  answer: WholeEndings,
  run: ({ contracts }, { account }) => contracts.endings.wholes(account),
});

export const undoCancellation = command({
  route: 'POST /accounts/:account/cancellations/undo',
  about: {
    ja: '解約の取り消し。ユニークの取り消しは、同時に解約した番号にも及ぶ',
    en: 'Undo cancellations; that of a terminal takes its numbers along',
  },
  effect: 'money',
  ...buying,
  waits: 'log',
  input: someContracts,
  cli: { usage: 'contract undo <contracts...>' },
  answer: UndoneCancellation,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_CONTRACT', 'CONTRACT_ENDED', 'UNDO_TOO_LATE'] as const),
    ...(['CIRCLE_CANCELLED', 'ACCOUNT_NOT_UNDONE'] as const),
  ],
  blames: { contract: 'contracts' },
  run: ({ contracts }, input, caller) => contracts.undo(input, caller),
});

export const cancelCircle = command({
  route: 'POST /accounts/:account/circles/:circle/cancellation',
  about: {
    ja: 'サークルの解約。中のすべての契約が同時に終了する',
    en: 'Cancel a circle: everything in it ends together',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: z.strictObject({ account: accountId, circle: circleId }),
  cli: { usage: 'contract cancel-circle <circle>' },
  answer: allOf(Cancellation),
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE'],
  run: ({ contracts }, input, caller) => contracts.cancelCircle(input, caller),
});

export const undoCircleCancellation = command({
  route: 'POST /accounts/:account/circles/:circle/cancellation/undo',
  about: { ja: 'サークルの解約の取り消し', en: 'Undo the cancellation of a circle' },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: z.strictObject({ account: accountId, circle: circleId }),
  cli: { usage: 'contract undo-circle <circle>' },
  answer: UndoneCancellation,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'UNDO_TOO_LATE', 'ACCOUNT_NOT_UNDONE'],
  run: ({ contracts }, input, caller) => contracts.undoCircle(input, caller),
});

export const cancelAccount = command({
  route: 'POST /accounts/:account/cancellation',
  about: {
    ja: 'アカウントの解約。すべての契約が終了し、取り消せない',
    en: 'Cancel the whole account: everything ends, and this cannot be undone',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: z.strictObject({ account: accountId }),
  cli: { usage: 'contract cancel-account <account>' },
  answer: allOf(Cancellation),
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ contracts }, { account }, caller) => contracts.cancelAccount(account, caller),
});

export const startMonth = command({
  route: 'POST /month-starts',
  about: {
    ja: '月額料の引き落とし。契約ごと・月ごとに一度だけ',
    en: 'Debit the monthly fees of a month: per contract and month once, however often it is asked',
  },
  effect: 'money',
  roles: closers,
  waits: 'head',
  input: z.strictObject({ month: businessMonth }),
  cli: { usage: 'month-start <month>' },
  answer: MonthStart,
  refusals: ['IN_THE_FUTURE'],
  blames: { at: 'month' },
  run: ({ contracts }, { month }, caller, watcher) => contracts.fees.start(month, caller, watcher),
});
