import {
  addContact,
  addPasskey,
  beginPasskey,
  changeLoginId,
  changePassword,
  confirmTotp,
  enrolTotp,
  removeContact,
  removePasskey,
  removeTotp,
  showSecurity,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ShowSecurity extends queryOf(showSecurity) {}
export class ChangePassword extends commandOf(changePassword) {}
export class ChangeLoginId extends commandOf(changeLoginId) {}
export class AddContact extends commandOf(addContact) {}
export class RemoveContact extends commandOf(removeContact) {}
export class EnrolTotp extends commandOf(enrolTotp) {}
export class ConfirmTotp extends commandOf(confirmTotp) {}
export class RemoveTotp extends commandOf(removeTotp) {}
export class BeginPasskey extends commandOf(beginPasskey) {}
export class AddPasskey extends commandOf(addPasskey) {}
export class RemovePasskey extends commandOf(removePasskey) {}
