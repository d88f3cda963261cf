import { useTranslation } from 'react-i18next';
import { type Column, classOf } from './columns.js';
import type { Sorting } from './use-table-state.js';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: readonly Sorting[];
  /** Null where the server decides the order. */
  readonly sortBy: ((id: string) => void) | null;
}

export function Head<Row>({ columns, sorting: [sorting], sortBy }: Props<Row>) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {columns.map(column => {
          const order = sorting?.id === column.id ? (sorting.desc ? 'descending' : 'ascending') : undefined;
          const sortable = sortBy !== null && column.sortable !== false;
          return (
            <th
              key={column.id}
              scope="col"
              className={classOf(column)?.replace(' code', '')}
              aria-sort={order}
            >
              {sortable ? (
                <button
                  type="button"
                  className="sort"
                  title={t('table.sort', { column: column.name })}
                  onClick={() => sortBy(column.id)}
                >
                  {column.name}
                  <span className="arrow" aria-hidden="true">
                    {order === undefined ? '▲▼' : order === 'descending' ? '▼' : '▲'}
                  </span>
                </button>
              ) : (
                column.name
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
