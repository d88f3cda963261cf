import {
  allotUnits,
  cancelAccount,
  cancelCircle,
  cancelContracts,
  cancelUnits,
  listAllOrders,
  listAllotments,
  listContracts,
  listOrders,
  listPurchases,
  measureContract,
  placeOrder,
  previewCancellation,
  previewOrder,
  previewUnits,
  showContract,
  showEndings,
  showOrder,
  startMonth,
  undoCancellation,
  undoCircleCancellation,
  undoUnits,
  whoseContract,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class PlaceOrder extends commandOf(placeOrder) {}
export class PreviewOrder extends queryOf(previewOrder) {}
export class ListOrders extends queryOf(listOrders) {}
export class ListAllOrders extends queryOf(listAllOrders) {}
export class ListPurchases extends queryOf(listPurchases) {}
export class ShowOrder extends queryOf(showOrder) {}
export class ListContracts extends queryOf(listContracts) {}
export class ShowContract extends queryOf(showContract) {}
export class WhoseContract extends queryOf(whoseContract) {}
export class CancelContracts extends commandOf(cancelContracts) {}
export class PreviewCancellation extends queryOf(previewCancellation) {}
export class ShowEndings extends queryOf(showEndings) {}
export class UndoCancellation extends commandOf(undoCancellation) {}
export class CancelUnits extends commandOf(cancelUnits) {}
export class PreviewUnits extends queryOf(previewUnits) {}
export class UndoUnits extends commandOf(undoUnits) {}
export class ListAllotments extends queryOf(listAllotments) {}
export class AllotUnits extends commandOf(allotUnits) {}
export class CancelCircle extends commandOf(cancelCircle) {}
export class UndoCircleCancellation extends commandOf(undoCircleCancellation) {}
export class CancelAccount extends commandOf(cancelAccount) {}
export class MeasureContract extends commandOf(measureContract) {}
export class StartMonth extends commandOf(startMonth) {}
