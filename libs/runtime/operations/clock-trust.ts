import { Instant, type Rejection } from '#kernel';
import type { ClockDoubtReason } from '#operations';
import type { Clock } from '#ports';

/** Why a clock is not believed. */
export interface ClockDoubt {
  readonly why: ClockDoubtReason;
  /** What it shows. */
  readonly shown: Instant;
  /** What it should show, as far as can be told. */
  readonly believed: Instant;
}

/** Why time alone must cause nothing. */
export interface ClockGuard {
  readonly trust: Pick<ClockTrust, 'latest'>;
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

  /** @param past the newest instant that is certain to be past, as the log says; null for an empty log */
  constructor(
    private readonly clock: Clock,
    private past: Instant | null = null,
    public limits: ClockLimits = { jumpMs: Number.POSITIVE_INFINITY, aheadMs: Number.POSITIVE_INFINITY },
  ) {
    this.anchor = { wall: clock.now(), steadyMs: this.steady() };
    this.doubtedAtStart = this.tooFarAhead();
  }

  private steady(): number {
    return this.clock.steadyMs?.() ?? 0;
  }

  private tooFarAhead(): boolean {
    return this.past !== null && this.clock.now() - this.past > this.limits.aheadMs;
  }

  /** Whole milliseconds, as every instant has: steady time is finer. */
  private elapsed(): number {
    return Math.round(this.steady() - this.anchor.steadyMs);
  }

  /** Null while it is believed. A clock that was put right is believed again. */
  doubt(): ClockDoubt | null {
    const shown = this.clock.now();
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
    this.anchor = { wall: this.clock.now(), steadyMs: this.steady() };
  }

  /** The time as far as it can be believed: timers go by it, so that none is due because a clock is wrong. */
  now(): Instant {
    const doubt = this.doubt();
    return doubt ? doubt.believed : this.clock.now();
  }

  /** Nothing can have happened later than this. A start after a long rest may find calls of that time. */
  latest(): Instant {
    const doubt = this.doubt();
    if (!doubt) return this.clock.now();
    return doubt.why === 'jumped' ? doubt.believed : Instant.plusMs(doubt.believed, this.limits.aheadMs);
  }

  /** Whether a time that somebody confirmed makes what this clock shows believable. */
  confirmedBy(time: Instant): boolean {
    const after = this.clock.now() - time;
    return after >= -this.limits.jumpMs && after <= this.limits.aheadMs;
  }
}
