import type { ReactNode } from 'react';
import { Page, Sheet } from './page.js';
import { DataTable, type DataTableProps } from './table/data-table.js';

interface ListPageProps<Row> extends Omit<DataTableProps<Row>, 'caption'> {
  readonly title: string;
  /** One sentence below the title. */
  readonly lead?: ReactNode;
  /** At the right of the title. */
  readonly acts?: ReactNode;
  /** Above and below the sheet with the list. */
  readonly above?: ReactNode;
  readonly below?: ReactNode;
  /** Title of the sheet, where other sheets stand beside it. */
  readonly sheet?: string;
  readonly aside?: ReactNode;
  /** Conditions above the table: a `SearchForm`, a choice. */
  readonly search?: ReactNode;
}

/** A page whose subject is a list: found, ordered, read on and taken away as CSV. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const { title, lead, acts, above, below, sheet, aside, search, ...table } = props;
  return (
    <Page title={title} lead={lead} acts={acts}>
      {above}
      <Sheet title={sheet} aside={aside}>
        {search}
        <DataTable caption={sheet ?? title} {...table} />
      </Sheet>
      {below}
    </Page>
  );
}
