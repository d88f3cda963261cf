import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useParam } from '../app/url-state.js';
import { Money } from '../ui/money.js';
import { Badge, code, Facts, Note, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { Time } from '../ui/time.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { useKnown } from '../words/known.js';
import { useContractColumns } from './contracts-columns.js';
import { useCircleNames, useContracts, useWhose } from './contracts-questions.js';
import { DECIMALS, type Order, type OrderLine, STATES, useLineColumns } from './orders-lines.js';
import { ShortTable } from './plain-table.js';
import { Shipments } from './shipments.js';

/** One order: its fees, what they came to, and the contracts that began with it (CRT-02, CRT-03, CRT-07). */
export default function OrderPage() {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const whyOf = useKnown('customer:orders.refusals');
  const id = useParam('order');
  const order = useAsk(['orders', account, id], '/api/v1/accounts/{account}/orders/{order}', {
    path: { account, order: id },
  });
  return (
    <Page title={t('orders.one')} lead={code(id)}>
      <Answer of={order}>
        {of => (
          <>
            {of.state === 'refused' && (
              <Note kind="bad">
                <p>{t('orders.refusedNote')}</p>
                {of.refusal && <p>{t('orders.refusedFor', { why: whyOf(of.refusal.code) })}</p>}
              </Note>
            )}
            <Sheet title={t('orders.lines')}>
              <Lines of={of} />
            </Sheet>
            <Sheet title={t('orders.totals')}>
              <Totals of={of} />
            </Sheet>
            {of.shipments.length > 0 && <Shipments of={of.shipments} />}
            {of.contracts.length > 0 && (
              <Sheet title={t('orders.contracts')} aside={<ToContracts />}>
                <Begun of={of} />
              </Sheet>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function ToContracts() {
  const { t } = useTranslation('customer');
  const { at } = useWhose();
  return <AppLink to={at('/contracts')}>{t('contracts.name')}</AppLink>;
}

function Lines({ of }: { of: Order }) {
  const { t } = useTranslation('customer');
  const line = useLineColumns();
  const columns = useMemo<readonly Column<OrderLine>[]>(
    () => [
      { id: 'no', name: t('orders.no'), kind: 'count', value: row => row.no },
      ...line,
      { id: 'proRated', name: t('orders.proRated'), value: row => (row.proRated ? t('orders.yes') : null) },
      ...(['subtotal', 'contractMonth'] as const).map(
        (id): Column<OrderLine> => ({
          id,
          name: t(`orders.${id}`),
          kind: 'money',
          value: row => row[id],
          decimals: DECIMALS,
        }),
      ),
    ],
    [t, line],
  );
  return (
    <ShortTable
      caption={t('orders.lines')}
      cards
      columns={columns}
      rows={of.lines}
      rowKey={row => String(row.no)}
    />
  );
}

function Totals({ of }: { of: Order }) {
  const { t } = useTranslation('customer');
  const { firstInvoice, nextInvoice } = of;
  const month = (text: string) => ({ month: monthText(text, language()) });
  const net = (amount: string) => <Money of={amount} decimals={DECIMALS} unit />;
  const gross = (amount: string) => <Money of={amount} unit />;
  return (
    <Facts
      of={[
        [t('orders.at'), <Time key="at" at={of.placedAt} seconds />],
        [
          t('orders.state'),
          <Badge key="state" kind={STATES[of.state]}>
            {t(`orders.states.${of.state}`)}
          </Badge>,
        ],
        [t('orders.monthly'), net(of.monthly)],
        [t('orders.firstMonth'), net(of.contractMonth)],
        [t('orders.initial'), net(of.initial)],
        [t('orders.due'), gross(of.due)],
        [t('orders.firstInvoice', month(firstInvoice.month)), gross(firstInvoice.total)],
        [t('orders.nextInvoice', month(nextInvoice.month)), gross(nextInvoice.total)],
      ]}
    />
  );
}

/** As they are today: what has ended since is among them. */
function Begun({ of }: { of: Order }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const all = useContractColumns(useCircleNames(account));
  const columns = useMemo(() => all.filter(({ hidden }) => !hidden), [all]);
  const contracts = useContracts(account, true);
  return (
    <Answer of={contracts}>
      {({ rows }) => (
        <ShortTable
          caption={t('orders.contracts')}
          cards
          columns={columns}
          rows={rows.filter(({ order }) => order === of.order)}
          rowKey={row => row.contract}
          empty={t('contracts.none')}
        />
      )}
    </Answer>
  );
}
