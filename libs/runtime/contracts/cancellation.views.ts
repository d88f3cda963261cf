import { type Book, type CancellationTerms, type Contract, type ContractEvent, endingOf } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import type { CancellationView } from './contracts.shapes.js';

/** When a contract would end if it were cancelled alone. */
export function endingView(contract: Contract, at: Instant, terms: CancellationTerms): CancellationView {
  const asked = { ...endingOf(contract, at, terms), policy: terms.policy };
  // What ends no later already stays as it is.
  const { ending } = contract;
  const { endsOn, undoUntil, policy } = ending !== null && ending.endsOn <= asked.endsOn ? ending : asked;
  return {
    ...subjectOf(contract),
    endsOn: BusinessDay.text(endsOn),
    undoUntil: undoUntil === null ? null : Instant.text(undoUntil),
    policy,
  };
}

const subjectOf = ({ contract, unique, number }: Contract) => ({ contract, unique, number });

export function acceptedView(event: ContractEvent, book: Book): CancellationView[] {
  if (event.type !== 'CancellationAccepted') return [];
  const { contract, endsOn, undoUntil, policy } = event;
  const until = undoUntil === null ? null : Instant.text(undoUntil);
  const subject = subjectOf(book.contracts.get(contract)!);
  return [{ ...subject, endsOn: BusinessDay.text(endsOn), undoUntil: until, policy }];
}
