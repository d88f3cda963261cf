import {
  addNote,
  agreeIncomingDiscount,
  assignNumber,
  assignPriceList,
  assignTariff,
  listAccounts,
  listNotes,
  listProducts,
  openAccount,
  showAccount,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class OpenAccount extends commandOf(openAccount) {}
export class ListAccounts extends queryOf(listAccounts) {}
export class ShowAccount extends queryOf(showAccount) {}
export class AssignNumber extends commandOf(assignNumber) {}
export class AssignTariff extends commandOf(assignTariff) {}
export class AgreeIncomingDiscount extends commandOf(agreeIncomingDiscount) {}
export class AddNote extends commandOf(addNote) {}
export class ListNotes extends queryOf(listNotes) {}
export class AssignPriceList extends commandOf(assignPriceList) {}
export class ListProducts extends queryOf(listProducts) {}
