import { usageStatement } from '#invoicing';
import { Money } from '#kernel';
import { document002Usage, october, recipient, sampleInvoice } from '../../../test/support/invoices.js';
import { renderInvoicePdf, renderStatementPdf } from './index.js';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (bytes: Uint8Array): number => latin1(bytes).match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** 2025-10-31T00:00 JST, as a PDF writes it. */
const LAST_DAY_OF_OCTOBER = '(D:20251030150000Z)';

const ja = { decimals: true, language: 'ja' } as const;
const usage = document002Usage();
const statement = usageStatement({
  account: 'A1',
  month: october,
  rows: usage.counters,
  incoming: { calls: usage.incomingCalls, durationMs: usage.incomingDurationMs },
  unansweredCalls: usage.unansweredCalls,
  incomingDiscountPerMinute: Money.of('0.5'),
});
const meta = { recipient: `${recipient.name} 御中`, issuer: '台帳通信株式会社', language: 'ja' } as const;

describe('an invoice as PDF', () => {
  it('is the same byte for byte', async () => {
    const first = await renderInvoicePdf(sampleInvoice(20), ja);
    const second = await renderInvoicePdf(sampleInvoice(20), ja);
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('differs with its content, its decimals and its language', async () => {
    const papers = await Promise.all([
      renderInvoicePdf(sampleInvoice(), ja),
      renderInvoicePdf({ ...sampleInvoice(), total: '132122' }, ja),
      renderInvoicePdf(sampleInvoice(), { ...ja, decimals: false }),
      renderInvoicePdf(sampleInvoice(), { ...ja, language: 'en' }),
    ]);
    expect(new Set(papers.map(latin1)).size).toBe(4);
  });

  it('is dated by its document, not by the clock', async () => {
    const dates = latin1(await renderInvoicePdf(sampleInvoice(), ja)).match(/\(D:\d+.*?\)/g);
    expect(dates).toEqual([LAST_DAY_OF_OCTOBER]);
  });

  it('embeds subsets of its two faces and no others', async () => {
    const bytes = await renderInvoicePdf(sampleInvoice(), ja);
    const fonts = new Set(latin1(bytes).match(/\/BaseFont \/\S+/g));
    expect([...fonts].sort()).toEqual([
      expect.stringMatching(/^\/BaseFont \/[A-Z]{6}\+BIZUDPGothic-Bold$/),
      expect.stringMatching(/^\/BaseFont \/[A-Z]{6}\+BIZUDPGothic-Regular$/),
    ]);
    expect(bytes.length).toBeLessThan(150_000);
  });

  it.each([
    [0, 1],
    [60, 3],
  ])('of %d more lines has %d pages', async (lines, pages) => {
    expect(pagesOf(await renderInvoicePdf(sampleInvoice(lines), ja))).toBe(pages);
  });

  it('survives control characters in a name', async () => {
    const document = sampleInvoice();
    const odd = { ...document, recipient: { ...document.recipient, name: 'A\u0000\tB\u200b\n社' } };
    expect(pagesOf(await renderInvoicePdf(odd, ja))).toBe(1);
  });
});

describe('a statement as PDF', () => {
  it('is one page, the same byte for byte, dated the last day of its month', async () => {
    const first = await renderStatementPdf(statement, meta);
    expect(pagesOf(first)).toBe(1);
    expect(latin1(first).match(/\(D:\d+.*?\)/g)).toEqual([LAST_DAY_OF_OCTOBER]);
    expect(Buffer.compare(first, await renderStatementPdf(statement, meta))).toBe(0);
  });
});
