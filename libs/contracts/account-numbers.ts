import { type AccountId, event, fact } from '#kernel';

/** What happens to the numbers of an account; each has a stream of its own that says whose it is. */
export const accountNumberEvents = {
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
};
