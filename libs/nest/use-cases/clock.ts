import { confirmClock, showClock } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ShowClock extends queryOf(showClock) {}
export class ConfirmClock extends commandOf(confirmClock) {}
