import { z } from 'zod';
import { DEFAULT_LIMIT, described, given, paging } from '../engine/inputs.js';
import { billing, correctors, importers, insiders } from '../engine/roles.js';
import { pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { depositFile, givenVirtualAccount, newDeposit, resolvedDeposit } from './deposits.inputs.js';
import { DEPOSIT_LISTS } from './deposits.projection.js';
import {
  Deposit,
  DepositFile,
  RegisteredDeposit,
  ResolvedDeposit,
  VirtualAccount,
} from './deposits.shapes.js';

export const importDeposits = command({
  route: 'POST /deposit-files',
  byHand: true,
  about: {
    ja: '銀行の入金ファイルの取り込み（全銀協の振込入金通知・入出金取引明細、またはCSV）',
    en: 'Import a bank’s file of deposits: records of 200 bytes (kinds 01 and 03), or CSV',
  },
  description:
    'The body is the file. Records of 200 bytes of JIS X 0201 (振込入金通知 01, 入出金取引明細 03), or CSV with ' +
    'the columns `date,amount,payer[,number,payer_code,payer_bank,remark,cancelled]`, whole days, UTF-8 or ' +
    'Shift_JIS. All of it is imported, or nothing: every fault is named by record and field. Each deposit ' +
    'counts once, however often and in how many files it comes.',
  effect: 'write',
  roles: importers,
  // Which orders there are, a read model says.
  waits: 'head',
  input: depositFile,
  cli: {
    usage: 'deposit import <file>',
    without: ['name', 'bytes'],
    about: {
      ja: '銀行の入金ファイル（全銀またはCSV）の取り込み。同じ入金は何度取り込んでも1回だけ計上する',
      en: 'Import a bank’s file of deposits (200-byte records, or CSV); each deposit counts once',
    },
  },
  answer: DepositFile,
  status: 201,
  refusals: ['FILE_REFUSED', 'NO_BANK_ACCOUNT', 'DEPOSIT_FILE_KNOWN'],
  run: ({ deposits }, input, caller) => deposits.importFile(input, caller),
});

export const listDepositFiles = query({
  route: 'GET /deposit-files',
  about: { ja: '取り込んだ入金ファイル（新しい順）', en: 'Imported files of deposits, newest first' },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject(paging),
  cli: {
    usage: 'deposit files',
    about: { ja: '取り込んだ入金ファイルと、その結果', en: 'The imported files, and what became of them' },
  },
  answer: pageOf(DepositFile),
  run: ({ deposits }, page) => deposits.files({ limit: DEFAULT_LIMIT, ...given(page) }),
});

export const listDeposits = query({
  route: 'GET /deposits',
  about: {
    ja: '銀行口座への入金（一致・要選択・不明・処理済み・取消の一覧）',
    en: 'What came to the bank account: matched, ambiguous, unknown, decided or cancelled',
  },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    list: described(z.enum(DEPOSIT_LISTS).default('ambiguous'), {
      ja:
        '一覧。matched：申し込みと一致、ambiguous：候補から選ぶ、unknown：申し込みが不明、' +
        'decided：担当者が処理、cancelled：計上前に銀行が取り消し。',
      en: 'Which of them: matched, ambiguous or unknown (they wait for staff), decided, cancelled.',
    }),
  }),
  cli: { usage: 'deposit list', about: { ja: '入金の一覧', en: 'Deposits of one list' } },
  answer: pageOf(Deposit),
  run: ({ deposits }, { list, ...page }) => deposits.list(list, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const registerDeposit = command({
  route: 'POST /deposits',
  about: {
    ja: '銀行の画面や通帳で確認した入金を登録する（ファイルを待たずに入金を確認する）。理由が必要',
    en: 'Register a deposit that was seen at the bank, without waiting for a file; with the reason',
  },
  effect: 'money',
  roles: correctors,
  waits: 'head',
  input: newDeposit,
  cli: {
    usage: 'deposit add',
    about: { ja: '銀行で確認した入金を登録する', en: 'Register a deposit that was seen at the bank' },
  },
  answer: RegisteredDeposit,
  status: 201,
  blames: { at: 'day', body: null },
  refusals: ['NO_BANK_ACCOUNT', 'IN_THE_FUTURE'],
  run: ({ deposits }, input, caller) => deposits.register(input, caller),
});

export const resolveDeposit = command({
  route: 'POST /deposits/:deposit/resolution',
  about: {
    ja: '確認待ちの入金の扱いを決める（申し込みの支払い・チャージ・返金・確認済み）。理由が必要',
    en: 'Decide on a deposit that waits: an order, a charge, sent back, or noted; with the reason',
  },
  effect: 'money',
  roles: correctors,
  waits: 'log',
  input: resolvedDeposit,
  cli: {
    usage: 'deposit resolve <deposit>',
    about: { ja: '確認待ちの入金の扱いを決める', en: 'Decide on a deposit that waits for staff' },
  },
  answer: ResolvedDeposit,
  refusals: [
    ...(['NO_SUCH_DEPOSIT', 'DEPOSIT_NOT_OPEN', 'DEPOSIT_IS_NO_MONEY', 'DEPOSIT_IS_MONEY'] as const),
    ...(['NO_SUCH_PAYMENT', 'ORDER_NOT_BY_TRANSFER', 'ORDER_NOT_PAYABLE', 'ORDER_OF_OTHER_AMOUNT'] as const),
    ...(['NO_SUCH_ACCOUNT', 'ACCOUNT_ENDED'] as const),
  ],
  run: ({ deposits }, input, caller) => deposits.resolve(input, caller),
});

export const giveVirtualAccount = command({
  route: 'PUT /virtual-accounts/:number',
  about: {
    ja: '振込専用口座をアカウントに割り当てる。割り当ては変えられない',
    en: 'Give a virtual account of the bank to an account, for ever',
  },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: givenVirtualAccount,
  cli: {
    usage: 'deposit virtual-account <number> <account>',
    about: {
      ja: '振込専用口座をアカウントに割り当てる（変更できない）',
      en: 'Give a virtual account of the bank to an account, for ever',
    },
  },
  answer: VirtualAccount,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'VIRTUAL_ACCOUNT_TAKEN'],
  run: ({ deposits }, input, caller) => deposits.giveVirtualAccount(input, caller),
});
