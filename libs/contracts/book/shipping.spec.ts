import { readFileSync } from 'node:fs';
import { BusinessDay, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import {
  A1,
  at,
  bought,
  complete,
  DELIVERY,
  DEVICE,
  item,
  place,
  SHIPPING,
  SHIPPING_TERMS,
  UNIQUE,
} from './book.fixture.js';
import { bookEvents, type ContractCommand, contractBook } from './book.js';
import { withShipping } from './order-rules.js';
import { refundsOpen, type TakeBackDevice } from './shipping.js';

const { givenCommands } = specOf(contractBook);
const ordered = '2026-10-05 10:00:00';
const day = BusinessDay.parse;
const terms = SHIPPING_TERMS;
const DEVICES = bought(ordered, [item(DEVICE, 2), item(SHIPPING)], { circle: null });

const ship = (when = '2026-10-06 15:00:00', other: object = {}): ContractCommand => ({
  type: 'ShipDevices',
  ...{ now: at(when), shipment: 'o1-S1', carrier: 'ヤマト運輸', trackingNumber: '1234-5678' },
  ...{ shippedOn: day('2026-10-06'), terms },
  ...other,
});
const deliver = (when = '2026-10-08 09:00:00', other: object = {}): ContractCommand => ({
  type: 'DeliverDevices',
  ...{ now: at(when), shipment: 'o1-S1', arrivedOn: day('2026-10-07'), terms },
  ...other,
});
const takeBack = (reportedAt: string, other: Partial<TakeBackDevice> = {}): ContractCommand => ({
  type: 'TakeBackDevice',
  ...{ now: at('2027-10-01 00:00:00'), device: 'o1-line-1-2', under: 'return', why: 'wrong_item' },
  ...{ outcome: 'replaced', reportedAt: at(reportedAt), reason: '別の機種が届いた', terms },
  ...other,
});
const refund = (device = 'o1-line-1-2'): ContractCommand =>
  takeBack('2026-10-08 10:00:00', { device, outcome: 'refunded' });
const finish = (device = 'o1-line-1-2'): ContractCommand => ({
  type: 'FinishRefund',
  ...{ now: at('2027-10-01 00:00:00'), device, reversal: `refund-${device}` },
});
const delivered = () => givenCommands(...DEVICES, ship(), deliver());

describe('devices in an order', () => {
  it('bring their shipping along, once, unless the receiver pays the carrier', () => {
    const codes = (items: Parameters<typeof withShipping>[0], payOnDelivery = false) =>
      withShipping(items, [UNIQUE, DEVICE, SHIPPING], payOnDelivery).map(
        ({ product, quantity }) => `${product.code}:${quantity}`,
      );
    expect(codes([item(DEVICE, 3)])).toEqual(['device.phone:3', 'shipping.domestic:1']);
    expect(codes([item(SHIPPING, 2), item(DEVICE)])).toEqual(['device.phone:1', 'shipping.domestic:1']);
    expect(codes([item(DEVICE)], true)).toEqual(['device.phone:1']);
    expect(codes([item(SHIPPING), item(DEVICE)], true)).toEqual(['device.phone:1']);
    expect(codes([item(UNIQUE)])).toEqual(['unique.extension:1']);
    expect(withShipping([item(DEVICE)], [DEVICE], false)).toHaveLength(1);
  });

  it('are not ordered before somebody has said where they go', () =>
    givenCommands()
      .when(place(ordered, [item(DEVICE)], { delivery: null }))
      .thenRejected('DELIVERY_MISSING'));

  it('are what shipping is ordered for', () =>
    givenCommands()
      .when(place(ordered, [item(SHIPPING)], { circle: null }))
      .thenRejected('PARENT_MISSING'));

  it('are set up for the terminals that were chosen, each for its own', () => {
    const items = [{ ...item(DEVICE, 2), uniques: [null, '0000000007'] }];
    const { state } = givenCommands(place(ordered, items), complete(ordered));
    expect([...state.devices.values()].map(({ unique }) => unique)).toEqual([null, '0000000007']);
  });

  it('wait in one shipment from the completion of the order on', () => {
    const { state } = givenCommands(...DEVICES);
    expect([...state.shipments.values()]).toEqual([
      {
        ...{ shipment: 'o1-S1', order: 'o1', for: 'order', devices: ['o1-line-1-1', 'o1-line-1-2'] },
        ...{ delivery: DELIVERY, from: day('2026-10-06'), to: day('2026-10-08'), openedAt: at(ordered) },
        ...{ state: 'waiting', sent: null, arrived: null },
      },
    ]);
    expect(givenCommands(...bought(ordered, [item(UNIQUE)])).state.shipments.size).toBe(0);
  });
});

describe('an order in the log', () => {
  const { decode, encode } = bookEvents.codec;
  it.each(['events/contracts.OrderPlaced.v1', 'fields/contracts.OrderPlaced.v1.delivery'])(
    'is read and written alike with a delivery and without: %s',
    name => {
      const { type, data } = JSON.parse(readFileSync(`test/golden/${name}.json`, 'utf8'));
      const placed = decode(type, data);
      expect(encode(placed)).toEqual({ type, data });
      expect('delivery' in placed).toBe(name.endsWith('delivery'));
    },
  );
});

describe('a shipment', () => {
  it('is shipped, and arrives: then the deadlines are fixed', () => {
    givenCommands(...DEVICES)
      .when(ship())
      .then({
        type: 'DevicesShipped',
        ...{ at: at('2026-10-06 15:00:00'), account: A1, shipment: 'o1-S1', order: 'o1' },
        ...{ carrier: 'ヤマト運輸', trackingNumber: '1234-5678' },
        ...{ shippedOn: day('2026-10-06'), arrivesOn: day('2026-10-07') },
      });
    givenCommands(...DEVICES, ship())
      .when(deliver())
      .then({
        type: 'DevicesDelivered',
        ...{ at: at('2026-10-08 09:00:00'), account: A1, shipment: 'o1-S1', order: 'o1' },
        arrivedOn: day('2026-10-07'),
        returnUntil: Instant.parse('2026-10-14T23:59:59.999+09:00'),
        warrantyUntil: Instant.parse('2027-04-07T23:59:59.999+09:00'),
        policy: terms.policy,
      });
  });

  it('may arrive at a weekend where that was asked for', () => {
    const anyDay = bought(ordered, [item(DEVICE)], { delivery: { ...DELIVERY, anyDay: true } });
    const { state } = givenCommands(...anyDay, ship('2026-10-09 18:00:00', { shippedOn: day('2026-10-09') }));
    expect(state.shipments.get('o1-S1')?.sent?.arrivesOn).toBe(day('2026-10-10'));
  });

  it.each<[string, readonly ContractCommand[], ContractCommand, string]>([
    ['that there is not', [], ship(undefined, { shipment: 'o1-S9' }), 'NO_SUCH_SHIPMENT'],
    ['before its day', [], ship('2026-10-05 23:59:59.999'), 'SHIPPED_LATER'],
    ['before its order', [], ship(undefined, { shippedOn: day('2026-10-04') }), 'SHIPPED_BEFORE_ORDER'],
    ['again, with another carrier', [ship()], ship(undefined, { carrier: '日本郵便' }), 'SHIPPED_ALREADY'],
    ['as arrived, one that there is not', [], deliver(undefined, { shipment: 'x' }), 'NO_SUCH_SHIPMENT'],
    ['as arrived, one that waits', [], deliver(), 'NOT_SHIPPED'],
    ['as arrived, before its day', [ship()], deliver('2026-10-06 23:59:59.999'), 'ARRIVED_LATER'],
    [
      'as arrived before it was shipped',
      [ship()],
      deliver(undefined, { arrivedOn: day('2026-10-05') }),
      'ARRIVED_BEFORE_SHIPPED',
    ],
    [
      'as arrived on another day',
      [ship(), deliver()],
      deliver(undefined, { arrivedOn: day('2026-10-08') }),
      'DELIVERED_ALREADY',
    ],
  ])('is not shipped: %s', (_, before, command, code) =>
    givenCommands(...DEVICES, ...before)
      .when(command)
      .thenRejected(code as never),
  );

  it('has nothing to do for what is so already', () => {
    givenCommands(...DEVICES, ship())
      .when(ship())
      .thenNothing('it is shipped already');
    delivered().when(deliver()).thenNothing('it has arrived already');
  });
});

describe('a device that comes back', () => {
  it('is replaced by another one of its kind, shipped to the same place', () =>
    delivered()
      .when(takeBack('2026-10-08 10:00:00'))
      .then(
        {
          type: 'DeviceTakenBack',
          ...{ at: at('2027-10-01 00:00:00'), account: A1, device: 'o1-line-1-2', order: 'o1' },
          ...{ shipment: 'o1-S1', under: 'return', why: 'wrong_item', outcome: 'replaced' },
          ...{ reportedAt: at('2026-10-08 10:00:00'), reason: '別の機種が届いた' },
        },
        {
          type: 'ShipmentOpened',
          ...{ at: at('2027-10-01 00:00:00'), account: A1, shipment: 'o1-S2', order: 'o1', for: 'return' },
          devices: [
            {
              ...{ device: 'o1-line-1-2', product: 'device.phone', nameJa: '電話機', nameEn: 'Telephone' },
              ...{ unique: null, net: Money.of('12000') },
            },
          ],
          ...{ delivery: DELIVERY, from: day('2027-10-04'), to: day('2027-10-06'), policy: terms.policy },
        },
      ));

  it.each<[string, string, Partial<TakeBackDevice>, string | null]>([
    ['on the day of arrival', '2026-10-07 00:00:00', {}, null],
    ['a millisecond before it', '2026-10-06 23:59:59.999', {}, 'REPORTED_BEFORE_ARRIVAL'],
    ['in the last millisecond of the 7th day', '2026-10-14 23:59:59.999', {}, null],
    ['a millisecond later', '2026-10-15 00:00:00', {}, 'RETURN_TOO_LATE'],
    ['under the guarantee then', '2026-10-15 00:00:00', { under: 'warranty', why: 'faulty' }, null],
    [
      'in its last millisecond',
      '2027-04-07 23:59:59.999',
      { under: 'warranty', why: 'faulty', outcome: 'refunded' },
      null,
    ],
    [
      'a millisecond after the guarantee',
      '2027-04-08 00:00:00',
      { under: 'warranty', why: 'faulty' },
      'WARRANTY_OVER',
    ],
    [
      'under the guarantee, though it has no fault',
      '2026-10-08 00:00:00',
      { under: 'warranty', why: 'unopened' },
      'NOT_UNDER_WARRANTY',
    ],
    ['tomorrow', '2027-10-01 00:00:00.001', {}, 'REPORTED_LATER'],
    ['that there is not', '2026-10-08 00:00:00', { device: 'o1-line-9-1' }, 'NO_SUCH_DEVICE'],
  ])('is asked for %s', (_, when, other, code) => {
    const { state } = delivered();
    const decided = contractBook.decide(takeBack(when, other), state);
    expect(decided.kind === 'rejected' ? decided.rejection.code : null).toBe(code);
  });

  it('has arrived before', () =>
    givenCommands(...DEVICES, ship())
      .when(takeBack('2026-10-08 00:00:00'))
      .thenRejected('NOT_DELIVERED'));

  it('comes back again only when its replacement has arrived, which has its own week', () => {
    const replaced = [...DEVICES, ship(), deliver(), takeBack('2026-10-08 10:00:00')];
    givenCommands(...replaced)
      .when(takeBack('2026-10-09 10:00:00'))
      .thenRejected('NOT_DELIVERED');
    const sent = ship('2027-10-05 12:00:00', { shipment: 'o1-S2', shippedOn: day('2027-10-05') });
    const arrived = deliver('2027-10-06 12:00:00', { shipment: 'o1-S2', arrivedOn: day('2027-10-06') });
    const { state } = givenCommands(...replaced, sent, arrived);
    expect(state.shipments.get('o1-S2')?.arrived?.returnUntil).toBe(at('2027-10-13 23:59:59.999'));
  });

  it('is paid back once', () => {
    const granted = [...DEVICES, ship(), deliver(), refund()];
    expect(refundsOpen(givenCommands(...granted).state, 'o1').map(({ device }) => device)).toEqual([
      'o1-line-1-2',
    ]);
    givenCommands(...granted)
      .when(refund())
      .thenRejected('DEVICE_REFUNDED');
    givenCommands(...granted)
      .when(finish())
      .then({
        type: 'DeviceRefunded',
        ...{ at: at('2027-10-01 00:00:00'), account: A1, device: 'o1-line-1-2', order: 'o1' },
        reversal: 'refund-o1-line-1-2',
      });
    const paid = givenCommands(...granted, finish());
    paid.when(finish()).thenNothing('no refund of this device is open');
    paid.when(refund()).thenRejected('DEVICE_REFUNDED');
    expect(refundsOpen(paid.state, 'o1')).toEqual([]);
    givenCommands(...DEVICES)
      .when(finish('x'))
      .thenRejected('NO_SUCH_DEVICE');
  });
});
