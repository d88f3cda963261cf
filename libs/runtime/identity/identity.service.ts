import { type ReadStore, StoreUnavailable } from '#ports';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Keys } from '../keys/keys.service.js';
import { Approvals } from './approvals.service.js';
import { Circles } from './circles.service.js';
import { IdentityStreams } from './identity-streams.js';
import type { IdentityService } from './login-admin.types.js';
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

/** Identity of a product; `idle` resolves when all mails under way are sent or given up. */
export interface RunningIdentity {
  readonly service: IdentityService;
  idle(): Promise<void>;
}

/** All methods of several services in one object, each bound to its own. */
function together(...services: readonly object[]): object {
  const methods: Record<string, unknown> = {};
  for (const service of services) {
    const names = [...Object.getOwnPropertyNames(Object.getPrototypeOf(service)), ...Object.keys(service)];
    for (const name of names) {
      const value: unknown = Reflect.get(service, name);
      if (name !== 'constructor' && typeof value === 'function') methods[name] = value.bind(service);
    }
  }
  return methods;
}

/**
 * Identity on the streams of a product.
 * @param ports undefined in a process that lets nobody sign in: whatever needs them is refused there
 */
export function composeIdentity(input: {
  readonly runner: CommandRunner;
  readonly readModels: ReadStore;
  readonly facts: Facts;
  readonly ports: IdentityPorts | undefined;
  readonly keys: Keys;
}): RunningIdentity {
  const { runner, readModels, facts } = input;
  const ports = (): IdentityPorts => {
    if (!input.ports) throw new StoreUnavailable('UNAVAILABLE', 'this process has no tools of identity');
    return input.ports;
  };
  const streams = new IdentityStreams(runner, facts);
  const messenger = new Messenger(ports, facts);
  const chance = { code: (n: number) => ports().random.code(n), token: () => ports().random.token() };
  const tries = new Tries(streams, { ...chance, id10: () => ports().random.id10() });
  const parts: IdentityParts = { streams, tries, messenger, ports, views: new SessionViews(streams, ports) };
  const loginIds = new LoginIds(parts);
  const reminders = new Reminders(parts);
  const signIn = new SignIn(parts);
  const proof = new Proof(parts);
  const service = together(
    signIn,
    new SecondStep(parts, signIn),
    new Sessions(parts, signIn, proof, readModels),
    proof,
    new Approvals(parts, input.keys),
    new Security(parts, loginIds, proof),
    reminders,
    new Circles(parts, loginIds, readModels),
    new Logins(parts, loginIds, reminders, readModels),
    new LoginCare(parts, readModels),
  ) as IdentityService;
  return { service, idle: () => messenger.idle() };
}
