import fc from 'fast-check';
import { BusinessDay, BusinessMonth, InvalidInput, Money, type TaxCategory, type TaxRounding } from '#kernel';
import {
  compose,
  counter,
  document002Usage,
  exempt,
  issuer,
  monthUsage,
  october,
  policy,
  request,
  sampleInvoice,
  sourceLine,
} from '../../test/support/invoices.js';
import { composeInvoice } from './compose-invoice.js';
import { invoiceDocument, invoiceJson } from './invoice-document.js';
import { taxOfBase, taxSubtotals } from './tax.js';

const text = Money.text;

describe('tax and total at 10 % (TX)', () => {
  it.each<[string, string, TaxRounding, string, string]>([
    ['TX-01', '1005', 'half_up', '101', '1106'],
    ['TX-01 truncated', '1005', 'floor', '100', '1105'],
    ['TX-02', '10594.11', 'half_up', '1059', '11653'],
    ['TX-03', '15', 'half_up', '2', '17'],
    ['TX-03 truncated', '15', 'floor', '1', '16'],
    ['TX-04', '14.9999', 'half_up', '1', '16'],
    ['TX-05', '5.05', 'half_up', '1', '6'],
    ['TX-06', '999.95', 'half_up', '100', '1100'],
    ['TX-09', '-15', 'half_up', '-2', '-17'],
    ['TX-10', '0', 'half_up', '0', '0'],
    ['J-01: 105 x 3, floor', '315', 'floor', '31', '346'],
    ['J-01: 105 x 3, half_up', '315', 'half_up', '32', '347'],
    ['J-01: 101 x 3, ceil', '303', 'ceil', '31', '334'],
  ])('%s: net %s, %s -> tax %s, total %s', (_case, net, taxRounding, tax, total) => {
    const draft = compose([counter('一般通話', net)], { issuer: { ...issuer, taxRounding } });
    expect([text(draft.tax), text(draft.total)]).toEqual([tax, total]);
    expect(draft.close.total).toBe(draft.total);
  });

  it('J-01: three lines of 105 are rounded once, not line by line (31, never 30)', () => {
    const lines = ['a', 'b', 'c'].map(name => counter(name, '105'));
    const draft = compose(lines, { issuer: { ...issuer, taxRounding: 'floor' } });
    expect([text(draft.net), text(draft.tax)]).toEqual(['315', '31']);
  });

  it('TX-07: lines of 100.4 + 200.4 + 300.4 give net 601.2, tax 60, total 661', () => {
    const draft = compose([counter('a', '100.4'), counter('b', '200.4'), counter('c', '300.4')]);
    expect([draft.net, draft.tax, draft.total].map(text)).toEqual(['601.2', '60', '661']);
  });

  it('TX-08: an exempt part has its own subtotal and is never in the tax base', () => {
    const draft = compose([exempt('国際通話', '5000'), counter('一般通話', '1005')]);
    expect(draft.subtotals.map(s => [s.taxCategory, text(s.net), text(s.tax)])).toEqual([
      ['standard', '1005', '101'],
      ['export_exempt', '5000', '0'],
    ]);
    expect(text(draft.total)).toBe('6106');
  });

  it('rounds each rate on its own, the old standard 8 % apart from the reduced 8 %', () => {
    const taxed = (taxCategory: TaxCategory, taxRate: number) => ({
      taxCategory,
      taxRate,
      net: Money.of('6.25'),
    });
    const both = [
      taxed('reduced', 800),
      taxed('out_of_scope', 0),
      taxed('standard', 800),
      taxed('standard', 1000),
    ];
    expect(taxSubtotals(both, 'half_up').map(s => [s.taxCategory, s.taxRate, text(s.tax)])).toEqual([
      ['standard', 1000, '1'],
      ['standard', 800, '1'],
      ['reduced', 800, '1'],
      ['out_of_scope', 0, '0'],
    ]);
  });

  it('taxes the base of the worked example up where the issuer rounds up', () => {
    expect(text(taxOfBase(Money.of('10594.11'), 1000, 'ceil'))).toBe('1060');
  });
});

describe('the month of document 002', () => {
  const discounted = { incomingDiscountPerMinute: Money.of('0.5') };

  it('US-05: 130,090 less 1,174 is 128,916; all taxed: tax 12,892, total 141,808', () => {
    const usage = monthUsage([counter('一般通話', '130090')], { incomingDurationMs: 140_863_000 });
    const draft = composeInvoice(request(usage, discounted));
    expect([draft.net, draft.tax, draft.total].map(text)).toEqual(['128916', '12892', '141808']);
  });

  it('US-05 with J-05: international calls carry no tax, the discount comes off taxed calls first', () => {
    const draft = composeInvoice(request(document002Usage(), discounted));
    expect(draft.subtotals.map(s => [s.taxCategory, text(s.net), text(s.tax)])).toEqual([
      ['standard', '32046', '3205'],
      ['export_exempt', '96870', '0'],
    ]);
    expect(draft.close.discounts.map(d => [d.taxCategory, text(d.net), text(d.tax)])).toEqual([
      ['standard', '1174', '117.4'],
    ]);
    expect([draft.net, draft.total].map(text)).toEqual(['128916', '132121']);
  });

  it('has a line for every category, free ones too, in the order of the statement', () => {
    const draft = composeInvoice(request(document002Usage(), discounted));
    expect(draft.lines.map(l => [l.item, l.quantity, text(l.net)])).toEqual([
      ['一般通話', 1096, '10240'],
      ['国際通話', 600, '96870'],
      ['携帯通話', 330, '7680'],
      ['IP通話', 480, '0'],
      ['PHS通話', 510, '15300'],
      ['着割（着信時間割引）', 3016, '-1174'],
    ]);
    expect(draft.lines[0]?.content).toBe('2025年10月分 通話時間 28:49:53.5');
  });
});

describe('the discount of the wallet', () => {
  const usage = (counters: Parameters<typeof monthUsage>[0]) =>
    monthUsage(counters, { incomingDurationMs: 140_863_000 });
  const rate = { incomingDiscountPerMinute: Money.of('0.5') };

  it('spreads over the rest when the standard-rated calls are too few', () => {
    const draft = composeInvoice(
      request(usage([exempt('国際通話', '5000'), counter('一般通話', '100')]), rate),
    );
    expect(draft.close.discounts.map(d => [d.taxCategory, text(d.net), text(d.tax)])).toEqual([
      ['standard', '100', '10'],
      ['export_exempt', '1074', '0'],
    ]);
    expect(text(draft.net)).toBe('3926');
  });

  it('US-07: is capped at the paid calls; fees do not count as such', () => {
    const fee = counter('月額料金', '3000', { kind: 'recurring' });
    const draft = composeInvoice(request(usage([counter('一般通話', '100'), fee]), rate));
    expect([draft.net, draft.tax, draft.total].map(text)).toEqual(['3000', '300', '3300']);
    expect(draft.close.discounts).toHaveLength(1);
  });

  it('never comes off a category that is negative by reversals', () => {
    const draft = composeInvoice(
      request(usage([counter('一般通話', '-50'), exempt('国際通話', '80')]), rate),
    );
    expect(draft.close.discounts.map(d => [d.taxCategory, text(d.net)])).toEqual([['export_exempt', '30']]);
  });

  it('leaves the basis as the counters say', () => {
    const draft = composeInvoice(
      request(usage([counter('一般通話', '8.5'), counter('携帯通話', '16')]), rate),
    );
    expect([draft.close.basis.net, draft.close.basis.tax].map(text)).toEqual(['24.5', '2.45']);
  });
});

describe('lines', () => {
  it('late usage of an earlier month stands apart, after the month itself', () => {
    const late = counter('一般通話', '16', { usageMonth: BusinessMonth.parse('2025-09') });
    const draft = compose([late, counter('携帯通話', '16'), counter('一般通話', '8')]);
    expect(draft.lines.map(l => [l.item, l.content.slice(0, 9), text(l.net)])).toEqual([
      ['一般通話', '2025年10月分', '8'],
      ['携帯通話', '2025年10月分', '16'],
      ['一般通話', '2025年9月分 ', '16'],
    ]);
  });

  it('no lines, no invoice: an empty draft closes with total 0', () => {
    const empty = counter('一般通話', '0', { calls: 0, durationMs: 0 });
    const draft = compose([empty]);
    expect([draft.lines, draft.close]).toEqual([
      [],
      { basis: { net: Money.zero, tax: Money.zero }, discounts: [], rates: [], total: Money.zero },
    ]);
    // Only where the number was given before the month's calls were taken back: it is used, at 0 yen.
    expect(invoiceDocument(draft, '202510-000001')).toMatchObject({ lines: [], total: '0' });
  });

  it('of a source replace the sum of their counter', () => {
    const booked = counter('月額料金', '900', { kind: 'recurring' });
    const lines = [sourceLine('ユニーク', '500'), sourceLine('番号', '400')];
    const draft = compose([booked], { extraLines: [{ name: 'contracts', lines }] });
    expect(draft.lines.map(l => [l.item, text(l.net)])).toEqual([
      ['ユニーク', '500'],
      ['番号', '400'],
    ]);
    expect(draft.unbooked).toEqual([]);
  });

  it('of several sources share one counter; what they do not explain is a line of its own', () => {
    const booked = counter('月額料金', '1000', { kind: 'recurring' });
    const contracts = { name: 'contracts', lines: [sourceLine('ユニーク', '500')] };
    const options = { name: 'options', lines: [sourceLine('録音', '300')] };
    const draft = compose([booked], { extraLines: [contracts, options] });
    expect(draft.lines.map(l => [l.item, text(l.net)])).toEqual([
      ['月額料金', '200'],
      ['ユニーク', '500'],
      ['録音', '300'],
    ]);
    expect(text(draft.net)).toBe('1000');
  });

  it('that the wallet was not debited for are named, and no paper is made of them', () => {
    const extraLines = [
      { name: 'contracts', lines: [sourceLine('ユニーク', '500'), sourceLine('番号', '400')] },
    ];
    const draft = compose([], { extraLines });
    expect(draft.unbooked.map(l => [l.kind, l.category, text(l.net)])).toEqual([
      ['recurring', '月額料金', '900'],
    ]);
    expect(text(draft.total)).toBe('990');
    expect(() => invoiceDocument(draft, '202510-000001')).toThrow('not booked yet');
  });
});

describe('the paper (IV)', () => {
  it.each([
    ['IV-01, IV-02', '2025-04', '2025-04-30', '2025年4月分ご利用代金', '2025-05-07'],
    ['IV-03', '2025-05', '2025-05-31', '2025年5月分ご利用代金', '2025-06-04'],
    ['IV-04', '2025-12', '2025-12-31', '2025年12月分ご利用代金', '2026-01-07'],
    ['IV-05', '2025-10', '2025-10-31', '2025年10月分ご利用代金', '2025-11-06'],
    ['leap day', '2024-02', '2024-02-29', '2024年2月分ご利用代金', '2024-03-05'],
  ])('%s: usage of %s is dated %s, "%s", ready from %s', (_case, monthText, date, subject, from) => {
    const month = BusinessMonth.parse(monthText);
    const usage = monthUsage([counter('一般通話', '8', { usageMonth: month })], { month });
    const paper = invoiceDocument(composeInvoice(request(usage)), '000000-000001');
    expect([paper.issueDate, paper.subject, paper.availableFrom]).toEqual([date, subject, from]);
    expect(paper.period).toEqual({ from: `${monthText}-01`, to: date });
  });

  it('IV-05 with a closed day of the provider is ready a business day later', () => {
    const closedDays = [BusinessDay.parse('2025-11-05')];
    const draft = compose([counter('一般通話', '8')], { policy: { ...policy, closedDays } });
    expect(BusinessDay.text(draft.availableFrom)).toBe('2025-11-07');
  });

  it.each([
    ['12-31,01-01', '2026-01-06', 'Friday the 2nd counts'],
    ['12-31,01-01,01-02,01-05', '2026-01-08', 'Monday the 5th does not'],
    ['', '2026-01-06', 'New Year is a national holiday whatever is decided'],
  ])('IV-04 with the year end %s is ready from %s: %s', (value, from) => {
    const usage = monthUsage([counter('一般通話', '8', { usageMonth: BusinessMonth.parse('2025-12') })], {
      month: BusinessMonth.parse('2025-12'),
    });
    const yearEndDays = new Set(value === '' ? [] : value.split(','));
    const draft = composeInvoice({ ...request(usage), policy: { ...policy, yearEndDays } });
    expect(BusinessDay.text(draft.availableFrom)).toBe(from);
  });

  it('says how it was paid, also when funds were short', () => {
    const counters = [counter('一般通話', '8')];
    const short = composeInvoice(request(monthUsage(counters, { receivable: Money.of('3') })));
    expect(invoiceDocument(compose(counters), 'n').payment).toBe('プリペイド残高から引落済');
    expect(invoiceDocument(short, 'n').payment).toBe(
      'プリペイド残高から引落（不足分は次回チャージから充当）',
    );
  });

  it('is the same byte for byte, in whatever order the wallet counted', () => {
    const usage = document002Usage();
    const reversed = { ...usage, counters: [...usage.counters].reverse() };
    const json = (of: typeof usage) =>
      invoiceJson(invoiceDocument(composeInvoice(request(of)), '202510-000001'));
    expect(json(reversed)).toBe(json(usage));
    expect(JSON.parse(json(usage))).toEqual(invoiceDocument(composeInvoice(request(usage)), '202510-000001'));
  });

  it('keeps amounts as decimal text and nothing of the time of its making', () => {
    const json = invoiceJson(sampleInvoice());
    expect(json).toContain('"total":"132121"');
    expect(json).toContain('"tax":"3205"');
    expect(json).not.toMatch(/"(at|now|recordedAt|position)":/);
  });

  it('a month that is none is refused where it comes in', () => {
    expect(() => BusinessMonth.parse('2025-13')).toThrow(InvalidInput);
  });
});

describe('laws', () => {
  const anyCounter = fc.record({
    category: fc.constantFrom('一般通話', '国際通話', '携帯通話', 'X'),
    units: fc.integer({ min: -50_000, max: 90_000_000 }),
    tax: fc.constantFrom<[TaxCategory, number]>(['standard', 1000], ['reduced', 800], ['export_exempt', 0]),
    late: fc.nat(2),
  });

  it('the net is the sum of the lines, of the subtotals, and of the books less the discount', () => {
    const property = fc.property(
      fc.array(anyCounter, { maxLength: 8 }),
      fc.nat(200_000_000),
      (cs, incomingDurationMs) => {
        const counters = cs.map(c =>
          counter(c.category, Money.text(Money.fromUnits(c.units)), {
            taxCategory: c.tax[0],
            taxRate: c.tax[1],
            usageMonth: BusinessMonth.plus(october, -c.late),
          }),
        );
        const usage = monthUsage(counters, { incomingDurationMs });
        const draft = composeInvoice(request(usage, { incomingDiscountPerMinute: Money.of('0.5') }));
        const discount = Money.sum(draft.close.discounts.map(d => d.net));
        expect(Money.sum(draft.subtotals.map(s => s.net))).toBe(draft.net);
        expect(Money.subtract(draft.close.basis.net, discount)).toBe(draft.net);
        expect(Math.abs(draft.tax % 10_000)).toBe(0);
        expect(Math.abs(draft.total % 10_000)).toBe(0);
        expect(Math.abs(draft.net + draft.tax - draft.total)).toBeLessThanOrEqual(5_000);
        expect(discount).toBeGreaterThanOrEqual(0);
      },
    );
    fc.assert(property);
  });
});
