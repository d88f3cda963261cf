import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { Money } from '../ui/money.js';
import { moneyText, toUnits } from '../ui/money-text.js';
import { countText } from '../ui/number-text.js';
import { Answer, Empty } from '../ui/states.js';
import { Duration } from '../ui/time.js';
import { thisMonth } from '../ui/time-text.js';
import { figuresOf } from './figures.js';
import { InvoiceFiles } from './invoice-files.js';
import { useCategoryName, useItemName } from './names.js';
import { ShortTable } from './plain-table.js';
import { type Usage, useUsage } from './questions.js';

// The short lists of the first page: the newest of what its links lead to.

const FEW = '6';

/** Calls, talk time and charges of each category in the running month. */
export function UsedThisMonth() {
  const { t } = useTranslation(['customer', 'frame']);
  const usage = useUsage(thisMonth());
  return (
    <Answer of={usage}>
      {of => (of.total.calls === 0 ? <Empty>{t('chart.noUsage')}</Empty> : <CategoryTable usage={of} />)}
    </Answer>
  );
}

function CategoryTable({ usage }: { usage: Usage }) {
  const { t } = useTranslation(['customer', 'frame']);
  const category = useCategoryName();
  const { calls, seconds, net } = usage.total;
  return (
    <ShortTable
      caption={t('home.thisMonth')}
      rows={figuresOf(usage)}
      rowKey={row => row.category}
      columns={[
        { id: 'category', name: t('calls.category'), value: row => category(row.category), names: true },
        {
          id: 'calls',
          name: t('calls.count'),
          kind: 'count',
          value: row => row.calls,
          total: countText(calls),
        },
        {
          id: 'duration',
          name: t('calls.duration'),
          kind: 'duration',
          value: row => row.ms,
          total: <Duration ms={seconds * 1000} />,
        },
        { id: 'net', name: t('calls.net'), kind: 'money', value: row => row.net, total: <Money of={net} /> },
      ]}
    />
  );
}

/** The newest movements of the wallet. */
export function LatestMovements() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const item = useItemName();
  const newest = useAsk(['history', account, 'newest'], '/api/v1/accounts/{account}/history', {
    path: { account },
    query: { limit: FEW },
  });
  return (
    <Answer of={newest}>
      {({ rows }) => (
        <ShortTable
          caption={t('home.latest')}
          rows={rows}
          rowKey={row => `${row.position}/${row.ref}/${row.item}`}
          columns={[
            { id: 'at', name: t('prepaid.at'), kind: 'time', value: row => row.at },
            {
              id: 'item',
              name: t('prepaid.item'),
              value: item,
              cell: row => (
                <>
                  {item(row)}
                  {toUnits(row.owed) > 0n && (
                    <span className="soft small">{t('home.owedOf', { amount: moneyText(row.owed) })}</span>
                  )}
                </>
              ),
            },
            { id: 'amount', name: t('prepaid.amount'), kind: 'money', value: row => row.amount },
          ]}
        />
      )}
    </Answer>
  );
}

/** The newest invoices with their files. */
export function LatestInvoices() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const query = { account, limit: '3' };
  const newest = useAsk(['invoices', account, 'newest'], '/api/v1/invoices', { query });
  return (
    <Answer of={newest}>
      {({ rows }) => (
        <ShortTable
          caption={t('home.invoices')}
          density="comfortable"
          cards
          empty={t('invoices.none')}
          rows={rows}
          rowKey={row => row.number}
          columns={[
            { id: 'date', name: t('invoices.date'), kind: 'day', value: row => row.date },
            {
              id: 'subject',
              name: t('invoices.subject'),
              value: row => row.subject,
              to: row => `/invoices/${encodeURIComponent(row.number)}`,
            },
            {
              id: 'total',
              name: t('invoices.total'),
              kind: 'money',
              value: row => row.total,
              cell: row => <Money of={row.total} unit />,
            },
            {
              id: 'pdf',
              name: t('invoices.pdf'),
              value: row => row.number,
              cell: row => <InvoiceFiles number={row.number} />,
            },
          ]}
        />
      )}
    </Answer>
  );
}
