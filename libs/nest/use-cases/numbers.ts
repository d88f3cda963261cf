import {
  countNumbers,
  importNumbers,
  listNumberPlaces,
  listNumbers,
  listVbaCountries,
  listVbaGroups,
  restockNumber,
  searchNumbers,
  withdrawNumber,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class SearchNumbers extends queryOf(searchNumbers) {}
export class ListNumberPlaces extends queryOf(listNumberPlaces) {}
export class ListNumbers extends queryOf(listNumbers) {}
export class CountNumbers extends queryOf(countNumbers) {}
export class ImportNumbers extends commandOf(importNumbers) {}
export class WithdrawNumber extends commandOf(withdrawNumber) {}
export class RestockNumber extends commandOf(restockNumber) {}
export class ListVbaGroups extends queryOf(listVbaGroups) {}
export class ListVbaCountries extends queryOf(listVbaCountries) {}
