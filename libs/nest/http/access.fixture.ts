import { type FakeSession, SESSIONS } from '../../../test/support/fake-sessions.js';
import { TOKENS } from '../../../test/support/http-server.js';

type KeyRole = keyof typeof TOKENS;
/** Everybody who might ask: `key:<role>`, or the name of a session. */
export type Asker = `key:${KeyRole}` | FakeSession;
export const ASKERS: readonly Asker[] = [
  ...(Object.keys(TOKENS) as KeyRole[]).map(role => `key:${role}` as const),
  ...(Object.keys(SESSIONS) as FakeSession[]),
];

const only = (...askers: Asker[]): readonly Asker[] => askers;
const keyOfStaff = only('key:staff', 'admin');
const insideReaders = only(...keyOfStaff, 'key:auditor', 'key:job', 'billing', 'approver', 'auditor');
const helping = only(...insideReaders, 'support');
const watching = only(...keyOfStaff, 'key:auditor', 'auditor');
const machines = only(...keyOfStaff, 'key:job');
const importing = only(...machines, 'billing');
const closing = only(...importing, 'approver');
const billing = only(...keyOfStaff, 'billing');
const everyone = only(...helping, 'key:customer', 'account', 'viewer');
/** Lists that are confined to one's own: a stranger gets its own. */
const everyoneOwn = only(...everyone, 'stranger');
/** What is for sale is the same for every customer that buys. */
const buying = only(...everyone, 'stranger', 'circle', 'below');
const callsOfLevels = only(...everyone, 'circle', 'unique', 'below');
const login = only(
  ...(['account', 'circle', 'unique', 'stranger', 'viewer', 'below'] as const),
  ...(['billing', 'approver', 'support', 'auditor', 'admin'] as const),
);
const loginOfStaff = only('billing', 'approver', 'support', 'auditor', 'admin', 'viewer');
const anyStage = only(...login, 'secondStep', 'passwordChange');
const waiting = only('secondStep', ...login);
const caring = only(...keyOfStaff, 'support', 'account');
/** Who buys and cancels: the customer, and staff for it. */
const ordering = only(...billing, 'support', 'account');
const beforeBuying = only(...ordering, 'key:customer', 'viewer');
/** A circle buys and cancels for itself (CAT-01, CAN-01), and sees what it has. */
const orderingOfCircles = only(...ordering, 'circle', 'below');
const beforeBuyingOfCircles = only(...beforeBuying, 'circle', 'below');
const boughtOfCircles = only(...everyone, 'circle', 'below');
const circleReads = only(...caring, 'key:auditor', 'auditor', 'key:customer', 'viewer');

const partyReads = only(...caring, 'billing', 'approver', 'key:customer', 'viewer');

/** Who passes each route, for account A1 and its first circle and unique; all others are refused. */
export const TABLE: Readonly<Record<string, readonly Asker[] | 'anybody'>> = {
  'GET /me': only(...callsOfLevels, 'stranger'),
  'POST /sessions': 'anybody',
  'GET /sessions': login,
  'DELETE /sessions/{session}': login,
  'GET /session': anyStage,
  'DELETE /session': anyStage,
  'PUT /session/language': anyStage,
  'POST /session/codes': waiting,
  'POST /session/codes/verify': waiting,
  'POST /session/totp': waiting,
  'POST /session/passkey/options': waiting,
  'POST /session/passkey': waiting,
  'POST /session/password': only(...login, 'passwordChange'),
  'POST /session/confirm': login,
  'POST /approvals': only('approver', 'admin'),
  'POST /approvals/erasure': only('approver', 'admin'),
  'POST /session/enter': login,
  'POST /session/leave': login,
  'GET /security': login,
  'POST /security/password': login,
  'POST /security/login-id': login,
  'POST /security/contacts': login,
  'DELETE /security/contacts/{contact}': login,
  'POST /security/totp': loginOfStaff,
  'POST /security/totp/confirm': loginOfStaff,
  'DELETE /security/totp': loginOfStaff,
  'POST /security/passkeys/options': loginOfStaff,
  'POST /security/passkeys': loginOfStaff,
  'DELETE /security/passkeys/{passkey}': loginOfStaff,
  'POST /password-reminders': 'anybody',
  'POST /password-resets': 'anybody',
  'GET /outbox': anyStage,

  'POST /accounts': billing,
  'GET /service-information': only(...callsOfLevels, 'stranger'),
  'GET /accounts': everyoneOwn,
  'GET /accounts/{account}': everyone,
  'POST /accounts/{account}/numbers': billing,
  'PUT /accounts/{account}/tariff': billing,
  'PUT /accounts/{account}/price-list': billing,
  'GET /accounts/{account}/products': everyone,
  'GET /accounts/{account}/notes': helping,
  'GET /accounts/{account}/timeline': helping,
  'POST /accounts/{account}/notes': only(...billing, 'approver', 'support'),
  'PUT /accounts/{account}/incoming-discount': billing,
  'GET /accounts/{account}/party': partyReads,
  'PUT /accounts/{account}/party/{part}': caring,
  'GET /accounts/{account}/circle-data': partyReads,
  'GET /accounts/{account}/circles/{circle}/data': partyReads,
  'PUT /accounts/{account}/circles/{circle}/data': caring,
  'PUT /accounts/{account}/mails': caring,
  'PUT /accounts/{account}/promotion-mails': caring,
  'PUT /accounts/{account}/circle-statement': caring,
  'POST /accounts/{account}/papers': caring,
  'GET /accounts/{account}/papers/{paper}/picture': partyReads,
  'POST /accounts/{account}/papers/{paper}/approve': only(...keyOfStaff, 'support'),
  'POST /accounts/{account}/papers/{paper}/ask-again': only(...keyOfStaff, 'support'),
  'GET /papers': only(...keyOfStaff, 'support'),
  'POST /accounts/{account}/close': only(...keyOfStaff, 'support'),
  'POST /accounts/{account}/erase': only(...keyOfStaff, 'approver'),
  'GET /accounts/{account}/logins': only(...keyOfStaff, 'key:auditor', 'support', 'auditor'),
  'POST /accounts/{account}/logins': only(...keyOfStaff, 'support'),
  'POST /accounts/{account}/orders': orderingOfCircles,
  'GET /accounts/{account}/order-preview': beforeBuyingOfCircles,
  'GET /accounts/{account}/shop': beforeBuyingOfCircles,
  'GET /accounts/{account}/cart': beforeBuyingOfCircles,
  'GET /accounts/{account}/carts': beforeBuyingOfCircles,
  'POST /accounts/{account}/cart': orderingOfCircles,
  'PUT /accounts/{account}/cart/{line}': orderingOfCircles,
  'PUT /accounts/{account}/cart/{line}/devices': orderingOfCircles,
  'POST /accounts/{account}/cart/delivery': orderingOfCircles,
  'DELETE /accounts/{account}/cart': orderingOfCircles,
  'POST /accounts/{account}/cart/order': orderingOfCircles,
  'GET /accounts/{account}/orders': boughtOfCircles,
  'GET /accounts/{account}/orders/{order}': boughtOfCircles,
  'GET /orders': helping,
  'GET /accounts/{account}/purchases': boughtOfCircles,
  'GET /accounts/{account}/contracts': boughtOfCircles,
  'GET /accounts/{account}/contracts/{contract}': boughtOfCircles,
  'POST /accounts/{account}/cancellations': orderingOfCircles,
  'POST /accounts/{account}/contracts/{contract}/measurements': closing,
  'GET /accounts/{account}/cancellation-preview': beforeBuyingOfCircles,
  'GET /accounts/{account}/endings': everyone,
  'POST /accounts/{account}/cancellations/undo': orderingOfCircles,
  'POST /accounts/{account}/cancellations/units': orderingOfCircles,
  'GET /accounts/{account}/cancellation-preview/units': beforeBuyingOfCircles,
  'POST /accounts/{account}/cancellations/units/undo': orderingOfCircles,
  'GET /accounts/{account}/circles/{circle}/allotments': boughtOfCircles,
  'PUT /accounts/{account}/circles/{circle}/allotments/{pool}': orderingOfCircles,
  'POST /accounts/{account}/circles/{circle}/cancellation': ordering,
  'POST /accounts/{account}/circles/{circle}/cancellation/undo': ordering,
  'POST /accounts/{account}/cancellation': ordering,
  'GET /shipments': helping,
  'GET /accounts/{account}/shipments/{shipment}': only(...billing, 'support'),
  'POST /accounts/{account}/shipments/{shipment}/ship': only(...billing, 'support'),
  'POST /accounts/{account}/shipments/{shipment}/deliver': only(...billing, 'support'),
  'POST /accounts/{account}/devices/{device}/return': only(...billing, 'approver'),
  'POST /accounts/{account}/devices/{device}/warranty': only(...billing, 'approver'),
  'POST /month-starts': closing,
  'GET /accounts/{account}/circles': circleReads,
  'POST /accounts/{account}/circles': caring,
  'GET /accounts/{account}/circles/{circle}': only(...circleReads, 'circle', 'below'),
  'GET /accounts/{account}/circles/{circle}/uniques': only(...circleReads, 'circle', 'below'),
  'POST /accounts/{account}/circles/{circle}/uniques': only(...caring, 'circle', 'below'),
  'PUT /accounts/{account}/circles/{circle}/forced-change': caring,
  'PUT /accounts/{account}/circles/{circle}/password': caring,
  'PUT /accounts/{account}/circles/{circle}/unique-password': only(...caring, 'circle', 'below'),
  'PUT /accounts/{account}/uniques/{unique}/numbers': caring,
  'POST /payment-gateways/{gateway}/notifications': 'anybody',
  'GET /payment-gateways/{gateway}/notifications': 'anybody',
  'GET /payment-gateways/{gateway}/form': 'anybody',
  'GET /payment-ways': everyoneOwn,
  'POST /accounts/{account}/payments': ordering,
  'GET /accounts/{account}/payments': everyone,
  'GET /accounts/{account}/payments/{payment}': everyone,
  'POST /accounts/{account}/payments/{payment}/attempts': ordering,
  'POST /accounts/{account}/payments/{payment}/cancellation': ordering,
  'GET /accounts/{account}/prepaid-settings': everyone,
  'PUT /accounts/{account}/prepaid-settings': ordering,
  'DELETE /accounts/{account}/cards/{card}': ordering,
  'GET /unused-balance': insideReaders,
  'GET /parked-money': insideReaders,
  'POST /parked-money/{parked}/resolution': only(...billing, 'approver'),
  'POST /deposit-files': importing,
  'GET /deposit-files': insideReaders,
  'GET /deposits': insideReaders,
  'POST /deposits': only(...billing, 'approver'),
  'POST /deposits/{deposit}/resolution': only(...billing, 'approver'),
  'PUT /virtual-accounts/{number}': billing,
  'GET /accounts/{account}/balance': everyone,
  'GET /accounts/{account}/history': everyone,
  'GET /accounts/{account}/calls': callsOfLevels,
  'GET /accounts/{account}/number-statement': callsOfLevels,
  'GET /accounts/{account}/destination-statement': callsOfLevels,
  'GET /accounts/{account}/usage': callsOfLevels,
  'GET /accounts/{account}/balance-history': everyone,
  'POST /accounts/{account}/charges': billing,
  'POST /accounts/{account}/adjustments': only(...keyOfStaff, 'approver'),
  'POST /accounts/{account}/reversals': only(...billing, 'approver'),
  'GET /accounts/{account}/corrections': only(...billing, 'approver'),
  'POST /accounts/{account}/corrections': only(...billing, 'approver'),
  'POST /accounts/{account}/holds': machines,
  'POST /accounts/{account}/holds/{hold}/extend': machines,
  'POST /accounts/{account}/holds/{hold}/settle': machines,
  'POST /accounts/{account}/holds/{hold}/release': machines,
  'GET /accounts/{account}/statements/{month}': everyone,
  'GET /invoices': everyoneOwn,
  'GET /invoices/{number}': everyoneOwn,
  'GET /invoices/{number}/pdf': everyoneOwn,
  'GET /closes': insideReaders,
  'GET /closes/{month}': insideReaders,
  'GET /closes/{month}/progress': insideReaders,
  'POST /closes': closing,
  'GET /reconciliations/{month}': insideReaders,

  'GET /tariffs': helping,
  'POST /tariffs': billing,
  'GET /tariffs/{tariff}/rows': helping,
  'GET /price-lists': helping,
  'GET /price-lists/{priceList}': helping,
  'GET /catalogue': helping,
  'POST /catalogue': billing,
  'GET /numbers': buying,
  'GET /numbers/places': buying,
  'GET /numbers/stock': helping,
  'GET /numbers/counts': helping,
  'POST /numbers/import': billing,
  'POST /numbers/{telephone}/withdraw': billing,
  'POST /numbers/{telephone}/restock': billing,
  'GET /vba-groups': buying,
  'GET /vba-groups/countries': buying,
  'POST /cdr-imports': importing,
  'GET /cdr-imports': insideReaders,
  'GET /suspense': insideReaders,
  'POST /suspense/retry': importing,
  'POST /suspense/discard': billing,
  'GET /trial-balance': insideReaders,
  'GET /explanations/{id}': insideReaders,
  'GET /events': watching,
  'GET /events/{position}': watching,
  'GET /event-types': watching,
  'GET /audit/verify': watching,
  'GET /audit/replay': watching,
  'GET /audit/export': watching,
  'GET /clock': helping,
  'POST /clock/confirm': billing,
  'GET /jobs': insideReaders,
  'POST /jobs/{name}/{key}/retry': billing,
  'POST /jobs/{name}/{key}/discard': billing,
  'GET /keys': watching,
  'POST /keys': keyOfStaff,
  'DELETE /keys/{key}': keyOfStaff,
  'GET /staff': only('admin', 'auditor', 'key:auditor'),
  'POST /staff': only('admin'),
  'PUT /staff/{login}/role': only('admin'),
  'POST /staff/{login}/disable': only('admin'),
  'POST /logins/{login}/unlock': only(...keyOfStaff, 'support'),
  'POST /logins/{login}/contacts/{contact}/remove': only(...keyOfStaff, 'support'),
  'POST /logins/{login}/second-factors/remove': only('admin'),
  'GET /staff-acts': watching,
};

/** Routes that a session passes for its own login, whatever it looks at. */
export const isOwn = (route: string): boolean =>
  /^\w+ \/(sessions?|security|outbox|approvals)(\/|$)/.test(route) && TABLE[route] !== 'anybody';
