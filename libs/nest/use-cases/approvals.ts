import { approveAct, approveErasure, whoApproves } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ApproveAct extends commandOf(approveAct) {}
export class ApproveErasure extends commandOf(approveErasure) {}
export class WhoApproves extends queryOf(whoApproves) {}
