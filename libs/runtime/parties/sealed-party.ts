import {
  type DataReference,
  type PartyCommand,
  type PartyEvent,
  type PartyState,
  partyStream,
} from '#contracts';
import type { AccountId, Instant } from '#kernel';
import type { PersonalKind } from '#ports';
import { runningParty } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import type { PersonalPorts } from './personal-leftovers.js';
import { recordBytes, type Sealing } from './sealing.js';

const TRIES = 3;

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
    private readonly sealing: Sealing,
  ) {}

  now(): Instant {
    return this.sealing.now();
  }

  personal(): PersonalPorts {
    return this.sealing.personal();
  }

  async state(account: AccountId): Promise<PartyState> {
    return this.runner.look(runningParty, partyStream(account));
  }

  /** @see Sealing.read */
  read<Value>(account: AccountId, reference: DataReference | null): Promise<Value | null> {
    return this.sealing.read(account, reference);
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
      const bytes = recordBytes(data);
      const done = await this.sealed(account, part, bytes, { part, ...said }, caller, reference => ({
        ...probe,
        ...('data' in probe && { data: reference }),
        now: this.now(),
      }));
      const overtaken = done.kind === 'rejected' && done.rejection.code === 'PARTY_CHANGED_MEANWHILE';
      if (overtaken && tries < TRIES) continue;
      return done;
    }
  }

  /** @see Sealing.sealed */
  sealed(
    account: AccountId,
    kind: PersonalKind,
    bytes: Uint8Array,
    said: object,
    caller: Caller,
    commandOf: (reference: DataReference) => PartyCommand,
  ): Promise<Executed<PartyEvent>> {
    const stream = partyStream(account);
    return this.sealing.sealed(
      { running: runningParty, stream, account, kind, bytes, said, commandOf },
      caller,
    );
  }

  run(account: AccountId, command: () => PartyCommand, body: object, caller: Caller) {
    return this.runner.run(runningParty, partyStream(account), command, body, caller);
  }
}
