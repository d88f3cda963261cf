import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { useReadOnly } from '../app/session.js';
import { useUrlState } from '../app/url-state.js';
import { code, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { thisMonth } from '../ui/time-text.js';
import { useKnown } from '../words/known.js';
import { countsOf, type ProductCount } from './contracts-counts.js';
import { ContractsList, useShown } from './contracts-list.js';
import { type Contract, useContracts, useNameOf, useWhose } from './contracts-questions.js';
import { ShortTable } from './plain-table.js';

/** What is in contract, product by product, and each contract (HIS-03, HIS-04, CAN-15). */
export default function ContractsPage() {
  const { t } = useTranslation('customer');
  const { account, isOwn, at } = useWhose();
  const contracts = useContracts(account, useShown() === 'all');
  const circle = useUrlState()[0]['circle'] ?? '';
  const isReadOnly = useReadOnly();
  const isShown = (of: Contract) => circle === '' || (of.circle ?? 'account') === circle;
  return (
    <Page
      title={t('contracts.name')}
      lead={isOwn ? t('contracts.lead') : code(account)}
      acts={
        !isReadOnly &&
        /^\d+$/.test(circle) && (
          <AppLink to={at(`/circles/${circle}/cancel`)} className="button">
            {t('whole.cancelCircle')}
          </AppLink>
        )
      }
    >
      <Answer of={contracts}>
        {({ rows }) => (
          <>
            <Sheet title={t('contracts.counts')}>
              <Counts of={countsOf(rows.filter(isShown), thisMonth())} />
            </Sheet>
            <Sheet title={t('contracts.list')}>
              <ContractsList contracts={rows} />
            </Sheet>
          </>
        )}
      </Answer>
    </Page>
  );
}

const ofKind = ({ kind }: ProductCount) => ({ kind });
const ending = (of: ProductCount) => ({ ...ofKind(of), show: 'ending' });

/** Channels are cancelled by their count, and so is that undone (CAN-05, CAN-06). */
const isCounted = ({ kind }: ProductCount): boolean => kind === 'trunk_channel' || kind === 'fax_channel';

/** To buy more, and to what is cancelled or can be. */
function Counts({ of }: { of: readonly ProductCount[] }) {
  const { t } = useTranslation('customer');
  const nameOf = useNameOf();
  const kindOf = useKnown('customer:productKinds');
  const { isOwn, at } = useWhose();
  const below = at('/contracts');
  const may = useMay();
  const isReadOnly = useReadOnly();
  const route = 'POST /api/v1/accounts/{account}/cancellations/units';
  const mayCount = may(route) && !isReadOnly && of.some(isCounted);
  const byCount = useMemo<Column<ProductCount>>(
    () => ({
      id: 'cancel',
      name: t('cancel.byCount'),
      value: row => (isCounted(row) ? t('cancel.byCount') : null),
      cell: row =>
        isCounted(row) && (
          <AppLink to={`${below}/cancel`} search={{ product: row.product }}>
            {t('cancel.byCount')}
          </AppLink>
        ),
      sortable: false,
    }),
    [t, below],
  );
  const columns = useMemo<readonly Column<ProductCount>[]>(
    () => [
      { id: 'product', name: t('contracts.product'), value: nameOf, names: true, wrap: true },
      { id: 'kind', name: t('contracts.kind'), value: row => kindOf(row.kind) },
      {
        id: 'count',
        name: t('contracts.count'),
        kind: 'count',
        value: row => row.count,
        ...(isOwn && { to: () => '/shop' }),
      },
      {
        id: 'now',
        name: t('contracts.endingNow'),
        kind: 'count',
        value: row => row.endingNow,
        to: row => ({ to: below, search: row.endingNow > 0 ? ending(row) : ofKind(row) }),
      },
      { id: 'later', name: t('contracts.endingLater'), kind: 'count', value: row => row.endingLater },
      ...(mayCount ? [byCount] : []),
    ],
    [t, nameOf, kindOf, isOwn, below, mayCount, byCount],
  );
  return (
    <ShortTable
      caption={t('contracts.counts')}
      cards
      columns={columns}
      rows={of}
      rowKey={row => row.product}
      empty={t('contracts.none')}
    />
  );
}
