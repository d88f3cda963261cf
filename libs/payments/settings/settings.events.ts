import { type AccountId, defineEvents, type EventOf, event, fact } from '#kernel';

/** Whether a mail is wanted, and in which language (PRE-02, PRE-08, AR-15). */
export const MAIL_WISHES = ['off', 'ja', 'en'] as const;
export type MailWish = (typeof MAIL_WISHES)[number];

const account = fact.id<AccountId>();
/** Ours: the payment by which the gateway came to keep it. */
const card = fact.text;
const wish = fact.oneOf(...MAIL_WISHES);
/** Where the two lists of addresses lie: sealed, outside of the log. */
const mails = fact.orNull(fact.record({ ref: fact.text, mac: fact.text }));
const wished = fact.orNull(fact.money);
/** How each alert amount stands from now on: whether the fall below it is yet to be told. */
const alertsNow = { told: fact.listOf(fact.money), untold: fact.listOf(fact.money) };

/**
 * Events of `prepaidSettings-<account>`: the cards that gateways keep for a customer, what he is told of his
 * balance, and what is charged when it is low. That one charge is in flight and what was charged in a month
 * is decided here (DECISIONS: Prepaid ledger, Auto-recharge).
 */
export const prepaidSettingsEvents = defineEvents(
  { context: 'payments', stream: 'prepaidSettings-<account>' },
  {
    CardKept: event(
      {
        ...{ account, card, gateway: fact.text, environment: fact.oneOf('test', 'live') },
        /** Whoever has it, and our key of the gateway, can charge the card. */
        token: fact.secret(fact.text),
        ...{ brand: fact.text, lastFour: fact.text },
      },
      {
        word: {
          ja: 'クレジットカードを登録した。番号は決済代行会社だけが保管する。',
          en: 'A gateway keeps a card for later; its number is with the gateway only.',
        },
        sentence: {
          ja: 'アカウント {account} のカード {brand} 下4桁 {lastFour} を登録した（{gateway}）。',
          en: 'A card of account {account} is kept by {gateway}: {brand}, the last digits {lastFour}.',
        },
        act: false,
      },
    ),
    CardUsed: event(
      { account, card, payment: fact.text },
      {
        word: { ja: '登録済みのカードで支払いがあった。', en: 'A kept card paid for prepaid value.' },
        sentence: {
          ja: 'アカウント {account} の登録済みカード {card} で {payment} が支払われた。',
          en: 'Kept card {card} of account {account} paid {payment}.',
        },
        act: false,
      },
    ),
    CardForgotten: event(
      /** With the chosen card, auto-recharge ends. */
      { account, card, chosen: fact.flag },
      {
        word: { ja: '登録済みのカードを削除した。', en: 'A kept card was removed.' },
        sentence: {
          ja: 'アカウント {account} の登録済みカード {card} を削除した。',
          en: 'Kept card {card} of account {account} was removed.',
        },
      },
    ),
    PrepaidSettingsChanged: event(
      {
        account,
        ...{ alert: wish, alertAmounts: fact.listOf(fact.money), mails, ...alertsNow },
        ...{ recharge: fact.flag, trigger: wished, amount: wished, limit: wished, card: fact.orNull(card) },
        limitAlert: wish,
      },
      {
        word: {
          ja: 'プリペイド設定（残額アラートとオートリチャージ）を変更した。',
          en: 'What is told of a low balance, and what is charged then, was set.',
        },
        sentence: {
          ja:
            'アカウント {account} のプリペイド設定を変更した: 残額アラート {alert|code}、' +
            '限度額アラート {limitAlert|code}' +
            '[、オートリチャージ 残高 {trigger|yen} 以下][で {amount|yen}][、月 {limit|yen} まで]。',
          en:
            'Account {account} set its prepaid settings: balance alert {alert|code}, ' +
            'limit alert {limitAlert|code}' +
            '[, auto-recharge at {trigger|yen} or less][ by {amount|yen}][, {limit|yen} a month at most].',
        },
      },
    ),
    BalanceAlertFired: event(
      {
        account,
        alertAmounts: fact.listOf(fact.money),
        balance: fact.moneyTotal,
        wish: fact.oneOf('ja', 'en'),
        ...alertsNow,
      },
      {
        word: {
          ja: 'プリペイド残額がアラート通知額を下回った。',
          en: 'The balance has fallen below an amount that the customer wants to be told of.',
        },
        sentence: {
          ja: 'アカウント {account} の残額が {balance|yen} となり、アラート通知額を下回った。',
          en: 'The balance of account {account} fell to {balance|yen}, below an alert amount.',
        },
        act: false,
      },
    ),
    BalanceAlertArmed: event(
      { account, alertAmounts: fact.listOf(fact.money), balance: fact.moneyTotal, ...alertsNow },
      {
        word: {
          ja: 'プリペイド残額がアラート通知額以上に戻った。次に下回ると通知する。',
          en: 'The balance is at or above an alert amount again: the next fall below it is told.',
        },
        sentence: {
          ja: 'アカウント {account} の残額が {balance|yen} に戻り、アラートを再び有効にした。',
          en: 'The balance of account {account} is {balance|yen}: its alert is armed again.',
        },
        act: false,
      },
    ),
    ExpiryTold: event(
      {
        account,
        expiring: fact.listOf(
          fact.record({ expiresOn: fact.day, amount: fact.money, daysBefore: fact.whole }),
        ),
      },
      {
        word: {
          ja: '有効期限が近い残高をお知らせする。',
          en: 'Value that will expire soon is to be told.',
        },
        sentence: {
          ja: 'アカウント {account} に、有効期限が近い残高をお知らせする。',
          en: 'Account {account} is to be told of value that will expire soon.',
        },
        act: false,
      },
    ),
    RechargeBegun: event(
      {
        ...{ account, payment: fact.text, card, amount: fact.money, available: fact.moneyTotal },
        /** All of this month's, with this one. */
        monthTotal: fact.money,
        /** Nobody takes it later than this. */
        payableUntil: fact.instant,
        policy: fact.text,
      },
      {
        word: {
          ja: '残高が設定額以下になったため、オートリチャージを始める。',
          en: 'The balance is at or below the trigger: the chosen card is charged.',
        },
        sentence: {
          ja:
            'アカウント {account} の利用可能残高が {available|yen} のため、カード {card} で ' +
            '{amount|yen} をオートリチャージする（今月の累計 {monthTotal|yen}）。',
          en:
            'Account {account} has {available|yen}: card {card} is charged {amount|yen} ' +
            '({monthTotal|yen} this month).',
        },
        act: false,
      },
    ),
    RechargeDone: event(
      { account, payment: fact.text, card },
      {
        word: { ja: 'オートリチャージが完了した。', en: 'An auto-recharge is complete.' },
        sentence: {
          ja: 'アカウント {account} のオートリチャージ {payment} が完了した。',
          en: 'Auto-recharge {payment} of account {account} is complete.',
        },
        act: false,
      },
    ),
    RechargeFailed: event(
      {
        ...{ account, payment: fact.text, card, amount: fact.money, why: fact.text },
        /** How often the card has been refused in a row, with this time. */
        failures: fact.whole,
        /** It was refused too often: it is not charged by itself any more. */
        switchedOff: fact.flag,
      },
      {
        word: {
          ja: 'オートリチャージの決済ができなかった。',
          en: 'An auto-recharge came to nothing; nothing was charged.',
        },
        sentence: {
          ja:
            'アカウント {account} のオートリチャージ {payment}（{amount|yen}）は不成立: {why|code}' +
            '（このカードの連続失敗 {failures} 回）。',
          en:
            'Auto-recharge {payment} of account {account} ({amount|yen}) failed: {why|code}, ' +
            '{failures} in a row with this card.',
        },
        act: false,
      },
    ),
    RechargeStopped: event(
      {
        ...{ account, month: fact.month, monthTotal: fact.money, amount: fact.money, limit: fact.money },
        wish,
      },
      {
        word: {
          ja: '今月の限度額に達するため、オートリチャージを翌月まで止めた。',
          en: 'One more charge would exceed the limit of the month: none is made until the next one.',
        },
        sentence: {
          ja:
            'アカウント {account} の {month} のオートリチャージは {monthTotal|yen}。{amount|yen} を加えると' +
            '限度額 {limit|yen} を超えるため、翌月まで停止する。',
          en:
            'Account {account} was charged {monthTotal|yen} in {month}; {amount|yen} more would exceed ' +
            'its limit of {limit|yen}: auto-recharge stops until the next month.',
        },
        act: false,
      },
    ),
  },
);
export type PrepaidSettingsEvent = EventOf<typeof prepaidSettingsEvents>;
