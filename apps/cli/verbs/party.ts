import {
  type AskedAgain,
  PARTY_FIELDS,
  type PaperKind,
  type PartyData,
  type PartyField,
  type PartyKind,
} from '#contracts';
import { InvalidInput } from '#kernel';
import {
  ApprovePaper,
  AskPaperAgain,
  ChangeParty,
  CloseAccount,
  EraseAccount,
  ListPapers,
  ShowParty,
} from '#nest';
import { faultsOf, type IdentityPaperView, type PartyView } from '#runtime';
import { APPROVAL, approvalOf } from '../approval.js';
import { readText } from '../files.js';
import { asDocument, type Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import { cliProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { type Column, type Language, pairs, type Words } from '../text.js';
import { commandVerb, documentVerb, inputOf, listVerb, verbOf } from '../use-case-verb.js';

const STATES: Readonly<Record<IdentityPaperView['state'], Words>> = {
  waiting: { ja: '確認待ち', en: 'waiting' },
  approved: { ja: '承認済み', en: 'approved' },
  asked_again: { ja: '再提出', en: 'asked again' },
};
const PAPER_WORDS: Readonly<Record<PaperKind, Words>> = {
  driving_licence: { ja: '運転免許証', en: 'driving licence' },
  passport: { ja: 'パスポート', en: 'passport' },
  residence_card: { ja: '在留カード', en: 'residence card' },
  health_insurance_card: { ja: '健康保険証', en: 'health insurance card' },
  residence_certificate: { ja: '住民票', en: 'residence certificate' },
  resident_register_card: { ja: '住民基本台帳カード', en: 'resident register card' },
  utility_receipt: { ja: '公共料金の領収書', en: 'utility receipt' },
  company_register: { ja: '登記簿謄本', en: 'company register' },
  representative_identity: { ja: '代表者の身分証明書', en: "representative's identity" },
  company_notice: { ja: '会社のウェブサイトなど', en: 'company notice' },
};
const WHYS: Readonly<Record<AskedAgain, Words>> = {
  unclear: { ja: '読めない', en: 'unclear' },
  cut_off: { ja: '全体が写っていない', en: 'cut off' },
  back_missing: { ja: '裏面がない', en: 'back missing' },
  expired: { ja: '有効期限切れ', en: 'expired' },
  too_old: { ja: '発行日が古い', en: 'too old' },
  other_name: { ja: '名前が異なる', en: 'other name' },
  other_address: { ja: '住所が異なる', en: 'other address' },
  wrong_kind: { ja: '使えない種類', en: 'wrong kind' },
  second_paper_missing: { ja: '2点目がない', en: 'second paper missing' },
};

const PAPERS: readonly Column[] = [
  { key: 'uploadedAt', head: { ja: '受付日時', en: 'uploaded' }, kind: 'time' },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'paper', head: { ja: '書類', en: 'paper' } },
  { key: 'kind', head: { ja: '種類', en: 'kind' } },
  { key: 'state', head: { ja: '状態', en: 'state' } },
  { key: 'why', head: { ja: '理由', en: 'why' } },
];

const FIELDS: Readonly<Record<PartyField, Words>> = {
  kind: { ja: '個人・法人', en: 'kind' },
  name: { ja: 'お名前・会社名', en: 'name' },
  nameKana: { ja: 'カナ', en: 'name in kana' },
  department: { ja: '部署・役職', en: 'department' },
  departmentKana: { ja: '部署・役職カナ', en: 'department in kana' },
  person: { ja: '担当者', en: 'person in charge' },
  personKana: { ja: '担当者カナ', en: 'person in kana' },
  postalCode: { ja: '郵便番号', en: 'postal code' },
  prefecture: { ja: '都道府県', en: 'prefecture' },
  city: { ja: '市区町村', en: 'city' },
  cityKana: { ja: '市区町村カナ', en: 'city in kana' },
  street: { ja: '番地・建物名', en: 'street' },
  streetKana: { ja: '番地・建物名カナ', en: 'street in kana' },
  phone: { ja: '電話番号', en: 'phone' },
  fax: { ja: 'FAX', en: 'fax' },
  remarks: { ja: '備考', en: 'remarks' },
};

const KINDS: Readonly<Record<PartyKind, Words>> = {
  individual: { ja: '個人', en: 'individual' },
  corporate: { ja: '法人', en: 'corporate' },
};

function dataLines(title: string, data: PartyData | null, language: Language): string {
  if (data === null) return '';
  const filled = PARTY_FIELDS.filter(field => data[field] !== '');
  const shown = { ...data, kind: KINDS[data.kind][language] };
  return `\n${title}\n${pairs(filled.map(field => [FIELDS[field][language], shown[field]]))}`;
}

/** Where devices go, as it is written on their parcel. */
export const addressLines = (data: PartyData | null, invocation: Invocation): string =>
  dataLines(invocation.say('配送先', 'address'), data, invocation.language);

function card(view: PartyView, invocation: Invocation): string {
  const { contract, billing, shipping, delivery, mails, papers, closedAt, erasedAt } = view;
  const head = pairs([
    [invocation.say('アカウント', 'account'), view.account],
    [invocation.say('代表サークルID', 'representative circle'), view.representativeCircle ?? '-'],
    [invocation.say('メール', 'mail'), Object.values(mails).join(' / ')],
    [invocation.say('本人確認書類', 'identity papers'), String(papers.length)],
    [invocation.say('閉鎖', 'closed'), closedAt ?? '-'],
    [invocation.say('消去', 'erased'), erasedAt ?? '-'],
  ]);
  return [
    head,
    dataLines(invocation.say('契約者情報', 'contract'), contract, invocation.language),
    dataLines(invocation.say('請求先情報', 'billing'), billing, invocation.language),
    dataLines(invocation.say('送付先情報', 'shipping'), shipping, invocation.language),
    dataLines(invocation.say('機器の配送先', 'delivery of devices'), delivery, invocation.language),
  ].join('');
}

/**
 * Of a file, and not of options: what is on a command line stands in the shell's history and in lists of
 * processes.
 */
async function set(invocation: Invocation): Promise<Output> {
  const file = invocation.arg(2);
  const text = await readText(invocation.path(file), file);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw InvalidInput.of(file, cliProblems.FILE_NOT_JSON);
  }
  const { input } = ChangeParty.useCase;
  const sent = { ...(given as object), account: invocation.arg(0), part: invocation.arg(1) };
  const read = input.safeParse(sent, { reportInput: true });
  if (!read.success) {
    const { field, problem } = faultsOf(read.error)[0]!;
    throw new InvalidInput(`${file}, ${field}`, problem);
  }
  return asDocument(await invocation.do(new ChangeParty(read.data, invocation.caller())), view =>
    card(view, invocation),
  );
}

const Erasing = EraseAccount.useCase.input.omit({ approvedBy: true });

async function erase(invocation: Invocation): Promise<Output> {
  const caller = invocation.caller();
  const given = inputOf(invocation, { input: Erasing, cli: EraseAccount.useCase.cli });
  const of = { account: given.account, erasure: true } as const;
  const { approvedBy } = await approvalOf(invocation, caller, of);
  return asDocument(await invocation.do(new EraseAccount({ ...given, approvedBy }, caller)), ({ account }) =>
    invocation.say(
      `アカウント ${account} の個人情報の鍵を破棄しました。二度と読めません。\n` +
        '以前のバックアップには鍵が残っています（docs/how-to/erase-a-person.md）。\n',
      `destroyed the key of the personal data of ${account}: nobody can read them any more\n` +
        'backups of former days still hold the key (docs/how-to/erase-a-person.md)\n',
    ),
  );
}

const decided = ({ paper, state }: IdentityPaperView, invocation: Invocation): string =>
  invocation.say(
    `書類 ${paper} を${state === 'approved' ? '承認しました' : '再提出としました'}\n`,
    `paper ${paper}: ${state === 'approved' ? 'approved' : 'asked again'}\n`,
  );

/** Who the customer is, below `account`. */
export const partyVerbs: Verbs = (account, add, group) => {
  const party = group('party', { ja: '契約者・請求先・送付先情報', en: 'who the customer is' }, account);
  add(party, { ...documentVerb(ShowParty, card), logins: true });
  add(party, { ...verbOf(ChangeParty), logins: true, run: set });
  const papers = group('papers', { ja: '本人確認書類', en: 'identity papers' }, account);
  add(
    papers,
    listVerb(ListPapers, {
      columns: PAPERS,
      empty: { ja: '書類はありません。', en: 'There is no paper.' },
      shown: ({ kind, state, why, ...row }, { language }) => ({
        ...row,
        kind: PAPER_WORDS[kind][language],
        state: STATES[state][language],
        why: why === null ? null : WHYS[why][language],
      }),
    }),
  );
  add(papers, commandVerb(ApprovePaper, decided));
  add(papers, commandVerb(AskPaperAgain, decided));
  add(account, {
    ...commandVerb(CloseAccount, ({ account: closed }, invocation) =>
      invocation.say(`アカウント ${closed} を閉鎖しました\n`, `closed account ${closed}\n`),
    ),
    logins: true,
  });
  add(account, {
    ...verbOf(EraseAccount, APPROVAL),
    logins: true,
    run: erase,
  });
};
