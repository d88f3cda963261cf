import {
  createCircle,
  createUnique,
  listCircles,
  listUniques,
  setCirclePassword,
  setForcedChange,
  setUniqueNumbers,
  setUniquePassword,
  showCircle,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListCircles extends queryOf(listCircles) {}
export class CreateCircle extends commandOf(createCircle) {}
export class ShowCircle extends queryOf(showCircle) {}
export class ListUniques extends queryOf(listUniques) {}
export class CreateUnique extends commandOf(createUnique) {}
export class SetForcedChange extends commandOf(setForcedChange) {}
export class SetCirclePassword extends commandOf(setCirclePassword) {}
export class SetUniquePassword extends commandOf(setUniquePassword) {}
export class SetUniqueNumbers extends commandOf(setUniqueNumbers) {}
