import { askPasskey, sendCode, verifyCode, verifyPasskey, verifyTotp } from '#runtime';
import { commandOf } from './bus.js';

export class SendCode extends commandOf(sendCode) {}
export class VerifyCode extends commandOf(verifyCode) {}
export class VerifyTotp extends commandOf(verifyTotp) {}
export class AskPasskey extends commandOf(askPasskey) {}
export class VerifyPasskey extends commandOf(verifyPasskey) {}
