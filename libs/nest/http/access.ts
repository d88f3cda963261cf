import type { LoginLevel } from '#identity';
import { type AccountId, rejection } from '#kernel';
import { type Access, everyone, requestRefusals } from '#runtime';
import { USE_CASES } from '../use-cases/index.js';
import type { Principal } from './principal.js';
import { type Problem, refused } from './problem.js';
import { httpRefusals } from './refusals.js';

const USE_CASE_AT = new Map(
  USE_CASES.flatMap(({ useCase }) => (useCase.route ? [[useCase.route, useCase]] : [])),
);

/** What a refusal blames, as the requests of this route call it. */
export function blamedAt(route: string, field: string): string | undefined {
  const own = USE_CASE_AT.get(route)?.blames?.[field];
  return own === undefined ? field : (own ?? undefined);
}

const allLevels: readonly LoginLevel[] = ['account', 'circle', 'unique'];

/**
 * Who may do what, all of it: a route without a row here is refused to everyone. `:account` in a path is the
 * account boundary: a customer passes it only with its own account. Circles and uniques see calls and
 * statements of their own numbers; money is the account's.
 */
export const ACCESS: Readonly<Record<string, Access>> = {
  ...Object.fromEntries(USE_CASE_AT),
  'GET /me': { effect: 'read', roles: everyone, levels: allLevels },

  'GET /invoices/:number/pdf': { effect: 'read', roles: everyone },
};

/** The parts of a path that name somebody's own. */
export interface Boundary {
  readonly account?: string | undefined;
  readonly circle?: string | undefined;
  readonly unique?: string | undefined;
}

/**
 * A customer must not learn what exists beyond its account: the same answer for the forbidden and the absent.
 */
const hidden = (): Problem => refused(rejection(requestRefusals.NO_SUCH_RESOURCE));

/** Whether a customer may pass: by its level, and by whose account, circle and unique the path names. */
function ofOwn(who: Principal, row: Access, { account, circle, unique }: Boundary): boolean {
  if (!(row.levels ?? ['account']).includes(who.level)) return false;
  if (account !== undefined && account !== who.account) return false;
  if (circle !== undefined && who.circle !== null && circle !== who.circle) return false;
  return unique === undefined || who.unique === null || unique === who.unique;
}

/**
 * The row of a route.
 * @param route e.g. `GET /accounts/:account`
 * @throws Problem 403 for a route that nobody has been given
 */
export function accessTo(route: string): Access {
  const row = ACCESS[route];
  if (!row) throw refused(rejection(httpRefusals.NOT_IN_ACCESS_TABLE));
  return row;
}

/** @throws Problem 403 when a session is not that far, or only reads */
function checkStage(who: Principal, row: Access): void {
  if (!(row.stages ?? ['signed_in']).includes(who.stage)) {
    throw refused(rejection(httpRefusals.WRONG_STAGE, { stage: who.stage }));
  }
  const unverified = who.live !== null && who.live.view.level !== 'staff' && !who.live.view.verified;
  if (row.verified && unverified) {
    throw refused(rejection(httpRefusals.SECOND_STEP_REQUIRED));
  }
  if (row.effect === 'read' || row.door === 'session') return;
  if (who.readOnly) throw refused(rejection(httpRefusals.READ_ONLY_VIEW));
  if (who.live?.view.accountOver) throw refused(rejection(httpRefusals.ACCOUNT_OVER));
}

/**
 * Lets somebody through to a route, or says why not.
 * @throws Problem 403, or 404 for customers
 */
export function admit(who: Principal, row: Access, boundary: Boundary): void {
  if (who.role === 'customer') {
    // A customer's key is for reading: what changes something asks for a login and its second step.
    if (who.key !== null && row.effect !== 'read') throw hidden();
    if (!row.roles.includes('customer') || !ofOwn(who, row, boundary)) throw hidden();
  } else if (!row.roles.includes(who.role)) {
    throw refused(rejection(httpRefusals.ROLE_NOT_ALLOWED, { role: who.role }));
  }
  checkStage(who, row);
}

/** Staff say why they change something; it is kept with every event of the command. */
export const needsReason = (who: Principal, row: Access): boolean =>
  row.effect !== 'read' &&
  row.door !== 'session' &&
  (who.role === 'staff' || (who.live !== null && who.role !== 'customer'));

/**
 * The account to which a list is confined: a customer's own, whatever was asked for; else the one asked for.
 * @throws Problem 404 when a customer asks for another account, or has none
 */
export function scopeOf(who: Principal, asked?: AccountId): AccountId | undefined {
  if (who.role !== 'customer') return asked;
  if (who.account === null || (asked !== undefined && asked !== who.account)) throw hidden();
  return who.account;
}

/**
 * Whether an invoice may be shown: customers see their own from the 3rd business day on (INV-01).
 * @param today `YYYY-MM-DD` in Japan
 */
export function maySeeInvoice(
  who: Principal,
  invoice: { readonly account: string; readonly availableFrom: string },
  today: string,
): boolean {
  return who.role !== 'customer' || (invoice.account === who.account && invoice.availableFrom <= today);
}
