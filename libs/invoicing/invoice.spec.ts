import { Money } from '#kernel';
import { document002Usage, request, sampleInvoice } from '../../test/support/invoices.js';
import { composeInvoice } from './compose-invoice.js';
import { codeOf, later, now, run } from './deciders.fixture.js';
import { invoice, invoiceEvents, invoiceRefusals, invoiceStream } from './invoice.js';
import { invoiceDocument, invoiceJson } from './invoice-document.js';

describe('an invoice', () => {
  const document = sampleInvoice();
  const issueInvoice = { type: 'IssueInvoice', now, document } as const;

  it('is issued whole', () => {
    const { last } = run(invoice, issueInvoice);
    expect(last).toEqual({ kind: 'events', events: [{ type: 'InvoiceIssued', at: now, document }] });
    expect(invoiceStream(document.number)).toBe('invoice-202510-000001');
  });

  it('is issued once, however often and however late it is asked for', () => {
    const again = invoiceDocument(
      composeInvoice(request(document002Usage(), { incomingDiscountPerMinute: Money.of('0.5') })),
      '202510-000001',
    );
    expect(codeOf(run(invoice, issueInvoice, { ...issueInvoice, now: later, document: again }).last)).toBe(
      'nothing',
    );
  });

  it('is never edited (J-02)', () => {
    const other = { ...document, total: '132122' };
    const { last, state } = run(invoice, issueInvoice, { ...issueInvoice, document: other });
    expect(last).toMatchObject({
      rejection: { code: 'INVOICE_ALREADY_ISSUED', details: { number: document.number } },
    });
    expect(state).toEqual({ phase: 'issued', document });
    expect(Object.keys(invoiceRefusals)).toEqual(['INVOICE_ALREADY_ISSUED']);
  });
});

describe('an invoice in the log', () => {
  it('is the paper that was decided', () => {
    const document = sampleInvoice(3);
    const { type, data } = invoiceEvents.codec.encode({ type: 'InvoiceIssued', at: now, document });
    const back = invoiceEvents.codec.decode(type, JSON.parse(JSON.stringify(data)));
    expect(invoiceJson(back.document)).toBe(invoiceJson(document));
  });
});
