import type { Type } from '@nestjs/common';
import * as accounts from './accounts.js';
import * as approvals from './approvals.js';
import * as books from './audit.js';
import { type AnyCommand, type AnyQuery, commandHandlerOf, isCommandClass, queryHandlerOf } from './bus.js';
import * as cart from './cart.js';
import * as catalogue from './catalogue.js';
import * as cdr from './cdr.js';
import * as circles from './circles.js';
import * as clock from './clock.js';
import * as closing from './closing.js';
import * as contracts from './contracts.js';
import * as devices from './devices.js';
import * as events from './event-log.js';
import * as jobs from './jobs.js';
import * as keys from './keys.js';
import * as logins from './logins.js';
import * as numbers from './numbers.js';
import * as parties from './parties.js';
import * as passwords from './passwords.js';
import * as payments from './payments.js';
import * as prepaid from './prepaid.js';
import * as calls from './reports.js';
import * as secondStep from './second-step.js';
import * as security from './security.js';
import * as sessions from './sessions.js';
import * as staff from './staff.js';

type UseCaseClass = AnyCommand | AnyQuery;

/** Every use case that is declared, by its chapter of the API. */
export const USE_CASES_OF: Readonly<Record<string, readonly UseCaseClass[]>> = Object.fromEntries(
  Object.entries({
    ...{ accounts, parties, prepaid, keys, jobs, clock, catalogue, numbers, contracts, cart },
    ...{ devices, payments, cdr, closing },
    ...{ calls, books, events },
    ...{ sessions, secondStep, security, passwords, circles, logins, staff, approvals },
  }).map(([service, classes]) => [service, Object.values(classes) as unknown as UseCaseClass[]]),
);
export const USE_CASES: readonly UseCaseClass[] = Object.values(USE_CASES_OF).flat();

/** One handler each. */
export const USE_CASE_HANDLERS: Type<unknown>[] = USE_CASES.map(one =>
  isCommandClass(one) ? commandHandlerOf(one) : queryHandlerOf(one),
);
