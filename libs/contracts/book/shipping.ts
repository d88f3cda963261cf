import { BusinessDay, happened, Instant, Money, nothing, rejected } from '#kernel';
import { bookUnchanged, type Decision } from './book.refusals.js';
import type { Book, Device, Order, Shipment } from './book.state.js';
import type { OrderedDevice, ShippingEvent, TakenBackOutcome, TakenBackWhy } from './shipping.events.js';
import { shippingRefusals } from './shipping.refusals.js';
import {
  expectedArrival,
  expectedShipping,
  returnUntil,
  type ShippingTerms,
  warrantyUntil,
} from './shipping-days.js';

// Shipments of ordered devices, their return and their guarantee. They are part of the contract book: that a
// shipment waits follows from the order in the same append.

export interface ShipDevices {
  readonly type: 'ShipDevices';
  readonly now: Instant;
  readonly shipment: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedOn: BusinessDay;
  readonly terms: ShippingTerms;
}

export interface DeliverDevices {
  readonly type: 'DeliverDevices';
  readonly now: Instant;
  readonly shipment: string;
  readonly arrivedOn: BusinessDay;
  readonly terms: ShippingTerms;
}

export interface TakeBackDevice {
  readonly type: 'TakeBackDevice';
  readonly now: Instant;
  readonly device: string;
  /** A return within a week of its arrival (DEV-08), or the guarantee of half a year (DEV-09). */
  readonly under: 'return' | 'warranty';
  readonly why: TakenBackWhy;
  readonly outcome: TakenBackOutcome;
  /** When the customer asked for it: the deadline is about the asking. */
  readonly reportedAt: Instant;
  readonly reason: string;
  readonly terms: ShippingTerms;
}

/** Its price is back in the wallet. */
export interface FinishRefund {
  readonly type: 'FinishRefund';
  readonly now: Instant;
  readonly device: string;
  readonly reversal: string;
}
export type ShippingCommand = ShipDevices | DeliverDevices | TakeBackDevice | FinishRefund;

/** The id of a unit of what is bought once, which is that of the debit that pays for it. */
export const deviceIdOf = (order: string, line: number, unit: number): string =>
  `${order}-line-${line}-${unit}`;

function devicesOf({ order, lines }: Order): OrderedDevice[] {
  return lines.flatMap(({ kind, product, nameJa, nameEn, quantity, initial, uniques }, at) =>
    kind !== 'device'
      ? []
      : Array.from({ length: quantity }, (_, unit) => ({
          device: deviceIdOf(order, at + 1, unit + 1),
          ...{ product, nameJa, nameEn, unique: uniques?.[unit] ?? null, net: initial ?? Money.zero },
        })),
  );
}

/** The id of the n-th shipment of an order, from 1. */
const shipmentIdOf = (book: Book, order: string): string => {
  const before = [...book.shipments.values()].filter(shipment => shipment.order === order).length;
  return `${order}-S${before + 1}`;
};

/** What waits to be shipped from the order's completion on; orders of before this have no delivery. */
export function shipmentOf(
  book: Book,
  order: Order,
  at: Instant,
  terms: ShippingTerms,
): Extract<ShippingEvent, { type: 'ShipmentOpened' }>[] {
  const { delivery, placedAt } = order;
  const devices = devicesOf(order);
  if (!delivery || devices.length === 0) return [];
  const of = { account: book.account!, shipment: shipmentIdOf(book, order.order), order: order.order };
  const expected = expectedShipping(BusinessDay.of(placedAt), terms);
  const why = { for: 'order', devices, delivery, policy: terms.policy } as const;
  return [{ type: 'ShipmentOpened', at, ...of, ...why, ...expected }];
}

function shipDevices(command: ShipDevices, book: Book): Decision<ShippingEvent> {
  const { now: at, shipment, carrier, trackingNumber, shippedOn, terms } = command;
  const known = book.shipments.get(shipment);
  if (!known) return rejected(shippingRefusals.NO_SUCH_SHIPMENT);
  if (known.state !== 'waiting') {
    const { sent } = known;
    const isSame =
      sent?.carrier === carrier && sent.trackingNumber === trackingNumber && sent.shippedOn === shippedOn;
    return isSame ? nothing(bookUnchanged.SHIPPED_BEFORE) : rejected(shippingRefusals.SHIPPED_ALREADY);
  }
  if (shippedOn > BusinessDay.of(at)) return rejected(shippingRefusals.SHIPPED_LATER);
  if (shippedOn < BusinessDay.of(known.openedAt)) return rejected(shippingRefusals.SHIPPED_BEFORE_ORDER);
  const arrivesOn = expectedArrival(shippedOn, known.delivery.anyDay, terms);
  return happened<ShippingEvent>({
    type: 'DevicesShipped',
    ...{ at, account: book.account!, shipment, order: known.order },
    ...{ carrier, trackingNumber, shippedOn, arrivesOn },
  });
}

function deliverDevices(command: DeliverDevices, book: Book): Decision<ShippingEvent> {
  const { now: at, shipment, arrivedOn, terms } = command;
  const known = book.shipments.get(shipment);
  if (!known) return rejected(shippingRefusals.NO_SUCH_SHIPMENT);
  if (known.arrived !== null)
    return known.arrived.arrivedOn === arrivedOn
      ? nothing(bookUnchanged.DELIVERED_BEFORE)
      : rejected(shippingRefusals.DELIVERED_ALREADY);
  if (known.sent === null) return rejected(shippingRefusals.NOT_SHIPPED);
  if (arrivedOn > BusinessDay.of(at)) return rejected(shippingRefusals.ARRIVED_LATER);
  if (arrivedOn < known.sent.shippedOn) return rejected(shippingRefusals.ARRIVED_BEFORE_SHIPPED);
  return happened<ShippingEvent>({
    type: 'DevicesDelivered',
    ...{ at, account: book.account!, shipment, order: known.order, arrivedOn },
    returnUntil: returnUntil(arrivedOn, terms.returnDays),
    warrantyUntil: warrantyUntil(arrivedOn, terms.warrantyMonths),
    policy: terms.policy,
  });
}

/** Whether what is asked for is asked for in time: of the arrival, and of the clock. */
function untimely(
  { now, under, reportedAt }: TakeBackDevice,
  arrived: NonNullable<Shipment['arrived']>,
): Decision<never> | undefined {
  if (reportedAt > now) return rejected(shippingRefusals.REPORTED_LATER);
  if (reportedAt < BusinessDay.start(arrived.arrivedOn))
    return rejected(shippingRefusals.REPORTED_BEFORE_ARRIVAL);
  const until = under === 'return' ? arrived.returnUntil : arrived.warrantyUntil;
  if (reportedAt <= until) return undefined;
  const refusal = under === 'return' ? shippingRefusals.RETURN_TOO_LATE : shippingRefusals.WARRANTY_OVER;
  return rejected(refusal, { until: Instant.text(until) });
}

function takeBackDevice(command: TakeBackDevice, book: Book): Decision<ShippingEvent> {
  const { now: at, device, under, why, outcome, reportedAt, reason, terms } = command;
  const known = book.devices.get(device);
  if (!known) return rejected(shippingRefusals.NO_SUCH_DEVICE);
  if (known.refund !== null) return rejected(shippingRefusals.DEVICE_REFUNDED);
  const last = book.shipments.get(known.shipment)!;
  if (last.arrived === null) return rejected(shippingRefusals.NOT_DELIVERED);
  // The guarantee is about faults; what is merely not wanted is a return.
  if (under === 'warranty' && why !== 'faulty') return rejected(shippingRefusals.NOT_UNDER_WARRANTY);
  const late = untimely(command, last.arrived);
  if (late) return late;
  const { order } = known;
  const of = { at, account: book.account!, order };
  const taken: ShippingEvent = {
    type: 'DeviceTakenBack',
    ...{ ...of, device, shipment: last.shipment, under, why, outcome, reportedAt, reason },
  };
  if (outcome === 'refunded') return happened<ShippingEvent>(taken);
  const { product, nameJa, nameEn, unique, net } = known;
  const replacement: ShippingEvent = {
    type: 'ShipmentOpened',
    ...{ ...of, shipment: shipmentIdOf(book, order), for: under, delivery: last.delivery },
    devices: [{ device, product, nameJa, nameEn, unique, net }],
    // The provider pays for what it ships in place of another.
    ...expectedShipping(BusinessDay.of(at), terms),
    policy: terms.policy,
  };
  return { kind: 'events', events: [taken, replacement] };
}

function finishRefund({ now: at, device, reversal }: FinishRefund, book: Book): Decision<ShippingEvent> {
  const known = book.devices.get(device);
  if (!known) return rejected(shippingRefusals.NO_SUCH_DEVICE);
  if (known.refund !== 'granted') return nothing(bookUnchanged.NO_REFUND_OPEN);
  const { order } = known;
  return happened<ShippingEvent>({
    type: 'DeviceRefunded',
    ...{ at, account: book.account!, device, order, reversal },
  });
}

export const shippingDecisions = {
  ShipDevices: shipDevices,
  DeliverDevices: deliverDevices,
  TakeBackDevice: takeBackDevice,
  FinishRefund: finishRefund,
};

/** Devices whose price is to be paid back, and is not yet. */
export const refundsOpen = (book: Book, order: string): Device[] =>
  [...book.devices.values()].filter(device => device.order === order && device.refund === 'granted');

type Of<Type extends ShippingEvent['type']> = Extract<ShippingEvent, { type: Type }>;

function changed<Key extends string, Value>(map: Map<Key, Value>, key: Key, change: Partial<Value>): void {
  const known = map.get(key);
  if (!known) throw new Error(`the log names ${key}, which this account does not have`);
  map.set(key, { ...known, ...change });
}

export const shippingEvolutions = {
  ShipmentOpened(book: Book, event: Of<'ShipmentOpened'>) {
    const { shipment, order, for: why, delivery, devices, from, to, at: openedAt } = event;
    const opened: Shipment = {
      ...{ shipment, order, for: why, delivery, from, to, openedAt, state: 'waiting' },
      ...{ devices: devices.map(({ device }) => device), sent: null, arrived: null },
    };
    book.shipments.set(shipment, opened);
    for (const device of devices)
      book.devices.set(device.device, { ...device, order, shipment, refund: null });
  },
  DevicesShipped(book: Book, event: Of<'DevicesShipped'>) {
    const { carrier, trackingNumber, shippedOn, arrivesOn } = event;
    const sent = { carrier, trackingNumber, shippedOn, arrivesOn };
    changed(book.shipments, event.shipment, { state: 'shipped', sent });
  },
  DevicesDelivered(book: Book, event: Of<'DevicesDelivered'>) {
    const { arrivedOn, returnUntil: returns, warrantyUntil: warranty } = event;
    const arrived = { arrivedOn, returnUntil: returns, warrantyUntil: warranty };
    changed(book.shipments, event.shipment, { state: 'delivered', arrived });
  },
  DeviceTakenBack(book: Book, { device, outcome }: Of<'DeviceTakenBack'>) {
    if (outcome === 'refunded') changed(book.devices, device, { refund: 'granted' });
  },
  DeviceRefunded: (book: Book, { device }: Of<'DeviceRefunded'>) =>
    changed(book.devices, device, { refund: 'paid' }),
};
