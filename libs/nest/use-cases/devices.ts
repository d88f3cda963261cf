import {
  deliverDevices,
  honourWarranty,
  listShipments,
  returnDevice,
  shipDevices,
  showShipment,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListShipments extends queryOf(listShipments) {}
export class ShowShipment extends queryOf(showShipment) {}
export class ShipDevices extends commandOf(shipDevices) {}
export class DeliverDevices extends commandOf(deliverDevices) {}
export class ReturnDevice extends commandOf(returnDevice) {}
export class HonourWarranty extends commandOf(honourWarranty) {}
