import { type AccountId, BusinessDay, type EventOf, event, fact, Instant, nothing, rejected } from '#kernel';
import { POOLS } from '../catalogue/product.js';
import { bookRefusals, bookUnchanged, type Decision } from './book.refusals.js';
import { type Allotment, type Book, type Contract, contractsOn, has, isInContract } from './book.state.js';

// What a circle has as a count is allotted to its terminals: the simultaneous calls of SIP trunk 2 (TRK-03,
// TRK-04), the channels of cloud FAX (CAN-06), monitoring and whispering (OPT-07). There is never more
// allotted than there is: what ends takes what is allotted above the rest with it, at that instant.

const shares = fact.listOf(fact.record({ unique: fact.text, count: fact.whole }));
const ofAllotment = {
  account: fact.id<AccountId>(),
  circle: fact.text,
  /** `calls`, `fax`, or the code of an option. */
  pool: fact.text,
  /** Units that there were to allot. */
  contracted: fact.whole,
  /** All terminals to which something is allotted from now on, in the order of the list. */
  allotted: shares,
};

export const allotmentEvents = {
  UnitsAllotted: event(ofAllotment, {
    word: { ja: 'ユニークへの割り当てを設定した。', en: 'These terminals have so many units from now on.' },
    sentence: {
      ja: 'サークル {circle} の {pool}（契約数 {contracted}）を {allotted} 件のユニークに割り当てた。',
      en: '{pool} of circle {circle} ({contracted} in contract) was allotted to {allotted} unique(s).',
    },
  }),
  AllotmentReduced: event(
    {
      ...ofAllotment,
      /** The policy that says which terminal loses units, with its version. */
      policy: fact.text,
    },
    {
      act: false,
      word: {
        ja: '契約の終了により、契約数を超える割り当てを減らした。',
        en: 'Contracts ended: what was allotted above the rest was taken off.',
      },
      sentence: {
        ja: 'サークル {circle} の {pool} の割り当てを契約数 {contracted} に合わせて減らした（{policy}）。',
        en: '{pool} of circle {circle} was allotted no more than the {contracted} in contract ({policy}).',
      },
    },
  ),
};
export type AllotmentEvent = EventOf<{ declared: typeof allotmentEvents }>;
type AllotmentReduced = Extract<AllotmentEvent, { type: 'AllotmentReduced' }>;
export type Share = Allotment['shares'][number];

/** Who loses units where fewer are left (G-12): the largest, ties in the order of the list, or the last. */
export type ReductionRule = 'largest_first' | 'last_first';
/** The policy in force on a day, and its version. */
export type ReductionOn = (day: BusinessDay) => { readonly rule: ReductionRule; readonly policy: string };

export interface AllotUnits {
  readonly type: 'AllotUnits';
  readonly now: Instant;
  readonly account: AccountId;
  readonly circle: string;
  readonly pool: string;
  /** The uniques of the circle, in the order of its list. */
  readonly uniques: readonly string[];
  /** Who is not named has none. */
  readonly wanted: readonly Share[];
  readonly reductionOn: ReductionOn;
}
export type AllotmentCommand = AllotUnits;

/** What a unit is allotted as; null: it is not allotted. */
export function poolOf(of: Pick<Contract, 'product' | 'capabilities'>): string | null {
  if (has(of, 'adds_call')) return 'calls';
  if (has(of, 'adds_fax')) return 'fax';
  return has(of, 'allotted') ? of.product : null;
}

/** Calls and FAX channels are so many of a terminal; an option is there or not (OPT-07: a tick). */
export const isTicked = (pool: string): boolean => !(POOLS as readonly string[]).includes(pool);

/** Units of a pool on a day. */
export const unitsOf = (book: Book, circle: string, pool: string, day: BusinessDay): Contract[] =>
  contractsOn(book, day).filter(one => one.circle === circle && poolOf(one) === pool);

const isThere = (book: Book, unique: string, day: BusinessDay): boolean => {
  const made = book.ofUnique.get(unique) ?? [];
  return made.length === 0 || made.some(id => isInContract(book.contracts.get(id)!, day));
};

/** To which uniques units of a pool can be allotted: trunks, FAX terminals, or telephones. */
export function terminalsFor(
  book: Book,
  { circle, pool, uniques }: Pick<AllotUnits, 'circle' | 'pool' | 'uniques'>,
  day: BusinessDay,
): string[] {
  const kind = { calls: 'trunk', fax: 'fax' }[pool];
  const made = contractsOn(book, day).filter(one => one.circle === circle && one.unique !== null);
  if (kind !== undefined) return made.flatMap(one => (one.kind === kind ? one.unique! : []));
  const apart = new Set(made.flatMap(one => (has(one, 'not_a_terminal') ? one.unique! : [])));
  return uniques.filter(unique => !apart.has(unique) && isThere(book, unique, day));
}

export const totalOf = (of: readonly Share[]): number => of.reduce((sum, { count }) => sum + count, 0);

/** Takes units off, one at a time, until there are no more than `most`; never below 0. */
export function reduced(of: readonly Share[], most: number, rule: ReductionRule): Share[] {
  const counts = of.map(({ count }) => count);
  for (let over = totalOf(of) - most; over > 0; over--) {
    const at =
      rule === 'largest_first' ? counts.indexOf(Math.max(...counts)) : counts.findLastIndex(one => one > 0);
    counts[at]!--;
  }
  return of.flatMap(({ unique }, at) => (counts[at]! > 0 ? [{ unique, count: counts[at]! }] : []));
}

/** The days on which something ended that an allotment is made of or given to, since it was last changed. */
function endsSince(book: Book, { circle, pool, at, shares: of }: Allotment, today: BusinessDay) {
  const given = new Set(of.map(({ unique }) => unique));
  const days = new Set<BusinessDay>();
  for (const contract of book.contracts.values()) {
    const { ending, unique } = contract;
    const counts = contract.circle === circle && poolOf(contract) === pool;
    if (ending === null || !(counts || (unique !== null && given.has(unique)))) continue;
    const day = BusinessDay.plus(ending.endsOn, 1);
    if (day > BusinessDay.of(at) && day <= today) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/**
 * What the ends up to an instant take off the allotments, each at 00:00:00 of the day after the last. It is
 * in effect without being booked; it is booked before anything new begins, so that what is bought on the day
 * of an end does not hide it.
 */
export function reductionsDue(book: Book, now: Instant, reductionOn: ReductionOn): AllotmentReduced[] {
  const events: AllotmentReduced[] = [];
  for (const allotment of book.allotments.values()) {
    const { circle, pool } = allotment;
    let { shares: left } = allotment;
    for (const day of endsSince(book, allotment, BusinessDay.of(now))) {
      const contracted = unitsOf(book, circle, pool, day).length;
      const { rule, policy } = reductionOn(day);
      const present = left.filter(({ unique }) => isThere(book, unique, day));
      const rest = reduced(present, contracted, rule);
      if (totalOf(rest) === totalOf(left)) continue;
      const at = BusinessDay.start(day);
      const of = { account: book.account!, circle, pool, contracted, allotted: rest, policy };
      events.push({ type: 'AllotmentReduced', at, ...of });
      left = rest;
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

/** What of a pool is allotted at an instant, booked or not. */
export function sharesAt(
  book: Book,
  { circle, pool }: Pick<Allotment, 'circle' | 'pool'>,
  now: Instant,
  reductionOn: ReductionOn,
): readonly Share[] {
  const due = reductionsDue(book, now, reductionOn).filter(one => one.circle === circle && one.pool === pool);
  return due.at(-1)?.allotted ?? book.allotments.get(keyOf({ circle, pool }))?.shares ?? [];
}

const isSame = (a: readonly Share[], b: readonly Share[]): boolean =>
  a.length === b.length &&
  a.every(({ unique, count }, at) => b[at]?.unique === unique && b[at].count === count);

function allotUnits(command: AllotUnits, book: Book): Decision<AllotmentEvent> {
  const { now: at, account, circle, pool, wanted, reductionOn } = command;
  const day = BusinessDay.of(at);
  const terminals = terminalsFor(book, command, day);
  const seen = new Set<string>();
  for (const { unique, count } of wanted) {
    if (seen.has(unique)) return rejected(bookRefusals.ALLOTTED_TWICE, { unique });
    seen.add(unique);
    if (!terminals.includes(unique)) return rejected(bookRefusals.NOT_ALLOTTED_TO, { unique });
    if (isTicked(pool) && count > 1) return rejected(bookRefusals.ALLOTTED_ONCE, { unique });
  }
  const contracted = unitsOf(book, circle, pool, day).length;
  const total = totalOf(wanted);
  if (total > contracted)
    return rejected(bookRefusals.ALLOTTED_TOO_MUCH, {
      ...{ total: String(total), contracted: String(contracted) },
    });
  const byList = (a: Share, b: Share) => terminals.indexOf(a.unique) - terminals.indexOf(b.unique);
  const allotted = wanted.filter(({ count }) => count > 0).sort(byList);
  if (isSame(allotted, sharesAt(book, command, at, reductionOn)))
    return nothing(bookUnchanged.ALLOTTED_ALREADY);
  const changed = { type: 'UnitsAllotted', at, account, circle, pool, contracted, allotted } as const;
  return { kind: 'events', events: [...reductionsDue(book, at, reductionOn), changed] };
}

export const allotmentDecisions = { AllotUnits: allotUnits };

const keyOf = ({ circle, pool }: Pick<Allotment, 'circle' | 'pool'>): string => `${circle}/${pool}`;

function allot(book: Book, { circle, pool, allotted, at }: AllotmentEvent): void {
  book.allotments.set(keyOf({ circle, pool }), { circle, pool, shares: allotted, at });
}
export const allotmentEvolutions = { UnitsAllotted: allot, AllotmentReduced: allot };
