import { type AccountId, type EventOf, event, fact, type ValueOf } from '#kernel';

// What happens to devices after their order: shipped, arrived, taken back (DEV-03 to 10).

/** Where an order's devices go. The address itself is sealed elsewhere, as all data of people (0020). */
export const deliveryFact = fact.record({
  address: fact.record({ ref: fact.text, mac: fact.text }),
  /** Also on a Saturday, a Sunday or a holiday (DEV-07). */
  anyDay: fact.flag,
  /** The receiver pays the carrier for the shipping (着払い, DEV-10). */
  payOnDelivery: fact.flag,
});
export type Delivery = ValueOf<typeof deliveryFact>;

const deviceFact = fact.record({
  /** Names the debit that paid for it, too. */
  device: fact.text,
  product: fact.text,
  nameJa: fact.text,
  nameEn: fact.text,
  /** The terminal that it is set up for; null: the customer sets it up (DEV-03). */
  unique: fact.orNull(fact.text),
  net: fact.money,
});
export type OrderedDevice = ValueOf<typeof deviceFact>;

/** Why something is shipped: it was bought, or it replaces what came back. */
export const SHIPPED_FOR = ['order', 'return', 'warranty'] as const;
export const TAKEN_BACK_WHY = ['wrong_item', 'faulty', 'unopened'] as const;
export type TakenBackWhy = (typeof TAKEN_BACK_WHY)[number];
export const TAKEN_BACK_OUTCOMES = ['replaced', 'refunded'] as const;
export type TakenBackOutcome = (typeof TAKEN_BACK_OUTCOMES)[number];

const account = fact.id<AccountId>();
const ofShipment = { account, shipment: fact.text, order: fact.text };
const ofDevice = { account, device: fact.text, order: fact.text };

export const shippingEvents = {
  ShipmentOpened: event(
    {
      ...ofShipment,
      for: fact.oneOf(...SHIPPED_FOR),
      devices: fact.listOf(deviceFact),
      delivery: deliveryFact,
      /** When it should be shipped. */
      from: fact.day,
      to: fact.day,
      policy: fact.text,
    },
    {
      act: false,
      word: { ja: '機器の出荷待ちとなった。', en: 'Devices wait to be shipped.' },
      sentence: {
        ja: '注文 {order} の機器 {devices} 台が出荷待ちとなった（{shipment}、出荷予定 {from}～{to}）。',
        en: '{devices} device(s) of order {order} wait to be shipped ({shipment}), from {from} to {to}.',
      },
    },
  ),
  DevicesShipped: event(
    {
      ...ofShipment,
      carrier: fact.text,
      trackingNumber: fact.text,
      shippedOn: fact.day,
      /** When they should arrive. */
      arrivesOn: fact.day,
    },
    {
      word: { ja: '機器を出荷した。', en: 'Devices were shipped.' },
      sentence: {
        ja: '機器 {shipment} を {shippedOn} に出荷した（{carrier} {trackingNumber}、到着予定 {arrivesOn}）。',
        en:
          '{shipment} was shipped on {shippedOn} with {carrier} ({trackingNumber}), ' +
          'to arrive on {arrivesOn}.',
      },
    },
  ),
  DevicesDelivered: event(
    {
      ...ofShipment,
      arrivedOn: fact.day,
      returnUntil: fact.instant,
      warrantyUntil: fact.instant,
      policy: fact.text,
    },
    {
      word: {
        ja: '機器が到着した。返品と品質保証の期限が決まる。',
        en: 'Devices arrived: until when they can be returned and are guaranteed is fixed.',
      },
      sentence: {
        ja: '機器 {shipment} が {arrivedOn} に到着した（返品の連絡 {returnUntil} まで、品質保証 {warrantyUntil} まで）。',
        en:
          '{shipment} arrived on {arrivedOn}: a return can be asked for until {returnUntil}, ' +
          'and the guarantee is until {warrantyUntil}.',
      },
    },
  ),
  DeviceTakenBack: event(
    {
      ...ofDevice,
      shipment: fact.text,
      under: fact.oneOf('return', 'warranty'),
      why: fact.oneOf(...TAKEN_BACK_WHY),
      outcome: fact.oneOf(...TAKEN_BACK_OUTCOMES),
      /** When the customer said so; the deadline is about this. */
      reportedAt: fact.instant,
      reason: fact.text,
    },
    {
      word: {
        ja: '機器の返品または品質保証を受け付けた。',
        en: 'A device is taken back: it is replaced, or its price is paid back.',
      },
      sentence: {
        ja: '機器 {device} の{under|code}を受け付けた（{why|code}、{outcome|code}）: {reason}',
        en: 'Device {device} is taken back ({under|code}, {why|code}, {outcome|code}). Reason: {reason}',
      },
    },
  ),
  DeviceRefunded: event(
    { ...ofDevice, reversal: fact.text },
    {
      act: false,
      word: { ja: '機器の代金を残高に戻した。', en: 'The price of a device is back in the balance.' },
      sentence: {
        ja: '機器 {device} の代金を残高に戻した（{reversal}）。',
        en: 'The price of device {device} is back in the balance ({reversal}).',
      },
    },
  ),
};
export type ShippingEvent = EventOf<{ declared: typeof shippingEvents }>;
