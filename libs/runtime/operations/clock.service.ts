import { randomUUID } from 'node:crypto';
import {
  BusinessDay,
  DAY_MS,
  defineRefusals,
  Instant,
  type Rejection,
  rejection,
  type Sentence,
  saidOf,
} from '#kernel';
import { CLOCK_STREAM, certainlyPast, clockEvents, clockTrust } from '#operations';
import { standardOf } from '#policies';
import { type Clock, type EventStore, StoreUnavailable } from '#ports';
import { answered } from '../engine/answered.js';
import { Facts } from '../engine/facts.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Answer, Caller } from '../product.views.js';
import type { ClockView } from './clock.shapes.js';
import { type ClockDoubt, ClockTrust } from './clock-trust.js';

const runningClock = { decider: clockTrust, codec: clockEvents.codec };
const MINUTE_MS = 60_000;

/** The limits as they stood on a day that is certain to be past: not those of the day that is doubted. */
async function limitsOn(facts: Facts, day: BusinessDay) {
  return {
    jumpMs: (await facts.policy('clock.jump-at-most-min', day)) * MINUTE_MS,
    aheadMs: (await facts.policy('clock.ahead-of-log-at-most-days', day)) * DAY_MS,
  };
}

async function newestRecorded(events: EventStore): Promise<Instant | null> {
  const head = await events.headPosition();
  if (head === 0) return null;
  for await (const { meta } of events.readAll({ from: head, limit: 1 }))
    return Instant.parse(meta.recordedAt);
  return null;
}

/**
 * What a process may believe of its clock, measured against the log before it does anything. An auditor must
 * be able to look at a log that is damaged: then nothing is believed, until a person says so.
 */
export async function trustOf(events: EventStore, clock: Clock): Promise<ClockTrust> {
  try {
    return await measured(events, clock);
  } catch (error) {
    if (error instanceof StoreUnavailable && error.code === 'UNAVAILABLE') throw error;
    return untrusted(clock);
  }
}

/** For who must look although the log does not tell what is past. */
export const untrusted = (clock: Clock): ClockTrust =>
  ClockTrust.unreadable(clock, standardOf('clock.jump-at-most-min') * MINUTE_MS);

async function measured(events: EventStore, clock: Clock): Promise<ClockTrust> {
  const runner = new CommandRunner(events, clock);
  const { state } = await runner.load(runningClock, CLOCK_STREAM, { absentToo: true });
  const past = certainlyPast(await newestRecorded(events), state);
  if (past === null)
    return new ClockTrust(clock, null, await limitsOn(new Facts(runner), BusinessDay.of(clock.now())));
  return new ClockTrust(clock, past, await limitsOn(new Facts(runner), BusinessDay.of(past)));
}

/** Refusals of what time alone causes. */
export const clockServiceRefusals = defineRefusals({
  CLOCK_NOT_TRUSTED: {
    status: 503,
    ja:
      '時計は{shown}を示していますが、{seen}。時計を直してください。' +
      '時計が正しい場合は daicho clock confirm --reason 理由 を実行してください。',
    en:
      'The clock shows {shown}, {seen}. ' +
      'Set it right; if it is right, run: daicho clock confirm --reason WHY.',
  },
});

function away({ shown, believed }: ClockDoubt): Sentence {
  const minutes = Math.round(Math.abs(shown - believed) / MINUTE_MS);
  const days = Math.round(minutes / 1440);
  return minutes < 2 * 1440
    ? { ja: `${minutes}分`, en: `${minutes} minutes` }
    : { ja: `${days}日`, en: `${days} days` };
}

function seen(doubt: ClockDoubt): Sentence {
  const [by, believed] = [away(doubt), Instant.text(doubt.believed)];
  switch (doubt.why) {
    case 'jumped':
      return {
        ja: `${believed}から${by.ja}ずれています（このプロセスの起動後に時計が飛びました）`,
        en: `${by.en} away from ${believed}: it jumped since this process started`,
      };
    case 'ahead':
      return {
        ja: `${believed}から${by.ja}ずれています（最新の記録より大きく進んでいます）`,
        en: `${by.en} away from ${believed}: it is far ahead of the newest event`,
      };
    case 'unreadable':
      return {
        ja: 'それが正しいかを確かめる記録を読み取れません',
        en: 'and the log cannot be read to tell whether that is right',
      };
  }
}

/** What a refusal says: what is seen, and what to do, in every case. */
export function clockRefusal(doubt: ClockDoubt): Rejection {
  const { shown, believed } = doubt;
  return rejection(clockServiceRefusals.CLOCK_NOT_TRUSTED, {
    shown: Instant.text(shown),
    believed: Instant.text(believed),
    seen: seen(doubt),
  });
}

/**
 * Acts that time alone causes refuse while the clock cannot be trusted, until a person confirms it
 * (DECISIONS: Prepaid ledger). Every process guards itself: each has a clock of its own.
 */
export class Clocks {
  private readonly runner: CommandRunner;
  private readonly facts: Facts;
  /** What was told to the log last, so that it is told once. */
  private told: 'trusted' | 'doubted' | null = null;

  constructor(
    events: EventStore,
    private readonly clock: Clock,
    readonly trust: ClockTrust,
  ) {
    // Rare, and others write the stream too: it looks at the log each time.
    this.runner = new CommandRunner(events, clock, true);
    this.facts = new Facts(this.runner);
  }

  async state(): Promise<ClockView> {
    const doubt = await this.doubt();
    const said = doubt && saidOf(clockRefusal(doubt));
    return {
      trusted: doubt === null,
      shown: Instant.text(this.clock.now()),
      believed: doubt ? Instant.text(doubt.believed) : null,
      why: doubt?.why ?? null,
      message: said?.en ?? null,
      messageJa: said?.ja ?? null,
    };
  }

  /** Why time alone must cause nothing now; undefined when it may. */
  async refusal(): Promise<Rejection | undefined> {
    const doubt = await this.doubt();
    return doubt ? clockRefusal(doubt) : undefined;
  }

  private async doubt(): Promise<ClockDoubt | null> {
    let doubt = this.trust.doubt();
    if (doubt?.why === 'unreadable') return this.unreadable(doubt);
    if (doubt) {
      await this.askLog(doubt);
      doubt = this.trust.doubt();
    }
    await this.tell(doubt);
    return doubt;
  }

  /** Where the log can be read again a person's word counts; a doubt that measures nothing is not told. */
  private async unreadable(doubt: ClockDoubt): Promise<ClockDoubt | null> {
    try {
      await this.askLog(doubt);
    } catch {
      return doubt;
    }
    return this.trust.doubt();
  }

  /** Whether a person confirmed the clock, here or beside another process. */
  private async askLog(doubt: ClockDoubt): Promise<void> {
    const limits = await limitsOn(this.facts, BusinessDay.of(doubt.believed));
    const { state } = await this.runner.load(runningClock, CLOCK_STREAM, { absentToo: true });
    this.trust.limits = limits;
    if (state.confirmed !== null && this.trust.confirmedBy(state.confirmed)) this.trust.believe();
  }

  /** A start must know that what was recorded under a doubt proves nothing; and when the doubt was over. */
  private async tell(doubt: ClockDoubt | null): Promise<void> {
    const now = doubt ? 'doubted' : 'trusted';
    if (this.told === now) return;
    const command = doubt
      ? ({ type: 'MistrustClock', now: doubt.shown, why: doubt.why, believed: doubt.believed } as const)
      : ({ type: 'FindClockRight', now: this.clock.now() } as const);
    const caller = { actor: { id: 'clock' }, commandId: `clock/${randomUUID()}` };
    try {
      await this.runner.run(runningClock, CLOCK_STREAM, () => command, command, caller);
      this.told = now;
    } catch (error) {
      // A full disk or a process that only reads: what it may do is decided without the note.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** A person says that the clock is right: with a reason, kept in the log. */
  async confirm(caller: Caller): Promise<Answer<ClockView>> {
    const doubted = this.trust.doubt() !== null;
    const { id, reason } = caller.actor;
    const command = () =>
      ({ type: 'ConfirmClock', now: this.clock.now(), by: id, why: reason, doubted }) as const;
    const done = await this.runner.run(runningClock, CLOCK_STREAM, command, { confirmClock: true }, caller);
    if (done.kind !== 'done') return done;
    if (!done.replayed) {
      this.trust.believe();
      this.told = 'trusted';
    }
    return answered(done, await this.state());
  }
}
