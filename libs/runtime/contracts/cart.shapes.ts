import { z } from 'zod';
import { accountText, count, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';
import { OrderLine, OrderPreview } from './contracts.shapes.js';

const CartRow = OrderLine.extend({
  line: text.nullable().meta({
    description:
      'Id of the line; a monthly and an initial fee are of the same line. null: the cart added it by itself.',
  }),
  contract: text.nullable().meta({ description: 'The contract that is cancelled.' }),
  uniques: z.array(text.nullable()).meta({
    description: 'Of devices: the terminals that they are set up for; the others are set up by the customer.',
  }),
  reservedUntil: time.nullable().meta({ description: 'Until when the number is kept for this cart.' }),
});

const CartChange = z.object({
  line: text,
  product: text,
  nameJa: text,
  nameEn: text,
  number: text.nullable(),
  kind: z.enum(['price', 'not_sold', 'number_gone', 'stock_gone', 'contract_gone']),
  monthlyBefore: yen.nullable(),
  monthlyNow: yen.nullable(),
  initialBefore: yen.nullable(),
  initialNow: yen.nullable(),
});
export type CartChangeView = ViewOf<typeof CartChange>;

/** A cart: what it would cost now (CRT-02 to 04), and what is no longer as it was when it was chosen. */
export const Cart = shape(
  'Cart',
  OrderPreview.extend({
    lines: z.array(CartRow),
    count: count.meta({ description: 'Lines of the cart, also those that can no longer be bought.' }),
    changes: z.array(CartChange),
    refusal: z
      .object({ code: text, ja: text, en: text })
      .nullable()
      .meta({ description: 'Why it cannot be ordered as it stands.' }),
    ordering: text.nullable().meta({ description: 'The order that it is becoming at this moment.' }),
  }),
);
export type CartView = ViewOf<typeof Cart>;

/** What an edit of a cart left. */
export const CartLines = shape(
  'CartLines',
  z.object({ account: accountText, circle: text.nullable(), lines: z.array(text) }),
);
export type CartLinesView = ViewOf<typeof CartLines>;

/** What can be bought, as the pages of the shop show it (CAT-01, CAT-24, DEV-01). */
export const ShopProduct = shape(
  'ShopProduct',
  z.object({
    code: text,
    kind: text,
    nameJa: text,
    nameEn: text,
    descriptionJa: text,
    descriptionEn: text,
    monthly: yen.nullable(),
    initial: yen.nullable(),
    initialWithTax: yen.nullable().meta({ description: 'Of one unit, with the tax of today.' }),
    guaranteeMonths: count.nullable().meta({ description: 'Of a device, from its arrival on.' }),
    proRated: z.boolean(),
    campaign: z.boolean(),
    corporateOnly: z.boolean(),
    single: z.boolean(),
    most: count.nullable(),
    perSheets: count.nullable(),
    selfService: z.boolean(),
    capabilities: z.array(text),
    inUse: count.meta({ description: 'Units in contract, of the circle or of the account.' }),
  }),
);
export type ShopProductView = ViewOf<typeof ShopProduct>;

export const Shop = shape(
  'Shop',
  z.object({
    rows: z.array(ShopProduct),
    calls: count.meta({
      description: 'Simultaneous calls in contract (SIP trunk), of the circle or of all.',
    }),
    fax: count.meta({ description: 'Simultaneous FAX in contract, of the circle or of all.' }),
    mostCalls: count.meta({ description: 'Calls of one circle that customers may buy by themselves.' }),
  }),
);
export type ShopView = ViewOf<typeof Shop>;

export const FilledCart = shape(
  'FilledCart',
  z.object({
    circle: text.nullable().meta({ description: 'null: that of the account.' }),
    count: count.meta({ description: 'Lines, cancellations too.' }),
  }),
);
export type FilledCartView = ViewOf<typeof FilledCart>;
