import { approveAct, whoApproves } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ApproveAct extends commandOf(approveAct) {}
export class WhoApproves extends queryOf(whoApproves) {}
