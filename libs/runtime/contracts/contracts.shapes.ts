import { z } from 'zod';
import { SHIPPED_FOR } from '#contracts';
import { accountText, count, date, month, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

export const ORDER_STATES = ['placed', 'refused', 'completed', 'settled'] as const;
const feeClass = z.enum(['monthly', 'initial', 'device', 'cancel']);

/** One fee of an order (CRT-02). */
export const OrderLine = z.object({
  no: count,
  product: text,
  nameJa: text,
  nameEn: text,
  class: feeClass,
  unitPrice: yen,
  proRated: z.boolean(),
  quantity: count,
  subtotal: yen.meta({ description: 'Net: unit price x quantity.' }),
  contractMonth: yen.meta({ description: 'Net, due for the month of the order.' }),
  numbers: z.array(text),
});
export type OrderLineView = ViewOf<typeof OrderLine>;

/** What an invoice will hold of an order. */
const OrderInvoice = z.object({ month, net: yen, tax: yen, total: yen });

/** CRT-03, CRT-04. */
const totals = {
  monthly: yen.meta({ description: 'Net, every month from the next one on.' }),
  contractMonth: yen.meta({ description: 'Net, monthly fees of the month of the order.' }),
  initial: yen.meta({ description: 'Net, once.' }),
  due: yen.meta({ description: 'With tax: what is paid from the balance when the order is confirmed.' }),
  firstInvoice: OrderInvoice,
  nextInvoice: OrderInvoice,
};

const Ending = z.object({
  contract: text,
  unique: text.nullable().meta({ description: 'Of what is a terminal.' }),
  number: text.nullable().meta({ description: 'The telephone number that ends with it.' }),
  endsOn: date,
  undoUntil: time.nullable(),
  policy: text,
});
export const Cancellation = shape('Cancellation', Ending);
export type CancellationView = ViewOf<typeof Cancellation>;

/** What a cancellation would be (CAN-03, CAN-10, CAN-12, CAN-13). */
export const CancellationPreview = shape(
  'CancellationPreview',
  z.object({
    of: z.enum(['contracts', 'circle', 'account']),
    endsOn: date.nullable().meta({
      description: 'The last day of the circle or the account; null: each contract has its own.',
    }),
    undoUntil: time.nullable().meta({ description: 'How long that of the circle can be undone.' }),
    undoable: z.boolean(),
    accepted: z.boolean().meta({ description: 'The circle or the account is cancelled already.' }),
    losesRecordings: z.boolean().meta({
      description: 'Recordings can be downloaded until the last day only.',
    }),
    rows: z.array(Ending),
  }),
);
export type CancellationPreviewView = ViewOf<typeof CancellationPreview>;

/** What of an account is cancelled as a whole. */
export const WholeEndings = shape(
  'WholeEndings',
  z.object({
    accountEndsOn: date.nullable().meta({ description: 'Its last day; null: it is not cancelled.' }),
    circles: z.array(z.object({ circle: text, endsOn: date, undoUntil: time.nullable() })),
  }),
);
export type WholeEndingsView = ViewOf<typeof WholeEndings>;

/** Of an order of devices: how and when they are sent. */
const PlannedDelivery = z.object({
  addressKnown: z.boolean().meta({ description: 'Whether the customer has said where devices go.' }),
  anyDay: z.boolean().meta({ description: 'Also on a Saturday, a Sunday or a holiday.' }),
  payOnDelivery: z.boolean().meta({ description: 'The receiver pays the carrier for the shipping.' }),
  from: date.meta({ description: 'The first day on which they may be shipped.' }),
  to: date.meta({ description: 'The day by which they should be.' }),
});

/** A device, and the newest shipment that it is in. */
const OrderedDevice = z.object({
  device: text,
  product: text,
  nameJa: text,
  nameEn: text,
  unique: text.nullable().meta({ description: 'The terminal that it is set up for.' }),
  refund: z.enum(['granted', 'paid']).nullable(),
});

/** One parcel of an order. */
export const shipmentParts = {
  shipment: text,
  for: z.enum(SHIPPED_FOR).meta({ description: 'Bought, or in place of what came back.' }),
  state: z.enum(['waiting', 'shipped', 'delivered']),
  anyDay: z.boolean(),
  payOnDelivery: z.boolean(),
  from: date,
  to: date,
  openedAt: time,
  carrier: text.nullable(),
  trackingNumber: text.nullable(),
  shippedOn: date.nullable(),
  arrivesOn: date.nullable().meta({ description: 'When it should arrive.' }),
  arrivedOn: date.nullable(),
  returnUntil: time.nullable(),
  warrantyUntil: time.nullable(),
  devices: z.array(OrderedDevice),
};
const OrderShipment = z.object(shipmentParts);
export type OrderShipmentView = ViewOf<typeof OrderShipment>;

/** What an order would be. */
export const OrderPreview = shape(
  'OrderPreview',
  z.object({
    account: accountText,
    circle: text.nullable(),
    lines: z.array(OrderLine),
    ...totals,
    available: yen.nullable().meta({ description: "Null to a circle: money is the account's." }),
    missing: yen
      .nullable()
      .meta({ description: 'What the balance lacks for it; 0 when it covers. As above.' }),
    cancellations: z.array(Ending),
    delivery: PlannedDelivery.nullable(),
    priceList: text,
    priceVersion: count,
  }),
);
export type OrderPreviewView = ViewOf<typeof OrderPreview>;

const Refusal = z.object({
  code: text.meta({ description: 'The refusal, by its code.' }),
  missing: yen.nullable().meta({ description: 'What the balance lacked for it.' }),
});
const orderState = z.enum(ORDER_STATES);

export const Order = shape(
  'Order',
  z.object({
    order: text,
    account: accountText,
    circle: text.nullable(),
    state: orderState,
    refusal: Refusal.nullable().meta({ description: 'Why it came to nothing; null: it did not.' }),
    placedAt: time,
    lines: z.array(OrderLine),
    ...totals,
    contracts: z.array(text),
    shipments: z.array(OrderShipment),
    priceList: text,
    priceVersion: count,
  }),
);
export type OrderView = ViewOf<typeof Order>;

/** An order among those of all accounts. */
export const OrderSummary = shape(
  'OrderSummary',
  z.object({
    order: text,
    account: accountText,
    accountName: text,
    circle: text.nullable(),
    state: orderState,
    refusal: Refusal.nullable(),
    placedAt: time,
    items: z.array(z.object({ product: text, nameJa: text, nameEn: text, quantity: count })),
    due: yen.meta({ description: 'With tax: what is, or would have been, paid from the balance.' }),
  }),
);
export type OrderSummaryView = ViewOf<typeof OrderSummary>;

export const Contract = shape(
  'Contract',
  z.object({
    contract: text,
    order: text,
    product: text,
    kind: text,
    nameJa: text,
    nameEn: text,
    quantity: count,
    circle: text.nullable(),
    unique: text.nullable(),
    number: text.nullable(),
    reaches020: z.boolean().nullable().meta({
      description: 'Of a telephone number: whether calls to and from 020 numbers work (CAT-20).',
    }),
    monthly: yen,
    since: date,
    status: z.enum(['active', 'ending', 'ended']),
    endsOn: date.nullable(),
    undoUntil: time.nullable(),
  }),
);
export type ContractView = ViewOf<typeof Contract>;

/** A fee that was bought or a contract that was cancelled (HIS-01, HIS-02). */
export const Purchase = shape(
  'Purchase',
  z.object({
    at: time,
    class: feeClass,
    order: text,
    contract: text.nullable().meta({ description: 'null: it was bought once.' }),
    product: text,
    nameJa: text,
    nameEn: text,
    unitPrice: yen.meta({ description: 'Net, of one unit; a cancellation is free.' }),
    quantity: z.int().meta({ description: '+ bought, - cancelled.' }),
    circle: text.nullable(),
    unique: text.nullable(),
    number: text.nullable(),
    status: z
      .enum(['active', 'ending', 'ended', 'void'])
      .nullable()
      .meta({
        description:
          'Of a monthly fee the state of its contract; of a cancellation `void` when it was undone or ' +
          'another took its place; null for what is paid once.',
      }),
    endsOn: date.nullable().meta({ description: 'Of a cancellation: the last day.' }),
  }),
);
export type PurchaseView = ViewOf<typeof Purchase>;

export const UndoneCancellation = shape('UndoneCancellation', z.object({ contracts: z.array(text) }));
export type UndoneCancellationView = ViewOf<typeof UndoneCancellation>;

export const MonthStart = shape(
  'MonthStart',
  z.object({ month, accounts: count, debited: count, refused: count }),
);
export type MonthStartView = ViewOf<typeof MonthStart>;

export const Measurement = shape(
  'Measurement',
  z.object({
    contract: text,
    month,
    what: z.enum(['recording_bytes', 'invoice_sheets']),
    amount: count,
    units: count.meta({ description: 'Begun units; the first is in the monthly fee.' }),
    charged: count.meta({ description: 'Units that were debited for it now.' }),
    net: yen.meta({ description: 'What each of them costs, net.' }),
  }),
);
export type MeasurementView = ViewOf<typeof Measurement>;

/** What a circle has as a count, and which of its terminals have how many of it (TRK-03, CAN-06, OPT-07). */
export const Allotment = shape(
  'Allotment',
  z.object({
    circle: text,
    pool: text.meta({ description: 'calls, fax, or the code of an option.' }),
    nameJa: text,
    nameEn: text,
    contracted: count,
    allotted: count.meta({ description: 'The sum of all terminals.' }),
    ticked: z.boolean().meta({ description: 'At most one for each terminal.' }),
    ending: z.array(z.object({ endsOn: date, count })),
    uniques: z.array(z.object({ unique: text, name: text, count })),
  }),
);
export type AllotmentView = ViewOf<typeof Allotment>;
