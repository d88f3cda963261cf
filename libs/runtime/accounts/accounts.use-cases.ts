import { z } from 'zod';
import { BusinessDay } from '#kernel';
import { PriceListOn } from '../catalogue/catalogue.shapes.js';
import {
  accountId,
  businessDay,
  DEFAULT_LIMIT,
  described,
  given,
  money,
  paging,
  phoneNumber,
  words,
} from '../engine/inputs.js';
import { billing, correctors, everyone, helpers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { newAccount } from './accounts.inputs.js';
import { Account, Note } from './accounts.shapes.js';

export const openAccount = command({
  route: 'POST /accounts',
  byHand: true,
  about: { ja: 'アカウントの開設', en: 'Open an account' },
  effect: 'money',
  roles: billing,
  waits: 'log',
  input: newAccount,
  answer: Account,
  status: 201,
  refusals: ['ACCOUNT_EXISTS', 'NUMBER_TAKEN', 'NO_SUCH_TARIFF', 'NAME_REQUIRED', 'DISCOUNT_NEGATIVE'],
  blames: { number: 'numbers' },
  run: ({ accounts }, input, caller) => accounts.open(input, caller),
});

export const listAccounts = query({
  route: 'GET /accounts',
  byHand: true,
  about: {
    ja: 'アカウントの一覧（ID順。顧客には自分のものだけ）',
    en: 'Accounts by id; a customer sees its own',
  },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    search: described(z.string().max(200).optional(), {
      ja: '名称・ID・電話番号の一部。',
      en: 'Part of a name, an id or a number.',
      short: 'text',
    }),
  }),
  cli: { usage: 'account list', about: { ja: 'アカウントの一覧（ID順）', en: 'Accounts by id' } },
  answer: pageOf(Account),
  run: ({ accounts }, filter) => accounts.list({ limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const showAccount = query({
  route: 'GET /accounts/:account',
  byHand: true,
  about: { ja: '1件のアカウント', en: 'One account' },
  description: 'The ETag is the revision of the account; with If-None-Match the answer may be 304.',
  effect: 'read',
  roles: everyone,
  waits: 'log',
  input: z.strictObject({ account: accountId }),
  cli: { usage: 'account show <account>' },
  answer: Account,
  sought: 'ACCOUNT',
  run: ({ accounts }, { account }) => accounts.get(account),
});

export const assignNumber = command({
  route: 'POST /accounts/:account/numbers',
  about: { ja: 'アカウントへの電話番号の割り当て', en: 'Assign a number to an account' },
  effect: 'money',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ account: accountId, number: phoneNumber }),
  cli: { usage: 'account number <account> <number>' },
  answer: Account,
  status: 201,
  unchanged: true,
  refusals: ['NUMBER_TAKEN', 'NO_SUCH_ACCOUNT'],
  run: ({ accounts }, { account, number }, caller) => accounts.assignNumber(account, number, caller),
});

export const assignTariff = command({
  route: 'PUT /accounts/:account/tariff',
  byHand: true,
  about: { ja: 'アカウントの料金表の変更', en: 'Give an account another tariff' },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ account: accountId, tariff: words(100) }),
  cli: { usage: 'account tariff <account> <tariff>' },
  answer: Account,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_TARIFF'],
  run: ({ accounts }, { account, tariff }, caller) => accounts.assignTariff(account, tariff, caller),
});

export const assignPriceList = command({
  route: 'PUT /accounts/:account/price-list',
  about: {
    ja: 'アカウントの価格表の変更（これ以降の購入と月額費用に適用）',
    en: 'Give an account another price list: for what it buys and pays monthly from now on',
  },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ account: accountId, priceList: words(64) }),
  cli: { usage: 'account price-list <account> <list>', names: { priceList: 'list' } },
  answer: Account,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_PRICE_LIST'],
  run: ({ accounts }, { account, priceList }, caller) => accounts.assignPriceList(account, priceList, caller),
});

export const listProducts = query({
  route: 'GET /accounts/:account/products',
  about: {
    ja: 'アカウントが購入できる商品とその日の価格',
    en: 'What an account can buy by itself, with its prices of a day',
  },
  effect: 'read',
  roles: everyone,
  waits: 'log',
  input: z.strictObject({
    account: accountId,
    on: businessDay.optional().meta({ description: 'Today in Japan without it.' }),
  }),
  answer: PriceListOn,
  sought: 'PRICE_LIST',
  run: ({ catalogue, now }, { account, on = BusinessDay.of(now()) }) => catalogue.productsOf(account, on),
});

export const agreeIncomingDiscount = command({
  route: 'PUT /accounts/:account/incoming-discount',
  byHand: true,
  about: {
    ja: '着信時間割引（着割）の合意。0で終了',
    en: 'Agree on an incoming-time discount (着割); 0 ends it',
  },
  effect: 'write',
  roles: billing,
  input: z.strictObject({ account: accountId, perMinute: money }),
  cli: { usage: 'account discount <account> <yen>', names: { perMinute: 'yen' } },
  answer: Account,
  refusals: ['NO_SUCH_ACCOUNT', 'DISCOUNT_NEGATIVE'],
  run: ({ accounts }, { account, perMinute }, caller) =>
    accounts.agreeIncomingDiscount(account, perMinute, caller),
});

export const addNote = command({
  route: 'POST /accounts/:account/notes',
  about: {
    ja: 'アカウントに担当者のメモを残す（顧客には表示されない）',
    en: 'Leave a note of staff on an account; customers do not see it',
  },
  effect: 'write',
  roles: [...correctors, 'support'],
  input: z.strictObject({
    account: accountId,
    text: described(words(1000), { ja: 'メモの内容。', en: 'What to know about this customer.' }),
  }),
  cli: { usage: 'note add <text>' },
  answer: Note,
  status: 201,
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ accounts }, { account, text }, caller) => accounts.addNote(account, text, caller),
});

export const listNotes = query({
  route: 'GET /accounts/:account/notes',
  about: { ja: 'アカウントのメモ（新しい順）', en: 'Notes of staff on an account, newest first' },
  effect: 'read',
  roles: helpers,
  input: z.strictObject({ account: accountId }),
  cli: { usage: 'note list' },
  answer: allOf(Note),
  run: async ({ accounts }, { account }) => ({ rows: await accounts.notes(account) }),
});
