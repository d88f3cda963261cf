import { Money } from '#kernel';
import { specOf } from '#testing';
import { A1, at, CHANNEL, CIRCLE, NUMBER, TRUNK, UNIQUE } from '../book/book.fixture.js';
import type { Product } from '../catalogue/product.js';
import type { CartEvent } from './cart.events.js';
import { CART_MOST, type CartCommand, type CartItem, cart, cartOf, cartStream } from './cart.js';
import type { CartRejection } from './cart.refusals.js';

const { given, givenCommands } = specOf(cart);
const now = at('2026-10-05 12:00:00');
const of = { now, account: A1, circle: CIRCLE };
const itemOf = (product: Product, quantity = 1, more: Partial<CartItem> = {}): CartItem => ({
  ...{ product: product.code, nameJa: product.nameJa, nameEn: product.nameEn, quantity, number: null },
  ...{ monthly: product.monthly, initial: product.initial, priceList: 'standard', priceVersion: 1 },
  ...more,
});
const number = (digits: string): CartItem => itemOf(NUMBER, 1, { number: digits });
const add = (items: readonly CartItem[], cancels: readonly string[] = []): CartCommand => ({
  ...of,
  type: 'AddToCart',
  items,
  cancels,
});
const change = (line: string, quantity: number, shown = itemOf(UNIQUE)): CartCommand => ({
  ...of,
  type: 'ChangeCartLine',
  ...{ line, quantity, shown },
});
const remove = (...lines: string[]): CartCommand => ({ ...of, type: 'RemoveFromCart', lines });
const empty: CartCommand = { ...of, type: 'EmptyCart' };
const order = (id = 'o1'): CartCommand => ({
  ...of,
  type: 'OrderCart',
  ...{ order: id, net: Money.of('1500'), byStaff: false },
});
const bought: CartCommand = { ...of, type: 'CompleteCartOrder', order: 'o1' };
const refused: CartCommand = { ...of, type: 'RefuseCartOrder', order: 'o1', code: 'NUMBER_TAKEN' };
const told = { at: now, account: A1, circle: CIRCLE };
const lines = (...commands: CartCommand[]) =>
  [...givenCommands(...commands).state.lines.values()].map(line =>
    'contract' in line ? [line.line, line.contract] : [line.line, line.number ?? line.product, line.quantity],
  );

describe('a cart', () => {
  it('has a stream of its circle, or of the account', () => {
    expect(cartStream(cartOf(A1, CIRCLE))).toBe('cart-A1_0000000001');
    expect(cartStream(cartOf(A1, null))).toBe('cart-A1_account');
  });

  it('keeps of a line what was shown when it was chosen', () => {
    const { type: _, ...item } = { type: 0, ...itemOf(UNIQUE, 2) };
    const added: CartEvent = { type: 'CartLineAdded', ...told, line: '1', ...item };
    given()
      .when(add([itemOf(UNIQUE, 2)]))
      .then(added);
  });

  it('makes one line of equal products, and one of each number', () => {
    expect(lines(add([itemOf(UNIQUE), itemOf(TRUNK), itemOf(UNIQUE)]), add([itemOf(UNIQUE, 3)]))).toEqual([
      ['1', 'unique.extension', 5],
      ['2', 'trunk2', 1],
    ]);
    expect(lines(add([number('0312345678'), number('0312345679'), number('0312345678')]))).toEqual([
      ['1', '0312345678', 1],
      ['2', '0312345679', 1],
    ]);
    givenCommands(add([number('0312345678')]))
      .when(add([number('0312345678')]))
      .thenNothing();
  });

  it('shows the prices of now for what becomes more', () => {
    const dearer = itemOf({ ...UNIQUE, monthly: Money.of('600') }, 1, { priceVersion: 2 });
    givenCommands(add([itemOf(UNIQUE)]))
      .when(add([dearer]))
      .then({
        type: 'CartLineChanged',
        ...told,
        ...{ line: '1', quantity: 2, monthly: Money.of('600'), initial: Money.of('1000') },
        ...{ priceList: 'standard', priceVersion: 2 },
      });
  });

  it('holds purchases and cancellations, a contract once', () => {
    expect(lines(add([itemOf(UNIQUE)], ['c-1', 'c-1']), add([itemOf(CHANNEL)], ['c-1', 'c-2']))).toEqual([
      ['1', 'unique.extension', 1],
      ['2', 'c-1'],
      ['3', 'trunk2.channel', 1],
      ['4', 'c-2'],
    ]);
  });

  it('never gives the id of a line again', () => {
    expect(lines(add([itemOf(UNIQUE)]), remove('1'), add([itemOf(UNIQUE)]))).toEqual([
      ['2', 'unique.extension', 1],
    ]);
  });

  it.each<[string, readonly CartCommand[], CartCommand, CartRejection, Record<string, string>]>([
    ['a line that there is not', [], remove('1'), 'NO_SUCH_CART_LINE', {}],
    ['a quantity of no line', [], change('1', 2), 'NO_SUCH_CART_LINE', {}],
    ['two of a number', [add([number('0312345678')])], change('1', 2), 'NUMBER_COUNTS_ONE', {}],
    ['two of a cancellation', [add([], ['c-1'])], change('1', 2), 'CANCELLATION_COUNTS_ONE', {}],
    [
      'more than a line may have',
      [add([itemOf(UNIQUE, 999)])],
      add([itemOf(UNIQUE, 2)]),
      'QUANTITY_TOO_LARGE',
      { most: '1000' },
    ],
    ['a quantity above the limit', [add([itemOf(UNIQUE)])], change('1', 1001), 'QUANTITY_TOO_LARGE', {}],
    [
      'more lines than a cart has',
      [
        add(
          [],
          Array.from({ length: CART_MOST.lines }, (_, i) => `c-${i}`),
        ),
      ],
      add([itemOf(UNIQUE)]),
      'CART_FULL',
      { most: '100' },
    ],
    ['an order of nothing', [], order(), 'CART_EMPTY', {}],
    ['a change while it is ordered', [add([itemOf(UNIQUE)]), order()], empty, 'CART_BEING_ORDERED', {}],
    ['another order meanwhile', [add([itemOf(UNIQUE)]), order()], order('o2'), 'CART_BEING_ORDERED', {}],
  ])('refuses %s', (_, before, command, code, details) => {
    givenCommands(...before)
      .when(command)
      .thenRejected(code, Object.keys(details).length > 0 ? details : undefined);
  });

  it('has nothing to do for what is so already', () => {
    given().when(empty).thenNothing('the cart is empty already');
    givenCommands(add([itemOf(UNIQUE, 2)]))
      .when(change('1', 2))
      .thenNothing('the line has this quantity already');
    givenCommands(add([itemOf(UNIQUE)]), order())
      .when(order())
      .thenNothing('the cart is this order already');
    given().when(bought).thenNothing('this order is decided already');
  });

  it('is empty once its order is bought, and as it was when it was refused', () => {
    expect(lines(add([itemOf(UNIQUE), number('0312345678')]), order(), bought)).toEqual([]);
    expect(lines(add([itemOf(UNIQUE), number('0312345678')]), order(), refused)).toEqual([
      ['1', 'unique.extension', 1],
      ['2', '0312345678', 1],
    ]);
    // Whoever is late with the other outcome changes nothing.
    givenCommands(add([itemOf(UNIQUE)]), order(), refused)
      .when(bought)
      .thenNothing('this order is decided already');
  });
});
