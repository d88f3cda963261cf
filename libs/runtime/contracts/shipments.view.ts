import type { Book, Shipment } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import type { OrderShipmentView } from './contracts.shapes.js';

const dayOrNull = (day: BusinessDay | undefined) => (day === undefined ? null : BusinessDay.text(day));
const timeOrNull = (at: Instant | undefined) => (at === undefined ? null : Instant.text(at));

export function shipmentView(book: Book, of: Shipment): OrderShipmentView {
  const { shipment, delivery, from, to, state, openedAt, sent, arrived } = of;
  const { anyDay, payOnDelivery } = delivery;
  return {
    ...{ shipment, for: of.for, state, anyDay, payOnDelivery },
    ...{ from: BusinessDay.text(from), to: BusinessDay.text(to), openedAt: Instant.text(openedAt) },
    ...{ carrier: sent?.carrier ?? null, trackingNumber: sent?.trackingNumber ?? null },
    shippedOn: dayOrNull(sent?.shippedOn),
    arrivesOn: dayOrNull(sent?.arrivesOn),
    arrivedOn: dayOrNull(arrived?.arrivedOn),
    returnUntil: timeOrNull(arrived?.returnUntil),
    warrantyUntil: timeOrNull(arrived?.warrantyUntil),
    devices: of.devices.map(id => {
      const { device, product, nameJa, nameEn, unique, refund } = book.devices.get(id)!;
      return { device, product, nameJa, nameEn, unique, refund };
    }),
  };
}

/** What was, or is to be, shipped of an order, the first first. */
export const shipmentViews = (book: Book, order: string): OrderShipmentView[] =>
  [...book.shipments.values()]
    .filter(shipment => shipment.order === order)
    .map(shipment => shipmentView(book, shipment));
