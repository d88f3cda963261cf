import { type AccountId, defineEvents, type EventOf, event, fact } from '#kernel';

/** Events of `account-<id>`: the contract and billing party (アカウント, ACC-01). */
export const accountEvents = defineEvents(
  { context: 'contracts', stream: 'account-<account>' },
  {
    AccountOpened: event(
      {
        account: fact.id<AccountId>(),
        name: fact.text,
        /** Names the first month of the wallet's books. */
        openedOn: fact.day,
        tariff: fact.text,
      },
      {
        word: {
          ja: 'アカウントを開設した。',
          en: 'An account was opened; the month of `openedOn` is the first of its wallet.',
        },
        sentence: {
          ja: 'アカウント {account}（{name}）を {openedOn} 付け、料金表 {tariff} で開設した。',
          en: 'Account {account} ({name}) was opened as of {openedOn} with tariff {tariff}.',
        },
      },
    ),
    NumberAssigned: event(
      {
        account: fact.id<AccountId>(),
        number: fact.text,
        /** The order that bought it; without one it was given by hand, and no contract is of it. */
        order: fact.optional(fact.text),
      },
      {
        word: { ja: '電話番号をアカウントに割り当てた。', en: 'The account has this number.' },
        sentence: {
          ja: '電話番号 {number} をアカウント {account} に割り当てた。',
          en: 'Number {number} was assigned to account {account}.',
        },
      },
    ),
    NumberUnassigned: event(
      {
        account: fact.id<AccountId>(),
        number: fact.text,
        /** The claim that has ended, counted in the number's stream. */
        claim: fact.whole,
      },
      {
        word: {
          ja: '契約の終わった電話番号をアカウントから外した。',
          en: 'The contract of the number is over: the account has it no more.',
        },
        sentence: {
          ja: '契約の終わった電話番号 {number} をアカウント {account} から外した。',
          en: 'Account {account} has number {number} no more: its contract is over.',
        },
        act: false,
      },
    ),
    NumberClaimWithdrawn: event(
      {
        account: fact.id<AccountId>(),
        number: fact.text,
        /** Which claim of the number, counted in the number's stream. A later one is not meant. */
        claim: fact.whole,
        /** Whether the account was open: what claimed a number may never have come to be. */
        open: fact.flag,
      },
      {
        word: {
          ja: '電話番号の取得を取り消した。この取得による割り当てはもうできない。',
          en: 'With this claim the account can no longer get the number; the number is about to be free.',
        },
        sentence: {
          ja: 'アカウント {account} による電話番号 {number} の取得を取り消した。',
          en: 'The claim of account {account} on number {number} was withdrawn.',
        },
        act: false,
      },
    ),
    TariffAssigned: event(
      { account: fact.id<AccountId>(), tariff: fact.text },
      {
        word: {
          ja: 'アカウントの料金表を変更した。',
          en:
            'Calls that begin from this instant on are priced with this tariff, however late they are ' +
            'reported.',
        },
        sentence: {
          ja: 'アカウント {account} の料金表を {tariff} にした。',
          en: 'Account {account} has tariff {tariff} from now on.',
        },
      },
    ),
    PriceListAssigned: event(
      { account: fact.id<AccountId>(), priceList: fact.text },
      {
        word: {
          ja: 'アカウントの価格表を変更した。',
          en: 'From this instant on the account buys and pays what is monthly by this price list.',
        },
        sentence: {
          ja: 'アカウント {account} の価格表を {priceList} にした。',
          en: 'Account {account} has price list {priceList} from now on.',
        },
      },
    ),
    IncomingDiscountAgreed: event(
      {
        account: fact.id<AccountId>(),
        /** 着割: yen per minute of incoming talk; 0 ends it. */
        perMinute: fact.money,
      },
      {
        word: {
          ja: '着割（着信時間割引）の単価を決めた。その月から適用し、0で終了。',
          en: 'The discount in yen per minute of incoming talk was agreed, from this month on; 0 ends it.',
        },
        sentence: {
          ja: 'アカウント {account} の着割を1分あたり {perMinute|yen} とした。',
          en: 'An incoming-time discount of {perMinute|yen} per minute was agreed with account {account}.',
        },
      },
    ),
    AccountNoted: event(
      { account: fact.id<AccountId>(), text: fact.text },
      {
        word: {
          ja: 'アカウントに担当者のメモを残した。顧客には表示されない。',
          en: 'Staff noted something about the account; customers do not see it.',
        },
        sentence: {
          ja: 'アカウント {account} にメモ「{text}」を残した。',
          en: 'A note was left on account {account}: {text}',
        },
      },
    ),
  },
);
export type AccountEvent = EventOf<typeof accountEvents>;
