import { approveAct } from '#runtime';
import { commandOf } from './bus.js';

export class ApproveAct extends commandOf(approveAct) {}
