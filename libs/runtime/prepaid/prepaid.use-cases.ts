import { z } from 'zod';
import {
  accountId,
  businessMonth,
  DEFAULT_LIMIT,
  described,
  given,
  instant,
  paging,
} from '../engine/inputs.js';
import { everyone, insiders } from '../engine/roles.js';
import { pageOf } from '../engine/shapes.js';
import { query } from '../engine/use-case.js';
import { Balance, HistoryEntry, TrialBalance } from './prepaid.shapes.js';

export const prepaidBalance = query({
  route: 'GET /accounts/:account/balance',
  about: {
    ja: '残高・確保中・利用可能・未収と、各ロットの有効期限',
    en: 'Posted, held, available and owed, with every lot and its expiry',
  },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({
    account: accountId,
    asOf: described(instant.optional(), {
      ja: '過去の日時。省略時は現在。',
      en: 'An instant of the past; now without it.',
    }),
  }),
  cli: { usage: 'balance' },
  answer: Balance,
  sought: 'ACCOUNT',
  run: ({ prepaid }, { account, asOf }) => prepaid.balance(account, asOf),
});

export const prepaidHistory = query({
  route: 'GET /accounts/:account/history',
  about: { ja: 'プリペイド履歴（新しい順）', en: 'Prepaid history, newest first' },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({ account: accountId, ...paging, month: businessMonth.optional() }),
  cli: { usage: 'history' },
  answer: pageOf(HistoryEntry),
  run: ({ prepaid }, { account, ...filter }) =>
    prepaid.history(account, { limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const trialBalance = query({
  route: 'GET /trial-balance',
  about: {
    ja: '勘定科目ごとの借方と貸方。合計は等しい',
    en: 'Debits and credits per ledger account; the two sums are equal',
  },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({
    account: described(accountId.optional(), {
      ja: 'このアカウントの分だけ。',
      en: 'Only what concerns this account.',
    }),
    asOf: described(instant.optional(), {
      ja: '1件のアカウントの過去の日時。省略時は現在。',
      en: 'An instant of the past, of one account; now without it.',
    }),
  }),
  cli: {
    usage: 'trial-balance',
    without: ['asOf'],
    about: {
      ja: '勘定科目ごとの借方と貸方。一致しなければ終了コード1',
      en: 'Debit and credit of every ledger account; exit code 1 when they differ',
    },
  },
  answer: TrialBalance,
  run: ({ prepaid }, { account, asOf }) => prepaid.trialBalance(account, asOf),
});
