import {
  CONTENT_WIDTH,
  INK,
  lineHeight,
  MARGIN,
  type Pages,
  RIGHT_EDGE,
  type TextStyle,
  wrap,
} from './page.js';

export interface Column<Row> {
  readonly of: keyof Row;
  /** Points. The columns together take the width between the margins. */
  readonly width: number;
  readonly align: 'left' | 'right';
}

export interface TableParts<Row> {
  readonly columns: readonly Column<Row>[];
  readonly header: Row;
  readonly rows: readonly Row[];
  /** Rows that are printed bold on a tint. */
  readonly strong?: ReadonlySet<Row>;
  /** Draws what stands above the repeated header of a further page. */
  readonly onFurtherPage: () => void;
}

const HEADER: TextStyle = { size: 8, bold: true, color: '#ffffff' };
const CELL: TextStyle = { size: 8.5, color: INK.text };
const PADDING = { x: 5, y: 4 } as const;
/** Half of the air in a line, so that text stands in the middle of its row. */
const LEADING = 1.6;

function drawHeader<Row extends Record<keyof Row, string>>(
  pages: Pages,
  { columns, header }: TableParts<Row>,
): void {
  const height = lineHeight(HEADER) + 2 * PADDING.y;
  pages.box(MARGIN.left, pages.y, CONTENT_WIDTH, height, INK.strong);
  let x: number = MARGIN.left;
  for (const { of, width, align } of columns) {
    const at = align === 'left' ? x + PADDING.x : x + width - PADDING.x;
    pages.text(header[of], at, pages.y + PADDING.y + LEADING, HEADER, align);
    x += width;
  }
  pages.y += height;
}

/**
 * A table that breaks between rows, never within one, and repeats its header on every page. Text wraps in its
 * cell; figures are right-aligned on one line. Leaves `pages.y` below the last row.
 */
export function drawTable<Row extends Record<keyof Row, string>>(pages: Pages, table: TableParts<Row>): void {
  drawHeader(pages, table);
  for (const row of table.rows) {
    const bold = table.strong?.has(row) ?? false;
    const style: TextStyle = { ...CELL, bold };
    const cells = table.columns.map(column => ({
      ...column,
      lines:
        column.align === 'right'
          ? [row[column.of]]
          : wrap(row[column.of], column.width - 2 * PADDING.x, style, pages.measure),
    }));
    const height = Math.max(...cells.map(cell => cell.lines.length)) * lineHeight(CELL) + 2 * PADDING.y;
    if (!pages.hasRoomFor(height)) {
      pages.addPage();
      table.onFurtherPage();
      drawHeader(pages, table);
    }
    if (bold) pages.box(MARGIN.left, pages.y, CONTENT_WIDTH, height, INK.tint);
    let x: number = MARGIN.left;
    for (const cell of cells) {
      const at = cell.align === 'left' ? x + PADDING.x : x + cell.width - PADDING.x;
      const figures = cell.align === 'right';
      cell.lines.forEach((line, i) => {
        const own = figures ? pages.fit(line, cell.width - PADDING.x, { ...style, figures }) : style;
        pages.text(line, at, pages.y + PADDING.y + LEADING + i * lineHeight(CELL), own, cell.align);
      });
      x += cell.width;
    }
    pages.y += height;
    pages.line(MARGIN.left, pages.y, RIGHT_EDGE);
  }
}

export interface TotalRow {
  readonly label: string;
  readonly text: string;
  readonly strong: boolean;
}

const TOTAL_ROW_HEIGHT = 19;
const STRONG_ROW_HEIGHT = 26;
const TOTALS_WIDTH = 236;

export const totalsHeight = (rows: readonly TotalRow[]): number =>
  rows.reduce((sum, row) => sum + (row.strong ? STRONG_ROW_HEIGHT : TOTAL_ROW_HEIGHT), 0);

/** Labels and amounts at the right edge; a strong row stands out. */
export function drawTotals(pages: Pages, rows: readonly TotalRow[]): void {
  const left = RIGHT_EDGE - TOTALS_WIDTH;
  for (const { label, text, strong } of rows) {
    const height = strong ? STRONG_ROW_HEIGHT : TOTAL_ROW_HEIGHT;
    const name: TextStyle = strong
      ? { size: 10, bold: true, color: INK.strong }
      : { size: 8.5, color: INK.soft };
    const amount: TextStyle = strong
      ? { size: 13, bold: true, color: INK.strong, figures: true }
      : { size: 9, color: INK.text, figures: true };
    if (strong) pages.box(left, pages.y, TOTALS_WIDTH, height, INK.tint);
    const middle = (style: TextStyle): number => pages.y + (height - style.size * 1.03) / 2;
    pages.text(label, left + 8, middle(name), name);
    pages.text(text, RIGHT_EDGE - PADDING.x, middle(amount), amount, 'right');
    pages.y += height;
    pages.line(left, pages.y, RIGHT_EDGE, strong ? 1 : 0.5, strong ? INK.strong : INK.rule);
  }
}
