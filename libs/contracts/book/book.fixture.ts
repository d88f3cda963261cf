import { type AccountId, BusinessDay, Instant, Money, YEAR_END } from '#kernel';
import { product } from '../catalogue/product.fixture.js';
import type { Product } from '../catalogue/product.js';
import type { VbaGroupFacts } from '../numbers/vba-group.js';
import type { ReductionOn } from './allotting.js';
import type { ContractCommand } from './book.js';
import type { CancellationTerms } from './cancelling.js';
import type { OrderedItem, PlaceOrder } from './order-rules.js';
import type { Delivery } from './shipping.events.js';
import type { ShippingTerms } from './shipping-days.js';

// What the specs of the contract book order and cancel.

export const A1 = 'A1' as AccountId;
export const CIRCLE = '0000000001';
export const at = (text: string): Instant =>
  Instant.parse(
    /[Z+]/.test(text) ? text : `${text.replace(' ', 'T')}${text.includes('.') ? '' : '.000'}+09:00`,
  );

const named = (nameJa: string, nameEn: string, other: Partial<Product>) => ({ nameJa, nameEn, ...other });
export const UNIQUE = product('unique.extension');
export const NUMBER = product(
  'number.03',
  named('電話番号 03', 'Number 03', { kind: 'number', forNumbers: ['03'] }),
);
export const OPTION = product(
  'option.ivr',
  named('IVR', 'IVR', { kind: 'option', capabilities: ['makes_unique'] }),
);
export const TRUNK = product(
  'trunk2',
  named('SIPトランク2', 'SIP trunk 2', { kind: 'trunk', capabilities: ['adds_call'] }),
);
export const CHANNEL = product(
  'trunk2.channel',
  named('追加チャネル', 'Channel', { kind: 'trunk_channel', capabilities: ['adds_call'] }),
);
export const FAX = product(
  'fax',
  named('クラウドFAX', 'Cloud FAX', { kind: 'fax', capabilities: ['adds_fax'] }),
);
export const FAX_CHANNEL = product(
  'fax.channel',
  named('クラウドFAX追加チャネル', 'FAX channel', { kind: 'fax_channel', capabilities: ['adds_fax'] }),
);
export const DEVICE = product(
  'device.phone',
  named('電話機', 'Telephone', {
    kind: 'device',
    monthly: null,
    initial: Money.of('12000'),
    proRated: false,
  }),
);

export const SHIPPING = product(
  'shipping.domestic',
  named('国内配送料', 'Domestic shipping', {
    kind: 'shipping',
    monthly: null,
    initial: Money.of('800'),
    proRated: false,
  }),
);
const vbaFacts = { country: 'UNITED STATES', state: '', city: '', areaCode: '0101844', product: 'vba.us' };
export const VBA = product('vba.us', named('海外', 'Abroad', { kind: 'vba_number', forNumbers: ['US'] }));
/** So many overseas numbers of a group. */
export const ofGroup = (quantity: number, facts: Partial<VbaGroupFacts> = {}): OrderedItem => ({
  ...{ product: VBA, quantity, numbers: [] },
  group: {
    group: facts.areaCode ?? 'us',
    facts: { ...vbaFacts, tollFree: false, certificate: null, ...facts },
  },
});

export const item = (of: Product, quantity = 1, numbers: readonly string[] = []): OrderedItem => ({
  product: of,
  quantity,
  numbers,
});

/** The standard until 2030, then the other rule. */
export const reductionOn: ReductionOn = day => {
  const isLater = day >= BusinessDay.parse('2030-01-01');
  return isLater
    ? { rule: 'last_first', policy: 'contracts.allotment-reduction@2030-01-01=last_first' }
    : { rule: 'largest_first', policy: 'contracts.allotment-reduction@standard=largest_first' };
};

/** As DECISIONS has them: everything ends with the next month, a circle with its own. */
export const TERMS: CancellationTerms = {
  cutOffMs: 22 * 3_600_000,
  endWithMonth: new Set(['circle']),
  ofProduct: new Map(),
  priceList: 'standard@1',
  policy: 'contracts.cut-off-ms@2020-01-01=79200000 contracts.ends-with-month@2020-01-01=circle',
};
/** The other printed reading: what is cancelled ends with the month of the application. */
export const OLD_TERMS: CancellationTerms = {
  ...TERMS,
  endWithMonth: new Set(['unique', 'number', 'option', 'trunk_channel', 'fax_channel']),
};

/** As DEV-07 to DEV-09 have them. */
export const SHIPPING_TERMS: ShippingTerms = {
  ...{ shipsFrom: 1, shipsTo: 3, returnDays: 7, warrantyMonths: 6 },
  ...{ closedDays: new Set(), yearEnd: YEAR_END, policy: 'devices.return-days@2020-01-01=7' },
};
export const DELIVERY: Delivery = { address: { ref: 'R', mac: 'M' }, anyDay: false, payOnDelivery: false };

export const place = (
  when: string,
  items: readonly OrderedItem[],
  other: Partial<PlaceOrder> = {},
): PlaceOrder => ({
  type: 'PlaceOrder',
  now: at(when),
  account: A1,
  order: 'o1',
  circle: CIRCLE,
  items,
  cancels: [],
  terms: TERMS,
  priceList: 'standard',
  priceVersion: 1,
  delivery: DELIVERY,
  mostCalls: 29,
  by: 'account',
  ...other,
});
export const complete = (when: string, order = 'o1', uniques: readonly string[] = []): ContractCommand => ({
  type: 'CompleteOrder',
  now: at(when),
  order,
  uniques,
  reaching020: new Set(),
  terms: TERMS,
  shipping: SHIPPING_TERMS,
  reductionOn,
});
/** An order that is bought at once. */
export const bought = (
  when: string,
  items: readonly OrderedItem[],
  other: Partial<PlaceOrder> = {},
): ContractCommand[] => {
  const placed = place(when, items, other);
  const uniques = items.flatMap(({ quantity }, i) =>
    Array.from({ length: quantity }, (_, n) => `000000${i}${String(n).padStart(3, '0')}`),
  );
  return [placed, complete(when, placed.order, uniques)];
};
export const cancel = (when: string, contracts: readonly string[], terms = TERMS): ContractCommand => ({
  type: 'CancelContracts',
  now: at(when),
  account: A1,
  contracts,
  terms,
});
export const undo = (
  when: string,
  contracts: readonly string[],
  also: readonly string[] = [],
): ContractCommand => ({
  type: 'UndoCancellation',
  now: at(when),
  contracts,
  also,
});
