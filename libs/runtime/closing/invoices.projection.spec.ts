import { BusinessMonth, Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { sampleInvoice } from '../../../test/support/invoices.js';
import { invoices } from './invoices.projection.js';

const now = Instant.parse('2025-11-01T03:00:00.000+09:00');
const month = BusinessMonth.parse('2025-10');
const document = sampleInvoice();

describe('the list of invoices', () => {
  it('finds an invoice by date, amount and counterparty (J-12)', () => {
    const event = { type: 'InvoiceIssued', at: now, document };
    const [row] = rowsAfter(invoices, { type: 'invoicing.InvoiceIssued.v1', event })['invoices']!;
    expect(row).toMatchObject({
      number: '202510-000001',
      account: 'A1',
      month,
      net: 1_289_160_000,
      tax: 32_050_000,
      total: 1_321_210_000,
      position: 1,
    });
    expect(JSON.parse(row!['document'] as string)).toEqual(document);
  });
});
