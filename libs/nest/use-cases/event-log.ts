import { listEvents, listEventTypes, showEvent, showTimeline } from '#runtime';
import { queryOf } from './bus.js';

export class ListEvents extends queryOf(listEvents) {}
export class ShowEvent extends queryOf(showEvent) {}
export class ListEventTypes extends queryOf(listEventTypes) {}
export class ShowTimeline extends queryOf(showTimeline) {}
