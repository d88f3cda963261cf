import { type AccountEvent, accountEvents } from '#contracts';
import { type AccountId, BusinessDay, Instant, Money } from '#kernel';
import { rowsAfter } from '#testing';
import { accounts } from './accounts.projection.js';

const now = Instant.parse('2026-10-01T09:30:00.125+09:00');
const A1 = 'A1' as AccountId;
const openedOn = BusinessDay.parse('2026-10-01');

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

describe('the list of accounts', () => {
  const told = (event: AccountEvent) => ({ type: accountEvents.codec.encode(event).type, event });

  it('holds the newest of everything, and the revision as the ETag', () => {
    const change: AccountEvent = { type: 'TariffAssigned', at: now, account: A1, tariff: 'b' };
    const events = [opened, number('1234'), number('5678'), change, agreed('0.5')];
    expect(rowsAfter(accounts, ...events.map(told))).toEqual({
      accounts: [
        {
          account: 'A1',
          name: '株式会社例',
          opened_on: openedOn,
          tariff: 'b',
          price_list: 'standard',
          incoming_discount: 5_000,
          revision: 4,
        },
      ],
      account_numbers: [
        { number: '1234', account: 'A1', position: 2 },
        { number: '5678', account: 'A1', position: 3 },
      ],
      former_numbers: [],
    });
  });

  it('follows the revision over a withdrawn claim, and has no row of an account never opened', () => {
    expect(rowsAfter(accounts, told(withdrawn('1', 1, false)))).toEqual({
      accounts: [],
      account_numbers: [],
      former_numbers: [],
    });
    const rows = rowsAfter(accounts, ...[opened, withdrawn('1', 1, true)].map(told));
    expect(rows).toMatchObject({ accounts: [{ account: 'A1', revision: 1 }], account_numbers: [] });
  });

  it('keeps a number that was taken back as one of the provider', () => {
    const taken: AccountEvent = { type: 'NumberUnassigned', at: now, account: A1, number: '1234', claim: 1 };
    const events = [opened, number('1234'), taken].map(told);
    expect(rowsAfter(accounts, ...events)).toMatchObject({
      account_numbers: [],
      former_numbers: [{ number: '1234', account: 'A1', position: 3 }],
    });
  });

  it('gives a number to one account only', () =>
    expect(() => rowsAfter(accounts, told(opened), told(number('1234')), told(number('1234')))).toThrow(
      'account_numbers has a row ["1234"] already',
    ));

  it('handles every event of an account', () =>
    expect([...accounts.handles].sort()).toEqual(Object.values(accountEvents.types).sort()));
});
