import type { InvoiceDocument, InvoiceDraft } from '#invoicing';
import { type AccountId, detailsOf, Money, type Rejection, saidOf } from '#kernel';
import type { AccountClose, RejectionView } from './closing.shapes.js';

/** What a close of this draft would do. */
export function closeOf(
  account: AccountId,
  outcome: AccountClose['outcome'],
  invoiceNumber: string | null,
  draft: InvoiceDraft,
): AccountClose {
  const figures = closeFigures(draft.close);
  return {
    account,
    outcome,
    invoice: invoiceNumber,
    net: Money.text(draft.net),
    tax: Money.text(draft.tax),
    ...figures,
    rejection: null,
  };
}

/** What a close did, or did not. */
export function closeOfDocument(
  account: AccountId,
  outcome: AccountClose['outcome'],
  document: InvoiceDocument | null,
  figures: InvoiceDraft['close'] | null,
): AccountClose {
  const amounts = figures ? closeFigures(figures) : { total: '0', roundingDifference: '0' };
  return {
    account,
    outcome,
    invoice: document?.number ?? null,
    net: document?.net ?? '0',
    tax: document?.tax ?? '0',
    ...amounts,
    rejection: null,
  };
}

function viewOf(rejection: Rejection): RejectionView {
  const { ja, en } = saidOf(rejection);
  const details = detailsOf(rejection);
  return { code: rejection.code, message: en, messageJa: ja, ...(details && { details }) };
}

/** A close that does nothing, and why. */
export const refusedClose = (account: AccountId, rejection: Rejection): AccountClose => ({
  ...closeOfDocument(account, 'refused', null, null),
  rejection: viewOf(rejection),
});

/** What the close books besides the debits: the total, and the difference that makes the debits equal it. */
function closeFigures({ basis, discounts, total }: InvoiceDraft['close']): {
  total: string;
  roundingDifference: string;
} {
  const given = Money.sum(discounts.map(part => Money.add(part.net, part.tax)));
  const debited = Money.subtract(Money.add(basis.net, basis.tax), given);
  return { total: Money.text(total), roundingDifference: Money.text(Money.subtract(total, debited)) };
}
