import { Instant } from '#kernel';
import type { Clock } from '#ports';

/** Time that stands still until a test moves it: forwards only. */
export class SimulatedClock implements Clock {
  private at: Instant;

  /** @param start ISO 8601 with an offset */
  constructor(start: string) {
    this.at = Instant.parse(start);
  }

  now(): Instant {
    return this.at;
  }

  /** @throws Error for an earlier time: a clock that goes back is another test. */
  moveTo(text: string): void {
    const to = Instant.parse(text);
    if (to < this.at)
      throw new Error(`the clock shows ${Instant.text(this.at)}; it does not go back to ${text}`);
    this.at = to;
  }

  plusMs(ms: number): void {
    this.moveTo(Instant.text(Instant.plusMs(this.at, ms)));
  }
}
