import { BusinessDay, BusinessMonth, Money, type Projection } from '#kernel';
import type { AccountCloseEvent } from './account-close.js';
import type { CloseRunEvent } from './close-run.js';
import type { InvoiceEvent } from './invoice.js';
import { invoiceJson } from './invoice-document.js';

/**
 * Every issued invoice, searchable by date, amount and counterparty (J-12); `document` is its canonical JSON.
 */
export const invoices: Projection = {
  name: 'invoices',
  version: 1,
  tables: [
    {
      name: 'invoices',
      columns: {
        number: 'text',
        account: 'text',
        month: 'integer',
        date: 'integer',
        subject: 'text',
        net: 'integer',
        tax: 'integer',
        total: 'integer',
        available_from: 'integer',
        document: 'text',
        position: 'integer',
      },
      key: ['number'],
      indexes: [
        ['account', 'month'],
        ['month', 'number'],
      ],
    },
  ],
  handles: ['invoicing.InvoiceIssued.v1'],
  apply({ event, position }, rows) {
    const { document } = event as Extract<InvoiceEvent, { type: 'InvoiceIssued' }>;
    rows.insert('invoices', {
      number: document.number,
      account: document.account,
      month: BusinessMonth.parse(document.month),
      date: BusinessDay.parse(document.issueDate),
      subject: document.subject,
      net: Money.parse(document.net),
      tax: Money.parse(document.tax),
      total: Money.parse(document.total),
      available_from: BusinessDay.parse(document.availableFrom),
      document: invoiceJson(document),
      position,
    });
  },
};

type Drafted = Extract<AccountCloseEvent, { type: 'CloseDrafted' }>;

/** What makes the debits equal the total: total less what was debited and not given back. */
function roundingDifference({ basis, discounts, total }: Drafted['figures']): Money {
  const given = Money.sum(discounts.map(part => Money.add(part.net, part.tax)));
  return Money.subtract(total, Money.subtract(Money.add(basis.net, basis.tax), given));
}

/**
 * Which accounts of a month are closed, with which invoice; and what their closes were drafted as. A close
 * may be drawn again before its account is closed: the last draft stands.
 */
export const closes: Projection = {
  name: 'closes',
  version: 2,
  tables: [
    {
      name: 'closes',
      columns: { month: 'text', account: 'text', invoice: 'text?', total: 'integer', closed_at: 'integer' },
      key: ['month', 'account'],
    },
    {
      name: 'close_drafts',
      columns: { month: 'text', account: 'text', net: 'integer', tax: 'integer', rounding: 'integer' },
      key: ['month', 'account'],
    },
  ],
  handles: ['invoicing.AccountClosed.v1', 'invoicing.CloseDrafted.v1', 'invoicing.CloseDrafted.v2'],
  apply({ event, stream }, rows) {
    const e = event as Drafted | Extract<CloseRunEvent, { type: 'AccountClosed' }>;
    if (e.type === 'CloseDrafted') {
      const net = Money.of(e.document?.net ?? '0');
      const tax = Money.of(e.document?.tax ?? '0');
      const key = { month: BusinessMonth.text(e.month), account: e.account };
      rows.merge('close_drafts', key, { set: { net, tax, rounding: roundingDifference(e.figures) } });
      return;
    }
    const { account, invoice, total, at } = e;
    rows.insert('closes', {
      month: stream.slice('closeRun-'.length),
      account,
      invoice,
      total,
      closed_at: at,
    });
  },
};
