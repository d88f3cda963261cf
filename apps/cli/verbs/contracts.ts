import { type AccountId, Money, parseAccountId } from '#kernel';
import {
  CancelAccount,
  CancelCircle,
  CancelContracts,
  CancelUnits,
  ListAllOrders,
  ListContracts,
  ListOrders,
  ListPurchases,
  MeasureContract,
  PlaceOrder,
  PreviewCancellation,
  PreviewOrder,
  PreviewUnits,
  ShowContract,
  ShowEndings,
  ShowOrder,
  StartMonth,
  type Told,
  UndoCancellation,
  UndoCircleCancellation,
  UndoUnits,
  WhoseContract,
} from '#nest';
import {
  type Answer,
  type CancellationPreviewView,
  type CancellationView,
  type ContractView,
  noSuch,
  type OrderPreviewView,
  type OrderView,
  type WholeEndingsView,
} from '#runtime';
import { Refused } from '../failure.js';
import { asDocument, type Invocation, unchanged } from '../invocation.js';
import { type OptionSaid, option } from '../options.js';
import type { Output } from '../output.js';
import type { Verb, Verbs } from '../program.js';
import { type Column, grouped, pairs, Table } from '../text.js';
import { commandVerb, documentVerb, inputOf, listVerb, verbOf } from '../use-case-verb.js';

const CONTRACTS: readonly Column[] = [
  { key: 'contract', head: { ja: '契約', en: 'contract' } },
  { key: 'name', head: { ja: '商品', en: 'product' } },
  { key: 'number', head: { ja: '電話番号', en: 'number' } },
  { key: 'unique', head: { ja: 'ユニーク', en: 'unique' } },
  { key: 'circle', head: { ja: 'サークル', en: 'circle' } },
  { key: 'monthly', head: { ja: '月額', en: 'monthly' }, kind: 'money' },
  { key: 'since', head: { ja: '契約日', en: 'since' } },
  { key: 'status', head: { ja: '状態', en: 'status' } },
  { key: 'endsOn', head: { ja: '終了日', en: 'ends on' } },
];
const ORDERS: readonly Column[] = [
  { key: 'order', head: { ja: '注文', en: 'order' } },
  { key: 'placedAt', head: { ja: '申込日時', en: 'placed at' }, kind: 'time' },
  { key: 'state', head: { ja: '状態', en: 'state' } },
  { key: 'contracts', head: { ja: '契約', en: 'contracts' } },
  { key: 'due', head: { ja: 'お支払い額', en: 'paid' }, kind: 'money' },
];
const ALL_ORDERS: readonly Column[] = [
  { key: 'order', head: { ja: '注文', en: 'order' } },
  { key: 'placedAt', head: { ja: '申込日時', en: 'placed at' }, kind: 'time' },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'accountName', head: { ja: '顧客', en: 'customer' } },
  { key: 'items', head: { ja: '商品', en: 'items' } },
  { key: 'due', head: { ja: 'お支払い額', en: 'due' }, kind: 'money' },
  { key: 'state', head: { ja: '状態', en: 'state' } },
  { key: 'refused', head: { ja: '不成立の理由', en: 'refused for' } },
  { key: 'missing', head: { ja: '不足額', en: 'missing' }, kind: 'money' },
];
const PURCHASES: readonly Column[] = [
  { key: 'at', head: { ja: '申込日時', en: 'at' }, kind: 'time' },
  { key: 'name', head: { ja: '名称', en: 'name' } },
  { key: 'class', head: { ja: '区分', en: 'class' } },
  { key: 'unitPrice', head: { ja: '単価（税抜）', en: 'unit price, net' }, kind: 'money' },
  { key: 'quantity', head: { ja: '数量', en: 'quantity' } },
  { key: 'about', head: { ja: '電話番号・ユニーク', en: 'number or unique' } },
  { key: 'status', head: { ja: '状態', en: 'status' } },
  { key: 'endsOn', head: { ja: '終了日', en: 'ends on' } },
  { key: 'contract', head: { ja: '契約', en: 'contract' } },
];
const LINES: readonly Column[] = [
  { key: 'no', head: { ja: 'No.', en: 'no.' } },
  { key: 'name', head: { ja: '商品', en: 'product' } },
  { key: 'class', head: { ja: '区分', en: 'class' } },
  { key: 'unitPrice', head: { ja: '単価', en: 'unit price' }, kind: 'money' },
  { key: 'proRated', head: { ja: '日割', en: 'pro-rated' } },
  { key: 'quantity', head: { ja: '数量', en: 'quantity' } },
  { key: 'subtotal', head: { ja: '小計', en: 'subtotal' }, kind: 'money' },
  { key: 'contractMonth', head: { ja: 'ご契約月', en: 'this month' }, kind: 'money' },
];
const CIRCLE_ENDS: readonly Column[] = [
  { key: 'circle', head: { ja: 'サークル', en: 'circle' } },
  { key: 'endsOn', head: { ja: '終了日', en: 'ends on' } },
  { key: 'undoUntil', head: { ja: '取り消しの期限', en: 'undo until' }, kind: 'time' },
];
const ENDS: readonly Column[] = [
  { key: 'contract', head: { ja: '契約', en: 'contract' } },
  { key: 'unique', head: { ja: 'ユニーク', en: 'unique' } },
  { key: 'number', head: { ja: '電話番号', en: 'number' } },
  { key: 'endsOn', head: { ja: '終了日', en: 'ends on' } },
  { key: 'undoUntil', head: { ja: '取り消しの期限', en: 'undo until' }, kind: 'time' },
];

const CLASSES = {
  monthly: { ja: '月額費用', en: 'monthly fee' },
  initial: { ja: '初期費用', en: 'initial fee' },
  device: { ja: '機器/送料', en: 'device/shipping' },
  cancel: { ja: '解約', en: 'cancellation' },
};
const STATUSES = {
  active: { ja: '利用中', en: 'active' },
  ending: { ja: '解約中', en: 'ending' },
  ended: { ja: '解約', en: 'ended' },
};
/** Of rows of the history: what is in use says nothing (HIS-01). */
const STANDINGS = { ...STATUSES, active: { ja: '', en: '' }, void: { ja: '取消・変更済', en: 'void' } };
const STATES = {
  placed: { ja: '受付済み', en: 'placed' },
  refused: { ja: '不成立', en: 'refused' },
  completed: { ja: '成立', en: 'completed' },
  settled: { ja: '完了', en: 'settled' },
};

type Costs = Omit<
  OrderPreviewView,
  'cancellations' | 'available' | 'missing' | 'account' | 'circle' | 'delivery'
>;

export function costs({ lines, ...totals }: Costs, invocation: Invocation): string {
  const say = sayer(invocation);
  const rows = lines.map(line => ({
    ...line,
    name: say(line.nameJa, line.nameEn),
    class: CLASSES[line.class][invocation.language],
    proRated: line.proRated ? '○' : '',
  }));
  const invoice = (of: Costs['firstInvoice']): string =>
    say(
      `${grouped(of.total)} 円（税 ${grouped(of.tax)} 円）`,
      `${grouped(of.total)} yen (tax ${grouped(of.tax)} yen)`,
    );
  return [
    new Table(LINES, invocation.language).lines(rows),
    pairs([
      [say('月額費用（翌月以降）', 'monthly, from next month'), yen(totals.monthly, invocation)],
      [say('月額費用（ご契約月）', 'monthly, this month'), yen(totals.contractMonth, invocation)],
      [say('一時費用・初期費用', 'once'), yen(totals.initial, invocation)],
      [say('お支払い額（税込）', 'due now, with tax'), yen(totals.due, invocation)],
      [say('ご契約月のご請求', 'first invoice'), invoice(totals.firstInvoice)],
      [say('翌月のご請求', 'next invoice'), invoice(totals.nextInvoice)],
    ]),
  ].join('\n');
}

const yen = (text: string, invocation: Invocation): string => {
  const amount = Money.display(Money.of(text), 4);
  return invocation.say(`${amount} 円`, `${amount} yen`);
};

export const orderCard = (view: OrderView, invocation: Invocation): string =>
  [
    pairs([
      [invocation.say('注文', 'order'), view.order],
      [invocation.say('状態', 'state'), STATES[view.state][invocation.language]],
      ...(view.refusal ? [[invocation.say('不成立の理由', 'refused for'), view.refusal.code] as const] : []),
      [invocation.say('契約', 'contracts'), view.contracts.join(' ') || '-'],
    ]),
    costs(view, invocation),
  ].join('\n');

export function previewCard(view: OrderPreviewView, invocation: Invocation): string {
  const say = sayer(invocation);
  // Null to a circle's login alone, which does not come here.
  const [available, missing] = [view.available ?? '0', view.missing ?? '0'];
  const lacks = missing === '0' ? [] : [[say('不足額', 'missing'), yen(missing, invocation)] as const];
  return [
    costs(view, invocation),
    pairs([[say('利用可能残高', 'available'), yen(available, invocation)], ...lacks]),
    ...(view.cancellations.length > 0 ? [ends(view.cancellations, invocation)] : []),
  ].join('\n');
}

const ends = (rows: readonly CancellationView[], invocation: Invocation): string =>
  new Table(ENDS, invocation.language).lines(rows);

/** What an order would be (`--dry-run`), or the order. */
async function place(invocation: Invocation): Promise<Output> {
  const { input: shape, cli } = PlaceOrder.useCase;
  const input = { ...inputOf(invocation, { input: shape.omit({ by: true }), cli }), by: 'staff' as const };
  if (invocation.flag('dry-run'))
    return asDocument(await invocation.ask(new PreviewOrder(input)), view => previewCard(view, invocation));
  const answer = await invocation.do(new PlaceOrder(input, invocation.caller()));
  return asDocument(answer, view => orderCard(view, invocation));
}

/** Whose the contracts are that are named: an id of a contract says it. */
async function ownerOf(invocation: Invocation, contracts: readonly string[]): Promise<AccountId> {
  const given = invocation.text('account');
  const account =
    given === undefined
      ? await invocation.ask(new WhoseContract({ contract: contracts[0]! }))
      : parseAccountId(given, '--account');
  if (account === undefined) throw Refused.of(noSuch('CONTRACT', { contract: contracts[0]! }));
  return account;
}

async function cancel(invocation: Invocation): Promise<Output> {
  const { input: shape, cli } = CancelContracts.useCase;
  const asked = inputOf(invocation, { input: shape.omit({ account: true }), cli });
  const input = { ...asked, account: await ownerOf(invocation, asked.contracts) };
  const answer = invocation.flag('dry-run')
    ? await invocation.ask(new PreviewCancellation(input))
    : await invocation.do(new CancelContracts(input, invocation.caller()));
  return endsList(answer);
}

function endsList(answer: Answer<{ readonly rows: readonly CancellationView[] }>): Output {
  if (answer.kind === 'rejected') throw Refused.of(answer.rejection);
  if (answer.kind === 'nothing') return unchanged(answer.reason);
  return { kind: 'list', rows: answer.value.rows, columns: ENDS, empty: { ja: '変更なし', en: 'nothing' } };
}

/** What it would be to cancel a circle or the account (`--dry-run`), or what it was. */
async function cancelWhole(invocation: Invocation, one: typeof CancelCircle | typeof CancelAccount) {
  const { account, circle } = { circle: undefined, ...inputOf(invocation, one.useCase) };
  if (invocation.flag('dry-run')) {
    const whole = circle === undefined;
    const asked = { account, ...(whole ? { whole } : { circle }) };
    const answer = await invocation.ask(new PreviewCancellation(asked));
    return asDocument(answer, view => wholeCard(view, invocation));
  }
  const command =
    circle === undefined
      ? new CancelAccount({ account }, invocation.caller())
      : new CancelCircle({ account, circle }, invocation.caller());
  return asDocument(await invocation.do(command), ({ rows }) => ends(rows, invocation));
}

function wholeCard(view: CancellationPreviewView, invocation: Invocation): string {
  const say = sayer(invocation);
  const yes = (is: boolean) => (is ? say('はい', 'yes') : say('いいえ', 'no'));
  return [
    pairs([
      [say('終了日', 'ends on'), view.endsOn ?? '-'],
      [say('取り消し', 'can be undone'), yes(view.undoable)],
      [say('取り消しの期限', 'undo until'), view.undoUntil ?? '-'],
      [say('録音データの喪失', 'recordings are lost'), yes(view.losesRecordings)],
      [say('受付済み', 'cancelled already'), yes(view.accepted)],
    ]),
    ends(view.rows, invocation),
  ].join('\n');
}

function endingsCard({ accountEndsOn, circles }: WholeEndingsView, invocation: Invocation): string {
  const say = sayer(invocation);
  return [
    pairs([[say('アカウントの終了日', 'the account ends on'), accountEndsOn ?? '-']]),
    new Table(CIRCLE_ENDS, invocation.language).lines(circles),
  ].join('\n');
}

async function cancelUnits(invocation: Invocation): Promise<Output> {
  const units = inputOf(invocation, CancelUnits.useCase);
  return endsList(
    invocation.flag('dry-run')
      ? await invocation.ask(new PreviewUnits(units))
      : await invocation.do(new CancelUnits(units, invocation.caller())),
  );
}

async function undo(invocation: Invocation): Promise<Output> {
  const { input: shape, cli } = UndoCancellation.useCase;
  const asked = inputOf(invocation, { input: shape.omit({ account: true }), cli });
  const input = { ...asked, account: await ownerOf(invocation, asked.contracts) };
  const answer = await invocation.do(new UndoCancellation(input, invocation.caller()));
  return asDocument(answer, view => undone(view, invocation));
}

const ACCOUNT = option('--account <account>', {
  ja: 'アカウントのID（省略時は契約のアカウント）',
  en: 'id of the account (default: that of the contract)',
});
/** A verb on contracts: their ids are its arguments. */
const onContracts = (one: Told, more: readonly OptionSaid[]): Omit<Verb, 'run'> => {
  const { options = [], ...verb } = verbOf(one, more);
  return { ...verb, options: [ACCOUNT, ...options.filter(({ flags }) => !flags.startsWith('--account'))] };
};
const sayer = (invocation: Invocation) => (ja: string, en: string) => invocation.say(ja, en);

const row = (view: ContractView, invocation: Invocation) => ({
  ...view,
  name: invocation.say(view.nameJa, view.nameEn),
  status: STATUSES[view.status][invocation.language],
});

const undone = ({ contracts }: { readonly contracts: readonly string[] }, invocation: Invocation): string =>
  invocation.say(`解約を取り消しました: ${contracts.join(' ')}\n`, `undone: ${contracts.join(' ')}\n`);

const DRY_RUN = option('--dry-run', {
  ja: '何も書き込まず、結果だけを示す',
  en: 'show what it would be; writes nothing',
});

const orderVerbs: Verbs = (order, add) => {
  // What is a terminal gets a login.
  const logins = (invocation: Invocation) => !invocation.flag('dry-run');
  add(order, { ...verbOf(PlaceOrder, [DRY_RUN]), logins, run: place });
  add(
    order,
    listVerb(ListOrders, {
      columns: ORDERS,
      empty: { ja: '注文はありません', en: 'no order' },
      shown: (view, invocation) => ({
        ...view,
        state: STATES[view.state][invocation.language],
        contracts: view.contracts.length,
      }),
    }),
  );
  add(
    order,
    listVerb(ListAllOrders, {
      columns: ALL_ORDERS,
      empty: { ja: '注文はありません', en: 'no order' },
      shown: ({ items, state, refusal, ...view }, invocation) => ({
        ...view,
        items: items.map(item => `${invocation.say(item.nameJa, item.nameEn)} x${item.quantity}`).join(', '),
        state: STATES[state][invocation.language],
        refused: refusal?.code,
        missing: refusal?.missing ?? undefined,
      }),
    }),
  );
  add(order, documentVerb(ShowOrder, orderCard));
};

export const contractVerbs: Verbs = (program, add, group) => {
  orderVerbs(group('order', { ja: '注文', en: 'orders' }), add, group);
  const contract = group('contract', { ja: '契約', en: 'contracts' });
  add(
    contract,
    listVerb(ListContracts, {
      columns: CONTRACTS,
      empty: { ja: '契約はありません', en: 'no contract' },
      shown: row,
    }),
  );
  add(
    contract,
    listVerb(ListPurchases, {
      columns: PURCHASES,
      empty: { ja: '購入・解約はありません', en: 'nothing was bought' },
      shown: (view, invocation) => ({
        ...view,
        name: invocation.say(view.nameJa, view.nameEn),
        class: CLASSES[view.class][invocation.language],
        quantity: view.quantity > 0 ? `+${view.quantity}` : `${view.quantity}`,
        about: view.number ?? view.unique,
        status: view.status && STANDINGS[view.status][invocation.language],
      }),
    }),
  );
  add(
    contract,
    documentVerb(ShowContract, (view, invocation) => {
      const say = sayer(invocation);
      return pairs(
        CONTRACTS.map(({ key, head }) => [
          say(head.ja, head.en),
          String(row(view, invocation)[key as keyof ContractView] ?? '-'),
        ]),
      );
    }),
  );
  add(contract, { ...onContracts(CancelContracts, [DRY_RUN]), run: cancel });
  add(contract, { ...onContracts(UndoCancellation, []), run: undo });
  add(contract, { ...verbOf(CancelUnits, [DRY_RUN]), run: cancelUnits });
  add(contract, commandVerb(UndoUnits, undone));
  for (const one of [CancelAccount, CancelCircle] as const)
    add(contract, { ...verbOf(one, [DRY_RUN]), run: invocation => cancelWhole(invocation, one) });
  add(contract, documentVerb(ShowEndings, endingsCard));
  add(contract, commandVerb(UndoCircleCancellation, undone));
  add(
    contract,
    commandVerb(MeasureContract, ({ month, units, charged, net }, invocation) =>
      invocation.say(
        `${month}: ${units} 単位（うち今回の引き落とし ${charged} 単位、1単位 ${net} 円）\n`,
        `${month}: ${units} unit(s), ${charged} debited now at ${net} yen each\n`,
      ),
    ),
  );
  add(
    program,
    commandVerb(StartMonth, ({ month, accounts, debited, refused }, invocation) =>
      invocation.say(
        `${month}: ${accounts} アカウント、月額料 ${debited} 件を引き落としました（拒否 ${refused}）`,
        `${month}: ${accounts} account(s), ${debited} monthly fee(s) debited, ${refused} refused`,
      ),
    ),
  );
};
