import { type AccountId, defineEvents, type EventOf, event, fact } from '#kernel';
import { DEPOSIT_FORMATS } from '../bank/bank-file.js';
import { DEPOSIT_PARKED_FOR, MATCHED_BY } from './matching.js';

/**
 * What staff decide of a deposit. `order`: it pays this order. `account`: it becomes a lot of this account.
 * `returned`: it went back to whoever paid. `noted`: it is no money, so nothing is booked.
 */
export const DEPOSIT_ENDS = ['order', 'account', 'returned', 'noted'] as const;
export type DepositEnd = (typeof DEPOSIT_ENDS)[number];

/** What became of it. `parked`: it waits for staff at its payment. */
export const DEPOSIT_OUTCOMES = ['lot', 'parked', 'returned', 'noted'] as const;
export type DepositOutcome = (typeof DEPOSIT_OUTCOMES)[number];

const account = fact.id<AccountId>();

/** Events of `deposit-<id>`: money that came to the bank, until it is a lot, is parked or went back. */
export const depositEvents = defineEvents(
  { context: 'payments', stream: 'deposit-<id>' },
  {
    DepositSeen: event(
      {
        ...{
          deposit: fact.text,
          file: fact.text,
          record: fact.whole,
          format: fact.oneOf(...DEPOSIT_FORMATS),
        },
        /** Into which account it came: bank, branch, kind, number. */
        receivedAt: fact.text,
        ...{ number: fact.orNull(fact.text), day: fact.day, amount: fact.money },
        /** As the bank wrote it: its record of the payment, which law keeps for ten years. */
        payer: fact.text,
        ...{ payerBank: fact.text, remark: fact.text, virtualAccount: fact.orNull(fact.text) },
        /** A cancellation whose deposit is not known: no money. */
        isCancellation: fact.flag,
        twin: fact.orNull(fact.text),
      },
      {
        word: { ja: '銀行口座への入金を取り込んだ。', en: 'Money came into the bank account.' },
        sentence: {
          ja: '{day} の入金 {amount|yen}（{payer}）を {deposit} として取り込んだ。',
          en: 'Deposit {deposit} of {amount|yen} ({payer}) came in on {day}.',
        },
        act: false,
      },
    ),
    DepositMatched: event(
      { payment: fact.text, account, by: fact.oneOf(...MATCHED_BY) },
      {
        word: {
          ja: '入金が、チャージの申し込みと一致した。',
          en: 'The deposit is the payment of an order.',
        },
        sentence: {
          ja: 'アカウント {account} の申し込み {payment} と一致した（{by|code}）。',
          en: 'It pays order {payment} of account {account} ({by|code}).',
        },
        act: false,
      },
    ),
    DepositParked: event(
      {
        why: fact.oneOf(...DEPOSIT_PARKED_FOR),
        account: fact.orNull(account),
        candidates: fact.listOf(fact.text),
      },
      {
        word: {
          ja: 'どの申し込みの入金か決められず、担当者の確認を待つ。',
          en: 'It is not certain what the deposit pays: it waits for staff.',
        },
        sentence: {
          ja: '担当者の確認を待つ: {why|code}。',
          en: 'It waits for staff: {why|code}.',
        },
        act: false,
      },
    ),
    DepositResolved: event(
      {
        end: fact.oneOf(...DEPOSIT_ENDS),
        payment: fact.orNull(fact.text),
        account: fact.orNull(account),
        reason: fact.text,
      },
      {
        word: { ja: '担当者が、入金の扱いを決めた。', en: 'Staff decided what becomes of the deposit.' },
        sentence: {
          ja: '入金の扱い: {end|code}[、申し込み {payment}][、アカウント {account}]。理由: {reason}',
          en: 'It is dealt with: {end|code}[, order {payment}][, account {account}]. Reason: {reason}',
        },
      },
    ),
    DepositSettled: event(
      { outcome: fact.oneOf(...DEPOSIT_OUTCOMES), lot: fact.orNull(fact.text) },
      {
        word: { ja: '入金の処理が終わった。', en: 'What was decided of the deposit is done.' },
        sentence: {
          ja: '入金の処理が終わった: {outcome|code}[（ロット {lot}）]。',
          en: 'The deposit is done with: {outcome|code}[ (lot {lot})].',
        },
        act: false,
      },
    ),
    DepositTakenBack: event(
      { cancellation: fact.text, wasBooked: fact.flag },
      {
        word: {
          ja: '銀行が入金を取り消した。チャージ済みのときは担当者が確認する。',
          en: 'The bank took the deposit back; where it was booked already, staff look at it.',
        },
        sentence: {
          ja: '銀行が入金を取り消した（{cancellation}）。',
          en: 'The bank took the deposit back ({cancellation}).',
        },
        act: false,
      },
    ),
  },
);
export type DepositEvent = EventOf<typeof depositEvents>;
