import type { ReactNode } from 'react';
import { AppLink, type AppLinkProps } from '../../app/link.js';
import { Money } from '../money.js';
import { compareMoney, decimalsOf, moneyText } from '../money-text.js';
import { countText } from '../number-text.js';
import { Badge, type BadgeKind } from '../page.js';
import { Sealed } from '../sealed.js';
import { Day, Duration, Month, Time } from '../time.js';
import { dayText, durationText, timeText } from '../time-text.js';

/** What a column holds; it decides how it is written, aligned, sorted and exported. */
export type Kind = 'text' | 'code' | 'money' | 'count' | 'time' | 'day' | 'month' | 'duration';

/** What a cell is made of: text of the API, or a count; null is an empty cell. */
export type Value = string | number | null | undefined;

export interface Column<Row> {
  /** Short and stable: it stands in the address and in the memory of chosen columns. */
  readonly id: string;
  readonly name: string;
  readonly value: (row: Row) => Value;
  /** `text` without it. Money is decimal text, a duration is milliseconds, times are ISO 8601. */
  readonly kind?: Kind;
  /** How it is drawn, when the kind does not say it all: a link, a badge. */
  readonly cell?: (row: Row) => ReactNode;
  /** A state in one word: how it is coloured, plain without a kind; null where it is no state. */
  readonly badge?: (row: Row) => BadgeKind | undefined | null;
  /** Where the cell leads. */
  readonly to?: (row: Row) => string | Pick<AppLinkProps, 'to' | 'search' | 'className'>;
  /** What the filter and the CSV see, when the value is not what people read. */
  readonly text?: (row: Row) => string;
  /** Money: so many decimals at least. */
  readonly decimals?: number;
  /** Not shown until it is chosen. */
  readonly hidden?: boolean;
  readonly sortable?: boolean;
  /** It says what its row is about. */
  readonly names?: boolean;
  /** Long text, which may break over lines. */
  readonly wrap?: boolean;
  /** Below the column, for all rows: a sum that the server or `sumOf` made. */
  readonly total?: ReactNode;
}

/** The last column of many tables: what can be done with the row. */
export const actsColumn = <Row,>(name: string, cell: (row: Row) => ReactNode): Column<Row> => ({
  id: 'acts',
  name,
  value: () => null,
  sortable: false,
  cell,
});

const isEmpty = (value: Value): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

/** What people read in a cell, as text: for filtering. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return column.text(row);
  const value = column.value(row);
  if (isEmpty(value)) return '';
  const text = String(value);
  if (column.kind === 'money') return moneyText(text, column.decimals);
  if (column.kind === 'time') return timeText(text, true);
  if (column.kind === 'day') return dayText(text);
  if (column.kind === 'duration') return durationText(Number(text));
  return text;
}

/** A cell of the CSV: money as plain digits, times as people read them. */
export function exportText<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  if (column.kind === 'money' || column.kind === 'count') return isEmpty(value) ? '' : String(value);
  return cellText(column, row);
}

type CompareTexts = (a: string, b: string) => number;

const COLLATOR = new Intl.Collator('ja', { numeric: true });
const byCharacter: CompareTexts = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const comparing =
  (texts: CompareTexts) =>
  (kind: Kind | undefined, a: Value, b: Value): number => {
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
    if (kind === 'money') return compareMoney(String(a), String(b));
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    if (kind === 'time') return Date.parse(String(a)) - Date.parse(String(b));
    return texts(String(a), String(b));
  };

/** Ascending, texts as people order them; empty cells come last. */
export const compareValues = comparing(COLLATOR.compare);
/** The same with texts in the order of their characters: that of people takes seconds for very many rows. */
export const compareManyValues = comparing(byCharacter);
/** Of more rows than these. */
export const MANY_ROWS = 5_000;

/** The most decimals that a column of money shows, so that its points stand below each other. */
export function roomFor<Row>(column: Column<Row>, rows: readonly Row[]): number {
  if (column.kind !== 'money') return 0;
  let room = column.decimals ?? 0;
  for (const row of rows) room = Math.max(room, decimalsOf(String(column.value(row) ?? '')));
  return room;
}

const NUMBERS: ReadonlySet<Kind | undefined> = new Set(['money', 'count', 'duration']);
const FIXED: ReadonlySet<Kind | undefined> = new Set(['time', 'day', 'month', 'code']);

/** How a cell is aligned and broken. */
export function classOf<Row>({ kind, wrap }: Column<Row>): string | undefined {
  if (NUMBERS.has(kind)) return 'number';
  if (FIXED.has(kind)) return kind === 'code' ? 'fixed code' : 'fixed';
  return wrap ? 'wrap' : undefined;
}

/** A cell as its column is drawn. */
export function drawn<Row>(column: Column<Row>, row: Row, room: number): ReactNode {
  const inner = column.cell ? column.cell(row) : written(column, row, room);
  const kind = column.badge ? column.badge(row) : null;
  const shown = kind === null ? inner : <Badge kind={kind}>{inner}</Badge>;
  const to = column.to?.(row);
  if (to === undefined) return shown;
  return <AppLink {...(typeof to === 'string' ? { to } : to)}>{shown}</AppLink>;
}

function written<Row>(column: Column<Row>, row: Row, room: number): ReactNode {
  const value = column.value(row);
  if (isEmpty(value)) return null;
  const text = String(value);
  if (column.kind === 'money') return <Money of={text} decimals={column.decimals ?? 0} room={room} />;
  if (column.kind === 'count') return typeof value === 'number' ? countText(value) : text;
  if (column.kind === 'time') return <Time at={text} />;
  if (column.kind === 'day') return <Day of={text} />;
  if (column.kind === 'month') return <Month of={text} />;
  if (column.kind === 'duration') return <Duration ms={Number(text)} />;
  return <Sealed text={text} />;
}
