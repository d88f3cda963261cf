import type { ContractEvent, OrderedDevice, SHIPPED_FOR, Shipment } from '#contracts';
import { type AccountId, type BusinessDay, column, type Instant, projection, table } from '#kernel';

const shipmentsTable = table({
  name: 'shipments',
  columns: {
    account: column.text<AccountId>(),
    shipment: 'text',
    order_id: 'text',
    /** What it is for. */
    purpose: column.text<(typeof SHIPPED_FOR)[number]>(),
    state: column.text<Shipment['state']>(),
    devices: 'text',
    any_day: column.integer<0 | 1>(),
    pay_on_delivery: column.integer<0 | 1>(),
    from_day: column.integer<BusinessDay>(),
    to_day: column.integer<BusinessDay>(),
    opened_at: column.integer<Instant>(),
    carrier: column.textOrNull<string>(),
    tracking_number: column.textOrNull<string>(),
    shipped_on: column.integerOrNull<BusinessDay>(),
    arrives_on: column.integerOrNull<BusinessDay>(),
    arrived_on: column.integerOrNull<BusinessDay>(),
    position: 'integer',
  },
  key: ['account', 'shipment'],
  indexes: [['state', 'position']],
});

const refundsTable = table({
  name: 'device_refunds',
  columns: {
    account: column.text<AccountId>(),
    device: 'text',
    order_id: 'text',
    granted_at: column.integer<Instant>(),
    /** The money is not back yet. */
    open: column.integer<0 | 1>(),
  },
  key: ['account', 'device'],
  indexes: [['open', 'granted_at']],
});

/** What the list says of a device. */
export type ListedDevice = Pick<OrderedDevice, 'device' | 'product' | 'nameJa' | 'nameEn' | 'unique'>;
const devicesText = (devices: readonly OrderedDevice[]): string =>
  JSON.stringify(
    devices.map(
      ({ device, product, nameJa, nameEn, unique }): ListedDevice => ({
        ...{ device, product, nameJa, nameEn, unique },
      }),
    ),
  );
const flag = (is: boolean): 0 | 1 => (is ? 1 : 0);

/** Shipments of all accounts, for whoever packs them, and refunds under way. No address of anybody. */
export const shipments = projection({
  name: 'shipments',
  version: 1,
  tables: [shipmentsTable, refundsTable],
  handles: [
    'contracts.ShipmentOpened.v1',
    'contracts.DevicesShipped.v1',
    'contracts.DevicesDelivered.v1',
    'contracts.DeviceTakenBack.v1',
    'contracts.DeviceRefunded.v1',
  ],
  apply({ event, position }, rows) {
    const e = event as ContractEvent;
    const { account } = e;
    switch (e.type) {
      case 'ShipmentOpened':
        rows.insert('shipments', {
          ...{ account, shipment: e.shipment, order_id: e.order, purpose: e.for, state: 'waiting' },
          ...{ devices: devicesText(e.devices), any_day: flag(e.delivery.anyDay) },
          ...{ pay_on_delivery: flag(e.delivery.payOnDelivery), from_day: e.from, to_day: e.to },
          ...{ opened_at: e.at, carrier: null, tracking_number: null, shipped_on: null },
          ...{ arrives_on: null, arrived_on: null, position },
        });
        break;
      case 'DevicesShipped':
        rows.merge(
          'shipments',
          { account, shipment: e.shipment },
          {
            set: {
              ...{ state: 'shipped', carrier: e.carrier, tracking_number: e.trackingNumber },
              ...{ shipped_on: e.shippedOn, arrives_on: e.arrivesOn },
            },
          },
        );
        break;
      case 'DevicesDelivered':
        rows.merge(
          'shipments',
          { account, shipment: e.shipment },
          { set: { state: 'delivered', arrived_on: e.arrivedOn } },
        );
        break;
      case 'DeviceTakenBack':
        if (e.outcome !== 'refunded') break;
        rows.insert('device_refunds', {
          ...{ account, device: e.device, order_id: e.order, granted_at: e.at, open: 1 },
        });
        break;
      case 'DeviceRefunded':
        rows.merge('device_refunds', { account, device: e.device }, { set: { open: 0 } });
        break;
    }
  },
});
