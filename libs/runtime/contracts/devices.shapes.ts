import { z } from 'zod';
import { accountText, shape, text, type ViewOf } from '../engine/shapes.js';
import { PartyDataShape } from '../parties/parties.shapes.js';
import { shipmentParts } from './contracts.shapes.js';

const { devices, returnUntil: _, warrantyUntil: __, ...listed } = shipmentParts;

/** One shipment of the list of all accounts. */
export const ListedShipment = shape(
  'ListedShipment',
  z.object({
    account: accountText,
    order: text,
    ...listed,
    devices: z.array(
      z.object({ device: text, product: text, nameJa: text, nameEn: text, unique: text.nullable() }),
    ),
  }),
);
export type ListedShipmentView = ViewOf<typeof ListedShipment>;

/** A shipment with what is written on its parcel. */
export const Shipment = shape(
  'Shipment',
  z.object({
    account: accountText,
    order: text,
    ...shipmentParts,
    address: PartyDataShape.nullable().meta({
      description: 'null: it was erased, or is sealed with a key that is not here.',
    }),
  }),
);
export type ShipmentView = ViewOf<typeof Shipment>;

/** What became of a device that came back. */
export const TakenBackDevice = shape(
  'TakenBackDevice',
  z.object({
    device: text,
    order: text,
    outcome: z.enum(['replaced', 'refunded']),
    shipment: text.nullable().meta({ description: 'In which its replacement is sent.' }),
    reversal: text.nullable().meta({ description: 'By which its price came back to the balance.' }),
  }),
);
export type TakenBackDeviceView = ViewOf<typeof TakenBackDevice>;
