import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Money } from '#kernel';
import { specOf } from '#testing';
import { product } from '../catalogue/product.fixture.js';
import type { Product } from '../catalogue/product.js';
import {
  A1,
  at,
  bought,
  CHANNEL,
  CIRCLE,
  cancel,
  complete,
  DELIVERY,
  DEVICE,
  FAX,
  FAX_CHANNEL,
  item,
  NUMBER,
  OPTION,
  ofGroup,
  place,
  reductionOn,
  SHIPPING,
  SHIPPING_TERMS,
  TERMS,
  TRUNK,
  UNIQUE,
  VBA,
} from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';
import { contractsOn, has } from './book.state.js';
import type { OrderedItem, PlaceOrder } from './order-rules.js';
import { dueNow } from './ordering.js';

const { given, givenCommands } = specOf(contractBook);
const day = '2025-04-16 10:00:00';
const refuse = (order = 'o1', code = 'INSUFFICIENT_FUNDS'): ContractCommand => ({
  type: 'RefuseOrder',
  now: at(day),
  order,
  code,
  missing: Money.of('0.01'),
});
const clear = (order = 'o1'): ContractCommand => ({ type: 'ClearOrder', now: at(day), order });
const settle = (order = 'o1'): ContractCommand => ({ type: 'SettleOrder', now: at(day), order });
const second = (items: readonly OrderedItem[], other: Partial<PlaceOrder> = {}): PlaceOrder =>
  place('2025-04-17 10:00:00', items, { order: 'o2', ...other });
const inUse = (items: readonly OrderedItem[]) => givenCommands(...bought(day, items));

const WANTED = '0312345678';
const COMPANIES = product('unique.mobile', { corporateOnly: true });
const ASK_ONLY = product('option.recording', { kind: 'option', selfService: false });
const SINGLE = product('option.monitor', { kind: 'option', single: true });
const ACCOUNT_OPTION = product('option.portal', { kind: 'account_option', single: true });
const AT_MOST_3 = product('option.menu', { kind: 'option', most: 3 });

describe('an order by itself', () => {
  it.each<[string, PlaceOrder, string]>([
    ['of nothing', place(day, []), 'ORDER_EMPTY'],
    ['of 501 units', place(day, [item(UNIQUE, 301), item(OPTION, 200)], { by: 'staff' }), 'ORDER_TOO_LARGE'],
    ['of a unique without a circle', place(day, [item(UNIQUE)], { circle: null }), 'CIRCLE_REQUIRED'],
    ['of what is sold by staff only', place(day, [item(ASK_ONLY)]), 'NOT_SOLD_HERE'],
    ['CAT-06: of what companies buy, by who has not said', place(day, [item(COMPANIES)]), 'COMPANIES_ONLY'],
    [
      'CAT-06: of what companies buy, by a person',
      place(day, [item(COMPANIES)], { isCompany: false }),
      'COMPANIES_ONLY',
    ],
    ['of a number that is not chosen', place(day, [item(NUMBER)]), 'NUMBERS_MISSING'],
    ['of two numbers, one chosen', place(day, [item(NUMBER, 2, [WANTED])]), 'NUMBERS_MISSING'],
    ['of one number as two', place(day, [item(NUMBER, 2, [WANTED, WANTED])]), 'NUMBERS_MISSING'],
    ['of a terminal with a number', place(day, [item(UNIQUE, 1, [WANTED])]), 'NUMBER_NOT_OF_PRODUCT'],
    [
      'of one number as two products',
      place(day, [item(NUMBER, 1, [WANTED]), item({ ...NUMBER, code: 'number.050' }, 1, [WANTED])]),
      'NUMBER_CHOSEN_TWICE',
    ],
    ['of overseas numbers without a group', place(day, [item(VBA, 2)]), 'GROUP_MISSING'],
    [
      'of a group as another product',
      place(day, [ofGroup(1, { product: 'vba.gb' })]),
      'GROUP_NOT_OF_PRODUCT',
    ],
    ['of a unique with a group', place(day, [{ ...ofGroup(1), product: UNIQUE }]), 'GROUP_NOT_OF_PRODUCT'],
    [
      'VBA-04: without any papers that are asked for',
      place(day, [ofGroup(1, { certificate: 'WORLDWIDE' })], { papers: ['company_register'] }),
      'CERTIFICATE_MISSING',
    ],
    [
      'VBA-04: with papers that say nothing of an address there',
      place(day, [ofGroup(1, { certificate: 'LOCAL' })], { papers: ['passport', 'utility_receipt'] }),
      'CERTIFICATE_MISSING',
    ],
    ['DEV-05: of a device and a unique', place(day, [item(DEVICE), item(UNIQUE)]), 'DEVICES_APART'],
    ['DEV-05: of shipping and a unique', place(day, [item(UNIQUE), item(SHIPPING)]), 'DEVICES_APART'],
    ['of a channel without a trunk', place(day, [item(CHANNEL)]), 'PARENT_MISSING'],
    ['of a FAX channel without cloud FAX', place(day, [item(FAX_CHANNEL)]), 'PARENT_MISSING'],
    ['of two of what is owned once', place(day, [item(SINGLE, 2)]), 'ALREADY_OWNED'],
    ['of more than a product allows', place(day, [item(AT_MOST_3, 4)]), 'TOO_MANY'],
    ['LM-11: of 30 calls', place(day, [item(TRUNK), item(CHANNEL, 29)]), 'TOO_MANY_CALLS'],
    ['that cancels what is not there', place(day, [], { cancels: ['o0-01'] }), 'NO_SUCH_CONTRACT'],
  ])('%s is refused', (_, command, code) =>
    given()
      .when(command)
      .thenRejected(code as never),
  );

  it.each<[string, PlaceOrder]>([
    ['LM-10: of a trunk and 4 channels', place(day, [item(TRUNK), item(CHANNEL, 4)])],
    ['LM-11: of 29 calls', place(day, [item(TRUNK), item(CHANNEL, 28)])],
    ['LM-11: of 30 calls by staff', place(day, [item(TRUNK), item(CHANNEL, 29)], { by: 'staff' })],
    ['CAT-06: of what companies buy, by a company', place(day, [item(COMPANIES)], { isCompany: true })],
    ['CAT-06: of what companies buy, by staff', place(day, [item(COMPANIES)], { by: 'staff' })],
    ['of what is sold by staff only, by staff', place(day, [item(ASK_ONLY)], { by: 'staff' })],
    ['of more than a product allows, by staff', place(day, [item(AT_MOST_3, 4)], { by: 'staff' })],
    ['of a device and its shipping', place(day, [item(DEVICE), item(SHIPPING)], { circle: null })],
    ['of an account option without a circle', place(day, [item(ACCOUNT_OPTION)], { circle: null })],
    ['LM-15: of two FAX uniques and a channel', place(day, [item(FAX, 2), item(FAX_CHANNEL)])],
  ])('%s is placed', (_, command) =>
    expect(given().when(command).outcome).toMatchObject({
      kind: 'events',
      events: [{ type: 'OrderPlaced' }],
    }),
  );

  it('LM-10, LM-15: a channel adds one call, or one FAX, to what its parent brings', () => {
    const { state } = inUse([item(TRUNK), item(CHANNEL, 4), item(FAX, 2), item(FAX_CHANNEL)]);
    const on = contractsOn(state, BusinessDay.parse('2025-04-16'));
    const count = (capability: string) => on.filter(contract => has(contract, capability)).length;
    expect([count('adds_call'), count('adds_fax')]).toEqual([5, 3]);
  });
});

it('CAT-20, LM-26: the contract of a number keeps whether it reaches 020 numbers', () => {
  const numbers = ['0312345001', '0312345002'];
  const completed = { ...complete(day), reaching020: new Set([numbers[1]!]) };
  const { state } = givenCommands(place(day, [item(NUMBER, 2, numbers)]), completed);
  const begun = [...state.contracts.values()].map(one => [one.number, has(one, 'reaches_020')]);
  expect(begun).toEqual([
    [numbers[0], false],
    [numbers[1], true],
  ]);
});

describe('an order beside what the account has', () => {
  const elsewhere = { circle: '0000000002' };
  it.each<[string, readonly OrderedItem[], PlaceOrder, string | null]>([
    ['a channel to the trunk of its circle', [item(TRUNK)], second([item(CHANNEL)]), null],
    [
      'a channel to a trunk of another circle',
      [item(TRUNK)],
      second([item(CHANNEL)], elsewhere),
      'PARENT_MISSING',
    ],
    ['LM-11: the 29th call', [item(TRUNK), item(CHANNEL, 27)], second([item(CHANNEL)]), null],
    ['LM-11: the 30th call', [item(TRUNK), item(CHANNEL, 28)], second([item(CHANNEL)]), 'TOO_MANY_CALLS'],
    [
      'LM-11: calls of another circle',
      [item(TRUNK), item(CHANNEL, 28)],
      second([item(TRUNK)], elsewhere),
      null,
    ],
    ['a unique beside 29 calls', [item(TRUNK), item(CHANNEL, 28)], second([item(UNIQUE)]), null],
    ['what is owned once, again', [item(SINGLE)], second([item(SINGLE)]), 'ALREADY_OWNED'],
    ['what is owned once, in another circle', [item(SINGLE)], second([item(SINGLE)], elsewhere), null],
    [
      'an option of the account, from another circle',
      [item(ACCOUNT_OPTION)],
      second([item(ACCOUNT_OPTION)], elsewhere),
      'ALREADY_OWNED',
    ],
    [
      'more in all than a product allows',
      [item(AT_MOST_3, 2)],
      second([item(AT_MOST_3, 2)], elsewhere),
      'TOO_MANY',
    ],
    ['as many in all as a product allows', [item(AT_MOST_3, 2)], second([item(AT_MOST_3)], elsewhere), null],
    [
      'a number that is in contract',
      [item(NUMBER, 1, [WANTED])],
      second([item(NUMBER, 1, [WANTED])]),
      'NUMBER_IN_CONTRACT',
    ],
    ['another order of the same id', [item(UNIQUE)], second([item(UNIQUE)], { order: 'o1' }), 'ORDER_EXISTS'],
    [
      'a device with a cancellation',
      [item(UNIQUE)],
      second([item(DEVICE)], { cancels: ['o1-01'] }),
      'DEVICES_APART',
    ],
  ])('%s', (_, before, command, code) => {
    const { outcome } = inUse(before).when(command);
    expect(outcome).toMatchObject(
      code === null ? { kind: 'events' } : { kind: 'rejected', rejection: { code } },
    );
  });

  it('counts what is placed and not decided yet', () => {
    const placed = givenCommands(place(day, [item(TRUNK), item(CHANNEL, 28), item(NUMBER, 1, [WANTED])]));
    placed
      .when(second([item(CHANNEL)]))
      .thenRejected('TOO_MANY_CALLS', { most: '29', present: '29', more: '1' });
    placed.when(second([item(NUMBER, 1, [WANTED])])).thenRejected('NUMBER_IN_CONTRACT', { number: WANTED });
  });

  it('gets a number again when its end is booked, not before', () => {
    const ended = [
      ...bought('2025-02-10 10:00:00', [item(NUMBER, 1, [WANTED])]),
      cancel('2025-03-10 10:00:00', ['o1-01']),
    ];
    const again = place('2025-05-01 00:00:00', [item(NUMBER, 1, [WANTED])], { order: 'o2' });
    givenCommands(...ended)
      .when(again)
      .thenRejected('NUMBER_IN_CONTRACT');
    const booked: ContractCommand = { type: 'EndDue', now: again.now, reductionOn };
    expect(givenCommands(...ended, booked).when(again).outcome).toMatchObject({ kind: 'events' });
  });

  it('gets nothing for a circle, or an account, that ends', () => {
    const [now, account, terms] = [at(day), A1, TERMS];
    const circle = givenCommands(...bought(day, [item(UNIQUE)]), {
      type: 'CancelCircle',
      now,
      account,
      circle: CIRCLE,
      terms,
    });
    circle.when(second([item(UNIQUE)])).thenRejected('CIRCLE_ENDS');
    expect(circle.when(second([item(UNIQUE)], elsewhere)).outcome).toMatchObject({ kind: 'events' });
    const all = givenCommands(...bought(day, [item(UNIQUE)]), { type: 'CancelAccount', now, account, terms });
    all.when(second([item(UNIQUE)], elsewhere)).thenRejected('ACCOUNT_ENDS');
  });
});

describe('an order that is bought', () => {
  const items = [
    item(UNIQUE, 2),
    item(NUMBER, 1, [WANTED]),
    item({ ...OPTION, proRated: false, initial: null }),
  ];
  const uniques = ['0000000011', '0000000012', '0000000013'];
  const terms = {
    account: A1,
    order: 'o2',
    circle: CIRCLE,
    taxCategory: 'standard',
    priceList: 'standard',
    priceVersion: 1,
    since: BusinessDay.parse('2025-04-16'),
  };
  const unit = (nth: number, of: Product, more: object) => ({
    type: 'ContractBegun',
    at: at(day),
    ...terms,
    contract: `o2-0${nth}`,
    ...{ product: of.code, kind: of.kind, nameJa: of.nameJa, nameEn: of.nameEn },
    ...{ unique: null, number: null, monthly: Money.of('500'), firstMonth: Money.of('250') },
    ...{ initial: Money.of('1000'), capabilities: of.capabilities, ...more },
  });

  it('PR-09: begins a contract per unit, pro-rated each, with its cancellations, in one decision', () => {
    const placed = place(day, items, { order: 'o2', cancels: ['o1-01'] });
    const before = givenCommands(...bought('2025-01-10 10:00:00', [item(UNIQUE)]), placed);
    const order = before.state.orders.get('o2')!;
    // 2 x (250 + 1,000), 250 + 1,000, and 500 whole.
    expect(order.lines.map(line => Money.text(dueNow(line)))).toEqual(['2500', '1250', '500']);
    before.when(complete(day, 'o2', uniques)).then(
      { type: 'OrderCompleted', at: at(day), account: A1, order: 'o2' },
      ...([
        unit(1, UNIQUE, { unique: uniques[0] }),
        unit(2, UNIQUE, { unique: uniques[1] }),
        unit(3, NUMBER, { number: WANTED }),
        unit(4, OPTION, { unique: uniques[2], initial: Money.zero, firstMonth: Money.of('500') }),
        {
          type: 'CancellationAccepted',
          at: at(day),
          account: A1,
          contract: 'o1-01',
          endsOn: BusinessDay.parse('2025-05-31'),
          undoUntil: at('2025-05-31 22:00:00'),
          policy: TERMS.policy,
          endsWith: 'contract',
        },
      ] as never[]),
    );
  });

  it('begins nothing of what is bought once', () => {
    const placed = givenCommands(place(day, [item(DEVICE, 2)], { circle: null }));
    const device = {
      ...{ product: 'device.phone', nameJa: '電話機', nameEn: 'Telephone' },
      ...{ unique: null, net: Money.of('12000') },
    };
    placed.when(complete(day)).then(
      { type: 'OrderCompleted', at: at(day), account: A1, order: 'o1' },
      {
        type: 'ShipmentOpened',
        ...{ at: at(day), account: A1, shipment: 'o1-S1', order: 'o1', for: 'order', delivery: DELIVERY },
        devices: [
          { device: 'o1-line-1-1', ...device },
          { device: 'o1-line-1-2', ...device },
        ],
        ...{ from: BusinessDay.parse('2025-04-17'), to: BusinessDay.parse('2025-04-21') },
        policy: SHIPPING_TERMS.policy,
      },
    );
  });

  it('gives the account what is the account’s, whatever page it was ordered from', () => {
    const { state } = inUse([item(ACCOUNT_OPTION), item(UNIQUE)]);
    expect([...state.contracts.values()].map(({ circle }) => circle)).toEqual([null, CIRCLE]);
  });

  it.each<[string, readonly ContractCommand[], string]>([
    ['the month is over', [], 'ORDER_OVER'],
    [
      'its circle is cancelled meanwhile',
      [{ type: 'CancelCircle', now: at(day), account: A1, circle: CIRCLE, terms: TERMS }],
      'CIRCLE_ENDS',
    ],
    [
      'its account is cancelled meanwhile',
      [{ type: 'CancelAccount', now: at(day), account: A1, terms: TERMS }],
      'ACCOUNT_ENDS',
    ],
    ['it was refused', [refuse()], 'ORDER_REFUSED'],
  ])('is not bought when %s', (_, meanwhile, code) => {
    const when = code === 'ORDER_OVER' ? '2025-05-01 00:00:00' : '2025-04-30 23:59:59.999';
    const placed = givenCommands(place(day, [item(UNIQUE)]), ...meanwhile);
    placed.when(complete(when)).thenRejected(code as never);
  });

  it('goes only forward from there', () => {
    const done = givenCommands(place(day, [item(UNIQUE)]), complete(day));
    done.when(refuse()).thenNothing('the order is decided already');
    done.when(complete(day)).thenNothing('the order is completed already');
    done.when(clear()).thenNothing('nothing is set aside for the order any more');
    done.when(settle()).then({ type: 'OrderSettled', at: at(day), account: A1, order: 'o1' });
    givenCommands(place(day, [item(UNIQUE)]))
      .when(settle())
      .thenNothing('the order is not completed yet');
    for (const command of [complete(day, 'o9'), refuse('o9'), clear('o9'), settle('o9')])
      given().when(command).thenRejected('NO_SUCH_ORDER');
  });
});

describe('an order that comes to nothing', () => {
  const wanted = [item(TRUNK), item(CHANNEL, 28), item(SINGLE), item(NUMBER, 1, [WANTED])];

  it('says why, and how much was missing', () =>
    givenCommands(place(day, wanted))
      .when(refuse())
      .then({
        type: 'OrderRefused',
        at: at(day),
        account: A1,
        order: 'o1',
        code: 'INSUFFICIENT_FUNDS',
        missing: Money.of('0.01'),
      }));

  it('frees its calls and what is owned once at once, its numbers when it is cleared', () => {
    const refused = givenCommands(place(day, wanted), refuse());
    expect(refused.when(second(wanted.slice(0, 3))).outcome).toMatchObject({ kind: 'events' });
    refused.when(second(wanted)).thenRejected('NUMBER_IN_CONTRACT', { number: WANTED });
    refused.when(clear()).then({ type: 'OrderCleared', at: at(day), account: A1, order: 'o1' });
    const cleared = givenCommands(place(day, wanted), refuse(), clear());
    expect(cleared.when(second(wanted)).outcome).toMatchObject({ kind: 'events' });
    cleared.when(clear()).thenNothing('nothing is set aside for the order any more');
    cleared.when(settle()).thenRejected('ORDER_REFUSED');
  });
});

describe('whatever is ordered on whatever day', () => {
  const cents = (most: number) => fc.integer({ min: 0, max: most }).map(units => units as Money);
  const products = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 40 }),
      monthly: fc.option(cents(100_000_000)),
      initial: fc.option(cents(100_000_000)),
      proRated: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const days = fc.integer({ min: BusinessDay.parse('2020-01-01'), max: BusinessDay.parse('2040-12-31') });

  it('the sum of its contracts is what was due, to the fourth decimal', () =>
    fc.assert(
      fc.property(products, days, (wanted, on) => {
        const items = wanted
          .filter(({ monthly }) => monthly !== null)
          .map(({ quantity, ...prices }, n) => item(product(`p${n}`, prices), quantity));
        fc.pre(items.length > 0);
        const when = BusinessDay.start(on as BusinessDay);
        const placed = { ...place(day, items), now: when };
        const { state } = givenCommands(placed, { ...complete(day), now: when } as ContractCommand);
        const { lines } = state.orders.get('o1')!;
        const begun = [...state.contracts.values()];
        const paid = Money.sum(begun.map(({ firstMonth, initial }) => Money.add(firstMonth, initial)));
        expect(paid).toBe(Money.sum(lines.map(dueNow)));
        expect(begun).toHaveLength(items.reduce((sum, { quantity }) => sum + quantity, 0));
        for (const { firstMonth, monthly } of begun) expect(firstMonth).toBeLessThanOrEqual(monthly);
        if (on === BusinessMonth.firstDay(BusinessMonth.ofDay(on as BusinessDay)))
          for (const { firstMonth, monthly } of begun) expect(firstMonth).toBe(monthly);
      }),
    ));
});
