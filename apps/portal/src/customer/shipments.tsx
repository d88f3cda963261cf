import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { Badge, type BadgeKind, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { dayText } from '../ui/time-text.js';
import { useNameOf } from './contracts-questions.js';
import { ShortTable } from './plain-table.js';

type Shipment = Schemas['Order']['shipments'][number];

const SHIPMENT_STATES: Readonly<Record<Shipment['state'], BadgeKind | undefined>> = {
  waiting: 'warn',
  shipped: undefined,
  delivered: 'good',
};

/** `IP電話機 x 2`, each kind once. */
export function useDevicesText() {
  const nameOf = useNameOf();
  return useMemo(
    () => (devices: readonly { readonly nameJa: string; readonly nameEn: string }[]) => {
      const names = devices.map(nameOf);
      const counted = [...new Set(names)].map(name => [name, names.filter(one => one === name).length]);
      return counted.map(([name, count]) => `${name} × ${count}`).join(', ');
    },
    [nameOf],
  );
}

/** What was, or is to be, shipped of an order of devices (DEV-07 to 09). */
export function Shipments({ of }: { of: readonly Shipment[] }) {
  const { t } = useTranslation('customer');
  const devicesText = useDevicesText();
  const columns = useMemo<readonly Column<Shipment>[]>(
    () => [
      { id: 'shipment', name: t('devices.shipment'), kind: 'code', value: row => row.shipment },
      { id: 'purpose', name: t('devices.purpose'), value: row => t(`devices.purposes.${row.for}`) },
      { id: 'devices', name: t('devices.devices'), value: row => devicesText(row.devices), wrap: true },
      {
        id: 'state',
        name: t('devices.state'),
        value: row => t(`devices.states.${row.state}`),
        cell: row => (
          <>
            <Badge kind={SHIPMENT_STATES[row.state]}>{t(`devices.states.${row.state}`)}</Badge>
            {row.devices.some(({ refund }) => refund !== null) && <Badge>{t('devices.refunded')}</Badge>}
          </>
        ),
      },
      {
        id: 'expected',
        name: t('devices.expected'),
        value: row => t('devices.period', { from: dayText(row.from), to: dayText(row.to) }),
      },
      { id: 'shippedOn', name: t('devices.shippedOn'), kind: 'day', value: row => row.shippedOn },
      {
        id: 'carrier',
        name: t('devices.carrier'),
        value: row => (row.carrier === null ? null : `${row.carrier} ${row.trackingNumber}`),
      },
      { id: 'arrivesOn', name: t('devices.arrivesOn'), kind: 'day', value: row => row.arrivesOn },
      { id: 'arrivedOn', name: t('devices.arrivedOn'), kind: 'day', value: row => row.arrivedOn },
      { id: 'return', name: t('devices.returnUntil'), kind: 'time', value: row => row.returnUntil },
      { id: 'warranty', name: t('devices.warrantyUntil'), kind: 'time', value: row => row.warrantyUntil },
    ],
    [t, devicesText],
  );
  return (
    <Sheet title={t('devices.shipments')}>
      <ShortTable
        caption={t('devices.shipments')}
        cards
        columns={columns}
        rows={of}
        rowKey={row => row.shipment}
      />
      <p className="hint">{t('devices.notes')}</p>
    </Sheet>
  );
}
