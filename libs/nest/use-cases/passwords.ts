import { remindPassword, resetPassword } from '#runtime';
import { commandOf } from './bus.js';

export class RemindPassword extends commandOf(remindPassword) {}
export class ResetPassword extends commandOf(resetPassword) {}
