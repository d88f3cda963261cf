import { Money } from '#kernel';
import { compose, counter, exempt, issuer, sampleInvoice, sourceLine } from '../../test/support/invoices.js';
import { invoiceDocument } from './invoice-document.js';
import { printInvoice } from './invoice-print.js';
import { percent } from './words.js';

const ja = { decimals: true, language: 'ja' } as const;
const noDecimals = { decimals: false, language: 'ja' } as const;
const en = { decimals: true, language: 'en' } as const;
const totalsOf = (paper: ReturnType<typeof printInvoice>) => paper.totals.map(t => [t.label, t.text]);

describe('a call of a closed month that is taken back', () => {
  it('is a line of its own with talk time and amount below zero, in either language', () => {
    const reversed = counter('一般通話', '-8', { calls: -1, durationMs: -60_001 });
    const document = invoiceDocument(compose([reversed, counter('携帯通話', '32')]), 'n');
    const contents = (language: 'ja' | 'en') =>
      printInvoice(document, { decimals: true, language }).rows.map(row => row.content);
    expect(contents('ja')[0]).toBe('2025年10月分 通話時間 -0:01:00.0');
    expect(contents('en')[0]).toMatch(/talk time -0:01:00\.0$/);
    expect(document.net).toBe('24');
  });
});

describe('an invoice on paper', () => {
  it('TX-07: without decimals the lines are 100, 200, 300 but the subtotal 601, and a note says so', () => {
    const lines = [counter('a', '100.4'), counter('b', '200.4'), counter('c', '300.4')];
    const paper = printInvoice(invoiceDocument(compose(lines), 'n'), noDecimals);
    expect(paper.rows.map(r => r.net)).toEqual(['100', '200', '300']);
    expect(totalsOf(paper)).toEqual([
      ['小計(税抜)', '601'],
      ['小計(免税)', '0'],
      ['消費税額 10%', '60'],
      ['御請求額(税込)', '661'],
    ]);
    expect(paper.notes.join()).toContain('明細の合計と小計が一致しないことがあります');
  });

  it('TX-07: with decimals everything is as calculated', () => {
    const lines = [counter('a', '100.4'), counter('b', '200.4'), counter('c', '300.4')];
    const paper = printInvoice(invoiceDocument(compose(lines), 'n'), ja);
    expect(paper.rows.map(r => r.net)).toEqual(['100.40', '200.40', '300.40']);
    expect(totalsOf(paper)[0]).toEqual(['小計(税抜)', '601.20']);
    expect(paper.notes.join()).not.toContain('一致しない');
  });

  it('shows four decimals where two do not show it exactly', () => {
    const paper = printInvoice(
      invoiceDocument(compose([counter('a', '8.1234'), counter('b', '8')]), 'n'),
      ja,
    );
    expect(paper.rows.map(r => r.net)).toEqual(['8.1234', '8.0000']);
  });

  it('IV-09: an exempt line of 30,000 leaves the net subtotal and the tax at 0', () => {
    const paper = printInvoice(invoiceDocument(compose([exempt('国際通話', '30000')]), 'n'), noDecimals);
    expect(totalsOf(paper)).toEqual([
      ['小計(税抜)', '0'],
      ['小計(免税)', '30,000'],
      ['消費税額', '0'],
      ['御請求額(税込)', '30,000'],
    ]);
    expect(paper.billed).toEqual({ label: '御請求額（税込）', text: '¥30,000' });
  });

  it('splits two rates and prints what is out of scope apart (J-01)', () => {
    const lines = [
      counter('一般通話', '1005'),
      counter('新聞', '99', { kind: 'other', taxCategory: 'reduced', taxRate: 800 }),
      counter('第三者手数料', '50', { kind: 'other', taxCategory: 'out_of_scope', taxRate: 0 }),
    ];
    const paper = printInvoice(invoiceDocument(compose(lines), 'n'), noDecimals);
    expect(totalsOf(paper)).toEqual([
      ['小計(税抜)', '1,104'],
      ['うち 10%対象', '1,005'],
      ['うち 8%対象', '99'],
      ['小計(免税)', '0'],
      ['小計(不課税)', '50'],
      ['消費税額 10%', '101'],
      ['消費税額 8%', '8'],
      ['御請求額(税込)', '1,263'],
    ]);
    expect(paper.rows.map(r => r.tax)).toEqual(['課税 10%', '軽減 8%', '不課税']);
    expect(paper.notes).toContain('課税区分「軽減」は軽減税率の対象です。');
  });

  it.each([
    ['floor', '1円未満を切捨て'],
    ['half_up', '1円未満を四捨五入'],
    ['ceil', '1円未満を切上げ'],
  ] as const)('prints the rounding method of its issuer: %s', (taxRounding, words) => {
    const draft = compose([counter('a', '8')], { issuer: { ...issuer, taxRounding } });
    expect(printInvoice(invoiceDocument(draft, 'n'), ja).notes[0]).toContain(words);
  });

  it.each(['ja', 'en'] as const)(
    'does not call itself a qualified invoice without a registration number (J-01): %s',
    language => {
      const draft = compose([counter('a', '8')], { issuer: { ...issuer, registrationNumber: '' } });
      const paper = printInvoice(invoiceDocument(draft, 'n'), { decimals: false, language });
      expect(paper.subtitle).toBe('');
      expect(JSON.stringify(paper)).not.toMatch(/適格|Qualified|登録番号|Registration/);
    },
  );

  it('carries what a qualified invoice must (J-01): issuer, number, date, period, recipient', () => {
    const paper = printInvoice(sampleInvoice(), ja);
    expect([paper.title, paper.subtitle]).toEqual(['御請求書', '適格請求書']);
    expect(paper.issuer).toContain('登録番号：T8700110005901');
    expect(paper.recipient.at(-1)).toBe('株式会社サンプル商事 御中');
    expect(paper.head.map(h => `${h.label} ${h.text}`)).toEqual([
      '請求日 2025年10月31日',
      '請求書No. 202510-000001',
      'アカウントID A1',
      '件名 2025年10月分ご利用代金',
      'ご利用期間 2025年10月1日～2025年10月31日',
      'お支払方法 プリペイド残高から引落済',
    ]);
  });

  it('prints unit price and quantity of fees, and a dash where calls have many prices', () => {
    const fee = sourceLine('番号', '901', ['standard', 1000], { quantity: 2, unitPrice: Money.of('450.5') });
    const booked = counter('月額料金', '901', { kind: 'recurring' });
    const draft = compose([counter('一般通話', '8'), booked], {
      extraLines: [{ name: 'contracts', lines: [fee] }],
    });
    const rows = printInvoice(invoiceDocument(draft, 'n'), ja).rows;
    expect(rows.map(r => [r.item, r.unitPrice, r.quantity, r.net])).toEqual([
      ['一般通話', '—', '1', '8.00'],
      ['番号', '450.50', '2', '901.00'],
    ]);
  });

  it('says of a discount line above zero that it settles what was granted too much', () => {
    const sample = sampleInvoice();
    const lines = sample.lines.map(line => (line.kind === 'discount' ? { ...line, net: '30' } : line));
    const notesOf = (document: typeof sample) =>
      [ja, en].map(options => printInvoice(document, options).notes.join());
    const told = [expect.stringContaining('割引が多すぎた分'), expect.stringContaining('granted too much')];
    expect(notesOf({ ...sample, lines })).toEqual(told);
    expect(notesOf(sample)).not.toEqual(told);
  });

  it('reads in English', () => {
    const paper = printInvoice(sampleInvoice(), en);
    expect(paper.rows[1]).toEqual({
      item: 'International calls',
      content: 'Oct 2025, talk time 55:01:00.0',
      tax: 'Exempt',
      unitPrice: '—',
      quantity: '600',
      net: '96,870.00',
    });
    expect(paper.rows.at(-1)?.item).toBe('Incoming-time discount');
    expect(paper.head[3]).toEqual({ label: 'Subject', text: 'Charges for Oct 2025' });
    expect(paper.totals.at(-1)).toEqual({ label: 'Total (tax included)', text: '132,121', strong: true });
  });

  it.each([
    [1000, '10%'],
    [800, '8%'],
    [780, '7.8%'],
    [625, '6.25%'],
  ])('writes %d basis points as %s', (rate, text) => expect(percent(rate)).toBe(text));
});
