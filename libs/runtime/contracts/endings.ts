import { type Book, bookRefusals, contractBook, contractsOn } from '#contracts';
import { circleOf, circleRefusals } from '#identity';
import { type AccountId, BusinessDay, defineProblems, InvalidInput, rejected } from '#kernel';
import type { Clock } from '#ports';
import { answered } from '../engine/answered.js';
import type { Facts } from '../engine/facts.js';
import type { Identity } from '../identity/identity.service.js';
import type { Answer } from '../product.views.js';
import { endingsView, previewOfContracts, previewOfWhole } from './cancellation.views.js';
import type {
  CancelledContracts,
  LookedAtCancellation,
  NewOrder,
  SomeContracts,
} from './contracts.inputs.js';
import type { CancellationPreviewView, WholeEndingsView } from './contracts.shapes.js';
import { strangeTo } from './contracts.views.js';
import type { OrderProcess } from './order-process.js';
import { termsAt } from './terms.js';

const { NAME_ONE } = defineProblems({
  NAME_ONE: {
    ja: '契約（contracts）・サークル（circle）・アカウント全体（whole）のいずれか1つを指定してください。',
    en: 'name one of them: contracts, a circle, or the whole account',
  },
});

const unwritten = <Value>(value: Value): Answer<Value> => answered({ position: 0, replayed: false }, value);

/** What would end, and what is going to: questions about cancellations, none of which writes anything. */
export class Endings {
  constructor(
    private readonly clock: Clock,
    private readonly facts: Facts,
    private readonly identity: Identity,
    private readonly process: OrderProcess,
  ) {}

  /**
   * When contracts, a circle or the account would end if they were cancelled now; nothing is written.
   * @throws InvalidInput unless one of them is named
   */
  async preview(input: LookedAtCancellation): Promise<Answer<CancellationPreviewView>> {
    const now = this.clock.now();
    const { account, contracts: some, circle, whole, withNumbers } = input;
    if ((some !== undefined || circle !== undefined) === (whole ?? false))
      throw InvalidInput.of('contracts', NAME_ONE);
    if (circle !== undefined && !circleOf(await this.identity.circles.known(account), circle))
      return rejected(circleRefusals.NO_SUCH_CIRCLE);
    const book = await this.process.book(account);
    const terms = await termsAt(this.facts, now, await this.facts.pricesOf(account, now));
    if (!some) return unwritten(previewOfWhole(book, circle ?? null, now, terms));
    const strange = strangeTo(book, circle, some);
    if (strange) return strange;
    const contracts = await this.cancelled({ account, circle, contracts: some, withNumbers });
    const outcome = contractBook.decide({ type: 'CancelContracts', now, account, contracts, terms }, book);
    if (outcome.kind === 'rejected') return outcome;
    const known = contracts.map(contract => book.contracts.get(contract)!);
    return unwritten(previewOfContracts(known, now, terms));
  }

  /** What is cancelled as a whole. */
  async wholes(account: AccountId): Promise<WholeEndingsView> {
    const now = this.clock.now();
    const { accountEndsOn, circlesEnd } = await this.process.book(account);
    const cutOffMs = await this.facts.policy('contracts.cut-off-ms', BusinessDay.of(now));
    return endingsView(accountEndsOn, circlesEnd, cutOffMs);
  }

  /** What a request cancels: with terminals their numbers too, where it says so (CAN-01). */
  async cancelled({ withNumbers, ...of }: CancelledContracts): Promise<string[]> {
    if (!withNumbers) return of.contracts;
    return [...of.contracts, ...(await this.numbersOn(await this.process.book(of.account), of))];
  }

  /** Refuses what somebody would cancel and does not have; of a circle also what is of another. */
  async strange({ account, circle, cancels }: Pick<NewOrder, 'account' | 'circle' | 'cancels'>) {
    if (cancels.length === 0) return undefined;
    const book = await this.process.book(account);
    const contract = cancels.find(id => !book.contracts.has(id));
    if (contract !== undefined) return rejected(bookRefusals.NO_SUCH_CONTRACT, { contract });
    return strangeTo(book, circle, cancels);
  }

  /** What of the numbers on the terminals among these contracts is in contract, to a circle: in its own. */
  async numbersOn(book: Book, { account, circle, contracts }: SomeContracts): Promise<string[]> {
    const terminals = new Set(contracts.flatMap(contract => book.contracts.get(contract)?.unique ?? []));
    const { uniques } = await this.identity.circles.known(account);
    const numbers = uniques.filter(({ unique }) => terminals.has(unique)).flatMap(unique => unique.numbers);
    const today = BusinessDay.of(this.clock.now());
    const theirs = contractsOn(book, today).filter(
      ({ number }) => number !== null && numbers.includes(number),
    );
    return theirs
      .map(({ contract }) => contract)
      .filter(contract => !contracts.includes(contract) && !strangeTo(book, circle, [contract]));
  }
}
