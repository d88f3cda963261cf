import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listed } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { language } from '../words/index.js';
import { accountColumn } from './account-column.js';
import { ExplainLink } from './explain-link.js';
import { InvoicePdf } from './invoice-pdf.js';
import type { CloseRow } from './questions.js';

interface Props {
  readonly name: string;
  readonly caption: string;
  readonly month: string;
  readonly of: Listed<CloseRow>;
  readonly empty: ReactNode;
}

const KINDS = {
  closed: 'good',
  would_close: 'good',
  already_closed: undefined,
  nothing_to_bill: undefined,
  refused: 'bad',
} as const;

/** What a close did, or would do, to each account. */
export function CloseRows({ month, ...rest }: Props) {
  const { t } = useTranslation('staff');
  const columns = useMemo<readonly Column<CloseRow>[]>(() => {
    const said = ({ message, messageJa }: NonNullable<CloseRow['rejection']>) =>
      language() === 'en' ? message : messageJa;
    return [
      accountColumn(t),
      {
        id: 'outcome',
        name: t('close.outcome'),
        value: row => t(`close.outcomes.${row.outcome}`),
        badge: row => KINDS[row.outcome],
      },
      { id: 'net', name: t('close.net'), kind: 'money', value: row => row.net },
      { id: 'tax', name: t('close.tax'), kind: 'money', value: row => row.tax },
      { id: 'total', name: t('close.total'), kind: 'money', value: row => row.total },
      { id: 'rounding', name: t('close.rounding'), kind: 'money', value: row => row.roundingDifference },
      { id: 'invoice', name: t('close.invoice'), value: row => row.invoice, cell: InvoiceCell },
      {
        id: 'rejection',
        name: t('close.rejection'),
        value: row => row.rejection && said(row.rejection),
        cell: ({ rejection }) =>
          rejection && (
            <>
              {said(rejection)} <span className="code small soft">{rejection.code}</span>
            </>
          ),
        wrap: true,
      },
    ];
  }, [t]);
  const hasRefusals = rest.of.rows?.some(row => row.rejection !== null) ?? false;
  const shown = useMemo(
    () => (hasRefusals ? columns : columns.filter(({ id }) => id !== 'rejection')),
    [columns, hasRefusals],
  );
  const isWhole = !rest.of.more?.has;
  return (
    <DataTable
      {...rest}
      columns={shown}
      rowKey={row => row.account}
      filter={isWhole}
      sort={isWhole}
      csv={`close-${month}`}
    />
  );
}

/** The invoice, as page and as file, and the way from its total to the calls. */
function InvoiceCell({ invoice, outcome }: CloseRow) {
  if (invoice === null || outcome === 'would_close') return invoice;
  return (
    <span className="buttons">
      <AppLink to={`/invoices/${invoice}`}>{invoice}</AppLink>
      <InvoicePdf number={invoice} />
      <ExplainLink id={invoice} />
    </span>
  );
}
