import {
  chooseLanguage,
  confirmPassword,
  endSession,
  enterLevel,
  leaveLevel,
  listSessions,
  renewPassword,
  showSession,
  signIn,
  signOut,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class SignIn extends commandOf(signIn) {}
export class SignOut extends commandOf(signOut) {}
export class ShowSession extends queryOf(showSession) {}
export class ListSessions extends queryOf(listSessions) {}
export class EndSession extends commandOf(endSession) {}
export class ChooseLanguage extends commandOf(chooseLanguage) {}
export class RenewPassword extends commandOf(renewPassword) {}
export class ConfirmPassword extends commandOf(confirmPassword) {}
export class EnterLevel extends commandOf(enterLevel) {}
export class LeaveLevel extends commandOf(leaveLevel) {}
