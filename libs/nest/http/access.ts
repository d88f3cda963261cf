import type { Role } from '#identity';
import type { AccountId } from '#kernel';
import type { KeyView } from '#runtime';
import { notFound, Problem } from './problem.js';

/**
 * What a route does. `read` changes nothing; `write` changes something; `money` also moves money or makes a
 * contract, so it needs an `Idempotency-Key`.
 */
export type Effect = 'read' | 'write' | 'money';

export interface AccessRow {
  readonly effect: Effect;
  readonly roles: readonly Role[];
}

const everyone: readonly Role[] = ['staff', 'customer', 'auditor', 'job'];
const insiders: readonly Role[] = ['staff', 'auditor', 'job'];
const machines: readonly Role[] = ['staff', 'job'];
const watchers: readonly Role[] = ['staff', 'auditor'];
const staff: readonly Role[] = ['staff'];

/**
 * Who may do what, all of it: a route without a row here is refused to everyone. `:account` in a path is the
 * account boundary: a customer passes it only with the account of the key.
 */
export const ACCESS: Readonly<Record<string, AccessRow>> = {
  'GET /me': { effect: 'read', roles: everyone },

  'POST /accounts': { effect: 'money', roles: staff },
  'GET /accounts': { effect: 'read', roles: everyone },
  'GET /accounts/:account': { effect: 'read', roles: everyone },
  'POST /accounts/:account/numbers': { effect: 'money', roles: staff },
  'PUT /accounts/:account/tariff': { effect: 'write', roles: staff },
  'PUT /accounts/:account/incoming-discount': { effect: 'write', roles: staff },

  'GET /accounts/:account/balance': { effect: 'read', roles: everyone },
  'GET /accounts/:account/history': { effect: 'read', roles: everyone },
  'GET /accounts/:account/calls': { effect: 'read', roles: everyone },
  'POST /accounts/:account/charges': { effect: 'money', roles: staff },
  'POST /accounts/:account/adjustments': { effect: 'money', roles: staff },
  'POST /accounts/:account/reversals': { effect: 'money', roles: staff },
  // Call control is a machine: it holds before it lets a call ring and settles after the hang-up.
  'POST /accounts/:account/holds': { effect: 'money', roles: machines },
  'POST /accounts/:account/holds/:hold/extend': { effect: 'money', roles: machines },
  'POST /accounts/:account/holds/:hold/settle': { effect: 'money', roles: machines },
  'POST /accounts/:account/holds/:hold/release': { effect: 'money', roles: machines },

  'GET /accounts/:account/statements/:month': { effect: 'read', roles: everyone },
  'GET /invoices': { effect: 'read', roles: everyone },
  'GET /invoices/:number': { effect: 'read', roles: everyone },
  'GET /invoices/:number/pdf': { effect: 'read', roles: everyone },
  'POST /closes': { effect: 'money', roles: machines },
  'GET /reconciliations/:month': { effect: 'read', roles: insiders },

  'GET /tariffs': { effect: 'read', roles: insiders },
  'POST /tariffs': { effect: 'write', roles: staff },
  'GET /tariffs/:tariff/rows': { effect: 'read', roles: insiders },
  'GET /catalogue': { effect: 'read', roles: insiders },
  'POST /catalogue': { effect: 'write', roles: staff },

  // Exactly once per call id, whatever is sent: no idempotency key is needed.
  'POST /cdr-imports': { effect: 'write', roles: machines },
  'GET /cdr-imports': { effect: 'read', roles: insiders },
  'GET /suspense': { effect: 'read', roles: insiders },
  'POST /suspense/retry': { effect: 'write', roles: machines },
  'POST /suspense/discard': { effect: 'write', roles: staff },

  'GET /trial-balance': { effect: 'read', roles: insiders },
  'GET /explanations/:id': { effect: 'read', roles: insiders },
  'GET /audit/verify': { effect: 'read', roles: watchers },
  'GET /audit/replay': { effect: 'read', roles: watchers },
  'GET /audit/export': { effect: 'read', roles: watchers },

  'GET /jobs': { effect: 'read', roles: insiders },
  'POST /jobs/:name/:key/retry': { effect: 'write', roles: staff },
  'POST /jobs/:name/:key/discard': { effect: 'write', roles: staff },

  'GET /keys': { effect: 'read', roles: watchers },
  'POST /keys': { effect: 'write', roles: staff },
  'DELETE /keys/:key': { effect: 'write', roles: staff },
};

/**
 * A customer must not learn what exists beyond its account: the same answer for the forbidden and the absent.
 */
const hidden = (): Problem => notFound('NO_SUCH_RESOURCE', 'there is no such resource');

/**
 * Lets a key through to a route, or says why not.
 * @param route e.g. `GET /accounts/:account`
 * @param account the `:account` of the path, when it has one
 * @throws Problem 403, or 404 for customers
 */
export function admit(key: KeyView, route: string, account: string | undefined): AccessRow {
  const row = ACCESS[route];
  if (!row) throw new Problem(403, 'NOT_IN_ACCESS_TABLE', 'nobody has been given access to this route');
  if (key.role === 'customer') {
    if (!row.roles.includes('customer')) throw hidden();
    if (account !== undefined && account !== key.account) throw hidden();
    return row;
  }
  if (!row.roles.includes(key.role)) {
    throw new Problem(403, 'ROLE_NOT_ALLOWED', `a key of role ${key.role} may not do this`);
  }
  return row;
}

/** Staff say why they change something; it is kept with every event of the command. */
export const needsReason = (key: KeyView, row: AccessRow): boolean =>
  key.role === 'staff' && row.effect !== 'read';

/**
 * The account to which a list is confined: a customer's own, whatever was asked for; else the one asked for.
 * @throws Problem 404 when a customer asks for another account, or its key has none
 */
export function scopeOf(key: KeyView, asked?: AccountId): AccountId | undefined {
  if (key.role !== 'customer') return asked;
  if (key.account === null || (asked !== undefined && asked !== key.account)) throw hidden();
  return key.account;
}

/**
 * Whether an invoice may be shown: customers see their own from the 3rd business day on (INV-01).
 * @param today `YYYY-MM-DD` in Japan
 */
export function maySeeInvoice(
  key: KeyView,
  invoice: { readonly account: string; readonly availableFrom: string },
  today: string,
): boolean {
  return key.role !== 'customer' || (invoice.account === key.account && invoice.availableFrom <= today);
}
