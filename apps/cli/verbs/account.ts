import { BusinessDay, Money, PhoneNumber, parseAccountId } from '#kernel';
import {
  AddNote,
  AgreeIncomingDiscount,
  AssignNumber,
  AssignPriceList,
  AssignTariff,
  ListAccounts,
  ListNotes,
  OpenAccount,
  ShowAccount,
  ShowTimeline,
} from '#nest';
import type { AccountView } from '#runtime';
import { Refused } from '../failure.js';
import { asDocument, type Invocation, unchanged } from '../invocation.js';
import { option } from '../options.js';
import type { Document, Output } from '../output.js';
import { commandRefusals, commandUnchanged } from '../problems.js';
import type { Verbs } from '../program.js';
import { type Column, pairs } from '../text.js';
import { commandVerb, documentVerb, listVerb } from '../use-case-verb.js';
import { partyVerbs } from './party.js';

/**
 * The books of an account begin on this day unless `--opened-on` says otherwise: as early as the standard
 * policies, so that charges and calls of the past can be brought in at their own time.
 */
const BOOKS_BEGIN = '2020-01-01';

const COLUMNS: readonly Column[] = [
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'name', head: { ja: '名称', en: 'name' } },
  { key: 'openedOn', head: { ja: '開始日', en: 'opened on' } },
  { key: 'tariff', head: { ja: '料金表', en: 'tariff' } },
  { key: 'incomingDiscount', head: { ja: '着割(円/分)', en: 'discount/min' }, kind: 'money' },
  { key: 'numbers', head: { ja: '電話番号', en: 'numbers' } },
];

const NOTES: readonly Column[] = [
  { key: 'at', head: { ja: '日時', en: 'time' }, kind: 'time' },
  { key: 'by', head: { ja: '担当者', en: 'by' } },
  { key: 'text', head: { ja: 'メモ', en: 'note' } },
];

const TIMELINE: readonly Column[] = [
  { key: 'at', head: { ja: '日時', en: 'time' }, kind: 'time' },
  { key: 'by', head: { ja: '担当者', en: 'by' } },
  { key: 'descriptionEn', inJapanese: 'descriptionJa', head: { ja: '内容', en: 'what' } },
  { key: 'reason', head: { ja: '理由', en: 'why' } },
];

const card = (view: AccountView, invocation: Invocation): string =>
  pairs([
    [invocation.say('アカウント', 'account'), view.account],
    [invocation.say('名称', 'name'), view.name],
    [invocation.say('開始日', 'opened on'), view.openedOn],
    [invocation.say('料金表', 'tariff'), view.tariff],
    [invocation.say('価格表', 'price list'), view.priceList],
    ...(view.suspendedSince === null
      ? []
      : [[invocation.say('サービス停止', 'suspended since'), view.suspendedSince] as const]),
    [
      invocation.say('着割', 'incoming discount'),
      invocation.say(`${view.incomingDiscount} 円/分`, `${view.incomingDiscount} yen per minute`),
    ],
    [invocation.say('電話番号', 'numbers'), view.numbers.join(' ') || '-'],
  ]);

/** The same account again is done already; another one under its id is refused. */
function existing(
  known: AccountView,
  wanted: {
    name: string;
    tariff: string;
    numbers: readonly string[];
    discount: Money;
    openedOn: string | undefined;
  },
): Document {
  const same =
    known.name === wanted.name.trim() &&
    known.tariff === wanted.tariff &&
    wanted.numbers.every(number => known.numbers.includes(number)) &&
    known.incomingDiscount === Money.text(wanted.discount) &&
    (wanted.openedOn === undefined || known.openedOn === wanted.openedOn);
  if (same) return unchanged(commandUnchanged.ACCOUNT_EXISTS_SO, { account: known.account });
  throw Refused.as(commandRefusals.ACCOUNT_EXISTS, { account: known.account });
}

const OPENING = [
  option('--name <name>', { ja: '請求書の名称', en: 'name on the invoice' }, { required: true }),
  option('--tariff <tariff>', { ja: '通話に適用する料金表', en: 'tariff of its calls' }, { required: true }),
  option(
    '--number <number>',
    {
      ja: '電話番号。数字のみ、複数回指定できる',
      en: 'telephone number, digits only; may be given many times',
    },
    { many: true },
  ),
  option('--incoming-discount <yen>', {
    ja: '着割：着信通話1分あたりの円',
    en: '着割: yen per minute of incoming talk',
  }),
  option('--opened-on <date>', {
    ja: `帳簿の開始日 YYYY-MM-DD（省略時は ${BOOKS_BEGIN}）`,
    en: `first day of its books, YYYY-MM-DD (default: ${BOOKS_BEGIN})`,
  }),
];

async function create(invocation: Invocation): Promise<Output> {
  const account = parseAccountId(invocation.arg(0), 'account');
  const name = invocation.need('name');
  const tariff = invocation.need('tariff');
  const numbers = invocation.texts('number').map(number => PhoneNumber.parse(number, '--number'));
  const discount = Money.typed(invocation.text('incoming-discount') ?? '0', '--incoming-discount');
  const given = invocation.text('opened-on');
  const openedOn = BusinessDay.parse(given ?? BOOKS_BEGIN, '--opened-on');
  const known = await invocation.ask(new ShowAccount({ account }));
  if (known) return existing(known, { name, tariff, numbers, discount, openedOn: given });
  const opening = { account, name, openedOn, numbers, tariff, incomingDiscount: discount };
  const answer = await invocation.do(new OpenAccount(opening, invocation.caller(`account/${account}`)));
  return asDocument(answer, view => card(view, invocation));
}

export const accountVerbs: Verbs = (_program, add, group) => {
  const account = group('account', { ja: 'アカウント（請求先）', en: 'accounts: who is billed' });
  add(account, {
    usage: 'create <account>',
    about: { ja: 'アカウントを、選んだIDで開設する', en: 'open an account under an id of your choice' },
    store: 'create',
    writes: { id: true },
    options: OPENING,
    run: create,
  });
  add(account, documentVerb(ShowAccount, card));
  add(
    account,
    listVerb(ListAccounts, {
      columns: COLUMNS,
      empty: { ja: 'アカウントはありません。', en: 'There is no account.' },
    }),
  );
  add(account, commandVerb(AssignNumber, card));
  add(account, commandVerb(AssignTariff, card));
  add(account, commandVerb(AssignPriceList, card));
  add(account, commandVerb(AgreeIncomingDiscount, card));
  partyVerbs(account, add, group);
  const note = group('note', { ja: 'アカウントについての社内メモ', en: 'notes of staff on an account' });
  add(
    note,
    commandVerb(AddNote, ({ position }, invocation) =>
      invocation.say(`メモを残しました (#${position})\n`, `noted (#${position})\n`),
    ),
  );
  add(
    account,
    listVerb(ShowTimeline, {
      columns: TIMELINE,
      empty: { ja: '記録はありません。', en: 'Nothing happened.' },
    }),
  );
  add(
    note,
    listVerb(ListNotes, { columns: NOTES, empty: { ja: 'メモはありません。', en: 'There is no note.' } }),
  );
};
