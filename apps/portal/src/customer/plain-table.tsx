import type { ReactNode } from 'react';
import { Empty } from '../ui/states.js';
import { type Column, roomFor } from '../ui/table/columns.js';
import { Foot } from '../ui/table/data-table.js';
import { Body } from '../ui/table/table-body.js';
import { Head } from '../ui/table/table-head.js';

interface Props {
  /** Said to screen readers; a heading above says it to all others. */
  readonly caption: string;
  readonly cards?: boolean;
  readonly density?: 'compact' | 'comfortable';
  readonly children: ReactNode;
}

/** A short table whose rows are written out: nothing to filter, sort or choose. */
export function PlainTable({ caption, cards = false, density = 'compact', children }: Props) {
  return (
    <section
      className="table-scroll"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table className={`table ${density}${cards ? ' cards' : ''}`}>
        <caption className="sr">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

interface ShortTableProps<Row> extends Omit<Props, 'children'> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What stands there when there are no rows. */
  readonly empty?: ReactNode;
}

/** A few rows with nothing to filter, sort or choose. */
export function ShortTable<Row>({ columns, rows, rowKey, empty, ...table }: ShortTableProps<Row>) {
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  const drawn = rows.map(row => ({ id: rowKey(row), original: row }));
  const room = new Map(columns.map(one => [one.id, roomFor(one, rows)]));
  return (
    <PlainTable {...table}>
      <Head columns={columns} sorting={[]} sortBy={null} />
      <Body columns={columns} rows={drawn} room={room} scroll={null} isTall={false} />
      <Foot columns={columns} />
    </PlainTable>
  );
}
