import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { ReadModels } from '../projecting/read-models.js';
import { Approvals, type ApproverKeys } from './approvals.service.js';
import { Circles } from './circles.service.js';
import { IdentityStreams } from './identity-streams.js';
import { LoginCare } from './login-care.service.js';
import { LoginIds } from './login-ids.js';
import { Logins } from './logins.service.js';
import { Messenger } from './messenger.js';
import { Proof } from './proof.service.js';
import { Reminders } from './reminders.service.js';
import { SecondStep } from './second-step.service.js';
import { Security } from './security.service.js';
import { Sessions } from './session.service.js';
import { SessionViews } from './session-views.js';
import { type IdentityParts, SignIn } from './sign-in.service.js';
import type { IdentityPorts } from './tools.js';
import { Tries } from './tries.js';

/** Logins, sessions, circles. What needs the tools of identity throws StoreUnavailable without them. */
export interface Identity {
  readonly entry: SignIn;
  readonly secondStep: SecondStep;
  readonly sessions: Sessions;
  readonly proof: Proof;
  readonly approvals: Approvals;
  readonly security: Security;
  readonly reminders: Reminders;
  readonly circles: Circles;
  readonly logins: Logins;
  readonly care: LoginCare;
}

/** Identity of a product; `idle` resolves when all mails under way are sent or given up. */
export interface RunningIdentity {
  readonly service: Identity;
  idle(): Promise<void>;
}

/**
 * Identity on the streams of a product.
 * @param ports undefined in a process that lets nobody sign in: whatever needs them is refused there
 */
export function composeIdentity(input: {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly ports: IdentityPorts | undefined;
  readonly keys: ApproverKeys;
}): RunningIdentity {
  const { runner, readModels, facts } = input;
  const ports = (): IdentityPorts => {
    if (!input.ports) throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_IDENTITY_TOOLS));
    return input.ports;
  };
  const streams = new IdentityStreams(runner, facts);
  const messenger = new Messenger(ports, facts);
  const chance = { code: (n: number) => ports().random.code(n), token: () => ports().random.token() };
  const tries = new Tries(streams, { ...chance, id10: () => ports().random.id10() });
  const parts: IdentityParts = { streams, tries, messenger, ports, views: new SessionViews(streams, ports) };
  const loginIds = new LoginIds(parts);
  const reminders = new Reminders(parts);
  const entry = new SignIn(parts);
  const proof = new Proof(parts);
  const service = {
    entry,
    secondStep: new SecondStep(parts, entry),
    sessions: new Sessions(parts, entry, proof, readModels),
    proof,
    approvals: new Approvals(parts, input.keys),
    security: new Security(parts, loginIds, proof),
    reminders,
    circles: new Circles(parts, loginIds, readModels),
    logins: new Logins(parts, loginIds, reminders, readModels),
    care: new LoginCare(parts, readModels),
  };
  return { service, idle: () => messenger.idle() };
}
