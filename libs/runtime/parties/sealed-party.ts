import {
  accountRefusals,
  type DataReference,
  type PartyCommand,
  type PartyEvent,
  type PartyState,
  party,
  partyRefusals,
  partyStream,
} from '#contracts';
import { type AccountId, canonicalJson, type Instant, problem, rejected } from '#kernel';
import { PersonalDataErased, type PersonalKind, SealBroken, StoreUnavailable, storeProblems } from '#ports';
import { type Facts, runningParty } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import type { PersonalPorts } from './personal-leftovers.js';

const TRIES = 3;
const NO_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);
const ERASED = rejected(partyRefusals.ACCOUNT_ERASED);
const textOf = (value: object): Uint8Array => Buffer.from(canonicalJson(value));

/** What is asked of the party with data that lie under a reference. */
export type CommandOfData = (
  reference: DataReference,
  state: PartyState,
  now: Instant,
) => Promise<PartyCommand>;

/** The stream of a party, beside the store in which its data lie sealed. */
export class SealedParty {
  constructor(
    private readonly runner: CommandRunner,
    private readonly facts: Facts,
    private readonly ports: PersonalPorts | undefined,
  ) {}

  now(): Instant {
    return this.runner.clock.now();
  }

  personal(): PersonalPorts {
    if (!this.ports) throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_IDENTITY_TOOLS));
    return this.ports;
  }

  async state(account: AccountId): Promise<PartyState> {
    return this.runner.look(runningParty, partyStream(account));
  }

  /**
   * Null where there is nothing, or nothing that can be read: erased, or sealed with a key that is not here.
   */
  async read<Value>(account: AccountId, reference: DataReference | null): Promise<Value | null> {
    if (!reference) return null;
    try {
      const bytes = await this.personal().store.get(account, reference);
      return bytes instanceof Uint8Array ? (JSON.parse(Buffer.from(bytes).toString('utf8')) as Value) : null;
    } catch (error) {
      if (error instanceof SealBroken && error.why === 'unknown_key') return null;
      throw error;
    }
  }

  /** Data of people: compared with the version before, sealed, then told by reference. */
  async write(
    account: AccountId,
    part: Exclude<PersonalKind, 'paper'>,
    data: object,
    caller: Caller,
    commandOf: CommandOfData,
    said: object = {},
  ): Promise<Executed<PartyEvent>> {
    for (let tries = 1; ; tries++) {
      const state = await this.state(account);
      const probe = await commandOf({ ref: '', mac: '' }, state, this.now());
      const done = await this.sealed(account, part, textOf(data), { part, ...said }, caller, reference => ({
        ...probe,
        ...('data' in probe && { data: reference }),
        now: this.now(),
      }));
      const overtaken = done.kind === 'rejected' && done.rejection.code === 'PARTY_CHANGED_MEANWHILE';
      if (overtaken && tries < TRIES) continue;
      return done;
    }
  }

  /**
   * The record is durable before the event that refers to it; whatever else happens in between leaves a
   * record that nobody refers to, which is dropped here, or swept when this process was killed.
   */
  async sealed(
    account: AccountId,
    kind: PersonalKind,
    bytes: Uint8Array,
    said: object,
    caller: Caller,
    commandOf: (reference: DataReference) => PartyCommand,
  ): Promise<Executed<PartyEvent>> {
    if (!(await this.facts.account(account))) return NO_ACCOUNT;
    const { store, random } = this.personal();
    try {
      // The hash of a request stands in the log for ever: of people's data only a keyed one.
      const body = { account, ...said, data: await store.fingerprint(account, bytes) };
      if (await this.runner.isKnown(caller)) return await this.run(account, never, body, caller);
      const stream = partyStream(account);
      const { state } = await this.runner.loadNewest(runningParty, stream);
      const before = party.decide(commandOf({ ref: '', mac: '' }), state);
      if (before.kind !== 'events') return before;
      const reference = await store.put({ account, ref: random.token(), kind, bytes, at: this.now() });
      const done = await this.run(account, () => commandOf(reference), body, caller);
      if (done.kind === 'done' && !done.replayed) await store.keep(account, [reference.ref]);
      else await store.drop(account, reference.ref);
      return done;
    } catch (error) {
      if (error instanceof PersonalDataErased) return ERASED;
      throw error;
    }
  }

  run(account: AccountId, command: () => PartyCommand, body: object, caller: Caller) {
    return this.runner.run(runningParty, partyStream(account), command, body, caller);
  }
}

const never = (): never => {
  throw new Error('this command was carried out before');
};
