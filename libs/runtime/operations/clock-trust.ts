import { Instant, type Rejection } from '#kernel';
import type { ClockDoubtReason } from '#operations';
import type { Clock } from '#ports';

/** Why a clock is not believed. */
export interface ClockDoubt {
  readonly why: ClockDoubtReason;
  /** What it shows. */
  readonly shown: Instant;
  /** What it should show, as far as can be told: nothing better than what it shows where nothing can. */
  readonly believed: Instant;
}

/** Why time alone must cause nothing. */
export interface ClockGuard {
  readonly trust: Pick<ClockTrust, 'provenUntil'>;
  refusal(): Promise<Rejection | undefined>;
}

export interface ClockLimits {
  /** The time of day may jump so far against steady time. */
  readonly jumpMs: number;
  /** It may be so far ahead of the newest event when a process starts. */
  readonly aheadMs: number;
}

/**
 * Whether this process can believe its clock (DECISIONS: Prepaid ledger). Asked only where time alone would
 * cause something, and now and then: no call and no charge asks for it.
 */
export class ClockTrust implements Clock {
  private anchor: { readonly wall: Instant; readonly steadyMs: number };
  private doubtedAtStart: boolean;
  private unreadable = false;

  /** @param past the newest instant that is certain to be past, as the log says; null for an empty log */
  constructor(
    private readonly clock: Clock,
    private past: Instant | null = null,
    public limits: ClockLimits = { jumpMs: Number.POSITIVE_INFINITY, aheadMs: Number.POSITIVE_INFINITY },
  ) {
    this.anchor = { wall: this.shown(), steadyMs: this.steady() };
    this.doubtedAtStart = this.tooFarAhead();
  }

  /** Where the log does not tell what is past, nothing is believed until a person says so. */
  static unreadable(clock: Clock, jumpMs: number): ClockTrust {
    const trust = new ClockTrust(clock, null, { jumpMs, aheadMs: jumpMs });
    trust.unreadable = true;
    return trust;
  }

  /** What the machine's clock shows, whatever time some work is told. */
  private shown(): Instant {
    return this.clock.recording?.() ?? this.clock.now();
  }

  private steady(): number {
    return this.clock.steadyMs?.() ?? 0;
  }

  private tooFarAhead(): boolean {
    return this.past !== null && this.shown() - this.past > this.limits.aheadMs;
  }

  /** Whole milliseconds, as every instant has: steady time is finer. */
  private elapsed(): number {
    return Math.round(this.steady() - this.anchor.steadyMs);
  }

  /** Null while it is believed. A clock that was put right is believed again. */
  doubt(): ClockDoubt | null {
    const shown = this.shown();
    if (this.unreadable) return { why: 'unreadable', shown, believed: shown };
    if (this.doubtedAtStart && this.past !== null) {
      const believed = Instant.plusMs(this.past, this.elapsed());
      if (shown - believed > this.limits.aheadMs) return { why: 'ahead', shown, believed };
      this.believe();
      return null;
    }
    // Without steady time nothing can be compared.
    if (!this.clock.steadyMs) return null;
    const believed = Instant.plusMs(this.anchor.wall, this.elapsed());
    if (Math.abs(shown - believed) > this.limits.jumpMs) return { why: 'jumped', shown, believed };
    this.believe();
    return null;
  }

  /** From now on what it shows is right. */
  believe(): void {
    this.doubtedAtStart = false;
    this.unreadable = false;
    this.anchor = { wall: this.shown(), steadyMs: this.steady() };
  }

  /** The time as far as it can be believed: timers go by it, so that none is due because a clock is wrong. */
  now(): Instant {
    const doubt = this.doubt();
    return doubt ? doubt.believed : this.shown();
  }

  /** Nothing can have happened later than this. A start after a long rest may find calls of that time. */
  latest(): Instant {
    const doubt = this.doubt();
    if (!doubt) return this.shown();
    return doubt.why === 'ahead' ? Instant.plusMs(doubt.believed, this.limits.aheadMs) : doubt.believed;
  }

  /** What happened until then goes on in a doubt: nobody can say so where the log cannot be read. */
  provenUntil(): Instant {
    return this.unreadable ? Instant.fromEpochMs(0) : this.latest();
  }

  /** Whether a time that somebody confirmed makes what this clock shows believable. */
  confirmedBy(time: Instant): boolean {
    const after = this.shown() - time;
    return after >= -this.limits.jumpMs && after <= this.limits.aheadMs;
  }
}
