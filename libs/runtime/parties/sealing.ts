import { accountRefusals, type DataReference, partyRefusals } from '#contracts';
import { type AccountId, canonicalJson, type Instant, problem, rejected } from '#kernel';
import { PersonalDataErased, type PersonalKind, SealBroken, StoreUnavailable, storeProblems } from '#ports';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner, Executed, Running } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import type { PersonalPorts } from './personal-leftovers.js';

const NO_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);
const ERASED = rejected(partyRefusals.ACCOUNT_ERASED);

/** A record about people, and the stream of its account that refers to it. */
export interface SealedRecordOf<Command, Event, State, Code extends string> {
  readonly running: Running<Command, Event, State, Code>;
  readonly stream: string;
  readonly account: AccountId;
  readonly kind: PersonalKind;
  readonly bytes: Uint8Array;
  /** The rest of the request, which tells nothing of people. */
  readonly said: object;
  /** What lies there so far: where it says the same, it is referred to once more. */
  readonly standing?: DataReference | null;
  commandOf(reference: DataReference): Command;
}

/** The bytes of a record that is not a picture. */
export const recordBytes = (value: object): Uint8Array => Buffer.from(canonicalJson(value));

/** Data of people lie sealed in a store of their own; a stream only refers to them. */
export class Sealing {
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

  /**
   * The record is durable before the event that refers to it; whatever else happens in between leaves a
   * record that nobody refers to, which is dropped here, or swept when this process was killed.
   */
  async sealed<Command, Event, State, Code extends string>(
    of: SealedRecordOf<Command, Event, State, Code>,
    caller: Caller,
  ): Promise<Executed<Event>> {
    const { running, stream, account, kind, bytes, said, commandOf } = of;
    if (!(await this.facts.account(account))) return NO_ACCOUNT;
    const { store, random } = this.personal();
    const run = (command: () => Command, body: object) =>
      this.runner.run(running, stream, command, body, caller);
    try {
      // The hash of a request stands in the log for ever: of people's data only a keyed one.
      const body = { account, ...said, data: await store.fingerprint(account, bytes) };
      if (await this.runner.isKnown(caller)) return await run(never, body);
      const { state } = await this.runner.loadNewest(running, stream);
      if (of.standing && (await this.isSame(account, of.standing, bytes)))
        return await run(() => commandOf(of.standing!), body);
      const before = running.decider.decide(commandOf({ ref: '', mac: '' }), state);
      if (before.kind !== 'events') return before;
      const reference = await store.put({ account, ref: random.token(), kind, bytes, at: this.now() });
      const done = await run(() => commandOf(reference), body);
      if (done.kind === 'done' && !done.replayed) await store.keep(account, [reference.ref]);
      else await store.drop(account, reference.ref);
      return done;
    } catch (error) {
      if (error instanceof PersonalDataErased) return ERASED;
      throw error;
    }
  }

  private async isSame(account: AccountId, reference: DataReference, bytes: Uint8Array): Promise<boolean> {
    const known = await this.personal().store.get(account, reference);
    return known instanceof Uint8Array && Buffer.compare(known, bytes) === 0;
  }
}

const never = (): never => {
  throw new Error('this command was carried out before');
};
