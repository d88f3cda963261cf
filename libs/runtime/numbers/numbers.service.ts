import { randomInt } from 'node:crypto';
import {
  accountStream,
  type NumberBlockCommand,
  type NumberCommand,
  numberBlock,
  numberBlockStream,
  numberStream,
  reaches020,
  standingOfNumber,
} from '#contracts';
import { type AccountId, BusinessDay, Instant, PhoneNumber } from '#kernel';
import { policyOf } from '#policies';
import type { HeavyWork } from '#ports';
import { NumberClaims, runningNumber } from '../accounts/number-claims.js';
import { toldRefusal } from '../catalogue/catalogue.service.js';
import { type HeavyTasks, told } from '../catalogue/heavy-tasks.js';
import { answered } from '../engine/answered.js';
import { derived, sha256, stepOf } from '../engine/command-log.js';
import { type Facts, runningNumberBlock } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { runningAccount } from '../prepaid/wallets.js';
import type { Answer, Caller, Faults, FileProblem, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { piecesOf, type StockPiece } from './number-blocks.js';
import type { NumberFile } from './number-file.js';
import { pricesOn } from './number-prices.js';
import {
  type Candidate,
  type NumberFilter,
  offeredAtRandom,
  offeredByNumber,
  SEEDS,
} from './number-search.queries.js';
import { numberCounts, numberPlaces, stockPage } from './number-stock.queries.js';
import type { ImportedNumbersView, OfferedNumberView, StockNumberView } from './numbers.shapes.js';
import { VbaGroups } from './vba-groups.js';

/** Blocks that are looked at, or written, at once. */
const BLOCKS_AT_ONCE = 64;

/** A file of numbers: what it brought, or would bring. With problems it brought nothing. */
export type NumberImport = Faults & { readonly imported: ImportedNumbersView };

/** Whose cart keeps a number. */
export interface OfCart {
  readonly account: AccountId;
  readonly cart: string;
}

/**
 * The numbers of the provider: what is in stock, what carts keep, what accounts have. What is decided on one
 * number is decided in its own stream, with what its range says of it; searches ask the read model.
 */
export class Numbers {
  private readonly claims: NumberClaims;
  readonly vba: VbaGroups;

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly work: HeavyWork<HeavyTasks>,
  ) {
    this.claims = new NumberClaims(runner, facts);
    this.vba = new VbaGroups(runner, readModels, facts);
  }

  /**
   * Takes every line of a file into stock, or none. What is in stock already stays as it is, so that a file
   * that was interrupted is simply sent again.
   */
  async importFile(
    file: string,
    text: string,
    caller: Caller,
    more: { readonly dryRun?: boolean } = {},
  ): Promise<NumberImport> {
    const plan = await this.facts.policy('numbers.plan', BusinessDay.of(this.runner.clock.now()));
    const read = await this.work.run(caller.actor.id, 'readNumberFile', text, plan);
    const nothing = { ranges: 0, numbers: 0, known: 0, groups: 0 };
    if (read.faults.length > 0)
      return { ...told(read.faults.map(fault => ({ ...fault, file }))), imported: nothing };
    const blocks = piecesOf(read.ranges);
    const looked = await this.look(file, read, blocks);
    if (looked.problems.length > 0 || more.dryRun) return looked;
    for (const some of inGroups([...blocks])) {
      await Promise.all(some.map(([block, pieces]) => this.stock(block, pieces, caller)));
    }
    for (const group of read.groups) await this.vba.stock(group, stepOf(caller, `vba/${group.group}`));
    return looked;
  }

  /** What a file would bring, and what of it would be refused. */
  private async look(
    file: string,
    { ranges, groups }: NumberFile,
    blocks: ReadonlyMap<string, readonly StockPiece[]>,
  ): Promise<NumberImport> {
    const problems: FileProblem[] = [];
    let fresh = 0;
    let size = 0;
    for (const [block, pieces] of blocks) {
      let { state } = await this.runner.loadNewest(runningNumberBlock, numberBlockStream(block));
      for (const piece of pieces) {
        size += piece.size;
        const outcome = numberBlock.decide(this.commandOf(block, piece), state);
        if (outcome.kind === 'rejected')
          problems.push({ file, line: piece.line, field: 'first', ...toldRefusal(outcome.rejection) });
        if (outcome.kind !== 'events') continue;
        for (const event of outcome.events) {
          fresh += Number.parseInt(event.last, 10) - Number.parseInt(event.first, 10) + 1;
          state = numberBlock.evolve(state, event);
        }
      }
    }
    let changed = 0;
    for (const group of groups) {
      const outcome = await this.vba.look(group);
      if (outcome.kind === 'events') changed++;
      if (outcome.kind === 'rejected')
        problems.push({ file, line: group.line, field: 'stock', ...toldRefusal(outcome.rejection) });
    }
    const imported = { ranges: ranges.length, numbers: fresh, known: size - fresh, groups: changed };
    return { problems, imported };
  }

  private commandOf(block: string, { stock, first, last }: StockPiece): NumberBlockCommand {
    return { type: 'StockNumbers', now: this.runner.clock.now(), block, first, last, ...stock };
  }

  private stock(block: string, pieces: readonly StockPiece[], caller: Caller): Promise<void> {
    const commands = pieces.map(piece => {
      const body = { stock: piece.first, last: piece.last, ...piece.stock };
      const id = `numbers/${piece.first}-${piece.last}/${sha256(JSON.stringify(piece.stock)).slice(0, 16)}`;
      return { command: this.commandOf(block, piece), body, caller: derived(caller, id) };
    });
    return this.runner.runMany(runningNumberBlock, numberBlockStream(block), commands);
  }

  /** Keeps a number of the stock for a cart, as long as the policy says. */
  async reserve(given: string, { account, cart }: OfCart, caller: Caller) {
    const number = PhoneNumber.parse(given);
    const stock = await this.facts.numberStock(number);
    const policies = await this.facts.policies();
    let until = this.runner.clock.now();
    const command = (): NumberCommand => {
      const now = this.runner.clock.now();
      const minutes = policyOf(policies, 'numbers.reserved-min', BusinessDay.of(now));
      until = Instant.plusMs(now, minutes * 60_000);
      return { type: 'ReserveNumber', now, number, account, cart, stock, until };
    };
    const body = { reserve: number, account, cart };
    const done = await this.runner.run(runningNumber, numberStream(number), command, body, caller);
    return done.kind === 'done' ? answered(done, { number, until: Instant.text(until) }) : done;
  }

  /** Until when a cart keeps a number; null: it is free for anybody; undefined: the cart cannot have it. */
  async keptUntil(given: string, cart: string): Promise<Instant | null | undefined> {
    const number = PhoneNumber.parse(given);
    const state = await this.runner.look(runningNumber, numberStream(number));
    const standing = standingOfNumber(state, this.runner.clock.now());
    if (standing === 'available') return null;
    return standing === 'reserved' && state.reserved?.cart === cart ? state.reserved.until : undefined;
  }

  /** Takes a number out of a cart. */
  unreserve(given: string, cart: string, caller: Caller): Promise<Answer<{ number: string }>> {
    const number = PhoneNumber.parse(given);
    const now = () => this.runner.clock.now();
    const command = (): NumberCommand => ({ type: 'UnreserveNumber', now: now(), number, cart });
    return this.act(number, command, { unreserve: number, cart }, caller);
  }

  /**
   * Makes a number an order's, which pays for a product and then either assigns the number to its account or
   * gives it back. A number that the cart of the order keeps is had; one that another cart keeps is refused.
   */
  async claim(
    given: string,
    { account, cart, order, product }: OfCart & { readonly order: string; readonly product: string },
    caller: Caller,
  ) {
    const number = PhoneNumber.parse(given);
    const stock = await this.facts.numberStock(number);
    const now = () => this.runner.clock.now();
    const command = (): NumberCommand => ({
      type: 'ClaimNumber',
      now: now(),
      number,
      account,
      stock,
      order,
      product,
      cart,
    });
    return this.act(number, command, { claim: number, account, order }, caller);
  }

  /** Gives back what an order claimed and did not get; what the account has stays its own. */
  async release(given: string, { account, order }: { account: AccountId; order: string }, caller: Caller) {
    const number = PhoneNumber.parse(given);
    const { state } = await this.runner.loadNewest(runningNumber, numberStream(number));
    if (state.owner !== account || state.order !== order) return;
    await this.claims.giveBack(account, [{ number, claim: state.claims }], caller);
  }

  /** Gives an account the number that its order claimed. */
  async assign(given: string, account: AccountId, caller: Caller): Promise<void> {
    const number = PhoneNumber.parse(given);
    const { state } = await this.runner.loadNewest(runningNumber, numberStream(number));
    if (state.owner !== account) return;
    const { claims: claim, order } = state;
    const of = { number, claim, ...(order !== null && { order }) };
    const command = () => ({ type: 'AssignNumber' as const, now: this.runner.clock.now(), ...of });
    const step = stepOf(caller, `number/${number}/assign/${claim}`);
    await this.runner.run(runningAccount, accountStream(account), command, { assign: number, claim }, step);
  }

  /**
   * The contract of a number is over with its last day: it is nobody's for as long as the policy of that day
   * says, then free. Asked again it goes on where it was interrupted.
   */
  async end(given: string, account: AccountId, lastDay: BusinessDay, caller: Caller): Promise<void> {
    const number = PhoneNumber.parse(given);
    const days = await this.facts.policy('numbers.quarantine-days', lastDay);
    const { state } = await this.runner.loadNewest(runningNumber, numberStream(number));
    const claim = state.claims;
    // Whoever books it, and however late: it is over from 00:00:00 of the day after.
    const now = () => BusinessDay.start(BusinessDay.plus(lastDay, 1));
    if (state.owner === account) {
      const freeOn = BusinessDay.plus(lastDay, days + 1);
      const command = (): NumberCommand => ({
        type: 'EndNumber',
        now: now(),
        number,
        account,
        claim,
        freeOn,
      });
      const step = stepOf(caller, `number/${number}/end/${claim}`);
      await this.runner.run(runningNumber, numberStream(number), command, { end: number, claim }, step);
    } else if (state.owner !== null) return;
    const command = () => ({ type: 'UnassignNumber' as const, now: now(), number, claim });
    const step = stepOf(caller, `number/${number}/unassign/${claim}`);
    await this.runner.run(runningAccount, accountStream(account), command, { unassign: number, claim }, step);
  }

  /** Takes a number out of stock. */
  async withdraw(given: string, why: string, caller: Caller): Promise<Answer<{ number: string }>> {
    const number = PhoneNumber.parse(given);
    const stock = await this.facts.numberStock(number);
    const now = () => this.runner.clock.now();
    const command = (): NumberCommand => ({ type: 'WithdrawNumber', now: now(), number, stock, why });
    return this.act(number, command, { withdraw: number, why }, caller);
  }

  /** Puts a number back that was taken out of stock. */
  async restock(given: string, caller: Caller): Promise<Answer<{ number: string }>> {
    const number = PhoneNumber.parse(given);
    const stock = await this.facts.numberStock(number);
    const command = (): NumberCommand => ({
      type: 'StockNumber',
      now: this.runner.clock.now(),
      number,
      stock,
    });
    return this.act(number, command, { restock: number }, caller);
  }

  private async act(
    number: string,
    command: () => NumberCommand,
    body: object,
    caller: Caller,
  ): Promise<Answer<{ number: string }>> {
    const done = await this.runner.run(runningNumber, numberStream(number), command, body, caller);
    return done.kind === 'done' ? answered(done, { number }) : done;
  }

  /** Numbers that anybody may buy now (CAT-18). At random, the seed keeps the order from page to page. */
  async search(request: PageRequest & NumberFilter & { readonly sort: 'number' | 'random'; seed?: number }) {
    const { sort, seed, limit, cursor, ...filter } = request;
    const now = this.runner.clock.now();
    const paging = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
    const reaching = await this.facts.policy('numbers.reaching-020', BusinessDay.of(now));
    const priceOf = await pricesOn(this.facts, BusinessDay.of(now));
    const shown = ({ number, range }: Candidate): OfferedNumberView => ({
      number,
      category: range.category,
      kind: range.kind,
      product: range.product,
      region: range.region,
      city: range.city,
      areaCode: range.area_code,
      ...priceOf(range.product),
      reaches020: reaches020(range.kind, reaching),
    });
    if (sort === 'number') {
      const page = await offeredByNumber(this.readModels, filter, paging, now);
      return { rows: page.rows.map(shown), next: page.next, seed: null };
    }
    const chosen = { ...paging, seed: seed ?? randomInt(1, SEEDS) };
    const page = await offeredAtRandom(this.readModels, filter, chosen, now);
    return { rows: page.rows.map(shown), next: page.next, seed: page.seed };
  }

  /** Numbers of the stock with their state, for staff. */
  list(request: PageRequest & NumberFilter & { readonly state?: StockNumberView['state'] }) {
    return stockPage(this.readModels, request, this.runner.clock.now());
  }

  places() {
    return numberPlaces(this.readModels);
  }

  counts() {
    return numberCounts(this.readModels, this.runner.clock.now());
  }
}

function* inGroups<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += BLOCKS_AT_ONCE)
    yield items.slice(from, from + BLOCKS_AT_ONCE);
}
