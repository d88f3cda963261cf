import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode } from 'react';
import { type Column, classOf, drawn } from './columns.js';

interface DrawnRow<Row> {
  readonly id: string;
  readonly original: Row;
}

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly DrawnRow<Row>[];
  /** Decimals for which each column of money makes room. */
  readonly room: ReadonlyMap<string, number>;
  readonly scroll: HTMLElement | null;
  readonly isTall: boolean;
}

/** Height of a row of a table that scrolls (`table.css`), in pixels: unmeasured rows scroll smoothly. */
const ROW_PX = 35;
/** On a telephone rows are sheets of different heights. */
const CARDS = '(max-width: 40rem)';
const CARD_LINE_PX = 25;

export function Body<Row>(props: Props<Row>) {
  if (props.isTall) return <VirtualBody {...props} />;
  return (
    <tbody>
      {props.rows.map((row, i) => (
        <Row key={row.id} row={row.original} index={i} columns={props.columns} room={props.room} />
      ))}
    </tbody>
  );
}

/** Only the rows in sight; those before and behind are two empty rows of their height. */
function VirtualBody<Row>({ columns, rows, room, scroll }: Props<Row>) {
  const isCards = window.matchMedia(CARDS).matches;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll,
    estimateSize: () => (isCards ? CARD_LINE_PX * columns.length + 16 : ROW_PX),
    getItemKey: index => rows[index]!.id,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const behind = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <tbody>
      <Spacer height={before} columns={columns.length} />
      {items.map(({ index, key }) => (
        <Row
          key={key}
          row={rows[index]!.original}
          index={index}
          columns={columns}
          room={room}
          {...(isCards && { measure: virtual.measureElement })}
        />
      ))}
      <Spacer height={behind} columns={columns.length} />
    </tbody>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr className="spacer">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

interface RowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly room: ReadonlyMap<string, number>;
  readonly measure?: (element: HTMLElement | null) => void;
}

function PlainRow<Row>({ row, index, columns, room, measure }: RowProps<Row>) {
  return (
    // The head is row 1.
    <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
      {columns.map(column => cellOf(column, drawn(column, row, room.get(column.id) ?? 0)))}
    </tr>
  );
}

/**
 * A cell of a row; the one that names it is its head. No component: there are thousands.
 * @param isNamed a telephone shows the column's name before it
 */
export function cellOf<Row>(column: Column<Row>, shown: ReactNode, isNamed = true) {
  // "Total" is no code, whatever stands above it.
  const className = isNamed ? classOf(column) : classOf(column)?.replace(' code', '');
  const about = { className, 'data-name': isNamed ? column.name : undefined };
  return column.names ? (
    <th key={column.id} scope="row" {...about}>
      {shown}
    </th>
  ) : (
    <td key={column.id} {...about}>
      {shown}
    </td>
  );
}

const Row = memo(PlainRow) as typeof PlainRow;
