import type { AccountCloseEvent, CloseRunEvent } from '#invoicing';
import { type AccountId, BusinessMonth, column, type Instant, Money, projection, table } from '#kernel';

type Drafted = Extract<AccountCloseEvent, { type: 'CloseDrafted' }>;

/** What makes the debits equal the total: total less what was debited and not given back. */
function roundingDifference({ basis, discounts, total }: Drafted['figures']): Money {
  const given = Money.sum(discounts.map(part => Money.add(part.net, part.tax)));
  return Money.subtract(total, Money.subtract(Money.add(basis.net, basis.tax), given));
}

const closesTable = table({
  name: 'closes',
  columns: {
    month: 'text',
    account: column.text<AccountId>(),
    invoice: 'text?',
    total: column.integer<Money>(),
    closed_at: column.integer<Instant>(),
  },
  key: ['month', 'account'],
});

const draftsTable = table({
  name: 'close_drafts',
  columns: {
    month: 'text',
    account: column.text<AccountId>(),
    net: column.integer<Money>(),
    tax: column.integer<Money>(),
    rounding: column.integer<Money>(),
  },
  key: ['month', 'account'],
});

/**
 * Which accounts of a month are closed, with which invoice; and what their closes were drafted as. A close
 * may be composed again before its account is closed: the last draft stands.
 */
export const closes = projection({
  name: 'closes',
  version: 2,
  tables: [closesTable, draftsTable],
  handles: ['invoicing.AccountClosed.v1', 'invoicing.CloseDrafted.v1', 'invoicing.CloseDrafted.v2'],
  apply({ event, stream }, rows) {
    const e = event as Drafted | Extract<CloseRunEvent, { type: 'AccountClosed' }>;
    if (e.type === 'CloseDrafted') {
      const net = Money.of(e.document?.net ?? '0');
      const tax = Money.of(e.document?.tax ?? '0');
      const key = { month: BusinessMonth.text(e.month), account: e.account as AccountId };
      rows.merge('close_drafts', key, { set: { net, tax, rounding: roundingDifference(e.figures) } });
      return;
    }
    const { account, invoice, total, at } = e;
    rows.insert('closes', {
      month: stream.slice('closeRun-'.length),
      account: account as AccountId,
      invoice,
      total,
      closed_at: at,
    });
  },
});
