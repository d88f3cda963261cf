import {
  createAccountLogin,
  findLogin,
  listAccountLogins,
  unlockLogin,
  withdrawContact,
  withdrawSecondFactors,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListAccountLogins extends queryOf(listAccountLogins) {}
export class CreateAccountLogin extends commandOf(createAccountLogin) {}
export class FindLogin extends queryOf(findLogin) {}
export class UnlockLogin extends commandOf(unlockLogin) {}
export class WithdrawContact extends commandOf(withdrawContact) {}
export class WithdrawSecondFactors extends commandOf(withdrawSecondFactors) {}
