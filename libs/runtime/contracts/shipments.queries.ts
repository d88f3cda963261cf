import type { Shipment } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { ListedShipmentView } from './devices.shapes.js';
import type { ListedDevice } from './shipments.projection.js';

const dayText = (day: BusinessDay | null): string | null => (day === null ? null : BusinessDay.text(day));

/** Shipments of all accounts in one state, the oldest first. */
export async function shipmentPage(
  { db }: ReadModels,
  state: Shipment['state'],
  request: PageRequest,
): Promise<Page<ListedShipmentView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('shipments')
    .selectAll()
    .where('state', '=', state)
    .orderBy('position')
    .orderBy('shipment')
    .limit(limit + 1);
  if (after) query = query.where('position', '>', after[0]);
  return pageOf(
    await query.execute(),
    limit,
    row => ({
      ...{ account: row.account, shipment: row.shipment, order: row.order_id, for: row.purpose },
      ...{ state: row.state, anyDay: row.any_day === 1, payOnDelivery: row.pay_on_delivery === 1 },
      ...{ from: BusinessDay.text(row.from_day), to: BusinessDay.text(row.to_day) },
      ...{ openedAt: Instant.text(row.opened_at), carrier: row.carrier, trackingNumber: row.tracking_number },
      ...{ shippedOn: dayText(row.shipped_on), arrivesOn: dayText(row.arrives_on) },
      arrivedOn: dayText(row.arrived_on),
      devices: JSON.parse(row.devices) as ListedDevice[],
    }),
    row => [row.position],
  );
}
