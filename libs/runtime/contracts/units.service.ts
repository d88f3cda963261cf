import {
  accountRefusals,
  bookStream,
  type CancellationTerms,
  type ContractCommand,
  contractBook,
  contractsOn,
  poolOf,
} from '#contracts';
import { circleOf, circleRefusals, type Unique } from '#identity';
import { type AccountId, BusinessDay, type Instant, rejected } from '#kernel';
import { answered } from '../engine/answered.js';
import { type Facts, runningBook } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Answer, Caller } from '../product.views.js';

import { allotmentView } from './allotment.view.js';
import { acceptedView } from './cancellation.views.js';
import type { AllottedUnits, ContractUnits } from './contracts.inputs.js';
import type { Contracts, Ends } from './contracts.service.js';
import type { AllotmentView, UndoneCancellationView } from './contracts.shapes.js';
import type { OrderProcess } from './order-process.js';
import { reductionsOf, termsAt } from './terms.js';

/** What customers have as a count, like channels (CAN-05, CAN-06, CAN-09), and to whom it is allotted. */
export class Units {
  constructor(
    private readonly runner: CommandRunner,
    private readonly contracts: Contracts,
    private readonly facts: Facts,
    private readonly identity: Identity,
    private readonly process: OrderProcess,
  ) {}

  private readonly now = (): Instant => this.runner.clock.now();

  /** Who names no circle means what belongs to the account, where it has such units, else the first one. */
  private async whichCircle({ account, circle, product }: ContractUnits): Promise<string | null> {
    if (circle !== undefined) return circle;
    const known = contractsOn(await this.process.book(account), BusinessDay.of(this.now()));
    if (known.some(one => one.product === product && one.circle === null)) return null;
    const { circles } = await this.identity.circles.known(account);
    return circles.find(({ representative }) => representative)?.circle ?? null;
  }

  private async cancelling(units: ContractUnits) {
    const { account, product, count } = units;
    const circle = await this.whichCircle(units);
    return (now: Instant, terms: CancellationTerms): ContractCommand => ({
      type: 'CancelUnits',
      ...{ now, account, circle, product, count, terms },
    });
  }

  /** Cancels so many units, in one act. */
  async cancel(units: ContractUnits, caller: Caller): Promise<Answer<Ends>> {
    const body = { cancelUnits: units.account, ...units };
    return this.contracts.ending(units.account, await this.cancelling(units), body, caller);
  }

  /** Which units that would be, and when they would end; nothing is written. */
  async previewCancellation(units: ContractUnits): Promise<Answer<Ends>> {
    const { account } = units;
    const now = this.now();
    const book = await this.process.book(account);
    const terms = await termsAt(this.facts, now, await this.facts.pricesOf(account, now));
    const outcome = contractBook.decide((await this.cancelling(units))(now, terms), book);
    if (outcome.kind !== 'events') return outcome;
    const rows = outcome.events.flatMap(event => acceptedView(event, book));
    return { kind: 'done', value: { rows }, position: 0, replayed: false };
  }

  async undo(units: ContractUnits, caller: Caller): Promise<Answer<UndoneCancellationView>> {
    const { account, product, count } = units;
    const circle = await this.whichCircle(units);
    const command = (): ContractCommand => ({
      type: 'UndoUnits',
      now: this.now(),
      ...{ circle, product, count },
    });
    return this.contracts.undoing(account, command, { undoUnits: account, ...units }, caller);
  }

  /** What terminals of a circle have of what it has as a count, with every end up to now. */
  async allotments(account: AccountId, circle: string): Promise<{ rows: AllotmentView[] }> {
    const book = await this.process.book(account);
    const pools = contractsOn(book, BusinessDay.of(this.now())).flatMap(one =>
      one.circle === circle ? (poolOf(one) ?? []) : [],
    );
    const uniques = await this.uniquesOf(account, circle);
    const reductionOn = await reductionsOf(this.facts);
    const at = { now: this.now(), reductionOn };
    return { rows: [...new Set(pools)].map(pool => allotmentView(book, { circle, pool, uniques }, at)) };
  }

  private async uniquesOf(account: AccountId, circle: string): Promise<Unique[]> {
    const { uniques } = await this.identity.circles.known(account);
    return uniques.filter(unique => unique.circle === circle);
  }

  /** Says of all terminals at once what they have. */
  async allot(input: AllottedUnits, caller: Caller): Promise<Answer<AllotmentView>> {
    const { account, circle, pool, allotted: wanted } = input;
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    if (!circleOf(await this.identity.circles.known(account), circle))
      return rejected(circleRefusals.NO_SUCH_CIRCLE);
    const reductionOn = await reductionsOf(this.facts);
    const uniques = await this.uniquesOf(account, circle);
    const ids = uniques.map(({ unique }) => unique);
    const command = (): ContractCommand => ({
      type: 'AllotUnits',
      now: this.now(),
      ...{ account, circle, pool, uniques: ids, wanted, reductionOn },
    });
    const body = { allot: account, circle, pool, wanted };
    const done = await this.runner.run(runningBook, bookStream(account), command, body, caller);
    if (done.kind !== 'done') return done;
    const at = { now: this.now(), reductionOn };
    const book = await this.process.book(account);
    return answered(done, allotmentView(book, { circle, pool, uniques }, at));
  }
}
