import { BusinessDay, BusinessMonth, Money, type Projection } from '#kernel';
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

/** Which accounts of a month are closed, with which invoice. */
export const closes: Projection = {
  name: 'closes',
  version: 1,
  tables: [
    {
      name: 'closes',
      columns: { month: 'text', account: 'text', invoice: 'text?', total: 'integer', closed_at: 'integer' },
      key: ['month', 'account'],
    },
  ],
  handles: ['invoicing.AccountClosed.v1'],
  apply({ event, stream }, rows) {
    const { account, invoice, total, at } = event as Extract<CloseRunEvent, { type: 'AccountClosed' }>;
    rows.insert('closes', {
      month: stream.slice('closeRun-'.length),
      account,
      invoice,
      total,
      closed_at: at,
    });
  },
};
