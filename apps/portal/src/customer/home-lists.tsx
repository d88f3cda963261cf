import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useAccount } from '../app/session.js';
import { Money } from '../ui/money.js';
import { decimalsOf, moneyText, toUnits } from '../ui/money-text.js';
import { countText } from '../ui/number-text.js';
import { Answer, Empty } from '../ui/states.js';
import { Day, Duration, Time } from '../ui/time.js';
import { thisMonth } from '../ui/time-text.js';
import { figuresOf } from './figures.js';
import { InvoiceFiles } from './invoice-files.js';
import { useCategoryName, useItemName } from './names.js';
import { PlainTable } from './plain-table.js';
import { type Usage, useUsage } from './questions.js';

// The short lists of the first page: the newest of what its links lead to.

const FEW = '6';

/** Decimals for which the column makes room. */
const roomOf = (rows: readonly { readonly amount: string }[]): number =>
  Math.max(0, ...rows.map(({ amount }) => decimalsOf(amount)));

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
  const rows = useMemo(() => figuresOf(usage), [usage]);
  return (
    <PlainTable caption={t('home.thisMonth')}>
      <thead>
        <tr>
          <th scope="col">{t('calls.category')}</th>
          <th scope="col" className="number">
            {t('calls.count')}
          </th>
          <th scope="col" className="number">
            {t('calls.duration')}
          </th>
          <th scope="col" className="number">
            {t('calls.net')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.category}>
            <th scope="row">{category(row.category)}</th>
            <td className="number">{countText(row.calls)}</td>
            <td className="number">
              <Duration ms={row.ms} />
            </td>
            <td className="number">
              <Money of={row.net} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('frame:table.total')}</th>
          <td className="number">{countText(usage.total.calls)}</td>
          <td className="number">
            <Duration ms={usage.total.seconds * 1000} />
          </td>
          <td className="number">
            <Money of={usage.total.net} />
          </td>
        </tr>
      </tfoot>
    </PlainTable>
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
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty />
        ) : (
          <PlainTable caption={t('home.latest')}>
            <thead>
              <tr>
                <th scope="col">{t('prepaid.at')}</th>
                <th scope="col">{t('prepaid.item')}</th>
                <th scope="col" className="number">
                  {t('prepaid.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={`${row.position}/${row.ref}/${row.item}`}>
                  <td className="fixed">
                    <Time at={row.at} />
                  </td>
                  <td>
                    {item(row)}
                    {toUnits(row.owed) > 0n && (
                      <span className="soft small">{t('home.owedOf', { amount: moneyText(row.owed) })}</span>
                    )}
                  </td>
                  <td className="number">
                    <Money of={row.amount} room={roomOf(rows)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )
      }
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
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty>{t('invoices.none')}</Empty>
        ) : (
          <PlainTable caption={t('home.invoices')} density="comfortable" cards>
            <thead>
              <tr>
                <th scope="col">{t('invoices.date')}</th>
                <th scope="col">{t('invoices.subject')}</th>
                <th scope="col" className="number">
                  {t('invoices.total')}
                </th>
                <th scope="col">{t('invoices.pdf')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.number}>
                  <td className="fixed" data-name={t('invoices.date')}>
                    <Day of={row.date} />
                  </td>
                  <td data-name={t('invoices.subject')}>
                    <AppLink to={`/invoices/${encodeURIComponent(row.number)}`}>{row.subject}</AppLink>
                  </td>
                  <td className="number" data-name={t('invoices.total')}>
                    <Money of={row.total} unit />
                  </td>
                  <td data-name={t('invoices.pdf')}>
                    <InvoiceFiles number={row.number} />
                  </td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )
      }
    </Answer>
  );
}
