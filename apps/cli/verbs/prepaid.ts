import type { z } from 'zod';
import { BusinessDay, type BusinessMonth } from '#kernel';
import {
  AdjustPrepaid,
  ChargePrepaid,
  CorrectCall,
  PrepaidBalance,
  PrepaidHistory,
  ReverseDebit,
} from '#nest';
import type { BalanceView, CreditedLot, HistoryRow } from '#runtime';
import { APPROVAL, approvalOf, readsApproval } from '../approval.js';
import { allRows, asDocument, type Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import { type Column, grouped, pairs, Table } from '../text.js';
import { commandVerb, documentVerb, inputOf, LIMIT, listVerb, verbOf } from '../use-case-verb.js';
import { DIRECTIONS, LOT_KINDS, METHODS } from '../words.js';

const LOTS: readonly Column[] = [
  { key: 'lot', head: { ja: 'ロット', en: 'lot' } },
  { key: 'kind', head: { ja: '有償/無償', en: 'kind' }, valuesInJapanese: LOT_KINDS },
  { key: 'method', head: { ja: '決済方法', en: 'method' }, valuesInJapanese: METHODS },
  { key: 'credited', head: { ja: 'チャージ額', en: 'credited' }, kind: 'money' },
  { key: 'remaining', head: { ja: '残り', en: 'remaining' }, kind: 'money' },
  { key: 'held', head: { ja: '確保中', en: 'held' }, kind: 'money' },
  { key: 'issuedAt', head: { ja: '発行日時', en: 'issued' }, kind: 'time' },
  { key: 'expiresOn', head: { ja: '有効期限', en: 'expires on' } },
];

const HISTORY: readonly Column[] = [
  { key: 'at', head: { ja: '日時', en: 'time' }, kind: 'time' },
  { key: 'label', head: { ja: '項目', en: 'item' } },
  { key: 'gross', head: { ja: '料金(税込)', en: 'cost' }, kind: 'money' },
  { key: 'amount', head: { ja: '金額', en: 'amount' }, kind: 'money' },
  { key: 'postedAfter', head: { ja: '残高', en: 'posted after' }, kind: 'money' },
  { key: 'owed', head: { ja: '未払い', en: 'owed' }, kind: 'money' },
  { key: 'owedAfter', head: { ja: '未払い残', en: 'owed after' }, kind: 'money' },
  { key: 'detail', head: { ja: '内容', en: 'detail' } },
  { key: 'ref', head: { ja: '参照', en: 'ref' } },
];

const CALLS: readonly Column[] = [
  { key: 'startedAt', head: { ja: '発信日時', en: 'start' }, kind: 'time' },
  { key: 'direction', head: { ja: '方向', en: 'dir' }, valuesInJapanese: DIRECTIONS },
  { key: 'from', head: { ja: '発信', en: 'from' } },
  { key: 'to', head: { ja: '着信', en: 'to' } },
  { key: 'category', head: { ja: '種別', en: 'category' } },
  { key: 'durationMs', head: { ja: '通話(ms)', en: 'talk ms' }, kind: 'count' },
  { key: 'chargedSeconds', head: { ja: '課金秒', en: 'charged s' }, kind: 'count' },
  { key: 'net', head: { ja: '料金(税抜)', en: 'net' }, kind: 'money' },
  { key: 'tax', head: { ja: '税', en: 'tax' }, kind: 'money' },
  { key: 'billingMonth', head: { ja: '請求月', en: 'billed in' } },
  { key: 'callId', head: { ja: '通話ID', en: 'call id' } },
];

function lotText(invocation: Invocation, lot: CreditedLot): string {
  const charged = invocation.say(
    `チャージしました: ${grouped(lot.credited)} 円、ロット ${lot.lot}、有効期限 ${lot.expiresOn}\n`,
    `charged ${grouped(lot.credited)} yen, lot ${lot.lot}, valid through ${lot.expiresOn}\n`,
  );
  const today = BusinessDay.text(BusinessDay.of(invocation.product.now()));
  if (lot.expired === '0' && lot.expiresOn >= today) return charged;
  if (lot.expired === '0') {
    // The wallet has not come to that day yet: calls of its time may still be brought in.
    return `${charged}${invocation.say(
      '有効期限を過ぎているため、期限までの通話の取り込みにのみ充てられ、残りは失効します。\n',
      'That day is over: it pays for calls up to it that are still brought in, and the rest expires.\n',
    )}`;
  }
  return `${charged}${invocation.say(
    `計上した時点で有効期限を過ぎていたため、${grouped(lot.expired)} 円は失効しました。\n`,
    `It was booked after that day: ${grouped(lot.expired)} yen expired at once.\n`,
  )}`;
}

const proven = { approvedBy: true, askRepeat: true } as const;
const Charge = ChargePrepaid.useCase.input.omit(proven);
const Adjusting = AdjustPrepaid.useCase.input.omit(proven);

/** What a second person approves. */
const walletOf = ({ account, amount }: z.output<typeof Charge | typeof Adjusting>) => ({ account, amount });

async function charge(invocation: Invocation): Promise<Output> {
  const caller = invocation.caller();
  const given = inputOf(invocation, { input: Charge, cli: ChargePrepaid.useCase.cli });
  // What was paid is nobody's gift.
  const approval =
    given.method === 'bonus' ? await approvalOf(invocation, caller, walletOf(given), 'lot') : null;
  const lot = approval ? approval.name : given.lot;
  const input = { ...given, lot, approvedBy: approval?.approvedBy ?? null };
  return asDocument(await invocation.do(new ChargePrepaid(input, caller)), value =>
    lotText(invocation, value),
  );
}

async function adjust(invocation: Invocation): Promise<Output> {
  const caller = invocation.caller();
  const given = inputOf(invocation, { input: Adjusting, cli: AdjustPrepaid.useCase.cli });
  const approval = await approvalOf(invocation, caller, walletOf(given), 'adjustment');
  const { approvedBy, name: adjustment } = approval;
  return asDocument(
    await invocation.do(new AdjustPrepaid({ ...given, adjustment, approvedBy }, caller)),
    value =>
      invocation.say(
        `調整しました: ${grouped(value.amount)} 円 (${value.adjustment})\n`,
        `adjusted by ${grouped(value.amount)} yen (${value.adjustment})\n`,
      ),
  );
}

const ANSWER = [
  option('--answer <time>', {
    ja: '応答日時。時差付きの ISO 8601',
    en: 'when it was answered, ISO 8601 with offset',
  }),
  option('--unanswered', { ja: '応答しなかった', en: 'it was not answered' }),
];
const Correcting = CorrectCall.useCase.input.omit({ answeredAt: true });

async function correct(invocation: Invocation): Promise<Output> {
  const answer = invocation.flag('unanswered') ? null : invocation.instantIfAny('answer');
  const given = inputOf(invocation, { input: Correcting, cli: CorrectCall.useCase.cli });
  const input = { ...given, answeredAt: answer };
  return asDocument(await invocation.do(new CorrectCall(input, invocation.caller())), value =>
    invocation.say(
      `訂正しました: ${value.category} ${grouped(value.net)} 円 + 税 ${grouped(value.tax)} 円 (${value.callId})\n`,
      `corrected to ${grouped(value.net)} yen and ${grouped(value.tax)} yen tax (${value.callId})\n`,
    ),
  );
}

function balanceText(view: BalanceView, invocation: Invocation): string {
  const head = pairs([
    [invocation.say('アカウント', 'account'), view.account],
    [invocation.say('時点', 'as of'), view.asOf],
    [invocation.say('残高', 'posted'), grouped(view.posted)],
    [invocation.say('確保中', 'held'), grouped(view.held)],
    [invocation.say('利用可能', 'available'), grouped(view.available)],
    [invocation.say('未収', 'receivable'), grouped(view.receivable)],
    ...(view.suspendedSince === null
      ? []
      : [[invocation.say('停止中', 'suspended since'), view.suspendedSince] as const]),
  ]);
  return view.lots.length === 0 ? head : `${head}\n${new Table(LOTS, invocation.language).lines(view.lots)}`;
}

/** Debts that a line names; the JSON has them all. */
const NAMED = 3;

function paysText(invocation: Invocation, { pays }: HistoryRow): string {
  const named = pays.slice(0, NAMED).map(debt => `${debt.ref || debt.item} ${grouped(debt.amount)}`);
  const more = pays.length - named.length;
  if (more > 0) named.push(invocation.say(`ほか${more}件`, `and ${more} more`));
  return named.join(', ');
}

const labelled = (row: HistoryRow, invocation: Invocation): object => ({
  ...row,
  detail: row.detail || paysText(invocation, row),
  label: invocation.say(row.itemJa, row.item),
});

async function calls(invocation: Invocation): Promise<Output> {
  const month: BusinessMonth | undefined = invocation.monthIfAny();
  const number = invocation.text('number');
  const limit = invocation.countIfAny('limit', 1);
  const filter = {
    ...(month === undefined ? {} : { month }),
    ...(number === undefined ? {} : { number }),
    ...(invocation.text('direction') === undefined
      ? {}
      : { direction: invocation.choice('direction', ['out', 'in']) }),
  };
  const account = await invocation.knownAccount();
  await invocation.product.ready('own');
  const rows = allRows(page => invocation.product.prepaid.calls(account, { ...page, ...filter }), limit);
  return {
    kind: 'list',
    rows,
    columns: CALLS,
    empty: { ja: '通話はありません。', en: 'There are no calls.' },
  };
}

const SOUGHT = [
  option('--account <account>', { ja: '通話のアカウント', en: 'whose calls' }, { required: true }),
  option('--month <month>', { ja: '月 YYYY-MM', en: 'YYYY-MM' }),
  option('--direction <out|in>', {
    ja: '発信だけ、または着信だけ',
    en: 'only outgoing or only incoming ones',
  }),
  option('--number <number>', { ja: 'この番号との通話だけ', en: 'only calls with this number' }),
  LIMIT,
];

const movements: Verbs = (program, add) => {
  add(program, {
    ...verbOf(ChargePrepaid, APPROVAL),
    logins: readsApproval,
    run: charge,
  });
  add(program, {
    ...verbOf(AdjustPrepaid, APPROVAL),
    logins: readsApproval,
    run: adjust,
  });
  add(
    program,
    commandVerb(ReverseDebit, ({ net, tax, reversal }, invocation) =>
      invocation.say(
        `取り消しました: ${grouped(net)} 円 + 税 ${grouped(tax)} 円 (${reversal})\n`,
        `reversed ${grouped(net)} yen and ${grouped(tax)} yen tax (${reversal})\n`,
      ),
    ),
  );
  add(program, {
    ...verbOf(CorrectCall, ANSWER),
    run: correct,
  });
};

const questions: Verbs = (program, add) => {
  add(program, documentVerb(PrepaidBalance, balanceText));
  add(
    program,
    listVerb(PrepaidHistory, {
      columns: HISTORY,
      empty: { ja: '履歴はありません。', en: 'There is no history.' },
      shown: labelled,
    }),
  );
  add(program, {
    usage: 'calls',
    about: { ja: 'アカウントの通話（新しい順）', en: 'the calls of an account, newest first' },
    store: 'read',
    options: SOUGHT,
    run: calls,
  });
};

/** What moves money in a wallet, and what asks about it. */
export const prepaidVerbs: Verbs = (...tree) => {
  movements(...tree);
  questions(...tree);
};
