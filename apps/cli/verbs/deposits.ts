import { readFile } from 'node:fs/promises';
import {
  GiveVirtualAccount,
  ImportDeposits,
  ListDepositFiles,
  ListDeposits,
  RegisterDeposit,
  ResolveDeposit,
} from '#nest';
import type { DepositFileView, DepositView, RegisteredDepositView, ResolvedDepositView } from '#runtime';
import { nameOf, refuseFile, unreadable } from '../files.js';
import { asDocument, type Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { commandVerb, listVerb, verbOf } from '../use-case-verb.js';

const COUNTS: readonly Column[] = [
  { key: 'rows', head: { ja: '件数', en: 'rows' }, kind: 'count' },
  { key: 'fresh', head: { ja: '新規', en: 'new' }, kind: 'count' },
  { key: 'matched', head: { ja: '一致', en: 'matched' }, kind: 'count' },
  { key: 'ambiguous', head: { ja: '要選択', en: 'ambiguous' }, kind: 'count' },
  { key: 'unknown', head: { ja: '不明', en: 'unknown' }, kind: 'count' },
  { key: 'cancelled', head: { ja: '取消', en: 'cancelled' }, kind: 'count' },
];
const FILES: readonly Column[] = [
  { key: 'takenAt', head: { ja: '取込日時', en: 'taken' }, kind: 'time' },
  { key: 'name', head: { ja: 'ファイル', en: 'file' } },
  { key: 'from', head: { ja: '自', en: 'from' } },
  { key: 'to', head: { ja: '至', en: 'to' } },
  { key: 'sum', head: { ja: '入金合計', en: 'sum' }, kind: 'money' },
  ...COUNTS,
];
const WHYS: Readonly<Record<NonNullable<DepositView['why']>, string>> = {
  several_orders: '該当する申し込みが複数',
  other_amount: '申込額と異なる',
  other_payer: '名義が異なる',
  told_twice: '別のファイルと重複の可能性',
  no_order: '申し込みがない',
  no_original: '取消の元の入金がない',
  taken_back: '計上後に銀行が取消',
};
const DEPOSITS: readonly Column[] = [
  { key: 'day', head: { ja: '入金日', en: 'day' } },
  { key: 'amount', head: { ja: '入金額', en: 'amount' }, kind: 'money' },
  { key: 'payer', head: { ja: '振込依頼人', en: 'payer' } },
  { key: 'why', head: { ja: '理由', en: 'why' }, valuesInJapanese: WHYS },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'payment', head: { ja: '申し込み', en: 'order' } },
  { key: 'candidates', head: { ja: '候補', en: 'candidates' } },
  { key: 'deposit', head: { ja: '入金ID', en: 'deposit' } },
];

/** The file as the bank gave it: its bytes are what is read. */
async function importFile(invocation: Invocation): Promise<Output> {
  const path = invocation.arg(0);
  const bytes = await readFile(invocation.path(path)).catch(error => {
    throw unreadable(path, error);
  });
  const input = { name: nameOf(path), bytes };
  const answer = await invocation.do(new ImportDeposits(input, invocation.caller()));
  if (answer.kind === 'faults') {
    refuseFile(answer.faults, path);
    throw new Error('a refused file has a problem');
  }
  return asDocument(answer, (of: DepositFileView) =>
    invocation.say(
      `${of.name}: ${of.rows} 件（新規 ${of.fresh}）、一致 ${of.matched}、要選択 ${of.ambiguous}、` +
        `不明 ${of.unknown}、取消 ${of.cancelled}\n`,
      `${of.name}: ${of.rows} row(s), ${of.fresh} new; ${of.matched} matched, ${of.ambiguous} ambiguous, ` +
        `${of.unknown} unknown, ${of.cancelled} cancelled\n`,
    ),
  );
}

function resolved({ deposit, outcome, account, lot }: ResolvedDepositView, invocation: Invocation): string {
  if (outcome === 'lot')
    return invocation.say(
      `${deposit} を ${account} にチャージしました（ロット ${lot}）\n`,
      `charged ${deposit} to ${account} (lot ${lot})\n`,
    );
  return invocation.say(`${deposit} を処理しました\n`, `dealt with ${deposit}\n`);
}

const LISTS: Readonly<Record<RegisteredDepositView['list'], string>> = {
  matched: '一致',
  ambiguous: '要選択',
  unknown: '不明',
};

function registered(of: RegisteredDepositView, invocation: Invocation): string {
  const { deposit, list, account, lot } = of;
  if (lot !== null)
    return invocation.say(
      `${deposit} を登録し、${account} にチャージしました（ロット ${lot}）\n`,
      `registered ${deposit} and charged ${account} (lot ${lot})\n`,
    );
  return invocation.say(`${deposit} を登録しました（${LISTS[list]}）\n`, `registered ${deposit} (${list})\n`);
}

export const depositVerbs: Verbs = (_program, add, group) => {
  const deposit = group('deposit', { ja: '銀行口座への入金', en: 'what comes to the bank account' });
  // A file is one request for ever: no id of its own.
  add(deposit, { ...verbOf(ImportDeposits), writes: { id: false }, run: importFile });
  add(
    deposit,
    listVerb(ListDepositFiles, {
      columns: FILES,
      empty: { ja: '取り込んだ入金ファイルはありません。', en: 'No file of deposits was imported.' },
    }),
  );
  add(
    deposit,
    listVerb(ListDeposits, {
      columns: DEPOSITS,
      empty: { ja: '入金はありません。', en: 'There are no deposits.' },
      shown: row => ({ ...row, candidates: row.candidates.map(({ payment }) => payment).join(' ') }),
    }),
  );
  add(deposit, commandVerb(RegisterDeposit, registered));
  add(deposit, commandVerb(ResolveDeposit, resolved));
  add(
    deposit,
    commandVerb(GiveVirtualAccount, ({ number, account }, invocation) =>
      invocation.say(`${number} を ${account} に割り当てました\n`, `gave ${number} to ${account}\n`),
    ),
  );
};
