import { type InvoiceEvent, invoiceJson } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, column, Money, projection, table } from '#kernel';

const invoicesTable = table({
  name: 'invoices',
  columns: {
    number: 'text',
    account: column.text<AccountId>(),
    month: column.integer<BusinessMonth>(),
    date: column.integer<BusinessDay>(),
    subject: 'text',
    net: column.integer<Money>(),
    tax: column.integer<Money>(),
    total: column.integer<Money>(),
    available_from: column.integer<BusinessDay>(),
    /** Read it with `readInvoice`. */
    document: 'text',
    position: 'integer',
  },
  key: ['number'],
  indexes: [
    ['account', 'month'],
    ['month', 'number'],
  ],
});

/**
 * Every issued invoice, searchable by date, amount and counterparty (J-12); `document` is its canonical JSON.
 */
export const invoices = projection({
  name: 'invoices',
  version: 1,
  tables: [invoicesTable],
  handles: ['invoicing.InvoiceIssued.v1'],
  apply({ event, position }, rows) {
    const { document } = event as Extract<InvoiceEvent, { type: 'InvoiceIssued' }>;
    rows.insert('invoices', {
      number: document.number,
      account: document.account as AccountId,
      month: BusinessMonth.parse(document.month),
      date: BusinessDay.parse(document.issueDate),
      subject: document.subject,
      net: Money.of(document.net),
      tax: Money.of(document.tax),
      total: Money.of(document.total),
      available_from: BusinessDay.parse(document.availableFrom),
      document: invoiceJson(document),
      position,
    });
  },
});
