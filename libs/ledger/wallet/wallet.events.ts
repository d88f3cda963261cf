import {
  type BasisPoints,
  defineEvents,
  type EventOf,
  event,
  fact,
  type Instant,
  type TaxCategory,
} from '#kernel';
import { debitReversedV1, monthClosedV1, roundingV1, SAID_V1, WALLET_V1 } from './older.js';
import {
  callFact,
  callPriceFact,
  chargeMethodFact,
  lotFact,
  lotKindFact,
  lotPartFact,
  notedWhyFact,
  reversedCallFact,
  talkRateFact,
  taxedFacts,
  taxedSumFact,
  walletBalanceFact,
} from './wallet.facts.js';

export * from './wallet.facts.js';

/**
 * Events of `wallet-<account>_<yyyy-mm>`. `at` is the instant of the decision: it never goes back within a
 * wallet, its opening apart.
 */
export const walletEvents = defineEvents(
  { context: 'ledger', stream: 'wallet-<account>_<yyyy-mm>' },
  {
    WalletOpened: event(
      { account: fact.text, month: fact.month, carried: fact.orNull(walletBalanceFact) },
      {
        word: {
          ja: '月の財布を開き、前月の残高を繰り越した。',
          en:
            'A month of the wallet began with what the month before carried over; null for the ' +
            "wallet's first.",
        },
        sentence: SAID_V1.opened,
      },
      { version: 2, older: WALLET_V1.WalletOpened },
    ),
    LotCredited: event(
      {
        lot: fact.text,
        kind: lotKindFact,
        method: chargeMethodFact,
        amount: fact.money,
        expiresOn: fact.day,
        /** The catalogue policy that gave the expiry, e.g. `prepaid.expiry-days@2020-01-01=180`. */
        policy: fact.text,
        /** When it was paid, where that was before `at`; the expiry counts from here (J-06). */
        issuedAt: fact.optional(fact.instant),
        /** The second person of a large bonus. */
        approvedBy: fact.optional(fact.text),
      },
      {
        word: {
          ja: 'チャージされ、有効期限のあるロットができた。',
          en: 'A charge was completed: a lot with its expiry.',
        },
        sentence: {
          ja:
            '{amount|yen}（{kind|code}、{method|code}）をロット {lot} にチャージした' +
            '[（入金 {issuedAt|time}）]。有効期限 {expiresOn}。[承認: {approvedBy}。]',
          en:
            '{amount|yen} ({kind|code}, {method|code})[, paid at {issuedAt|time},] ' +
            'was charged as lot {lot}, valid through {expiresOn}.[ Approved by {approvedBy}.]',
        },
      },
    ),
    /** A receivable is paid first from the next charge. */
    ReceivablePaid: event(
      { amount: fact.money, parts: fact.listOf(lotPartFact) },
      {
        word: { ja: '未収金をロットから支払った。', en: 'What was owed was paid from lots.' },
        sentence: {
          ja: '未収金 {amount|yen} を {parts} ロットから充当した。',
          en: 'A receivable of {amount|yen} was paid from {parts} lot(s).',
        },
      },
    ),
    /**
     * A debt that is taken back had been paid meanwhile: the payment returns to the lots that made it (with
     * their own expiry: a new lot would prolong old value, J-07), and the debt stands again until the next
     * event takes it away.
     */
    ReceivablePaymentReturned: event(
      {
        /** parts + expired. */
        amount: fact.money,
        parts: fact.listOf(lotPartFact),
        expired: fact.listOf(lotPartFact),
      },
      {
        word: {
          ja: '取り消された未収金の支払いを元のロットに戻した。',
          en: 'A debt that is taken back had been paid: the payment returned to its lots.',
        },
        sentence: {
          ja: '未収金の支払い {amount|yen} を元のロットに戻した。',
          en: 'A payment of {amount|yen} of a receivable returned to its lots.',
        },
      },
    ),
    FundsHeld: event(
      { hold: fact.text, purpose: fact.text, amount: fact.money, parts: fact.listOf(lotPartFact) },
      {
        word: { ja: '通話のために資金を確保した。', en: 'Funds were set aside for a running call.' },
        sentence: {
          ja: '{purpose} のために {amount|yen} を確保した（{hold}）。',
          en: '{amount|yen} was set aside for {purpose} (hold {hold}).',
        },
      },
    ),
    HoldExtended: event(
      { hold: fact.text, amount: fact.money, parts: fact.listOf(lotPartFact) },
      {
        word: { ja: '確保を増額した。', en: 'More funds were set aside.' },
        sentence: {
          ja: '確保 {hold} に {amount|yen} を加えた。',
          en: '{amount|yen} more was set aside for hold {hold}.',
        },
      },
    ),
    HoldReleased: event(
      { hold: fact.text, parts: fact.listOf(lotPartFact) },
      {
        word: { ja: '確保を解除した。', en: 'What was set aside is free again.' },
        sentence: { ja: '確保 {hold} を解除した。', en: 'Hold {hold} was released.' },
      },
    ),
    CallCharged: event(
      {
        call: callFact,
        price: callPriceFact,
        category: fact.text,
        taxCategory: fact.id<TaxCategory>(),
        taxRate: fact.wholeOf<BasisPoints>(),
        billingMonth: fact.month,
        net: fact.money,
        tax: fact.money,
        /** The hold it was settled from; what it did not use is released by this event. */
        hold: fact.orNull(fact.text),
        parts: fact.listOf(lotPartFact),
        /** net + tax - parts: what no lot could cover. */
        receivable: fact.money,
      },
      {
        word: {
          ja: '通話料金を引き落とした。',
          en: 'A call was charged: its price, tax, the lots it drew and what is owed.',
        },
        sentence: {
          ja:
            '{call.startedAt|time} {call.from} から {call.to} への通話（{category}、{price.destination}、' +
            '{call.durationMs|talk}）を {net|yen}、税 {tax|yen} で課金した[。うち未収 {receivable|yen}]。',
          en:
            'A call from {call.from} to {call.to} at {call.startedAt|time} ({category}, ' +
            '{price.destination}, {call.durationMs|talk}) was charged: {net|yen} and {tax|yen} tax[; ' +
            '{receivable|yen} is owed].',
        },
      },
    ),
    /**
     * A call that costs nothing by its nature: unanswered, incoming, internal, emergency. Counted as
     * `countedAs` says, never priced.
     */
    CallNoted: event(
      {
        call: callFact,
        why: notedWhyFact,
        category: fact.text,
        billingMonth: fact.month,
        hold: fact.orNull(fact.text),
      },
      {
        word: { ja: '無料の通話を記録した。', en: 'A call that costs nothing by its nature was counted.' },
        sentence: {
          ja:
            '{call.startedAt|time} {call.from} から {call.to} への無料の通話（{why|code}、' +
            '{call.durationMs|talk}）を記録した。',
          en:
            'A free call from {call.from} to {call.to} at {call.startedAt|time} ({why|code}, ' +
            '{call.durationMs|talk}) was noted.',
        },
      },
    ),
    Debited: event(
      {
        debit: fact.text,
        kind: fact.oneOf('recurring', 'device', 'other'),
        category: fact.text,
        taxCategory: fact.id<TaxCategory>(),
        taxRate: fact.wholeOf<BasisPoints>(),
        billingMonth: fact.month,
        net: fact.money,
        tax: fact.money,
        parts: fact.listOf(lotPartFact),
        receivable: fact.money,
      },
      {
        word: { ja: '通話以外の料金を引き落とした。', en: 'A fee or purchase was debited.' },
        sentence: {
          ja: '{category}（{kind|code}）{net|yen}、税 {tax|yen} を引き落とした（{debit}）[。うち未収 {receivable|yen}]。',
          en:
            '{category} ({kind|code}) was debited: {net|yen} and {tax|yen} tax ({debit})[; ' +
            '{receivable|yen} is owed].',
        },
      },
    ),
    /**
     * A debit or a call taken back in full, with the discount that it had earned: net + tax - discounts =
     * receivable + parts + expired + unreturned. To its original lots; what has expired since becomes
     * breakage.
     */
    DebitReversed: event(
      {
        ...debitReversedV1,
        /** What call it was; null for what is not a call. */
        call: fact.orNull(reversedCallFact),
        /** The discount of the usage month (着割) that is taken back with it, by what it was granted on. */
        discounts: fact.listOf(taxedSumFact),
        /** What nobody had paid in the end, since a close had rounded it away: no lot takes it back. */
        unreturned: fact.money,
      },
      {
        word: {
          ja: '引落または通話を着割とともに取り消し、元のロットに戻した。',
          en:
            'A debit or a call was taken back in full with the discount it had earned, ' +
            'to its original lots.',
        },
        sentence: {
          ja: '{debit}（{category}）の {net|yen}、税 {tax|yen} を取り消した[（着割の戻し {discounts} 件を含む）]: {reason}',
          en:
            '{debit} ({category}) was taken back: {net|yen} and {tax|yen} tax' +
            '[, with {discounts} part(s) of the discount it had earned]. Reason: {reason}',
        },
      },
      { version: 2, older: WALLET_V1.DebitReversed },
    ),
    LotExpired: event(
      { lot: fact.text, kind: lotKindFact, amount: fact.money },
      {
        word: {
          ja: '期限切れの残額を失効益に計上した。',
          en: 'The rest of a lot that is past its day became breakage.',
        },
        sentence: {
          ja: 'ロット {lot}（{kind|code}）の残額 {amount|yen} が有効期限切れで消失した。',
          en: '{amount|yen} left in lot {lot} ({kind|code}) expired.',
        },
      },
    ),
    /** 調整金. Positive: a new bonus lot whose id is `adjustment`. Negative: drawn like a debit. */
    Adjusted: event(
      {
        adjustment: fact.text,
        amount: fact.money,
        reason: fact.text,
        approvedBy: fact.orNull(fact.text),
        expiresOn: fact.orNull(fact.day),
        parts: fact.listOf(lotPartFact),
        receivable: fact.money,
        /** When it was given, where that was before `at`; the expiry of the new lot counts from here. */
        issuedAt: fact.optional(fact.instant),
      },
      {
        word: {
          ja: '調整金を加減した。',
          en: 'An adjustment, up or down, with its reason and who approved it.',
        },
        sentence: {
          ja:
            '調整金 {adjustment}: [+amount {amount|size} を加えた][-amount {amount|size} を引いた]。理由: {reason}[' +
            '（承認 {approvedBy}）]',
          en:
            'Adjustment {adjustment}: {amount|size} [+amount was added][-amount was taken]. Reason: ' +
            '{reason}[ (approved by {approvedBy})]',
        },
      },
    ),
    /**
     * 着割 of a month of use, as far as it has not been granted before: taken off its outgoing charges at a
     * close. Below zero: more had been granted than is due now; drawn like a debit.
     */
    IncomingDiscountGranted: event(
      {
        billingMonth: fact.month,
        usageMonth: fact.month,
        ...taxedFacts,
        parts: fact.listOf(lotPartFact),
        expired: fact.listOf(lotPartFact),
        /** Same sign as net + tax: owed less, or owed more. */
        receivable: fact.money,
        /** These two as in `DebitReversed`. */
        unreturned: fact.money,
        revived: fact.listOf(lotFact),
      },
      {
        word: {
          ja: '利用月の着割を、それまでに戻した分との差額だけ戻した（多すぎた分は取り消した）。',
          en: 'The discount of a month of use, less what was given before; below zero it was taken back.',
        },
        sentence: {
          ja: '{usageMonth} の着割 {net|size}、税 {tax|size} を[+net 戻した][-net 取り消した]（{billingMonth} の請求）。',
          en:
            'Of the incoming-time discount of {usageMonth}, {net|size} and {tax|size} tax ' +
            'were [+net given][-net taken back] with the bill of {billingMonth}.',
        },
      },
      { version: 2, older: WALLET_V1.IncomingDiscountGranted },
    ),
    /**
     * Makes the month's debits equal the invoice total. Positive: drawn from lots; negative: given back to
     * them.
     */
    RoundingDifferenceBooked: event(
      {
        ...roundingV1,
        /** These two as in `DebitReversed`. */
        unreturned: fact.money,
        revived: fact.listOf(lotFact),
      },
      {
        word: {
          ja: '月の引落合計を請求額に一致させた。',
          en: "One difference makes the month's debits equal the invoice.",
        },
        sentence: SAID_V1.rounded,
      },
      { version: 2, older: WALLET_V1.RoundingDifferenceBooked },
    ),
    BillingMonthClosed: event(
      {
        ...monthClosedV1,
        /** What was agreed per minute of incoming talk in the months of use whose discount was settled. */
        rates: fact.listOf(talkRateFact),
      },
      {
        word: {
          ja: '請求月を締めた。',
          en: 'The billing month is closed for good; later calls of it go to the next one.',
        },
        sentence: SAID_V1.monthClosed,
      },
      { version: 2, older: WALLET_V1.BillingMonthClosed },
    ),
    /** The last event of a wallet stream. */
    WalletClosed: event(
      { next: fact.month, closing: walletBalanceFact },
      {
        word: {
          ja: '月の財布を閉じ、残高を引き渡した。',
          en: 'The month of the wallet ends with its closing balance; always the last event of the stream.',
        },
        sentence: SAID_V1.closed,
      },
      { version: 2, older: WALLET_V1.WalletClosed },
    ),
  },
);
export type WalletEvent = EventOf<typeof walletEvents>;

/** The instant of issue of the lot that an event makes: of the payment, not of its booking. */
export const issuedAtOf = (event: { readonly at: Instant; readonly issuedAt?: Instant }): Instant =>
  event.issuedAt ?? event.at;

type CallNoted = Extract<WalletEvent, { type: 'CallNoted' }>;

/** Older logs say `emergency` of an emergency call that nobody answered too: it is not counted as a call. */
export const countedAs = (why: CallNoted['why'], call: CallNoted['call']): CallNoted['why'] =>
  why === 'emergency' && call.answeredAt === null ? 'unanswered' : why;
