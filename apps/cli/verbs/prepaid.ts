import { BusinessDay, type BusinessMonth, saidId } from '#kernel';
import { CHARGE_METHODS } from '#ledger';
import type { BalanceView, CreditedLot, HistoryRow } from '#runtime';
import { approvalOf, approvalOptions, readsApproval } from '../approval.js';
import { allRows, answered, type Call } from '../call.js';
import { Refused } from '../failure.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import { type Column, grouped, pairs, Table } from '../text.js';

const LOTS: readonly Column[] = [
  { key: 'lot', head: { ja: 'ロット', en: 'lot' } },
  { key: 'kind', head: { ja: '有償/無償', en: 'kind' } },
  { key: 'method', head: { ja: '決済方法', en: 'method' } },
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
  { key: 'direction', head: { ja: '方向', en: 'dir' } },
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

function lotText(call: Call, lot: CreditedLot): string {
  const charged = call.say(
    `チャージしました: ${grouped(lot.credited)} 円、ロット ${lot.lot}、有効期限 ${lot.expiresOn}\n`,
    `charged ${grouped(lot.credited)} yen, lot ${lot.lot}, valid through ${lot.expiresOn}\n`,
  );
  const today = BusinessDay.text(BusinessDay.of(call.product.now()));
  if (lot.expired === '0' && lot.expiresOn >= today) return charged;
  if (lot.expired === '0') {
    // The wallet has not come to that day yet: calls of its time may still be brought in.
    return `${charged}${call.say(
      '有効期限を過ぎているため、期限までの通話の取り込みにのみ充てられ、残りは失効します。\n',
      'That day is over: it pays for calls up to it that are still brought in, and the rest expires.\n',
    )}`;
  }
  return `${charged}${call.say(
    `計上した時点で有効期限を過ぎていたため、${grouped(lot.expired)} 円は失効しました。\n`,
    `It was booked after that day: ${grouped(lot.expired)} yen expired at once.\n`,
  )}`;
}

async function charge(call: Call): Promise<Output> {
  const caller = call.caller();
  const at = call.instantIfAny('at');
  const method = call.choice('method', CHARGE_METHODS);
  const of = { account: call.account(), amount: call.money('amount') };
  // What was paid is nobody's gift.
  const approval = method === 'bonus' ? await approvalOf(call, caller, of, 'lot') : null;
  const lot = approval ? approval.name : call.text('lot');
  const input = {
    ...of,
    method,
    approvedBy: approval?.approvedBy ?? null,
    ...(at === undefined ? {} : { at }),
    ...(lot === undefined ? {} : { lot }),
  };
  return answered(await call.product.prepaid.charge(input, caller), value => lotText(call, value));
}

async function adjust(call: Call): Promise<Output> {
  const caller = call.caller();
  const of = { account: call.account(), amount: call.money('amount') };
  const reason = call.need('reason');
  const { approvedBy, name } = await approvalOf(call, caller, of, 'adjustment');
  const input = { ...of, adjustment: name ?? saidId(caller.commandId), reason, approvedBy };
  return answered(await call.product.prepaid.adjust(input, caller), value =>
    call.say(
      `調整しました: ${grouped(value.amount)} 円 (${value.adjustment})\n`,
      `adjusted by ${grouped(value.amount)} yen (${value.adjustment})\n`,
    ),
  );
}

async function reverse(call: Call): Promise<Output> {
  const caller = call.caller();
  const input = {
    account: call.account(),
    reversal: call.text('reversal') ?? saidId(caller.commandId),
    debit: call.arg(0),
    reason: call.need('reason'),
  };
  return answered(await call.product.prepaid.reverse(input, caller), value =>
    call.say(
      `取り消しました: ${grouped(value.net)} 円 + 税 ${grouped(value.tax)} 円 (${value.reversal})\n`,
      `reversed ${grouped(value.net)} yen and ${grouped(value.tax)} yen tax (${value.reversal})\n`,
    ),
  );
}

async function correct(call: Call): Promise<Output> {
  const caller = call.caller();
  const time = (option: string, name: string) => {
    const at = call.instantIfAny(option);
    return at === undefined ? {} : { [name]: at };
  };
  const words = (option: string, name: string) => {
    const text = call.text(option);
    return text === undefined ? {} : { [name]: text };
  };
  const input = {
    account: call.account(),
    call: call.arg(0),
    reversal: call.text('reversal') ?? saidId(caller.commandId),
    reason: call.need('reason'),
    changes: {
      ...(call.text('direction') === undefined ? {} : { direction: call.choice('direction', ['out', 'in']) }),
      ...words('number', 'number'),
      ...words('from', 'from'),
      ...words('to', 'to'),
      ...time('start', 'startedAt'),
      ...(call.flag('unanswered') ? { answeredAt: null } : time('answer', 'answeredAt')),
      ...time('end', 'endedAt'),
      ...words('hangup-cause', 'hangupCause'),
    },
  };
  return answered(await call.product.prepaid.correctCall(input, caller), value =>
    call.say(
      `訂正しました: ${value.category} ${grouped(value.net)} 円 + 税 ${grouped(value.tax)} 円 (${value.callId})\n`,
      `corrected to ${grouped(value.net)} yen and ${grouped(value.tax)} yen tax (${value.callId})\n`,
    ),
  );
}

function balanceText(call: Call, view: BalanceView): string {
  const head = pairs([
    [call.say('アカウント', 'account'), view.account],
    [call.say('時点', 'as of'), view.asOf],
    [call.say('残高 (posted)', 'posted'), grouped(view.posted)],
    [call.say('確保中 (held)', 'held'), grouped(view.held)],
    [call.say('利用可能 (available)', 'available'), grouped(view.available)],
    [call.say('未収 (receivable)', 'receivable'), grouped(view.receivable)],
  ]);
  return view.lots.length === 0 ? head : `${head}\n${new Table(LOTS, call.language).lines(view.lots)}`;
}

async function balance(call: Call): Promise<Output> {
  const account = call.account();
  const view = await call.product.prepaid.balance(account, call.instantIfAny('as-of'));
  if (!view) throw new Refused('NO_SUCH_ACCOUNT', `there is no account ${account}`);
  return { kind: 'document', value: view, human: () => balanceText(call, view) };
}

/** Debts that a line names; the JSON has them all. */
const NAMED = 3;

function paysText(call: Call, { pays }: HistoryRow): string {
  const named = pays.slice(0, NAMED).map(debt => `${debt.ref || debt.item} ${grouped(debt.amount)}`);
  const more = pays.length - named.length;
  if (more > 0) named.push(call.say(`ほか${more}件`, `and ${more} more`));
  return named.join(', ');
}

async function* labelled(rows: AsyncIterable<HistoryRow>, call: Call) {
  for await (const row of rows) {
    const detail = row.detail || paysText(call, row);
    yield call.json ? row : { ...row, detail, label: call.say(row.itemJa, row.item) };
  }
}

async function history(call: Call): Promise<Output> {
  const month = call.monthIfAny();
  const limit = call.countIfAny('limit', 1);
  const account = await call.knownAccount();
  const rows = allRows(
    page => call.product.prepaid.history(account, month === undefined ? page : { ...page, month }),
    limit,
  );
  return {
    kind: 'list',
    rows: labelled(rows, call),
    columns: HISTORY,
    empty: { ja: '履歴はありません。', en: 'There is no history.' },
  };
}

async function calls(call: Call): Promise<Output> {
  const month: BusinessMonth | undefined = call.monthIfAny();
  const number = call.text('number');
  const limit = call.countIfAny('limit', 1);
  const filter = {
    ...(month === undefined ? {} : { month }),
    ...(number === undefined ? {} : { number }),
    ...(call.text('direction') === undefined ? {} : { direction: call.choice('direction', ['out', 'in']) }),
  };
  const account = await call.knownAccount();
  const rows = allRows(page => call.product.prepaid.calls(account, { ...page, ...filter }), limit);
  return {
    kind: 'list',
    rows,
    columns: CALLS,
    empty: { ja: '通話はありません。', en: 'There are no calls.' },
  };
}

const movements: Verbs = (program, add) => {
  add(program, {
    usage: 'charge',
    about:
      'credit a prepaid charge (チャージ) as a new lot with its expiry; a large bonus needs a second person',
    store: 'write',
    writes: { id: true },
    logins: readsApproval,
    options: command =>
      approvalOptions(command)
        .requiredOption('--account <account>', 'whose wallet')
        .requiredOption('--amount <yen>', 'amount in yen')
        .requiredOption('--method <method>', CHARGE_METHODS.join(', '))
        .option('--at <time>', 'time of the payment, ISO 8601 with offset (default: now)')
        .option('--lot <id>', 'id of the lot (default: the command id)'),
    run: charge,
  });
  add(program, {
    usage: 'adjust',
    about: 'adjust a wallet (調整金), up or down; above the limit a second person approves',
    store: 'write',
    writes: { id: true },
    logins: readsApproval,
    options: command =>
      approvalOptions(command)
        .requiredOption('--account <account>', 'whose wallet')
        .requiredOption('--amount <yen>', 'amount in yen; negative takes away')
        .requiredOption('--reason <text>', 'why')
        .option('--adjustment <id>', 'id of the adjustment (default: the command id)'),
    run: adjust,
  });
  add(program, {
    usage: 'reverse <debit>',
    about: 'take a call charge or another debit back in full, to its original lots',
    store: 'write',
    writes: { id: true },
    options: command =>
      command
        .requiredOption('--account <account>', 'whose wallet')
        .requiredOption('--reason <text>', 'why')
        .option('--reversal <id>', 'id of the reversal (default: the command id)'),
    run: reverse,
  });
  add(program, {
    usage: 'correct <call>',
    about: 'correct a call: take it back and charge it as it was, under the same call id',
    store: 'write',
    writes: { id: true },
    options: command =>
      command
        .requiredOption('--account <account>', 'whose wallet')
        .requiredOption('--reason <text>', 'why')
        .option('--direction <way>', 'out or in; what is left out stays as it was recorded')
        .option('--number <number>', "the account's own number")
        .option('--from <number>', 'the caller')
        .option('--to <number>', 'who was called')
        .option('--start <time>', 'ISO 8601 with offset')
        .option('--answer <time>', 'ISO 8601 with offset')
        .option('--unanswered', 'it was not answered')
        .option('--end <time>', 'ISO 8601 with offset')
        .option('--hangup-cause <code>', 'as the switch says it')
        .option('--reversal <id>', 'id of the reversal (default: the command id)'),
    run: correct,
  });
};

const questions: Verbs = (program, add) => {
  add(program, {
    usage: 'balance',
    about: 'posted, held and available funds, the receivable, and the lots with their expiry',
    store: 'read',
    options: command =>
      command
        .requiredOption('--account <account>', 'whose wallet')
        .option('--as-of <time>', 'ISO 8601 with offset (default: now)'),
    run: balance,
  });
  add(program, {
    usage: 'history',
    about: 'the prepaid history, newest first',
    store: 'read',
    options: command =>
      command
        .requiredOption('--account <account>', 'whose wallet')
        .option('--month <month>', 'YYYY-MM')
        .option('--limit <n>', 'at most so many'),
    run: history,
  });
  add(program, {
    usage: 'calls',
    about: 'the calls of an account, newest first',
    store: 'read',
    options: command =>
      command
        .requiredOption('--account <account>', 'whose calls')
        .option('--month <month>', 'YYYY-MM')
        .option('--direction <out|in>', 'only outgoing or only incoming ones')
        .option('--number <number>', 'only calls with this number')
        .option('--limit <n>', 'at most so many'),
    run: calls,
  });
};

/** What moves money in a wallet, and what asks about it. */
export const prepaidVerbs: Verbs = (program, add) => {
  movements(program, add);
  questions(program, add);
};
