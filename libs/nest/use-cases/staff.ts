import { createStaff, disableLogin, listOwnMessages, listStaff, listStaffActs, setStaffRole } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListStaff extends queryOf(listStaff) {}
export class CreateStaff extends commandOf(createStaff) {}
export class SetStaffRole extends commandOf(setStaffRole) {}
export class DisableLogin extends commandOf(disableLogin) {}
export class ListStaffActs extends queryOf(listStaffActs) {}
export class ListOwnMessages extends queryOf(listOwnMessages) {}
