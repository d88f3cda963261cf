import { type Book, isHolderOver, isNumberOn } from '#contracts';
import { type CirclesState, uniqueOf, uniquesWith } from '#identity';
import { BusinessDay } from '#kernel';
import { type PolicyState, policyInForce, policyOf } from '#policies';
import type { Cdr } from '#rating';
import { type SuspendedCall, suspended } from './call-refusals.js';

type Call = Pick<Cdr, 'number' | 'startedAt'>;

/**
 * The numbers that an account has bought. Only in contract, and only on a unique, they call and are called
 * (ACC-04); of numbers that were given by hand nothing is known, and their calls are charged. What is over is
 * over by its day, whether anybody has booked the end or not.
 */
export class BoughtNumbers {
  constructor(
    private readonly bought: ReadonlySet<string>,
    private readonly book: Book,
    private readonly circles: CirclesState,
  ) {}

  /** Also when the number has become another account's since. */
  isOwn({ number, startedAt }: Call): boolean {
    return this.bought.has(number) && isNumberOn(this.book, number, BusinessDay.of(startedAt));
  }

  /** Why a call cannot have been, as far as is known; undefined: it can. */
  unserved({ number, startedAt }: Call, policies: PolicyState): SuspendedCall | undefined {
    if (!this.bought.has(number)) return undefined;
    const day = BusinessDay.of(startedAt);
    if (!isNumberOn(this.book, number, day))
      return suspended('NUMBER_NOT_IN_CONTRACT', 'number', { number, day: BusinessDay.text(day) });
    const { book, circles } = this;
    const isOver = (unique: string) =>
      isHolderOver(book, { unique, circle: uniqueOf(circles, unique)?.circle ?? null }, day);
    if (uniquesWith(circles, number, startedAt).some(unique => !isOver(unique))) return undefined;
    if (policyOf(policies, 'contracts.calls-without-unique', day)) return undefined;
    const policy = policyInForce(policies, 'contracts.calls-without-unique', day).reference;
    return suspended('NUMBER_WITHOUT_UNIQUE', 'number', { number, policy });
  }
}
