import { type VbaGroupCommand, vbaGroup, vbaGroupStream, vbaKeptUntil } from '#contracts';
import { type AccountId, BusinessDay, Instant } from '#kernel';
import { policyOf } from '#policies';
import { answered } from '../engine/answered.js';
import { type Facts, runningVbaGroup } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Answer, Caller, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { GroupInFile } from './number-file.js';
import { pricesOn } from './number-prices.js';
import { type VbaFilter, vbaCountries, vbaGroupPage } from './vba-groups.queries.js';

interface OfGroup {
  readonly group: string;
  readonly account: AccountId;
  readonly quantity: number;
}

/** Overseas numbers that are sold by count. */
export class VbaGroups {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  private stocking({ line: _line, ...said }: GroupInFile): VbaGroupCommand {
    return { type: 'StockVbaGroup', now: this.runner.clock.now(), ...said };
  }

  /** What `stock` would come to. */
  async look(group: GroupInFile) {
    const { state } = await this.runner.loadNewest(runningVbaGroup, vbaGroupStream(group.group));
    return vbaGroup.decide(this.stocking(group), state);
  }

  async stock(group: GroupInFile, caller: Caller): Promise<void> {
    const { line: _line, ...body } = group;
    await this.run(group.group, () => this.stocking(group), body, caller);
  }

  /** What a cart keeps of a group from now on; 0 ends it. */
  async reserve({ group, account, quantity }: OfGroup, cart: string, caller: Caller) {
    const policies = await this.facts.policies();
    const command = (): VbaGroupCommand => {
      const now = this.runner.clock.now();
      const minutes = policyOf(policies, 'numbers.reserved-min', BusinessDay.of(now));
      const until = Instant.plusMs(now, minutes * 60_000);
      return { type: 'ReserveVbaNumbers', now, group, account, cart, quantity, until };
    };
    return this.run(group, command, { reserve: group, account, cart, quantity }, caller);
  }

  /** Until when a cart keeps so many, as `vbaKeptUntil`. */
  async keptUntil(group: string, cart: string, quantity: number): Promise<Instant | null | undefined> {
    const state = await this.runner.look(runningVbaGroup, vbaGroupStream(group));
    return vbaKeptUntil(state, { cart, quantity, now: this.runner.clock.now() });
  }

  /**
   * Makes so many numbers an order's, those first that a cart of it keeps.
   * @param of.carts of the circle, then of the account: what is bought for the first may be in the other
   */
  async claim(
    { group, account, quantity }: OfGroup,
    of: { readonly carts: readonly [string, string]; readonly order: string },
    caller: Caller,
  ) {
    const { reserved } = (await this.runner.loadNewest(runningVbaGroup, vbaGroupStream(group))).state;
    const { order, carts } = of;
    const cart = carts.find(one => reserved.has(one)) ?? carts[0];
    const now = () => this.runner.clock.now();
    const command = (): VbaGroupCommand => ({
      type: 'ClaimVbaNumbers',
      now: now(),
      group,
      account,
      quantity,
      ...{ cart, order },
    });
    return this.run(group, command, { claim: group, account, quantity, order }, caller);
  }

  /** Gives back what an order has: it was refused, or contracts of it are over. */
  giveBack(group: string, order: string, quantity: number, caller: Caller) {
    const now = () => this.runner.clock.now();
    const command = (): VbaGroupCommand => ({ type: 'ReturnVbaNumbers', now: now(), group, order, quantity });
    return this.run(group, command, { return: group, order, quantity }, caller);
  }

  private async run(
    group: string,
    command: () => VbaGroupCommand,
    body: object,
    caller: Caller,
  ): Promise<Answer<{ group: string }>> {
    const done = await this.runner.run(runningVbaGroup, vbaGroupStream(group), command, body, caller);
    return done.kind === 'done' ? answered(done, { group }) : done;
  }

  /** Groups with what is in stock of each now. */
  async list(request: PageRequest & VbaFilter) {
    const now = this.runner.clock.now();
    const priceOf = await pricesOn(this.facts, BusinessDay.of(now));
    return vbaGroupPage(this.readModels, request, now, priceOf);
  }

  countries() {
    return vbaCountries(this.readModels);
  }
}
