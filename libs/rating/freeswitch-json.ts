import { Instant, InvalidInput, PhoneNumber, parseAccountId, problem, valueProblems } from '#kernel';
import { type Cdr, timesProblem } from './cdr.js';
import { checkCallId, unreadableIn } from './cdr-csv.js';
import type { LineProblem } from './csv.js';
import { callProblems } from './problems.js';
import type { CallDirection } from './tariff.js';

/**
 * Why a record carries no money:
 * - `PSEUDO_CHANNEL`: a `loopback/` or `pickup/` channel; it repeats the times of a real leg
 * - `B_LEG`: another leg began it; the A leg carries the money of the call
 */
export type FreeswitchSkip = { readonly skip: 'PSEUDO_CHANNEL' | 'B_LEG'; readonly callId: string };

export const isSkip = (result: object): result is FreeswitchSkip => 'skip' in result;

/**
 * The channel variable that names the payer against the rule. A dialplan that forwards a call to the outside,
 * or rings the second leg of a call-back, exports it to that B leg, which then is a charged leg of its own
 * (DECISIONS: a call-back call has two).
 */
export const PAYER_VARIABLE = 'daicho_payer';
/**
 * The channel variable that names the payer's own number on such a leg: a forwarded call shows the
 * caller's, which may be another account's.
 */
const PAYER_NUMBER_VARIABLE = 'daicho_number';

type Variables = Readonly<Record<string, unknown>>;

/** The first of these variables that is a text with something in it. */
function variable(variables: Variables, ...names: string[]): string {
  for (const name of names) {
    const value = variables[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

const asObject = (value: unknown): Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Variables) : {};

/**
 * The oldest caller profile: where the call first went, before any transfer. mod_json_cdr lists the newest
 * first.
 */
function firstProfile(document: Variables): Variables {
  const flow = document['callflow'];
  const profiles = Array.isArray(flow) ? flow : [flow];
  return asObject(asObject(profiles.at(-1))['caller_profile']);
}

/**
 * Microseconds of an `*_uepoch` variable as an instant, cut to the millisecond; null for `0`, which means
 * "never".
 */
function uepoch(variables: Variables, name: string): Instant | null {
  const text = variable(variables, name);
  if (!/^\d{1,16}$/.test(text)) throw InvalidInput.of(name, callProblems.NOT_MICROSECONDS);
  const ms = text.length > 3 ? Number(text.slice(0, -3)) : 0;
  if (ms >= 7_258_118_400_000) throw InvalidInput.of(name, valueProblems.OUTSIDE_OF_TIME);
  return ms === 0 ? null : Instant.fromEpochMs(ms);
}

interface Ends {
  readonly direction: CallDirection;
  readonly number: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Who called whom. A leg that came in from a registered user (it has a user name) is a call of that user; any
 * other leg that came in is an incoming call to the number it asked for; a leg the switch itself began (click
 * to call) is a call to that target.
 */
function endsOf(variables: Variables, profile: Variables): Ends {
  const asked = variable(variables, 'sip_req_user') || variable(profile, 'destination_number');
  const user = variable(variables, 'user_name', 'sip_auth_username');
  const caller = user || variable(variables, 'sip_from_user') || variable(profile, 'caller_id_number');
  if (variable(variables, 'direction') === 'inbound' && user === '') {
    return { direction: 'in', number: asked, from: caller, to: asked };
  }
  const extension =
    user || variable(variables, 'effective_caller_id_number') || variable(profile, 'caller_id_number');
  const number = variable(variables, 'outbound_caller_id_number') || extension;
  return { direction: 'out', number, from: extension, to: asked };
}

function read(document: Variables, variables: Variables, callId: string): Cdr | LineProblem {
  const payer = variable(variables, PAYER_VARIABLE, 'accountcode');
  if (payer === '') return { field: 'accountcode', problem: problem(callProblems.NOBODY_TO_CHARGE) };
  const account = parseAccountId(payer, 'accountcode');
  const ends = endsOf(variables, firstProfile(document));
  if (ends.to === '') return { field: 'sip_req_user', problem: problem(callProblems.NO_DESTINATION) };
  const answeredAt = uepoch(variables, 'answer_uepoch');
  const began = uepoch(variables, 'start_uepoch');
  const endedAt = uepoch(variables, 'end_uepoch');
  if (began === null) return { field: 'start_uepoch', problem: problem(callProblems.NOT_STARTED) };
  if (endedAt === null) return { field: 'end_uepoch', problem: problem(callProblems.NOT_ENDED) };
  // A call recovered after a crash of the switch has its old answer time and a new start time.
  const startedAt = answeredAt !== null && answeredAt < began ? answeredAt : began;
  const wrong = timesProblem(startedAt, answeredAt, endedAt);
  if (wrong) return { field: `${wrong.field}_uepoch`, problem: wrong.problem };
  const hangupCause = variable(variables, 'hangup_cause');
  const read = { from: ends.from, to: ends.to, hangup_cause: hangupCause };
  for (const [field, text] of Object.entries(read)) {
    const unreadable = unreadableIn(text);
    if (unreadable !== undefined) return { field, problem: unreadable };
  }
  const own = variable(variables, PAYER_NUMBER_VARIABLE) || ends.number;
  const number = PhoneNumber.parse(own, 'number');
  return { callId, account, ...ends, number, startedAt, answeredAt, endedAt, hangupCause };
}

/**
 * One file of mod_json_cdr. Reads of `variables`: uuid, direction, channel_name, is_loopback,
 * originating_leg_uuid, originator, daicho_payer, daicho_number, accountcode, user_name, sip_auth_username,
 * sip_from_user, sip_req_user, outbound_caller_id_number, effective_caller_id_number, start_uepoch,
 * answer_uepoch, end_uepoch, hangup_cause; of the oldest `callflow` entry: destination_number,
 * caller_id_number.
 *
 * - The A leg is the one without `originating_leg_uuid` and `originator`. A B leg has the *callee's*
 *   accountcode, so it is skipped.
 * - Times come from `*_uepoch`: `billsec` subtracts whole seconds and is off by up to 0.9 s either way.
 * - `sip_req_user` is the first target also after transfers. After a transfer one record covers the whole of
 *   A's call.
 */
export function parseFreeswitchCdr(text: string): Cdr | FreeswitchSkip | LineProblem {
  let document: Variables;
  try {
    document = asObject(JSON.parse(text));
  } catch {
    return { field: 'file', problem: problem(callProblems.NOT_JSON) };
  }
  const variables = asObject(document['variables']);
  try {
    const callId = checkCallId(variable(variables, 'uuid'), 'uuid');
    const channel = variable(variables, 'channel_name');
    const pseudo = /^(loopback|pickup)\//.test(channel) || variables['is_loopback'] !== undefined;
    if (pseudo) return { skip: 'PSEUDO_CHANNEL', callId };
    const begunByAnother = variable(variables, 'originating_leg_uuid', 'originator') !== '';
    if (begunByAnother && variable(variables, PAYER_VARIABLE) === '') return { skip: 'B_LEG', callId };
    return read(document, variables, callId);
  } catch (error) {
    if (error instanceof InvalidInput) return { field: error.field, problem: error.said };
    throw error;
  }
}
