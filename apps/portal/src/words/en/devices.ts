import type { devices as ja } from '../ja/devices.js';
import type { SameKeys } from '../same-keys.js';

export const devices: SameKeys<typeof ja> = {
  guarantee: 'Guarantee',
  guaranteed: '{{months}} months from arrival',
  withTax: 'Incl. tax',
  setUp: 'Set-up of devices',
  setUpLead:
    'A device that is set up for a unique works as soon as it arrives. ' +
    'Without a set-up, please configure it yourself.',
  setUpOf: '{{name}}, no. {{nth}}',
  noSetUp: 'No set-up',
  setUpSave: 'Save the set-up',
  setUpSaved: 'The set-up of the devices is saved',
  address: 'Where the devices go',
  addressLead:
    'The shipping data are shown at first. Please check and save them; ' +
    'the shipping data themselves do not change.',
  addressKnown: 'They go to the address that is registered.',
  addressChange: 'Check or change the address',
  addressClose: 'Close the address',
  expected: 'Expected to be shipped',
  expectedNote:
    'Where the day after shipping is a weekend or a holiday, they arrive on the next business day. ' +
    'Choose below if you wish them to arrive on such a day.',
  period: '{{from}} to {{to}}',
  how: 'Delivery',
  anyDay: 'Deliver on weekends and holidays, too',
  payOnDelivery: 'Pay the shipping alone to the carrier on delivery',
  howSave: 'Save the delivery',
  howSaved: 'The delivery is saved',
  shipments: 'Delivery of devices',
  toOrder: 'See the delivery',
  shipment: 'Shipment',
  purpose: 'For',
  purposes: { order: 'Order', return: 'Exchange after a return', warranty: 'Replacement under guarantee' },
  devices: 'Devices',
  state: 'State',
  states: { waiting: 'Waiting', shipped: 'Shipped', delivered: 'Arrived' },
  carrier: 'Carrier and tracking number',
  shippedOn: 'Shipped on',
  arrivesOn: 'Should arrive on',
  arrivedOn: 'Arrived on',
  returnUntil: 'Return until',
  warrantyUntil: 'Guaranteed until',
  refunded: 'Paid back',
  notes:
    'A device can be returned if another one came or it is our fault, ' +
    'and if you tell us within a week of its arrival. ' +
    'Faults within half a year of the arrival are under guarantee: we replace the device or pay it back.',
};
