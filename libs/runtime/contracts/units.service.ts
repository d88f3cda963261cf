import { type CancellationTerms, type ContractCommand, contractBook, contractsOn } from '#contracts';
import { BusinessDay, type Instant } from '#kernel';
import type { Facts } from '../engine/facts.js';
import type { Identity } from '../identity/identity.service.js';
import type { Answer, Caller } from '../product.views.js';
import { acceptedView } from './cancellation.views.js';
import type { ContractUnits } from './contracts.inputs.js';
import type { Contracts, Ends } from './contracts.service.js';
import type { UndoneCancellationView } from './contracts.shapes.js';
import type { OrderProcess } from './order-process.js';
import { termsAt } from './terms.js';

/** What customers have as a count: channels, monitoring (CAN-05, CAN-06, CAN-09). */
export class Units {
  constructor(
    private readonly contracts: Contracts,
    private readonly facts: Facts,
    private readonly identity: Identity,
    private readonly process: OrderProcess,
    private readonly now: () => Instant,
  ) {}

  /** Who names no circle means what belongs to the account, where it has such units, else the first one. */
  private async circleOf({ account, circle, product }: ContractUnits): Promise<string | null> {
    if (circle !== undefined) return circle;
    const known = contractsOn(await this.process.book(account), BusinessDay.of(this.now()));
    if (known.some(one => one.product === product && one.circle === null)) return null;
    const { circles } = await this.identity.circles.known(account);
    return circles.find(({ representative }) => representative)?.circle ?? null;
  }

  private async cancelling(units: ContractUnits) {
    const { account, product, count } = units;
    const circle = await this.circleOf(units);
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
    const terms = await termsAt(this.facts, now, (await this.facts.pricesOf(account, now)).version);
    const outcome = contractBook.decide((await this.cancelling(units))(now, terms), book);
    if (outcome.kind !== 'events') return outcome;
    const rows = outcome.events.flatMap(event => acceptedView(event, book));
    return { kind: 'done', value: { rows }, position: 0, replayed: false };
  }

  async undo(units: ContractUnits, caller: Caller): Promise<Answer<UndoneCancellationView>> {
    const { account, product, count } = units;
    const circle = await this.circleOf(units);
    const command = (): ContractCommand => ({
      type: 'UndoUnits',
      now: this.now(),
      ...{ circle, product, count },
    });
    return this.contracts.undoing(account, command, { undoUnits: account, ...units }, caller);
  }
}
