import { type AccountId, BusinessMonth, column, type MoneyTotal, projection, table } from '#kernel';
import { accountOfWallet, type LedgerAccount, postingsOf, type WalletEvent } from '#ledger';

const journalTable = table({
  name: 'journal_balances',
  columns: {
    account: column.text<AccountId>(),
    month: column.integer<BusinessMonth>(),
    ledger_account: column.text<LedgerAccount>(),
    debit: column.integer<MoneyTotal>(),
    credit: column.integer<MoneyTotal>(),
  },
  key: ['account', 'month', 'ledger_account'],
});

/**
 * Debit and credit sums per account, month and ledger account: the trial balance without adding up every
 * entry.
 */
export const journal = projection({
  name: 'journal',
  version: 2,
  tables: [journalTable],
  handles: [
    'ledger.LotCredited.v1',
    'ledger.ChargeTakenBack.v1',
    'ledger.ReceivablePaid.v1',
    'ledger.ReceivablePaymentReturned.v1',
    'ledger.CallCharged.v1',
    'ledger.Debited.v1',
    'ledger.DebitReversed.v1',
    'ledger.DebitReversed.v2',
    'ledger.LotExpired.v1',
    'ledger.Adjusted.v1',
    'ledger.IncomingDiscountGranted.v1',
    'ledger.IncomingDiscountGranted.v2',
    'ledger.RoundingDifferenceBooked.v1',
    'ledger.RoundingDifferenceBooked.v2',
  ],
  apply({ event, stream }, rows) {
    const e = event as WalletEvent;
    const account = accountOfWallet(stream);
    const month = BusinessMonth.of(e.at);
    for (const posting of postingsOf(e)) {
      const key = { account, month, ledger_account: posting.account };
      rows.merge('journal_balances', key, { add: { debit: posting.debit, credit: posting.credit } });
    }
  },
});
