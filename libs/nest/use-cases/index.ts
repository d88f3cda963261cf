import type { Type } from '@nestjs/common';
import {
  type CommandClass,
  commandHandlerOf,
  isCommandClass,
  type QueryClass,
  queryHandlerOf,
} from './bus.js';
import * as jobs from './jobs.js';
import * as keys from './keys.js';

/** Every use case that is declared, by the file of its service. */
export const USE_CASES: readonly (CommandClass | QueryClass)[] = [keys, jobs].flatMap(
  service => Object.values(service) as unknown as (CommandClass | QueryClass)[],
);

/** One handler each. */
export const USE_CASE_HANDLERS: Type<unknown>[] = USE_CASES.map(one =>
  isCommandClass(one) ? commandHandlerOf(one) : queryHandlerOf(one),
);
