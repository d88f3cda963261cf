import {
  DeliverDevices,
  HonourWarranty,
  ListShipments,
  ReturnDevice,
  ShipDevices,
  ShowShipment,
} from '#nest';
import type { ListedShipmentView, OrderShipmentView, ShipmentView, TakenBackDeviceView } from '#runtime';
import type { Invocation } from '../invocation.js';
import type { Verbs } from '../program.js';
import { type Column, pairs, type Words } from '../text.js';
import { commandVerb, documentVerb, listVerb } from '../use-case-verb.js';
import { addressLines } from './party.js';

const SHIPMENTS: readonly Column[] = [
  { key: 'openedAt', head: { ja: '受付日時', en: 'since' }, kind: 'time' },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'shipment', head: { ja: '出荷', en: 'shipment' } },
  { key: 'for', head: { ja: '区分', en: 'for' } },
  { key: 'names', head: { ja: '機器', en: 'devices' } },
  { key: 'expected', head: { ja: '出荷予定', en: 'expected' } },
  { key: 'shippedOn', head: { ja: '出荷日', en: 'shipped' } },
  { key: 'arrivedOn', head: { ja: '到着日', en: 'arrived' } },
];
const STATES: Readonly<Record<OrderShipmentView['state'], Words>> = {
  waiting: { ja: '出荷待ち', en: 'waiting' },
  shipped: { ja: '出荷済み', en: 'shipped' },
  delivered: { ja: '到着', en: 'delivered' },
};
const PURPOSES: Readonly<Record<OrderShipmentView['for'], Words>> = {
  order: { ja: '注文', en: 'order' },
  return: { ja: '返品による交換', en: 'exchange' },
  warranty: { ja: '品質保証による交換', en: 'warranty' },
};

/** `IP電話機 x 2`, in the order in which they were bought. */
function namesOf(devices: ListedShipmentView['devices'], invocation: Invocation): string {
  const counts = new Map<string, number>();
  for (const { nameJa, nameEn } of devices) {
    const name = invocation.say(nameJa, nameEn);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} x ${count}`).join(', ');
}

function shipmentLines(of: OrderShipmentView, invocation: Invocation): string {
  const say = (ja: string, en: string): string => invocation.say(ja, en);
  const { carrier, trackingNumber, shippedOn, arrivesOn, arrivedOn, returnUntil, warrantyUntil } = of;
  return pairs([
    [say('出荷', 'shipment'), of.shipment],
    [say('区分', 'for'), PURPOSES[of.for][invocation.language]],
    [say('状態', 'state'), STATES[of.state][invocation.language]],
    [say('機器', 'devices'), namesOf(of.devices, invocation)],
    [say('機器のID', 'device ids'), of.devices.map(({ device }) => device).join(' ')],
    [
      say('設定するユニーク', 'set up for'),
      of.devices.map(({ unique }) => unique ?? say('設定無し', 'none')).join(' '),
    ],
    [say('土日祝日の配送', 'any day'), of.anyDay ? say('希望する', 'yes') : '-'],
    [say('送料', 'shipping'), of.payOnDelivery ? say('着払い', 'paid on delivery') : '-'],
    [say('出荷予定', 'expected'), `${of.from} - ${of.to}`],
    [say('運送会社', 'carrier'), carrier === null ? '-' : `${carrier} ${trackingNumber}`],
    [say('出荷日', 'shipped on'), shippedOn ?? '-'],
    [say('到着予定日', 'arrives on'), arrivesOn ?? '-'],
    [say('到着日', 'arrived on'), arrivedOn ?? '-'],
    [say('返品の期限', 'return until'), returnUntil ?? '-'],
    [say('品質保証の期限', 'guaranteed until'), warrantyUntil ?? '-'],
  ]);
}

const card = (of: ShipmentView, invocation: Invocation): string =>
  `${shipmentLines(of, invocation)}${addressLines(of.address, invocation)}`;

const takenBack = ({ device, shipment, reversal }: TakenBackDeviceView, invocation: Invocation): string =>
  reversal === null
    ? invocation.say(
        `機器 ${device} の交換品を ${shipment} で送ります`,
        `${device} is replaced in shipment ${shipment}`,
      )
    : invocation.say(
        `機器 ${device} の代金を残高に戻しました（${reversal}）`,
        `the price of ${device} is back in the balance (${reversal})`,
      );

export const deviceVerbs: Verbs = (_program, add, group) => {
  const shipment = group('shipment', { ja: '機器の出荷', en: 'shipments of devices' });
  add(
    shipment,
    listVerb(ListShipments, {
      columns: SHIPMENTS,
      empty: { ja: '該当する出荷はありません', en: 'no shipment' },
      shown: (view, invocation) => ({
        ...view,
        for: PURPOSES[view.for][invocation.language],
        names: namesOf(view.devices, invocation),
        expected: `${view.from} - ${view.to}`,
      }),
    }),
  );
  // The address is sealed with the account's key.
  add(shipment, { ...documentVerb(ShowShipment, card), logins: true });
  add(shipment, { ...commandVerb(ShipDevices, card), logins: true });
  add(shipment, { ...commandVerb(DeliverDevices, card), logins: true });
  const device = group('device', { ja: '機器の返品・品質保証', en: 'devices that come back' });
  add(device, commandVerb(ReturnDevice, takenBack));
  add(device, commandVerb(HonourWarranty, takenBack));
};
