import {
  addToCart,
  changeCartLine,
  chooseDelivery,
  listCarts,
  listShop,
  orderCart,
  removeFromCart,
  setUpDevices,
  showCart,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ShowCart extends queryOf(showCart) {}
export class AddToCart extends commandOf(addToCart) {}
export class ChangeCartLine extends commandOf(changeCartLine) {}
export class SetUpDevices extends commandOf(setUpDevices) {}
export class ChooseDelivery extends commandOf(chooseDelivery) {}
export class RemoveFromCart extends commandOf(removeFromCart) {}
export class OrderCart extends commandOf(orderCart) {}
export class ListCarts extends queryOf(listCarts) {}
export class ListShop extends queryOf(listShop) {}
