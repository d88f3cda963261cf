import { type AccountId, defineEvents, type EventOf, event, fact } from '#kernel';
import { PARTY_FIELDS, PARTY_KINDS, PARTY_PARTS } from './fields.js';
import { ASKED_AGAIN, PAPER_KINDS } from './papers.js';
import { PICTURE_TYPES } from './pictures.js';

export const CLOSED_WHY = ['at_request', 'terms_broken', 'never_used', 'other'] as const;
export type ClosedWhy = (typeof CLOSED_WHY)[number];
export const ERASED_WHY = ['person_asked', 'retention_over', 'opened_by_mistake', 'other'] as const;
export type ErasedWhy = (typeof ERASED_WHY)[number];

const account = fact.id<AccountId>();
/** Where the data lie: sealed, outside of the log. */
const reference = fact.record({ ref: fact.text, mac: fact.text });
const fields = fact.listOf(fact.oneOf(...PARTY_FIELDS));
const kind = fact.oneOf(...PARTY_KINDS);

/**
 * Events of `party-<account>`: who the customer is. Not one fact of them is a text of people: who changed
 * what is here, what it says is sealed elsewhere (`PersonalDataStore`), under a key that can be destroyed.
 */
export const partyEvents = defineEvents(
  { context: 'contracts', stream: 'party-<account>' },
  {
    ContractDataChanged: event(
      { account, data: reference, kind, fields },
      {
        word: {
          ja: '契約者情報を変更した。',
          en: 'The contract data were changed; they are sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} の契約者情報を変更した。',
          en: 'The contract data of account {account} were changed.',
        },
      },
    ),
    BillingDataChanged: event(
      { account, data: reference, kind, fields },
      {
        word: {
          ja: '請求先情報を変更した。',
          en: 'The billing data were changed; they are sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} の請求先情報を変更した。',
          en: 'The billing data of account {account} were changed.',
        },
      },
    ),
    ShippingDataChanged: event(
      { account, data: reference, kind, fields },
      {
        word: {
          ja: '送付先情報を変更した。',
          en: 'The shipping data were changed; they are sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} の送付先情報を変更した。',
          en: 'The shipping data of account {account} were changed.',
        },
      },
    ),
    DeliveryAddressChanged: event(
      { account, data: reference, kind, fields },
      {
        word: {
          ja: '機器の配送先を変更した。',
          en: 'Where ordered devices go was changed; the address is sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} の機器の配送先を変更した。',
          en: 'The delivery address of account {account} was changed.',
        },
      },
    ),
    CircleDataChanged: event(
      { account, circle: fact.text, data: reference, fields },
      {
        word: {
          ja: 'サークルの利用者・担当者・住所を変更した。',
          en: 'Who uses a circle, who is in charge and where it is was changed; it is sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} のサークル {circle} の利用者情報を変更した。',
          en: 'What is known of circle {circle} of account {account} was changed.',
        },
      },
    ),
    PartyMailsChanged: event(
      { account, data: reference, fields: fact.listOf(fact.oneOf(...PARTY_PARTS)) },
      {
        word: {
          ja: 'メールアドレスを変更した。',
          en: 'Mail addresses were changed; they are sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} のメールアドレスを変更した。',
          en: 'Mail addresses of account {account} were changed.',
        },
      },
    ),
    IdentityPaperUploaded: event(
      {
        account,
        paper: fact.text,
        kind: fact.oneOf(...PAPER_KINDS),
        picture: reference,
        format: fact.oneOf(...PICTURE_TYPES),
        bytes: fact.whole,
      },
      {
        word: {
          ja: '本人確認書類を受け付けた。画像は別に暗号化して保管する。',
          en: 'An identity paper was uploaded; its picture is sealed elsewhere.',
        },
        sentence: {
          ja: 'アカウント {account} の本人確認書類 {paper} を受け付けた。',
          en: 'Identity paper {paper} of account {account} was uploaded.',
        },
      },
    ),
    IdentityPaperApproved: event(
      { account, paper: fact.text },
      {
        word: { ja: '本人確認書類を承認した。', en: 'The identity paper was approved.' },
        sentence: {
          ja: 'アカウント {account} の本人確認書類 {paper} を承認した。',
          en: 'Identity paper {paper} of account {account} was approved.',
        },
      },
    ),
    IdentityPaperAskedAgain: event(
      { account, paper: fact.text, why: fact.oneOf(...ASKED_AGAIN) },
      {
        word: {
          ja: '本人確認書類の再提出を求めた。',
          en: 'The identity paper does not do; the customer is asked for another.',
        },
        sentence: {
          ja: 'アカウント {account} の本人確認書類 {paper} の再提出を求めた。',
          en: 'Account {account} was asked for another paper in place of {paper}.',
        },
      },
    ),
    NameChangeApproved: event(
      {
        account,
        /** The paper that proves it. */
        paper: fact.text,
        /** Net. */
        fee: fact.money,
        /** The first day of the policy `contracts.name-change-fee` that gave it; null: its standard. */
        feeSince: fact.orNull(fact.day),
      },
      {
        word: {
          ja: '名義変更を承認した。手数料がかかる。',
          en: 'A change of name is proven by a paper; it costs a fee.',
        },
        sentence: {
          ja: 'アカウント {account} の名義変更を書類 {paper} により承認した（手数料 {fee|yen}[、{feeSince} から適用]）。',
          en:
            'The change of name of account {account} was approved by paper {paper}: fee {fee|yen}' +
            '[, in force since {feeSince}].',
        },
      },
    ),
    NameChangeCharged: event(
      { account, paper: fact.text },
      {
        act: false,
        word: {
          ja: '名義変更の手数料を引き落とした。',
          en: 'The fee of a change of name is debited; nothing of it is left to do.',
        },
        sentence: {
          ja: 'アカウント {account} の名義変更（書類 {paper}）の手数料を引き落とした。',
          en: 'The fee of the change of name of account {account} (paper {paper}) was debited.',
        },
      },
    ),
    PromotionMailsSet: event(
      { account, wanted: fact.flag },
      {
        word: {
          ja: 'プロモーションメールの配信希望を変更した。',
          en: 'Whether promotion mail is wanted was set; maintenance and important mail is sent anyway.',
        },
        sentence: {
          ja: 'アカウント {account} のプロモーションメールの配信希望を変更した。',
          en: 'Promotion mail was switched for account {account}.',
        },
      },
    ),
    CircleStatementSet: event(
      { account, shown: fact.flag },
      {
        word: {
          ja: 'サークル毎の請求明細書の表示を変更した。',
          en: 'Whether statements are shown per circle was set.',
        },
        sentence: {
          ja: 'アカウント {account} のサークル毎の請求明細書の表示を変更した。',
          en: 'The statement per circle was switched for account {account}.',
        },
      },
    ),
    PartyClosed: event(
      { account, why: fact.oneOf(...CLOSED_WHY) },
      {
        word: {
          ja: 'アカウントを閉鎖した。契約者情報はもう変更できない。',
          en: 'The account was closed: nothing of its party changes any more.',
        },
        sentence: {
          ja: 'アカウント {account} を閉鎖した。',
          en: 'Account {account} was closed.',
        },
      },
    ),
    AccountErased: event(
      { account, why: fact.oneOf(...ERASED_WHY), approvedBy: fact.text },
      {
        word: {
          ja: 'アカウントの個人情報の鍵を破棄した。個人情報は二度と読めない。',
          en: "The key of the account's personal data is destroyed: nobody can read them any more.",
        },
        sentence: {
          ja: 'アカウント {account} の個人情報を消去した（承認 {approvedBy}）。',
          en: 'The personal data of account {account} were erased (approved by {approvedBy}).',
        },
      },
    ),
  },
);
export type PartyEvent = EventOf<typeof partyEvents>;
