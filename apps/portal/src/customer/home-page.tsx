import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { useAccount } from '../app/session.js';
import { Money } from '../ui/money.js';
import { Page, Sheet, Stat, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Time } from '../ui/time.js';

type Lot = components['schemas']['Lot'];
type Entry = components['schemas']['HistoryEntry'];

/** The balance with its lots, and what moved it: the first page of an account. */
export default function HomePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const params = { path: { account } };
  const balance = useQuery({
    queryKey: ['balance', account],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/accounts/{account}/balance', { params, signal })),
  });
  return (
    <Page title={t('home.title')}>
      <Answer of={balance}>
        {({ available, posted, held, receivable, asOf, lots }) => (
          <>
            <Sheet>
              <Stats>
                <Stat
                  lead
                  name={t('home.available')}
                  note={
                    <>
                      {t('home.asOf')} <Time at={asOf} />
                    </>
                  }
                >
                  <Money of={available} unit />
                </Stat>
                <Stat name={t('home.posted')}>
                  <Money of={posted} />
                </Stat>
                <Stat name={t('home.held')}>
                  <Money of={held} />
                </Stat>
                <Stat name={t('home.receivable')}>
                  <Money of={receivable} />
                </Stat>
              </Stats>
            </Sheet>
            <Sheet title={t('home.lots')} aside={<span className="soft small">{t('home.unit')}</span>}>
              <Lots lots={lots} />
            </Sheet>
          </>
        )}
      </Answer>
      <Sheet title={t('home.history')} aside={<span className="soft small">{t('home.unit')}</span>}>
        <History account={account} />
      </Sheet>
    </Page>
  );
}

function Lots({ lots }: { lots: readonly Lot[] }) {
  const { t } = useTranslation(['customer', 'frame']);
  const columns = useMemo<readonly Column<Lot>[]>(
    () => [
      { id: 'lot', name: t('home.lot'), kind: 'code', value: lot => lot.lot },
      { id: 'kind', name: t('home.kind'), value: lot => t(`home.${lot.kind}`) },
      { id: 'expires', name: t('home.expires'), kind: 'day', value: lot => lot.expiresOn },
      { id: 'credited', name: t('home.credited'), kind: 'money', value: lot => lot.credited },
      { id: 'remaining', name: t('home.remaining'), kind: 'money', value: lot => lot.remaining },
    ],
    [t],
  );
  return (
    <DataTable
      name="lots"
      caption={t('home.lots')}
      hideCaption
      columns={columns}
      rows={lots}
      rowKey={lot => lot.lot}
      filter={false}
      csv="lots"
    />
  );
}

function History({ account }: { account: string }) {
  const { t, i18n } = useTranslation(['customer', 'frame']);
  const list = usePages<Entry>(['history', account], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts/{account}/history', {
        params: { path: { account }, query: { limit: '50', ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<Entry>[]>(
    () => [
      { id: 'at', name: t('home.at'), kind: 'time', value: entry => entry.at },
      {
        id: 'item',
        name: t('home.item'),
        value: entry => (i18n.language === 'en' ? entry.item : entry.itemJa),
      },
      { id: 'amount', name: t('home.amount'), kind: 'money', value: entry => entry.amount },
      { id: 'after', name: t('home.after'), kind: 'money', value: entry => entry.postedAfter },
      { id: 'ref', name: t('home.ref'), kind: 'code', value: entry => entry.ref, hidden: true },
      { id: 'detail', name: t('home.detail'), value: entry => entry.detail, wrap: true },
    ],
    [t, i18n.language],
  );
  return (
    <DataTable
      name="history"
      caption={t('home.history')}
      hideCaption
      columns={columns}
      rows={list.rows}
      rowKey={entry => `${entry.position}/${entry.ref}/${entry.item}`}
      more={list.more}
      error={list.error}
      retry={list.retry}
      sort={false}
      csv="history"
    />
  );
}
