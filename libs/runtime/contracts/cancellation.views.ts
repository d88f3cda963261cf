import {
  type Book,
  type CancellationTerms,
  type Contract,
  type ContractEvent,
  contractsOn,
  endingOf,
  has,
  undoUntil,
  wholeEndingOf,
} from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import type { CancellationPreviewView, CancellationView, WholeEndingsView } from './contracts.shapes.js';

type Whole = ReturnType<typeof wholeEndingOf>;

const untilText = (until: Instant | null) => (until === null ? null : Instant.text(until));

/** When a contract would end if it were cancelled alone, or with what holds it. */
export function endingView(
  contract: Contract,
  at: Instant,
  terms: CancellationTerms,
  whole: Whole | null = null,
): CancellationView {
  const asked = whole ?? endingOf(contract, at, terms);
  // What ends no later already stays as it is.
  const { ending } = contract;
  const { endsOn, undoUntil, policy } = ending !== null && ending.endsOn <= asked.endsOn ? ending : asked;
  return {
    ...subjectOf(contract),
    endsOn: BusinessDay.text(endsOn),
    undoUntil: untilText(undoUntil),
    policy,
  };
}

const subjectOf = ({ contract, unique, number }: Contract) => ({ contract, unique, number });

export function acceptedView(event: ContractEvent, book: Book): CancellationView[] {
  if (event.type !== 'CancellationAccepted') return [];
  const { contract, endsOn, undoUntil, policy } = event;
  const subject = subjectOf(book.contracts.get(contract)!);
  return [{ ...subject, endsOn: BusinessDay.text(endsOn), undoUntil: untilText(undoUntil), policy }];
}

const losesRecordings = (contracts: readonly Contract[]): boolean =>
  contracts.some(contract => has(contract, 'records_calls'));

/** What it would be to cancel these contracts now. */
export const previewOfContracts = (
  contracts: readonly Contract[],
  now: Instant,
  terms: CancellationTerms,
): CancellationPreviewView => ({
  ...{ of: 'contracts', endsOn: null, undoUntil: null, undoable: true, accepted: false },
  losesRecordings: losesRecordings(contracts),
  rows: contracts.map(contract => endingView(contract, now, terms)),
});

/** What it would be, or is by now, to cancel a circle or the account with everything in it. */
export function previewOfWhole(
  book: Book,
  circle: string | null,
  now: Instant,
  terms: CancellationTerms,
): CancellationPreviewView {
  const of = circle === null ? 'account' : 'circle';
  const inside = contractsOn(book, BusinessDay.of(now)).filter(
    contract => circle === null || contract.circle === circle,
  );
  const accepted = circle === null ? book.accountEndsOn : (book.circlesEnd.get(circle) ?? null);
  const whole = wholeEndingOf(of, now, terms);
  const endsOn = accepted ?? whole.endsOn;
  const undoable = of === 'circle' && book.accountEndsOn === null;
  const until = undoable ? undoUntil(endsOn, terms.cutOffMs) : null;
  return {
    ...{ of, endsOn: BusinessDay.text(endsOn), undoUntil: untilText(until), undoable },
    accepted: accepted !== null,
    losesRecordings: losesRecordings(inside),
    rows: inside.map(contract => {
      const ending = endingView(contract, now, terms, { ...whole, endsOn });
      // Nothing of an account that ends is undone, what ends by itself neither.
      return of === 'account' ? { ...ending, undoUntil: null } : ending;
    }),
  };
}

/** Circles and the account with the last days of what is cancelled as a whole. */
export const endingsView = (
  account: BusinessDay | null,
  circles: Book['circlesEnd'],
  cutOffMs: number,
): WholeEndingsView => ({
  accountEndsOn: account === null ? null : BusinessDay.text(account),
  circles: [...circles].map(([circle, endsOn]) => ({
    circle,
    endsOn: BusinessDay.text(endsOn),
    undoUntil: account === null ? Instant.text(undoUntil(endsOn, cutOffMs)) : null,
  })),
});
