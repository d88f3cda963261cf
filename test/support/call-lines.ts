import { Instant } from '#kernel';
import { numberOfAccount, pickBelow, randomFrom } from './small-provider.js';

export interface CallsWanted {
  readonly seed: number;
  readonly calls: number;
  readonly accounts: readonly string[];
  /** First instant at which a call may begin, JST text. */
  readonly from: string;
  readonly days: number;
  /** Goes before the number in the call's id. */
  readonly prefix?: string;
}

const DAY_MS = 86_400_000;
/** Destinations with how many of 100 calls go there; the last ones are free or noted only. */
const DESTINATIONS: readonly (readonly [weight: number, to: (n: number) => string])[] = [
  [40, n => `03${10_000_000 + n}`],
  [25, n => `090${10_000_000 + n}`],
  [10, n => `0101212${1_000_000 + n}`],
  [10, n => `050${70_000_000 + n}`],
  [4, () => numberOfAccount(1)],
  [1, () => '110'],
];

function destination(roll: number, n: number): string {
  let left = roll;
  for (const [weight, to] of DESTINATIONS) {
    if (left < weight) return to(n);
    left -= weight;
  }
  return `06${10_000_000 + n}`;
}

/**
 * Lines of a call file, the same for the same seed: outgoing calls of every category, incoming and unanswered
 * ones, to the own provider and to emergency numbers, of a millisecond up to an hour, also over midnights and
 * ends of months.
 */
export function callLines({ seed, calls, accounts, from, days, prefix = 'k' }: CallsWanted): string[] {
  const random = randomFrom(seed);
  const first = Instant.parse(from);
  const lines: string[] = [];
  for (let i = 0; i < calls; i++) {
    const who = pickBelow(random, accounts.length);
    const own = numberOfAccount(who + 1);
    const start = first + pickBelow(random, days * DAY_MS);
    const ringing = 1_000 + pickBelow(random, 20_000);
    const answered = random() > 0.12;
    const talk = random() < 0.02 ? pickBelow(random, 3_600_000) : 1 + pickBelow(random, 240_000);
    const end = start + ringing + (answered ? talk : 0);
    const incoming = random() < 0.1;
    const other = destination(pickBelow(random, 100), pickBelow(random, 90_000));
    const text = (ms: number): string => Instant.text(Instant.fromEpochMs(ms));
    const id = `${prefix}${String(i).padStart(7, '0')}`;
    const parties = incoming ? `in,0312345678,${own}` : `out,${own},${other}`;
    const times = `${text(start)},${answered ? text(start + ringing) : ''},${text(end)}`;
    const cause = answered ? 'NORMAL_CLEARING' : 'NO_ANSWER';
    lines.push(`${id},${accounts[who]},${own},${parties},${times},${cause}`);
  }
  return lines;
}

/**
 * The same call id with another body: its end a second later. What is charged of such a pair is told by the
 * import.
 */
export function conflicting(line: string): string {
  const fields = line.split(',');
  const end = Instant.parse(fields[8]!);
  fields[8] = Instant.text(Instant.plusMs(end, 1_000));
  return fields.join(',');
}
