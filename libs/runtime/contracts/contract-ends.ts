import {
  type Book,
  bookStream,
  type Contract,
  type ContractCommand,
  type ContractEvent,
  isOver,
} from '#contracts';
import { type AccountId, BusinessDay } from '#kernel';
import { derived } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import { runningBook } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Numbers } from '../numbers/numbers.service.js';
import type { Caller } from '../product.views.js';
import type { OrderProcess } from './order-process.js';
import { reductionsOf } from './terms.js';

const dueOn = (book: Book, today: BusinessDay): Contract[] =>
  [...book.contracts.values()].filter(contract => !contract.ended && isOver(contract, today));

/**
 * What follows from the end of contracts: they are over without it. The numbers are taken off their
 * terminals and come to an end, and only then is the end booked: killed in between, it is all done again,
 * and each step once.
 */
export class ContractEnds {
  constructor(
    private readonly runner: CommandRunner,
    private readonly process: OrderProcess,
    private readonly numbers: Numbers,
    private readonly identity: Identity,
    private readonly facts: Facts,
  ) {}

  /** Books the ends that are due, each dated 00:00:00 of the day after its last. */
  async ofAccount(account: AccountId, caller: Caller): Promise<Executed<ContractEvent>> {
    const now = this.runner.clock.now();
    for (const contract of dueOn(await this.process.book(account), BusinessDay.of(now))) {
      await this.silence(account, contract, caller);
      if (contract.group !== undefined) {
        const back = derived(caller, `end/${contract.contract}/group`);
        await this.numbers.vba.giveBack(contract.group, contract.order, 1, back);
      }
      if (contract.number === null) continue;
      const step = derived(caller, `end/${contract.contract}/number`);
      await this.numbers.end(contract.number, account, contract.ending!.endsOn, step);
    }
    const reductionOn = await reductionsOf(this.facts);
    const command = (): ContractCommand => ({ type: 'EndDue', now, reductionOn });
    return this.runner.run(runningBook, bookStream(account), command, { endDue: account }, caller);
  }

  /** A terminal that is over has no numbers, and no terminal has a number that is over. */
  private async silence(account: AccountId, { contract, unique, number }: Contract, caller: Caller) {
    const { uniques } = await this.identity.circles.known(account);
    for (const known of uniques) {
      const isOver = known.unique === unique;
      const numbers = isOver ? [] : known.numbers.filter(one => one !== number);
      const outgoing = isOver ? 'any' : known.outgoing === number ? 'none' : known.outgoing;
      if (numbers.length === known.numbers.length && outgoing === known.outgoing) continue;
      const step = derived(caller, `end/${contract}/unique/${known.unique}`);
      await this.identity.circles.setUniqueNumbers(
        { account, unique: known.unique, numbers, outgoing },
        step,
      );
    }
  }
}
