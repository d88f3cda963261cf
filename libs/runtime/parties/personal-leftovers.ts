import { partyStream, refersTo } from '#contracts';
import { type AccountId, Instant } from '#kernel';
import { prepaidSettingsStream } from '#payments';
import type { PersonalDataStore, RandomSource } from '#ports';
import { runningParty, runningPrepaidSettings } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { ReadModels } from '../projecting/read-models.js';
import { erasedSince } from './parties.queries.js';

/** What keeps personal data; a process without the tools of identity has none. */
export interface PersonalPorts {
  readonly store: PersonalDataStore;
  readonly random: Pick<RandomSource, 'token' | 'id10'>;
}

/** A record whose event never came: its request was killed between the two. */
const ORPHAN_AFTER_MS = 3_600_000;
const SWEPT_AT_ONCE = 500;
/** A killed erasure is finished by a job or at the next start, or before by whoever repeats it. */
const ERASED_LATELY_MS = 30 * 86_400_000;

/** What is left of personal data by a process that was killed. */
export class PersonalLeftovers {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly ports: PersonalPorts | undefined,
  ) {}

  /** What somebody who was killed may have left; nothing where no personal data are kept. */
  async left(): Promise<{ readonly orphans: boolean; readonly erasedLast: AccountId | null }> {
    if (!this.ports) return { orphans: false, erasedLast: null };
    const orphans = await this.ports.store.orphans(this.orphanedBefore(), 1);
    const erasedLast = (await this.erasedLately()).at(-1) ?? null;
    return { orphans: orphans.length > 0, erasedLast };
  }

  /** Finishes what was killed: records without an event go, keys of erased accounts are destroyed. */
  async sweep(): Promise<void> {
    if (!this.ports) return;
    const { store } = this.ports;
    for (const { account, ref } of await store.orphans(this.orphanedBefore(), SWEPT_AT_ONCE)) {
      if (await this.isReferredTo(account, ref)) await store.keep(account, [ref]);
      else await store.drop(account, ref);
    }
    for (const account of await this.erasedLately()) await store.destroyKey(account);
  }

  private async isReferredTo(account: AccountId, ref: string): Promise<boolean> {
    const party = await this.runner.loadNewest(runningParty, partyStream(account));
    if (refersTo(party.state, ref)) return true;
    const prepaid = await this.runner.loadNewest(runningPrepaidSettings, prepaidSettingsStream(account));
    return prepaid.state.settings.mails?.ref === ref;
  }

  private orphanedBefore(): Instant {
    return Instant.plusMs(this.runner.clock.now(), -ORPHAN_AFTER_MS);
  }

  private async erasedLately(): Promise<readonly AccountId[]> {
    const since = Instant.plusMs(this.runner.clock.now(), -ERASED_LATELY_MS);
    return (await erasedSince(this.readModels, since)).map(({ account }) => account);
  }
}
