import {
  addContact,
  addPasskey,
  approveAct,
  askPasskey,
  beginPasskey,
  changeLoginId,
  changePassword,
  chooseLanguage,
  confirmPassword,
  confirmTotp,
  createAccountLogin,
  createCircle,
  createStaff,
  createUnique,
  disableLogin,
  endSession,
  enrolTotp,
  enterLevel,
  leaveLevel,
  listAccountLogins,
  listCircles,
  listOwnMessages,
  listSessions,
  listStaff,
  listStaffActs,
  listUniques,
  remindPassword,
  removeContact,
  removePasskey,
  removeTotp,
  renewPassword,
  resetPassword,
  sendCode,
  setCirclePassword,
  setForcedChange,
  setStaffRole,
  setUniqueNumbers,
  setUniquePassword,
  showCircle,
  showSecurity,
  showSession,
  signIn,
  signOut,
  unlockLogin,
  verifyCode,
  verifyPasskey,
  verifyTotp,
  withdrawContact,
  withdrawSecondFactors,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

// Sessions.
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

// The second step of a sign-in.
export class SendCode extends commandOf(sendCode) {}
export class VerifyCode extends commandOf(verifyCode) {}
export class VerifyTotp extends commandOf(verifyTotp) {}
export class AskPasskey extends commandOf(askPasskey) {}
export class VerifyPasskey extends commandOf(verifyPasskey) {}

// What protects the own login.
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

// The way back in.
export class RemindPassword extends commandOf(remindPassword) {}
export class ResetPassword extends commandOf(resetPassword) {}

// Circles and uniques.
export class ListCircles extends queryOf(listCircles) {}
export class CreateCircle extends commandOf(createCircle) {}
export class ShowCircle extends queryOf(showCircle) {}
export class ListUniques extends queryOf(listUniques) {}
export class CreateUnique extends commandOf(createUnique) {}
export class SetForcedChange extends commandOf(setForcedChange) {}
export class SetCirclePassword extends commandOf(setCirclePassword) {}
export class SetUniquePassword extends commandOf(setUniquePassword) {}
export class SetUniqueNumbers extends commandOf(setUniqueNumbers) {}

// Logins of customers.
export class ListAccountLogins extends queryOf(listAccountLogins) {}
export class CreateAccountLogin extends commandOf(createAccountLogin) {}
export class UnlockLogin extends commandOf(unlockLogin) {}
export class WithdrawContact extends commandOf(withdrawContact) {}
export class WithdrawSecondFactors extends commandOf(withdrawSecondFactors) {}

// Staff.
export class ListStaff extends queryOf(listStaff) {}
export class CreateStaff extends commandOf(createStaff) {}
export class SetStaffRole extends commandOf(setStaffRole) {}
export class DisableLogin extends commandOf(disableLogin) {}
export class ListStaffActs extends queryOf(listStaffActs) {}
export class ListOwnMessages extends queryOf(listOwnMessages) {}
export class ApproveAct extends commandOf(approveAct) {}
