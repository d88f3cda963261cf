import { type AccountId, BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import {
  type AccountCommand,
  type AccountEvent,
  account,
  accountStream,
  incomingDiscountOf,
  priceListAt,
  tariffAt,
} from './account.js';
import { type AccountRejection, accountRefusals } from './account.refusals.js';

const now = Instant.parse('2026-10-01T09:30:00.125+09:00');
const A1 = 'A1' as AccountId;
const openedOn = BusinessDay.parse('2026-10-01');
const { given, givenCommands } = specOf(account);

type Open = Extract<AccountCommand, { type: 'OpenAccount' }>;
const claimed = (...numbers: string[]) => numbers.map(number => ({ number, claim: 1 }));
const open = (other: Partial<Open> = {}): Open => ({
  type: 'OpenAccount',
  now,
  account: A1,
  name: '株式会社例',
  openedOn,
  numbers: [],
  tariff: 'std',
  incomingDiscount: Money.zero,
  ...other,
});
const assign = (number: string, claim = 1): AccountCommand => ({ type: 'AssignNumber', now, number, claim });
const withdraw = (number: string, claim = 1): AccountCommand => ({
  type: 'WithdrawClaim',
  ...{ now, account: A1, number, claim },
});
const tariff = (name: string): AccountCommand => ({ type: 'AssignTariff', now, tariff: name });
const discount = (perMinute: string): AccountCommand => ({
  type: 'AgreeIncomingDiscount',
  now,
  perMinute: Money.of(perMinute),
});

const noted = (text: string): AccountCommand => ({ type: 'NoteAccount', now, text });

const opened: AccountEvent = {
  type: 'AccountOpened',
  at: now,
  account: A1,
  name: '株式会社例',
  openedOn,
  tariff: 'std',
};
const number = (digits: string): AccountEvent => ({
  type: 'NumberAssigned',
  at: now,
  account: A1,
  number: digits,
});
const withdrawn = (digits: string, claim: number, isOpen: boolean): AccountEvent => ({
  type: 'NumberClaimWithdrawn',
  ...{ at: now, account: A1, number: digits, claim, open: isOpen },
});
const agreed = (perMinute: string): AccountEvent => ({
  type: 'IncomingDiscountAgreed',
  at: now,
  account: A1,
  perMinute: Money.of(perMinute),
});

describe('an account', () => {
  it('keeps a note beside all that is agreed, the same words again as another note', () => {
    const note: AccountEvent = { type: 'AccountNoted', at: now, account: A1, text: '要連絡' };
    given(opened, note).when(noted('要連絡')).then(note);
    given(opened, note).when(tariff('std')).thenNothing();
  });

  it('opens with what was agreed, its numbers in their order and the discount last', () =>
    given()
      .when(open({ numbers: claimed('05012345678', '0312345678'), incomingDiscount: Money.of('0.5') }))
      .then(opened, number('05012345678'), number('0312345678'), agreed('0.5')));

  it('opens without a discount of nothing', () => given().when(open()).then(opened));

  it('keeps its name without blanks around it', () =>
    given()
      .when(open({ name: ' 株式会社例\u3000' }))
      .then(opened));

  it('takes another number', () => given(opened).when(assign('0312345678')).then(number('0312345678')));

  it('takes a number once', () =>
    givenCommands(open({ numbers: claimed('0312345678') }))
      .when(assign('0312345678'))
      .thenNothing('the number is assigned to this account already'));

  it('withdraws a claim once, opened or not, and gets the number with a later claim', () => {
    given()
      .when(withdraw('1234'))
      .then(withdrawn('1234', 1, false));
    given(opened)
      .when(withdraw('1234', 3))
      .then(withdrawn('1234', 3, true));
    given(withdrawn('1234', 2, false))
      .when(withdraw('1234', 1))
      .thenNothing('this claim was withdrawn already');
    given(opened, withdrawn('1234', 1, true))
      .when(assign('1234', 2))
      .then(number('1234'));
    given(withdrawn('1234', 1, false))
      .when(open({ numbers: [{ number: '1234', claim: 2 }, ...claimed('5678')] }))
      .then(opened, number('1234'), number('5678'));
  });

  it('changes its tariff once', () => {
    given(opened)
      .when(tariff('std-2026'))
      .then({ type: 'TariffAssigned', at: now, account: A1, tariff: 'std-2026' });
    givenCommands(open(), tariff('std-2026'))
      .when(tariff('std-2026'))
      .thenNothing('the account has this tariff already');
  });

  it('agrees on a discount, changes it and ends it with 0', () => {
    given(opened).when(discount('0.5')).then(agreed('0.5'));
    given(opened, agreed('0.5')).when(discount('0.5')).thenNothing('this discount is agreed already');
    given(opened, agreed('0.5')).when(discount('0')).then(agreed('0'));
    given(opened).when(discount('0')).thenNothing('this discount is agreed already');
  });

  it('remembers all that was agreed', () => {
    const { state } = givenCommands(
      open({ numbers: claimed('1234') }),
      assign('5678'),
      tariff('b'),
      discount('1'),
    );
    expect(state).toEqual({
      phase: 'open',
      account: A1,
      name: '株式会社例',
      openedOn,
      numbers: ['1234', '5678'],
      priceLists: [],
      tariff: 'b',
      tariffs: [{ from: now, value: 'b' }],
      incomingDiscount: Money.of('1'),
      discounts: [{ from: now, value: Money.of('1') }],
    });
    expect(accountStream(A1)).toBe('account-A1');
  });

  it('has had every tariff and discount at its time, the first ones also before it was opened', () => {
    const november = Instant.parse('2026-11-10T12:00:00.000+09:00');
    const { state } = givenCommands(
      open({ incomingDiscount: Money.of('0.5') }),
      { ...tariff('gold'), now: november },
      { ...discount('2'), now: november },
      { ...discount('0'), now: Instant.parse('2026-12-01T00:00:00.000+09:00') },
    );
    if (state.phase !== 'open') throw new Error('not open');
    const held = state;
    expect(tariffAt(held, Instant.parse('2020-01-01T00:00:00.000+09:00'))).toBe('std');
    expect(tariffAt(held, Instant.plusMs(november, -1))).toBe('std');
    expect(tariffAt(held, november)).toBe('gold');
    const discountIn = (month: string) => incomingDiscountOf(held, BusinessMonth.parse(month));
    expect(['2026-09', '2026-10', '2026-11', '2026-12'].map(discountIn).map(Money.text)).toEqual([
      '0.5',
      '0.5',
      '2',
      '0',
    ]);
  });
});

/** Each row breaks the rule it names and every later one that its command can break. */
const ROWS: readonly (readonly [AccountRejection, string, AccountEvent[], AccountCommand])[] = [
  ['NO_SUCH_ACCOUNT', 'a number', [], assign('0312345678')],
  ['NO_SUCH_ACCOUNT', 'a tariff', [], tariff('std')],
  ['NO_SUCH_ACCOUNT', 'a discount below 0', [], discount('-1')],
  ['NO_SUCH_ACCOUNT', 'a note', [], noted('メモ')],
  ['ACCOUNT_EXISTS', 'no name', [opened], open({ name: '', incomingDiscount: Money.of('-1') })],
  ['NAME_REQUIRED', 'discount below 0', [], open({ name: ' ', incomingDiscount: Money.of('-1') })],
  [
    'DISCOUNT_NEGATIVE',
    'at the opening',
    [withdrawn('1234', 1, false)],
    open({ incomingDiscount: Money.of('-0.0001'), numbers: claimed('1234') }),
  ],
  ['DISCOUNT_NEGATIVE', 'later', [opened], discount('-0.0001')],
  [
    'CLAIM_WITHDRAWN',
    'at the opening',
    [withdrawn('1234', 1, false)],
    open({ numbers: claimed('5678', '1234') }),
  ],
  ['CLAIM_WITHDRAWN', 'before it was opened', [withdrawn('1234', 2, false), opened], assign('1234', 2)],
  ['CLAIM_WITHDRAWN', 'later', [opened, withdrawn('1234', 1, true)], assign('1234')],
  ['NUMBER_ASSIGNED', 'by this claim', [opened, number('1234')], withdraw('1234')],
];

describe('rejections of an account, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () =>
    expect([...new Set(ROWS.map(([code]) => code))]).toEqual(Object.keys(accountRefusals)));
});

describe('the price list of an account', () => {
  const later = Instant.plusMs(now, 1000);
  const priced = (priceList: string, at = now): AccountCommand => ({
    type: 'AssignPriceList',
    now: at,
    priceList,
  });
  const given2 = { type: 'PriceListAssigned', at: now, account: A1, priceList: 'reseller-a' } as const;

  it('is the standard until it is given another, and that is done once', () => {
    given().when(priced('reseller-a')).thenRejected('NO_SUCH_ACCOUNT');
    given(opened).when(priced('standard')).thenNothing('the account has this price list already');
    given(opened).when(priced('reseller-a')).then(given2);
    given(opened, given2).when(priced('reseller-a')).thenNothing('the account has this price list already');
    given(opened, given2)
      .when(priced('standard', later))
      .then({ ...given2, at: later, priceList: 'standard' });
  });

  it('holds from the instant it was given', () => {
    const events: AccountEvent[] = [opened, { ...given2, at: later }];
    const state = events.reduce(account.evolve, account.fresh());
    if (state.phase !== 'open') throw new Error('not open');
    expect([now, Instant.plusMs(later, -1), later].map(at => priceListAt(state, at))).toEqual([
      'standard',
      'standard',
      'reseller-a',
    ]);
  });
});
