import {
  cancelPayment,
  changePrepaidSettings,
  forgetCard,
  giveVirtualAccount,
  hearNotification,
  hearResult,
  importDeposits,
  listDepositFiles,
  listDeposits,
  listParkedMoney,
  listPayments,
  listPaymentWays,
  orderPayment,
  payAgain,
  registerDeposit,
  resolveDeposit,
  resolveParkedMoney,
  showPayment,
  showPaymentForm,
  showPrepaidSettings,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListPaymentWays extends queryOf(listPaymentWays) {}
export class OrderPayment extends commandOf(orderPayment) {}
export class ListPayments extends queryOf(listPayments) {}
export class ShowPayment extends queryOf(showPayment) {}
export class PayAgain extends commandOf(payAgain) {}
export class CancelPayment extends commandOf(cancelPayment) {}
export class ListParkedMoney extends queryOf(listParkedMoney) {}
export class ResolveParkedMoney extends commandOf(resolveParkedMoney) {}
export class HearNotification extends commandOf(hearNotification) {}
export class HearResult extends commandOf(hearResult) {}
export class ShowPaymentForm extends queryOf(showPaymentForm) {}
export class ShowPrepaidSettings extends queryOf(showPrepaidSettings) {}
export class ChangePrepaidSettings extends commandOf(changePrepaidSettings) {}
export class ForgetCard extends commandOf(forgetCard) {}
export class ImportDeposits extends commandOf(importDeposits) {}
export class ListDepositFiles extends queryOf(listDepositFiles) {}
export class ListDeposits extends queryOf(listDeposits) {}
export class ResolveDeposit extends commandOf(resolveDeposit) {}
export class GiveVirtualAccount extends commandOf(giveVirtualAccount) {}
export class RegisterDeposit extends commandOf(registerDeposit) {}
