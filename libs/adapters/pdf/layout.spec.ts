import fc from 'fast-check';
import { printInvoice, printStatement, usageStatement } from '#invoicing';
import { Money } from '#kernel';
import { document002Usage, october, recipient, sampleInvoice } from '../../../test/support/invoices.js';
import { layoutInvoice } from './invoice-layout.js';
import { BOTTOM_EDGE, lineHeight, MARGIN, type Mark, type Measure, PAGE, RIGHT_EDGE, wrap } from './page.js';
import { layoutStatement } from './statement-layout.js';

type Text = Extract<Mark, { kind: 'text' }>;

/** A face whose widths are easy to foresee: 1 em full-width, 0.6 em else. */
const measure: Measure = (text, { size }) =>
  [...text].reduce((width, character) => width + (character > '\u2e7f' ? size : size * 0.6), 0);

const textsOf = (page: readonly Mark[]): Text[] => page.filter((mark): mark is Text => mark.kind === 'text');
const wordsOf = (page: readonly Mark[]): string[] => textsOf(page).map(mark => mark.text);
const squeezed = (text: string): string => text.replace(/\s/g, '');

const ja = { decimals: true, language: 'ja' } as const;
const paperOf = (lines: number, language: 'ja' | 'en' = 'ja') =>
  printInvoice(sampleInvoice(lines), { decimals: true, language });

describe('breaking lines', () => {
  const style = { size: 10 };

  it.each([
    ['株式会社サンプル商事大阪支店', 70, ['株式会社サンプ', 'ル商事大阪支店']],
    ['Oct 2025, talk time 1:00', 66, ['Oct 2025,', 'talk time', '1:00']],
    ['通話時間 28:49:53.5', 80, ['通話時間', '28:49:53.5']],
    ['金額、合計。', 20, ['金', '額、', '合', '計。']],
    ['税込（円）です', 30, ['税込', '（円）', 'です']],
    ['東京「丸の内」', 30, ['東京', '「丸の', '内」']],
    ['データセンター', 60, ['データセン', 'ター']],
    ['「ちょっと」', 30, ['「ちょ', 'っと」']],
    ['佐々木様', 10, ['佐', '々', '木', '様']],
    ['佐々木様', 20, ['佐々', '木様']],
    ['2025年9月分', 25, ['2025', '年9', '月分']],
    ['-1,234.5円', 50, ['-1,234.5', '円']],
    ['10％引き', 25, ['10％', '引き']],
    ['한국 서울', 30, ['한국', '서울']],
    ['a 株式会社', 20, ['a', '株式', '会社']],
    ['葛\u{e0100}城市', 25, ['葛\u{e0100}', '城市']],
    ['家族👨‍👩‍👧です', 60, ['家族', '👨‍👩‍👧で', 'す']],
    ['ABCDEFGHIJ', 30, ['ABCDE', 'FGHIJ']],
    ['ーーーー', 20, ['ーー', 'ーー']],
    ['', 30, ['']],
    ['漢字', 5, ['漢', '字']],
  ])('%s in %d points', (text, width, lines) => expect(wrap(text, width, style, measure)).toEqual(lines));

  const anyText = fc.string({ unit: fc.constantFrom(...'請求書一ーっゃ々、。（）「」A1. -9') });

  it('loses nothing, and never draws over the edge', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), (text, width) => {
        const lines = wrap(text, width, style, measure);
        expect(squeezed(lines.join(''))).toBe(squeezed(text));
        for (const line of lines) expect(measure(line, style)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('begins no line with what may not begin one (行頭禁則), ends none with a bracket that opens (行末禁則)', () => {
    const words = fc.constantFrom(
      '請',
      '求',
      '書',
      'です。',
      '（円）',
      '「案」',
      'データ',
      '、',
      'ちょっと',
      '々',
    );
    const sentence = fc.array(words, { maxLength: 30 }).map(all => `請${all.join('')}`);
    fc.assert(
      fc.property(sentence, fc.integer({ min: 80, max: 200 }), (text, width) => {
        // What may not stand alone in so long a row has to be cut somewhere.
        fc.pre(!/[、。）」々ーっょ]{5}/.test(text));
        const lines = wrap(text, width, style, measure);
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、。）」々ーっょ]/);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（「]$/);
      }),
    );
  });
});

describe.each([
  ['one page', 0, 1],
  ['60 lines and more', 60, 3],
])('an invoice of %s', (_case, lines, count) => {
  const paper = paperOf(lines);
  const pages = layoutInvoice(paper, measure);

  it('takes as many pages as it needs, numbered', () => {
    expect(pages).toHaveLength(count);
    pages.forEach((page, i) => {
      expect(wordsOf(page)).toContain(`${i + 1} / ${count}`);
    });
  });

  it('shows every row once, whole, and every total and note', () => {
    const all = squeezed(pages.flatMap(wordsOf).join(''));
    for (const row of paper.rows) {
      expect(all).toContain(
        squeezed(row.item + row.content + row.tax + row.unitPrice + row.quantity + row.net),
      );
    }
    for (const { label, text } of [...paper.totals, ...paper.head, paper.billed]) {
      expect(all).toContain(squeezed(label + text));
    }
    for (const text of [...paper.notes, ...paper.issuer, ...paper.recipient])
      expect(all).toContain(squeezed(text));
  });

  it('repeats the header of the table on every page', () => {
    for (const page of pages)
      expect(wordsOf(page)).toEqual(expect.arrayContaining(Object.values(paper.columns)));
  });

  it('stays within its margins, page numbers apart', () => {
    for (const page of pages) {
      for (const { text, x, y, style } of textsOf(page)) {
        expect(x).toBeGreaterThanOrEqual(MARGIN.left - 0.01);
        expect(x + measure(text, style)).toBeLessThanOrEqual(RIGHT_EDGE + 0.01);
        const isFooter = y > BOTTOM_EDGE;
        expect(y + lineHeight(style)).toBeLessThanOrEqual(
          isFooter ? PAGE.height : BOTTOM_EDGE + lineHeight(style),
        );
      }
    }
  });

  it('sets the figures of a column flush right', () => {
    const nets = new Set(paper.rows.map(row => row.net));
    const edges = pages.flatMap(textsOf).filter(({ text, style }) => style.figures && nets.has(text));
    const rightEdges = new Set(edges.map(({ text, x, style }) => (x + measure(text, style)).toFixed(3)));
    expect(edges.length).toBeGreaterThanOrEqual(paper.rows.length);
    expect([...rightEdges].filter(edge => Number(edge) > RIGHT_EDGE - 10)).toHaveLength(1);
  });
});

describe('the end of an invoice', () => {
  it('is never torn apart: totals and notes stand on one page, wherever the table ends', () => {
    for (let lines = 0; lines <= 45; lines++) {
      const paper = paperOf(lines);
      const last = wordsOf(layoutInvoice(paper, measure).at(-1)!);
      for (const { label } of paper.totals) expect(last).toContain(label);
      expect(squeezed(last.join(''))).toContain(squeezed(paper.notes.join('・')));
    }
  });

  it('says on a further page whose it is, also without rows', () => {
    const counts = Array.from({ length: 46 }, (_, lines) => layoutInvoice(paperOf(lines), measure));
    for (const pages of counts.filter(of => of.length > 1)) {
      expect(wordsOf(pages.at(-1)!)[0]).toBe('御請求書  202510-000001');
    }
    expect(counts.some(pages => pages.length > 1)).toBe(true);
  });
});

describe('amounts that are long', () => {
  it('shrink instead of running into each other', () => {
    const paper = paperOf(1);
    const [first, ...rest] = paper.rows;
    const long = { ...first!, net: '-123,456,789,012.3456', unitPrice: '123,456,789,012.3456' };
    const billed = { ...paper.billed, text: '¥900,719,925,474' };
    const texts = textsOf(layoutInvoice({ ...paper, billed, rows: [long, ...rest] }, measure)[0]!);
    const find = (text: string): Text => texts.find(mark => mark.text === text)!;
    const quantity = find(long.quantity);
    expect(find(long.net).x).toBeGreaterThanOrEqual(quantity.x + measure(long.quantity, quantity.style));
    const unitPrice = find(long.unitPrice);
    expect(unitPrice.x + measure(long.unitPrice, unitPrice.style)).toBeLessThanOrEqual(quantity.x);
    const label = find(paper.billed.label);
    expect(find(billed.text).x).toBeGreaterThan(label.x + measure(label.text, label.style));
  });
});

describe('a statement', () => {
  const usage = document002Usage();
  const statement = usageStatement({
    account: 'A1',
    month: october,
    rows: usage.counters,
    incoming: { calls: usage.incomingCalls, durationMs: usage.incomingDurationMs },
    unansweredCalls: usage.unansweredCalls,
    incomingDiscountPerMinute: Money.of('0.5'),
  });

  it.each(['ja', 'en'] as const)('shows its rows, total and discount (%s)', language => {
    const paper = printStatement(statement, language);
    const parties = { recipient: recipient.name, issuer: '台帳通信株式会社' };
    const [page, ...more] = layoutStatement(paper, 'A1', parties, measure);
    const all = squeezed(wordsOf(page!).join(''));
    for (const row of [...paper.rows, paper.total, paper.discount, paper.afterDiscount]) {
      expect(all).toContain(squeezed(row.name + row.calls + row.duration + row.amount));
    }
    expect([all.includes(recipient.name), more]).toEqual([true, []]);
  });

  it('prints the same in both renderings of an invoice but for the decimals', () => {
    const whole = printInvoice(sampleInvoice(2), { ...ja, decimals: false });
    expect(layoutInvoice(whole, measure).length).toBe(layoutInvoice(paperOf(2), measure).length);
  });
});
