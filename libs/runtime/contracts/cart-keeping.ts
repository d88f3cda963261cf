import { type Cart, type CartItem, isCancellation, numberRefusals } from '#contracts';
import { type Rejection, rejected } from '#kernel';
import { stepOf } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { Numbers, OfCart } from '../numbers/numbers.service.js';
import type { Caller } from '../product.views.js';

type Kept =
  | { readonly kind: 'kept'; giveBack(): Promise<void> }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** What is taken out of stock for a cart while it is in it: chosen numbers, and so many of a group. */
export class CartKeeping {
  constructor(
    private readonly numbers: Numbers,
    private readonly facts: Facts,
  ) {}

  /** Keeps all that comes into a cart, or nothing of it. @param before the cart as it is */
  async keep(items: readonly CartItem[], before: Cart, of: OfCart, caller: Caller): Promise<Kept> {
    const undo: (() => Promise<unknown>)[] = [];
    const giveBack = async (): Promise<void> => {
      for (const step of undo) await step();
    };
    const some = new Map<string, number>();
    for (const { group, quantity } of items)
      if (group !== undefined) some.set(group, (some.get(group) ?? 0) + quantity);
    const keeping = [
      ...items.map(item => () => this.keepNumber(item, of, caller)),
      ...[...some].map(
        ([group, more]) =>
          () =>
            this.keepSome(group, { present: inCart(before, group), more }, of, caller),
      ),
    ];
    for (const keep of keeping) {
      const kept = await keep();
      if (kept.kind === 'rejected') {
        await giveBack();
        return kept;
      }
      undo.push(() => kept.giveBack());
    }
    return { kind: 'kept', giveBack };
  }

  private async keepNumber({ number, product }: CartItem, of: OfCart, caller: Caller): Promise<Kept> {
    if (number === null) return NOTHING;
    const stocked = (await this.facts.numberStock(number))?.product;
    if (stocked !== undefined && stocked !== product)
      return rejected(numberRefusals.NUMBER_OF_OTHER_PRODUCT, { number, product: stocked });
    const kept = await this.numbers.reserve(number, of, stepOf(caller, `cart/reserve/${number}`));
    if (kept.kind === 'rejected') return kept;
    if (kept.kind === 'nothing' || kept.replayed) return NOTHING;
    const step = stepOf(caller, `cart/giveback/${number}`);
    return { kind: 'kept', giveBack: () => this.free(number, of.cart, step) };
  }

  private async free(number: string, cart: string, step: Caller): Promise<void> {
    await this.numbers.unreserve(number, cart, step);
  }

  /** @param present how many of the group the cart has without these */
  async keepSome(
    group: string,
    { present, more }: { readonly present: number; readonly more: number },
    { account, cart }: OfCart,
    caller: Caller,
  ): Promise<Kept> {
    const { vba } = this.numbers;
    const step = stepOf(caller, `cart/keep/${group}`);
    const kept = await vba.reserve({ group, account, quantity: present + more }, cart, step);
    if (kept.kind === 'rejected') return kept;
    if (kept.kind === 'nothing' || kept.replayed) return NOTHING;
    const giveBack = async (): Promise<void> => {
      const back = stepOf(caller, `cart/keep/${group}/back`);
      await vba.reserve({ group, account, quantity: present }, cart, back);
    };
    return { kind: 'kept', giveBack };
  }

  /** Gives back what a line kept that was taken out of the cart. */
  async leave({ number, group }: CartItem, { account, cart }: OfCart, caller: Caller): Promise<void> {
    if (number !== null) await this.free(number, cart, stepOf(caller, `cart/unreserve/${number}`));
    if (group === undefined) return;
    const step = stepOf(caller, `cart/leave/${group}`);
    await this.numbers.vba.reserve({ group, account, quantity: 0 }, cart, step);
  }
}

const NOTHING: Kept = { kind: 'kept', giveBack: async () => undefined };

/** How many numbers of a group a cart has. */
const inCart = ({ lines }: Cart, group: string): number => {
  let sum = 0;
  for (const line of lines.values()) if (!isCancellation(line) && line.group === group) sum += line.quantity;
  return sum;
};
