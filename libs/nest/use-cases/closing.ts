import {
  listCloses,
  listInvoices,
  reconcileMonth,
  runClose,
  showClose,
  showInvoice,
  showStatement,
  watchClose,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class RunClose extends commandOf(runClose) {}
export class ListCloses extends queryOf(listCloses) {}
export class ShowClose extends queryOf(showClose) {}
export class WatchClose extends queryOf(watchClose) {}
export class ShowStatement extends queryOf(showStatement) {}
export class ListInvoices extends queryOf(listInvoices) {}
export class ShowInvoice extends queryOf(showInvoice) {}
export class ReconcileMonth extends queryOf(reconcileMonth) {}
