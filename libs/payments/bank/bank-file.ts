import {
  type BusinessDay,
  type FillingsFor,
  type Money,
  type ProblemKind,
  problem,
  type SaidProblem,
} from '#kernel';
import { bankFileProblems } from './problems.js';

/** How a deposit was told: by a file, or by staff who saw it at the bank. */
export const DEPOSIT_FORMATS = ['zengin_01', 'zengin_03', 'csv', 'manual'] as const;
export type DepositFormat = (typeof DEPOSIT_FORMATS)[number];

/** 預金種目: 普通, 当座, 貯蓄, その他. */
export const ACCOUNT_KINDS = ['1', '2', '4', '9'] as const;

/** The account into which deposits came. */
export interface ReceivingAccount {
  /** 4 digits. */
  readonly bank: string;
  /** 3 digits. */
  readonly branch: string;
  readonly kind: (typeof ACCOUNT_KINDS)[number];
  /** 7 digits. */
  readonly number: string;
}

/** One deposit, or one cancellation of a deposit, as the bank told it. */
export interface BankRow {
  /** The record or the line of the file, from 1. */
  readonly record: number;
  /** 照会番号: the bank's own number of the deposit, once a day; null where the file has none. */
  readonly number: string | null;
  /** 勘定日. */
  readonly day: BusinessDay;
  /** Whole yen, above zero. */
  readonly amount: Money;
  /** The bank took a deposit back. */
  readonly isCancellation: boolean;
  /** 振込依頼人コード; empty where there is none. */
  readonly payerCode: string;
  /** 振込依頼人名, as the bank wrote it. */
  readonly payer: string;
  readonly payerBank: string;
  readonly remark: string;
}

/** What came into one account. */
export interface BankStatement {
  /** The record or line of its header. */
  readonly record: number;
  readonly account: ReceivingAccount;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly rows: readonly BankRow[];
}

export interface BankFault {
  /** The record or the line of the file, from 1. */
  readonly record: number;
  /** The field of the record; null: the record as a whole. */
  readonly field: string | null;
  readonly problem: SaidProblem;
}

/** A file as it was read. One with faults is used for nothing. */
export interface BankFile {
  readonly format: DepositFormat;
  readonly statements: readonly BankStatement[];
  readonly faults: readonly BankFault[];
}

/** Collects what is wrong with a file. */
export class BankFaults {
  readonly list: BankFault[] = [];

  add<Code extends string, En extends string>(
    where: { readonly record: number; readonly field?: string | undefined },
    kind: ProblemKind<Code, En>,
    ...values: FillingsFor<En>
  ): undefined {
    const { record, field = null } = where;
    this.list.push({ record, field, problem: problem(kind, ...values) });
    return undefined;
  }
}

/** The same number of the same day twice is one deposit; with other contents it is a fault. */
export function withoutRepeats(rows: readonly BankRow[], faults: BankFaults): BankRow[] {
  const known = new Map<string, BankRow>();
  return rows.filter(row => {
    const { record, day, number, isCancellation, amount, payer } = row;
    if (number === null) return true;
    const key = `${day}/${number}/${isCancellation}`;
    const before = known.get(key);
    if (before && (before.amount !== amount || before.payer !== payer))
      faults.add({ record, field: 'number' }, bankFileProblems.NUMBER_TWICE, {
        number,
        record: before.record,
      });
    if (!before) known.set(key, row);
    return !before;
  });
}
