import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { listOf, useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useDevicesText } from '../customer/shipments.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { dayText } from '../ui/time-text.js';
import { OneShipment } from './one-shipment.js';

type Listed = Schemas['ListedShipment'];
const STATES = ['waiting', 'shipped', 'delivered'] as const;

/** Devices that wait to be shipped, are under way, or have arrived, the oldest first (DEV-07 to 09). */
export default function ShipmentsPage() {
  const { t } = useTranslation(['staff', 'customer']);
  const devicesText = useDevicesText();
  const state = useChoice('state', STATES, 'waiting') as Listed['state'];
  const shipments = useAsk(['shipments', state], '/api/v1/shipments', { query: { state, limit: '500' } });
  const columns: readonly Column<Listed>[] = [
    { id: 'since', name: t('shipments.since'), kind: 'time', value: row => row.openedAt },
    {
      id: 'account',
      name: t('accounts.account'),
      kind: 'code',
      value: row => row.account,
      cell: row => <AppLink to={`/accounts/${row.account}`}>{row.account}</AppLink>,
    },
    {
      id: 'order',
      name: t('shipments.order'),
      kind: 'code',
      value: row => row.order,
      cell: row => <AppLink to={`/accounts/${row.account}/orders/${row.order}`}>{row.order}</AppLink>,
    },
    {
      id: 'purpose',
      name: t('customer:devices.purpose'),
      value: row => t(`customer:devices.purposes.${row.for}`),
    },
    {
      id: 'devices',
      name: t('customer:devices.devices'),
      value: row => devicesText(row.devices),
      wrap: true,
    },
    state === 'waiting'
      ? {
          id: 'expected',
          name: t('customer:devices.expected'),
          value: row => t('customer:devices.period', { from: dayText(row.from), to: dayText(row.to) }),
        }
      : { id: 'shippedOn', name: t('customer:devices.shippedOn'), kind: 'day', value: row => row.shippedOn },
    ...(state === 'delivered'
      ? [
          {
            ...{ id: 'arrivedOn', name: t('customer:devices.arrivedOn'), kind: 'day' as const },
            value: (row: Listed) => row.arrivedOn,
          },
        ]
      : []),
    actsColumn(t('acts'), row => <Opened of={row} />),
  ];
  return (
    <ListPage
      name="shipments"
      title={t('shipments.name')}
      lead={t('shipments.lead')}
      of={listOf(shipments)}
      columns={columns}
      rowKey={row => `${row.account}/${row.shipment}`}
      empty={t(`shipments.none.${state}`)}
      aside={
        <UrlSelect
          name="state"
          label={t('shipments.show')}
          usual="waiting"
          choices={STATES.map(one => [one, t(`customer:devices.states.${one}`)])}
        />
      }
    />
  );
}

/** Its address is read when somebody asks for it. */
function Opened({ of: { account, shipment } }: { of: Listed }) {
  const { t } = useTranslation('staff');
  const [open, setOpen] = useState(false);
  return (
    <div className="stack">
      <button
        type="button"
        className="button small"
        aria-expanded={open}
        aria-label={open ? undefined : t('shipments.openOf', { shipment })}
        onClick={() => setOpen(before => !before)}
      >
        {t(open ? 'shipments.close' : 'shipments.open')}
      </button>
      {open && <OneShipment account={account} shipment={shipment} />}
    </div>
  );
}
