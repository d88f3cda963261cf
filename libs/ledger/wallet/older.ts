import { type BasisPoints, fact, Money, olderForm, type TaxCategory } from '#kernel';
import { talkOfUsage } from './incoming-discount.js';
import {
  lotFact,
  lotPartFact,
  taxedFacts,
  usageKindFact,
  type WalletBalance,
  type WalletBalanceV1,
  walletBalanceV1Fact,
} from './wallet.facts.js';

// What events of a wallet looked like before it kept talk and discounts by month of use: read for ever.

export const debitReversedV1 = {
  reversal: fact.text,
  /** The debit's id, or the call id. */
  debit: fact.text,
  reason: fact.text,
  kind: usageKindFact,
  category: fact.text,
  taxCategory: fact.id<TaxCategory>(),
  taxRate: fact.wholeOf<BasisPoints>(),
  billingMonth: fact.month,
  usageMonth: fact.month,
  net: fact.money,
  tax: fact.money,
  parts: fact.listOf(lotPartFact),
  expired: fact.listOf(lotPartFact),
  /** What was owed and is no longer. */
  receivable: fact.money,
  /** Talk time taken back; 0 for what is not a call. */
  durationMs: fact.whole,
  /** Lots among `parts` that had left the wallet empty. */
  revived: fact.listOf(lotFact),
};
/** Only what was charged could be taken back; of the direction nothing was kept, and it was mostly out. */
const CHARGED_CALL = { direction: 'out', why: null, entry: 1 } as const;

export const roundingV1 = {
  billingMonth: fact.month,
  amount: fact.money,
  parts: fact.listOf(lotPartFact),
  expired: fact.listOf(lotPartFact),
  /** Same sign as `amount`: owed more, or owed less. */
  receivable: fact.money,
};

export const monthClosedV1 = { month: fact.month, invoice: fact.orNull(fact.text), total: fact.money };

/** What events of today and of then say alike. */
export const SAID_V1 = {
  opened: {
    ja: 'アカウント {account} の {month} の財布を開いた[（前月から {carried.lots} ロットを繰越）]。',
    en: 'The wallet of account {account} began {month}[ with {carried.lots} lot(s) carried over].',
  },
  closed: {
    ja: '財布を {closing.lots} ロットで閉じ、{next} に引き渡した。',
    en: 'The wallet closed with {closing.lots} lot(s) and goes on in {next}.',
  },
  rounded: {
    ja: '{billingMonth} の端数 {amount|size} を[+amount 引き落とした][-amount 戻した]。',
    en:
      'The rounding difference of {billingMonth}, {amount|size}, was [+amount debited][-amount ' +
      'given back].',
  },
  monthClosed: {
    ja: '請求月 {month} を合計 {total|yen} で締めた[（請求書 {invoice}）]。',
    en: 'Billing month {month} was closed with a total of {total|yen}[, invoice {invoice}].',
  },
};

/**
 * Balances of before kept no talk by month of use and no sum of draws: both follow, as far as they matter
 * still, from the open months and the lots.
 */
function balanceOfV1(balance: WalletBalanceV1): WalletBalance {
  const usage = balance.usage.map(month => ({ ...month, unreturned: Money.zero }));
  const netDrawn = Money.sum(balance.lots.map(lot => Money.subtract(lot.credited, lot.posted)));
  return { ...balance, usage, talk: talkOfUsage(usage), netDrawn };
}

const NOTHING_UNRETURNED = { unreturned: Money.zero, revived: [] };

/** The first version of the events that have a second one. */
export const WALLET_V1 = {
  WalletOpened: [
    olderForm(
      1,
      { account: fact.text, month: fact.month, carried: fact.orNull(walletBalanceV1Fact) },
      SAID_V1.opened,
      e => ({ ...e, carried: e.carried && balanceOfV1(e.carried) }),
    ),
  ],
  WalletClosed: [
    olderForm(1, { next: fact.month, closing: walletBalanceV1Fact }, SAID_V1.closed, e => ({
      ...e,
      closing: balanceOfV1(e.closing),
    })),
  ],
  DebitReversed: [
    olderForm(
      1,
      debitReversedV1,
      {
        ja: '{debit}（{category}）の {net|yen}、税 {tax|yen} を取り消した: {reason}',
        en: '{debit} ({category}) was taken back: {net|yen} and {tax|yen} tax. Reason: {reason}',
      },
      e => ({
        ...e,
        call: e.kind === 'usage' ? CHARGED_CALL : null,
        discounts: [],
        unreturned: Money.zero,
      }),
    ),
  ],
  IncomingDiscountGranted: [
    olderForm(
      1,
      {
        billingMonth: fact.month,
        ...taxedFacts,
        parts: fact.listOf(lotPartFact),
        expired: fact.listOf(lotPartFact),
        receivable: fact.money,
      },
      {
        ja: '{billingMonth} の着割 {net|yen}、税 {tax|yen} を戻した。',
        en: 'The incoming-time discount of {billingMonth} was given back: {net|yen} and {tax|yen} tax.',
      },
      e => ({ ...e, usageMonth: e.billingMonth, ...NOTHING_UNRETURNED }),
    ),
  ],
  RoundingDifferenceBooked: [
    olderForm(1, roundingV1, SAID_V1.rounded, e => ({ ...e, ...NOTHING_UNRETURNED })),
  ],
  BillingMonthClosed: [olderForm(1, monthClosedV1, SAID_V1.monthClosed, e => ({ ...e, rates: [] }))],
};
