import type { Schemas } from '../api/client.js';

type Endings = Schemas['WholeEndings'];
export type CircleStatus = 'active' | 'ending' | 'ended';
export interface CircleState {
  readonly status: CircleStatus;
  /** Its last day; null: it goes on. */
  readonly endsOn: string | null;
  readonly undoUntil: string | null;
}

/**
 * Whether a circle goes on: it ends by itself or with the account, whichever comes first.
 * @param today `2026-11-30`
 */
export function stateOf(circle: string, endings: Endings | undefined, today: string): CircleState {
  const own = endings?.circles.find(one => one.circle === circle);
  const account = endings?.accountEndsOn ?? null;
  const days = [own?.endsOn, account].filter(day => day != null).sort();
  const endsOn = days[0] ?? null;
  const status = endsOn === null ? 'active' : today > endsOn ? 'ended' : 'ending';
  return { status, endsOn, undoUntil: account === null ? (own?.undoUntil ?? null) : null };
}
