import { z } from 'zod';
import { accountId, DEFAULT_LIMIT, described, given, paging } from '../engine/inputs.js';
import { correctors, helpers } from '../engine/roles.js';
import { pageOf } from '../engine/shapes.js';
import { type AccessRole, command, query } from '../engine/use-case.js';
import { deliveredDevices, returnedDevice, shipmentId, shippedDevices } from './devices.inputs.js';
import { ListedShipment, Shipment, TakenBackDevice } from './devices.shapes.js';

/** Who packs parcels, and reads what is written on them. */
const packers: readonly AccessRole[] = ['staff', 'billing', 'support', 'admin'];

export const listShipments = query({
  route: 'GET /shipments',
  about: { ja: '機器の出荷の一覧（古い順）', en: 'Shipments of devices of all accounts, the oldest first' },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    state: described(z.enum(['waiting', 'shipped', 'delivered']).default('waiting'), {
      ja: '状態。',
      en: 'Which of them.',
    }),
  }),
  cli: { usage: 'shipment list' },
  answer: pageOf(ListedShipment),
  run: ({ devices }, { state, ...page }) =>
    devices.shipments(state, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const showShipment = query({
  route: 'GET /accounts/:account/shipments/:shipment',
  about: { ja: '1件の出荷と配送先', en: 'One shipment, and where it goes' },
  effect: 'read',
  roles: packers,
  waits: 'log',
  input: z.strictObject({ account: accountId, shipment: shipmentId }),
  cli: { usage: 'shipment show <account> <shipment>' },
  answer: Shipment,
  sought: 'SHIPMENT',
  run: ({ devices }, input) => devices.shipment(input),
});

export const shipDevices = command({
  route: 'POST /accounts/:account/shipments/:shipment/ship',
  about: { ja: '機器の出荷を記録する', en: 'Say that devices were shipped' },
  effect: 'write',
  roles: packers,
  waits: 'log',
  input: shippedDevices,
  cli: {
    usage: 'shipment ship <account> <shipment>',
    names: { trackingNumber: 'tracking', shippedOn: 'on' },
  },
  answer: Shipment,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_SHIPMENT', 'SHIPPED_ALREADY'] as const),
    ...(['SHIPPED_LATER', 'SHIPPED_BEFORE_ORDER'] as const),
  ],
  run: ({ devices }, input, caller) => devices.ship(input, caller),
});

export const deliverDevices = command({
  route: 'POST /accounts/:account/shipments/:shipment/deliver',
  about: {
    ja: '機器の到着を記録する。返品と品質保証の期限が決まる',
    en: 'Say that devices arrived; until when they can come back is fixed by it',
  },
  effect: 'write',
  roles: packers,
  waits: 'log',
  input: deliveredDevices,
  cli: { usage: 'shipment deliver <account> <shipment>', names: { arrivedOn: 'on' } },
  answer: Shipment,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_SHIPMENT', 'DELIVERED_ALREADY'] as const),
    ...(['NOT_SHIPPED', 'ARRIVED_LATER', 'ARRIVED_BEFORE_SHIPPED'] as const),
  ],
  run: ({ devices }, input, caller) => devices.deliver(input, caller),
});

const TAKING_BACK = [
  ...(['NO_SUCH_ACCOUNT', 'NO_SUCH_DEVICE', 'DEVICE_REFUNDED', 'NOT_DELIVERED'] as const),
  ...(['REPORTED_LATER', 'REPORTED_BEFORE_ARRIVAL'] as const),
] as const;

export const returnDevice = command({
  route: 'POST /accounts/:account/devices/:device/return',
  about: {
    ja: '機器の返品。到着から1週間以内の連絡に限り、交換または返金する',
    en: 'Take a device back that was asked to be within a week of its arrival: exchange or refund',
  },
  effect: 'money',
  roles: correctors,
  // The facts of the debit that is taken back.
  waits: 'head',
  input: returnedDevice,
  cli: { usage: 'device return <account> <device>', names: { reportedAt: 'reported' } },
  answer: TakenBackDevice,
  status: 201,
  refusals: [...TAKING_BACK, 'RETURN_TOO_LATE'],
  run: ({ devices }, input, caller) => devices.takeBack('return', input, caller),
});

export const honourWarranty = command({
  route: 'POST /accounts/:account/devices/:device/warranty',
  about: {
    ja: '機器の品質保証。到着から半年以内の不具合を、交換または返金する',
    en: 'Replace a device that proved faulty within half a year of its arrival, or pay its price back',
  },
  effect: 'money',
  roles: correctors,
  waits: 'head',
  input: returnedDevice,
  cli: { usage: 'device warranty <account> <device>', names: { reportedAt: 'reported' } },
  answer: TakenBackDevice,
  status: 201,
  refusals: [...TAKING_BACK, 'NOT_UNDER_WARRANTY', 'WARRANTY_OVER'],
  run: ({ devices }, input, caller) => devices.takeBack('warranty', input, caller),
});
