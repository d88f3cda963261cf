import type { LabelledText, PrintedInvoice, PrintedInvoiceRow } from '#invoicing';
import {
  CONTENT_WIDTH,
  INK,
  lineHeight,
  MARGIN,
  type Mark,
  type Measure,
  PAGE,
  Pages,
  RIGHT_EDGE,
  wrap,
} from './page.js';
import { type Column, drawTable, drawTotals, totalsHeight } from './table.js';

const COLUMNS: readonly Column<PrintedInvoiceRow>[] = [
  { of: 'item', width: 110, align: 'left' },
  { of: 'content', width: 173, align: 'left' },
  { of: 'tax', width: 52, align: 'left' },
  { of: 'unitPrice', width: 58, align: 'right' },
  { of: 'quantity', width: 44, align: 'right' },
  { of: 'net', width: CONTENT_WIDTH - 437, align: 'right' },
];

const LABEL = { size: 8, color: INK.soft } as const;
const BODY = { size: 9, color: INK.text } as const;
const NOTE = { size: 7.5, color: INK.soft } as const;
/** Where the issuer's column begins. */
const ISSUER_X = 350;

function drawTitle(pages: Pages, { title, subtitle }: PrintedInvoice): void {
  pages.text(title, PAGE.width / 2, pages.y, { size: 22, bold: true, color: INK.strong }, 'center');
  pages.text(subtitle, RIGHT_EDGE, pages.y + 12, LABEL, 'right');
  pages.line(MARGIN.left, pages.y + 34, RIGHT_EDGE, 1.5, INK.strong);
  pages.y += 50;
}

/** Address, then the name over a rule: it sits where a window envelope shows it. Returns the y below. */
function drawRecipient(pages: Pages, recipient: readonly string[], top: number): number {
  const width = ISSUER_X - MARGIN.left - 30;
  const name = { size: 13, bold: true, color: INK.text } as const;
  let y = top;
  for (const line of recipient.slice(0, -1)) y = pages.paragraph(line, { x: MARGIN.left, y, width }, BODY);
  y = pages.paragraph(recipient.at(-1) ?? '', { x: MARGIN.left, y: y + 4, width }, name);
  pages.line(MARGIN.left, y, MARGIN.left + width, 0.75, INK.text);
  return y;
}

function drawIssuer(pages: Pages, issuer: readonly string[], top: number): number {
  const width = RIGHT_EDGE - ISSUER_X;
  const name = { size: 10.5, bold: true, color: INK.text } as const;
  let y = pages.paragraph(issuer[0] ?? '', { x: ISSUER_X, y: top, width }, name) + 2;
  for (const line of issuer.slice(1))
    y = pages.paragraph(line, { x: ISSUER_X, y, width }, { ...BODY, size: 8.5 });
  return y;
}

function drawFacts(
  pages: Pages,
  facts: readonly LabelledText[],
  at: { x: number; y: number; width: number },
): number {
  const widest = Math.max(...facts.map(({ label }) => pages.measure(label, LABEL)));
  const x = at.x + widest + 10;
  let y = at.y;
  for (const { label, text } of facts) {
    pages.text(label, at.x, y + 0.8, LABEL);
    y = pages.paragraph(text, { x, y, width: at.x + at.width - x }, BODY) + 1;
  }
  return y;
}

function drawBilled(pages: Pages, { billed, unit }: PrintedInvoice): void {
  const width = ISSUER_X - MARGIN.left - 30;
  const height = 42;
  pages.box(MARGIN.left, pages.y, width, height, INK.tint);
  pages.box(MARGIN.left, pages.y, 4, height, INK.strong);
  const label = { size: 9.5, bold: true, color: INK.strong } as const;
  pages.text(billed.label, MARGIN.left + 14, pages.y + 15.5, label);
  const room = width - 36 - pages.measure(billed.label, label);
  const amount = pages.fit(billed.text, room, { size: 21, bold: true, color: INK.strong, figures: true });
  pages.text(billed.text, MARGIN.left + width - 12, pages.y + 10, amount, 'right');
  pages.text(unit, RIGHT_EDGE, pages.y + height + 4, LABEL, 'right');
  pages.y += height + 18;
}

/** The first page down to the table: recipient left, issuer right, the billed amount where the eye falls. */
function drawOpening(pages: Pages, paper: PrintedInvoice): void {
  drawTitle(pages, paper);
  const top = pages.y;
  const underRecipient = drawRecipient(pages, paper.recipient, top);
  const width = RIGHT_EDGE - ISSUER_X;
  const underDates = drawFacts(pages, paper.head.slice(0, 3), { x: ISSUER_X, y: top, width });
  const underIssuer = drawIssuer(pages, paper.issuer, underDates + 10);
  const left = { x: MARGIN.left, y: underRecipient + 14, width: ISSUER_X - MARGIN.left - 30 };
  const underFacts = drawFacts(pages, paper.head.slice(3), left);
  pages.y = Math.max(underFacts + 8, underIssuer - 30);
  drawBilled(pages, paper);
}

/** A loose second sheet says whose it is. */
function drawRunningHead(pages: Pages, paper: PrintedInvoice): void {
  const [, number] = paper.head;
  pages.text(`${paper.title}  ${number?.text ?? ''}`, MARGIN.left, pages.y, { ...LABEL, bold: true });
  pages.text(paper.recipient.at(-1) ?? '', RIGHT_EDGE, pages.y, LABEL, 'right');
  pages.y += 18;
}

function drawNotes(pages: Pages, notes: readonly string[]): void {
  for (const note of notes) {
    pages.text('・', MARGIN.left, pages.y, NOTE);
    pages.y = pages.paragraph(note, { x: MARGIN.left + 10, y: pages.y, width: CONTENT_WIDTH - 10 }, NOTE);
  }
}

/**
 * Lays an invoice out on pages. Totals and notes are never torn apart: they go to a new page together when
 * they must.
 */
export function layoutInvoice(paper: PrintedInvoice, measure: Measure): Mark[][] {
  const pages = new Pages(measure);
  drawOpening(pages, paper);
  const onFurtherPage = (): void => drawRunningHead(pages, paper);
  drawTable(pages, { columns: COLUMNS, header: paper.columns, rows: paper.rows, onFurtherPage });
  const noteLines = paper.notes.flatMap(note => wrap(note, CONTENT_WIDTH - 10, NOTE, measure)).length;
  if (!pages.hasRoomFor(totalsHeight(paper.totals) + noteLines * lineHeight(NOTE) + 26)) {
    pages.addPage();
    onFurtherPage();
  }
  pages.y += 10;
  drawTotals(pages, paper.totals);
  pages.y += 14;
  drawNotes(pages, paper.notes);
  return pages.number(`${paper.issuer[0] ?? ''}  ${paper.head[1]?.text ?? ''}`);
}
