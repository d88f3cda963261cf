import type { PrintedStatement, PrintedStatementRow } from '#invoicing';
import { CONTENT_WIDTH, INK, MARGIN, type Mark, type Measure, Pages, RIGHT_EDGE } from './page.js';
import { type Column, drawTable } from './table.js';

const COLUMNS: readonly Column<PrintedStatementRow>[] = [
  { of: 'group', width: 70, align: 'left' },
  { of: 'name', width: 140, align: 'left' },
  { of: 'calls', width: 80, align: 'right' },
  { of: 'duration', width: 105, align: 'right' },
  { of: 'amount', width: CONTENT_WIDTH - 395, align: 'right' },
];

/** What a statement's paper says besides its figures. */
export interface StatementParties {
  /** As printed, e.g. `株式会社サンプル商事 御中`. */
  readonly recipient: string;
  readonly issuer: string;
}

const SOFT = { size: 8, color: INK.soft } as const;

/** Lays a usage statement out on pages: calls, their total, and what the incoming time takes off. */
export function layoutStatement(
  paper: PrintedStatement,
  account: string,
  { recipient, issuer }: StatementParties,
  measure: Measure,
): Mark[][] {
  const pages = new Pages(measure);
  pages.text(paper.title, MARGIN.left, pages.y, { size: 18, bold: true, color: INK.strong });
  pages.text(issuer, RIGHT_EDGE, pages.y + 9, SOFT, 'right');
  pages.line(MARGIN.left, pages.y + 30, RIGHT_EDGE, 1.5, INK.strong);
  const name = { size: 12, bold: true, color: INK.text } as const;
  pages.y = pages.paragraph(recipient, { x: MARGIN.left, y: pages.y + 44, width: CONTENT_WIDTH - 120 }, name);
  pages.text(account, RIGHT_EDGE, pages.y - 13, SOFT, 'right');
  pages.y += 12;
  const onFurtherPage = (): void => {
    pages.text(`${paper.title}  ${account}`, MARGIN.left, pages.y, { ...SOFT, bold: true });
    pages.y += 18;
  };
  const rows = [...paper.rows, paper.total, paper.discount, paper.afterDiscount];
  const strong = new Set([paper.total, paper.afterDiscount]);
  drawTable(pages, { columns: COLUMNS, header: paper.columns, rows, strong, onFurtherPage });
  pages.y += 12;
  for (const note of paper.notes) {
    if (!pages.hasRoomFor(12)) pages.addPage();
    pages.y = pages.paragraph(
      note,
      { x: MARGIN.left, y: pages.y, width: CONTENT_WIDTH },
      { size: 7.5, color: INK.soft },
    );
  }
  return pages.number(`${issuer}  ${account}`);
}
