import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveAs } from '../../api/client.js';
import type { Listed } from '../../api/questions.js';
import { csvBlob } from '../csv.js';
import { Empty, Failure, Waiting } from '../states.js';
import { type Column, compareManyValues, compareValues, exportText, MANY_ROWS, roomFor } from './columns.js';
import { Body, cellOf } from './table-body.js';
import { Head } from './table-head.js';
import { Tools } from './table-tools.js';
import { useFiltered, useTableState } from './use-table-state.js';

export interface DataTableProps<Row> {
  /** Unique on its page: it stands before filter and order in the address. */
  readonly name: string;
  /** What the table shows, said to screen readers. */
  readonly caption: string;
  /** For those who see it as well: without it a heading above says what the caption does. */
  readonly showCaption?: boolean;
  /** Made once (`useMemo`): a new list of columns draws everything anew. */
  readonly columns: readonly Column<Row>[];
  /** `of={usePages(…)}`, `of={listOf(query)}` or `of={{ rows }}`. */
  readonly of: Listed<Row>;
  readonly rowKey: (row: Row) => string;
  /** A list read page by page is filtered and sorted by the server: no filter here. */
  readonly filter?: boolean;
  readonly sort?: boolean;
  /** Name of the CSV of what is shown, without its ending; or where the server makes one of all. */
  readonly csv?: string | (() => void);
  /** What stands there when there are no rows at all. */
  readonly empty?: ReactNode;
  /** Beside the filter: choices of the page. */
  readonly tools?: ReactNode;
  /** `comfortable` for a few rows that are read, not scanned. */
  readonly density?: 'compact' | 'comfortable';
}

/** Sorting and choice of columns come from the table library; filter, drawing and export are ours. */
const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

/** The one table of the portal. More than 100 rows scroll inside it and only those in sight are drawn. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, isOld = false, error, retry } = props.of;
  // That the question before found nothing says nothing about this one.
  if (rows === undefined || (isOld && rows.length === 0))
    return error ? <Failure error={error} {...(retry && { retry })} /> : <Waiting />;
  return (
    <>
      {Boolean(error) && <Failure error={error} {...(retry && { retry })} />}
      <Loaded {...props} rows={rows} />
    </>
  );
}

function useModel<Row extends object>(props: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  const { columns, rows, name, sort = true, rowKey } = props;
  const state = useTableState(name, columns);
  const filtered = useFiltered(rows, columns, state.filter);
  const compare = rows.length > MANY_ROWS ? compareManyValues : compareValues;
  const definitions = useMemo(
    () =>
      columns.map(column => ({
        id: column.id,
        accessorFn: (row: Row) => column.value(row) ?? undefined,
        enableSorting: sort && column.sortable !== false,
        sortUndefined: 'last' as const,
        sortFn: (a: { original: Row }, b: { original: Row }) =>
          compare(column.kind, column.value(a.original), column.value(b.original)),
      })),
    [columns, sort, compare],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: filtered as Row[],
    getRowId: rowKey,
    state: { sorting: sort ? [...state.sorting] : [], columnVisibility: state.shown },
  });
  const byId = useMemo(() => new Map(columns.map(column => [column.id, column])), [columns]);
  const shown = table.getVisibleLeafColumns().map(column => byId.get(column.id)!);
  return { state, table, filtered, shown, sorted: table.getRowModel().rows };
}

function Loaded<Row extends object>(props: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  const { caption, columns, rows, csv, sort = true, filter = true, density = 'compact' } = props;
  const { more, isOld = false } = props.of;
  const { t } = useTranslation();
  const { state, filtered, shown, sorted } = useModel(props);
  // State and not a ref: what is drawn inside has to know when the element is there.
  const [scroll, setScroll] = useState<HTMLElement | null>(null);
  const asked = `${state.filter} ${JSON.stringify(state.sorting)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first row
  useEffect(() => {
    scroll?.scrollTo({ top: 0 });
  }, [asked]);
  const room = useMemo(
    () => new Map(columns.map(one => [one.id, roomFor(one, filtered)])),
    [columns, filtered],
  );
  if (rows.length === 0) return <Empty>{props.empty}</Empty>;
  const save = () => {
    if (typeof csv === 'function') return csv();
    const lines = sorted.map(({ original }) => shown.map(column => exportText(column, original)));
    saveAs(csvBlob([shown.map(column => column.name), ...lines]), `${csv}.csv`);
  };
  const isTall = sorted.length > 100;
  return (
    <div className="data-table" aria-busy={isOld}>
      <Tools
        name={props.name}
        filter={filter ? { text: state.filter, set: state.setFilter } : null}
        counts={{ shown: filtered.length, all: rows.length, open: more?.has ?? false }}
        columns={columns.map(({ id, name }) => ({ id, name, shown: state.shown[id] !== false }))}
        choose={state.setShown}
        save={csv === undefined ? null : save}
        isOld={isOld}
      >
        {props.tools}
      </Tools>
      <section
        ref={setScroll}
        className={isTall ? 'table-scroll tall' : 'table-scroll'}
        aria-label={caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
      >
        <table className={`table cards ${density}`} aria-rowcount={more?.has ? -1 : sorted.length + 1}>
          <caption className={props.showCaption ? undefined : 'sr'}>{caption}</caption>
          <Head columns={shown} sorting={state.sorting} sortBy={sort ? state.sortBy : null} />
          <Body columns={shown} rows={sorted} room={room} scroll={scroll} isTall={isTall} />
          <Foot columns={shown} />
        </table>
      </section>
      {filtered.length === 0 && <Empty>{t('table.none')}</Empty>}
      {more?.has && (
        <div className="table-more">
          <button type="button" className="button" disabled={more.loading || isOld} onClick={more.load}>
            {t(more.loading ? 'table.loadingMore' : 'table.more')}
          </button>
        </div>
      )}
    </div>
  );
}

/** Totals below their columns; the first column without one says what they are. */
export function Foot<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const { t } = useTranslation();
  if (!columns.some(column => column.total !== undefined)) return null;
  return (
    <tfoot>
      <tr>
        {columns.map((column, i) =>
          cellOf(column, column.total ?? (i === 0 ? t('table.total') : null), column.total !== undefined),
        )}
      </tr>
    </tfoot>
  );
}
