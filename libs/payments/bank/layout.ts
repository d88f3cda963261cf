import type { Sentence } from '#kernel';

/** Bytes of every record (全銀協規定フォーマット). */
export const RECORD_BYTES = 200;

export interface Field {
  readonly id: string;
  readonly words: Sentence;
  /** `N`: digits, right-aligned, filled with zeros. `C`: half-width text, left-aligned, then blanks. */
  readonly kind: 'N' | 'C';
  readonly bytes: number;
}

const field = (id: string, kind: 'N' | 'C', bytes: number, ja: string, en: string): Field => ({
  ...{ id, kind, bytes },
  words: { ja, en },
});
const filler = (id: string, bytes: number): Field => field(id, 'C', bytes, 'ダミー', 'filler');

const record = field('record', 'N', 1, 'データ区分', 'the kind of record');
const headerStart = [
  record,
  field('fileKind', 'N', 2, '種別コード', 'the kind of file'),
  field('code', 'N', 1, 'コード区分', 'the code of characters'),
  field('created', 'N', 6, '作成日', 'the day of creation'),
  field('from', 'N', 6, '勘定日（自）', 'the first day'),
  field('to', 'N', 6, '勘定日（至）', 'the last day'),
  field('bank', 'N', 4, '銀行コード', 'the bank code'),
  field('bankName', 'C', 15, '銀行名', 'the name of the bank'),
  field('branch', 'N', 3, '支店コード', 'the branch code'),
  field('branchName', 'C', 15, '支店名', 'the name of the branch'),
];
const accountKind = field('accountKind', 'N', 1, '預金種目', 'the kind of account');
const accountName = field('holder', 'C', 40, '口座名', 'the holder of the account');
const day = field('day', 'N', 6, '勘定日', 'the day of the deposit');
const amountOf = (bytes: number) => field('amount', 'N', bytes, '金額', 'the amount');
const payerFields = [
  field('payerCode', 'C', 10, '振込依頼人コード', 'the code of the payer'),
  field('payer', 'C', 48, '振込依頼人名', 'the name of the payer'),
  field('payerBank', 'C', 15, '仕向銀行名', 'the bank of the payer'),
  field('payerBranch', 'C', 15, '仕向店名', 'the branch of the payer'),
];
const edi = field('edi', 'C', 20, 'EDI情報', 'EDI data');

/** The records of one kind of file, by their first byte. */
export interface Layout {
  readonly header: readonly Field[];
  readonly data: readonly Field[];
  readonly trailer: readonly Field[];
  readonly end: readonly Field[];
}

/** 振込入金通知, format A. */
const transfers: Layout = {
  header: [
    ...headerStart,
    accountKind,
    field('accountNumber', 'N', 7, '口座番号', 'the account number'),
    accountName,
    filler('rest', 93),
  ],
  data: [
    record,
    field('number', 'N', 6, '照会番号', 'the number of the deposit'),
    day,
    filler('valueDay', 6),
    amountOf(10),
    filler('cheques', 10),
    ...payerFields,
    field('cancelled', 'C', 1, '取消区分', 'the sign of a cancellation'),
    edi,
    filler('rest', 52),
  ],
  trailer: [
    record,
    field('count', 'N', 6, '入金合計件数', 'the number of deposits'),
    field('sum', 'N', 12, '入金合計金額', 'the sum of deposits'),
    field('cancelledCount', 'N', 6, '取消合計件数', 'the number of cancellations'),
    field('cancelledSum', 'N', 12, '取消合計金額', 'the sum of cancellations'),
    filler('rest', 163),
  ],
  end: [record, filler('rest', 199)],
};

/** 入出金取引明細. */
const statement: Layout = {
  header: [
    ...headerStart,
    filler('zeros', 3),
    accountKind,
    field('accountNumber', 'N', 10, '口座番号', 'the account number'),
    accountName,
    field('sign', 'C', 1, '貸越区分', 'the sign of the balance'),
    filler('passbook', 1),
    field('balance', 'N', 14, '取引前残高', 'the opening balance'),
    filler('rest', 71),
  ],
  data: [
    record,
    field('number', 'N', 8, '照会番号', 'the number of the deposit'),
    day,
    filler('valueDay', 6),
    field('direction', 'N', 1, '入払区分', 'whether it came in or went out'),
    field('transaction', 'N', 2, '取引区分', 'the kind of transaction'),
    amountOf(12),
    filler('cheques', 12),
    filler('bill', 12 + 1 + 7 + 3),
    ...payerFields,
    field('remark', 'C', 20, '摘要内容', 'the remark'),
    edi,
    filler('rest', 1),
  ],
  trailer: [
    record,
    field('count', 'N', 6, '入金件数', 'the number of deposits'),
    field('sum', 'N', 13, '入金額合計', 'the sum of deposits'),
    field('outCount', 'N', 6, '出金件数', 'the number of withdrawals'),
    field('outSum', 'N', 13, '出金額合計', 'the sum of withdrawals'),
    field('sign', 'C', 1, '貸越区分', 'the sign of the balance'),
    field('balance', 'N', 14, '取引後残高', 'the closing balance'),
    field('records', 'N', 7, 'データレコード件数', 'the number of data records'),
    filler('rest', 139),
  ],
  end: [
    record,
    field('records', 'N', 10, 'レコード総件数', 'the number of all records'),
    field('accounts', 'N', 5, '口座数', 'the number of accounts'),
    filler('rest', 184),
  ],
};

export const LAYOUTS = { '01': transfers, '03': statement } as const satisfies Record<string, Layout>;
export type FileKind = keyof typeof LAYOUTS;
