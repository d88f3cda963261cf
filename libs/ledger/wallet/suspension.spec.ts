import { BusinessMonth, Instant } from '#kernel';
import {
  adjust,
  closing,
  credit,
  debit,
  hold,
  jst,
  open,
  release,
  story,
  type WalletStory,
  yen,
} from '../../../test/support/wallets.js';
import { walletEvents } from './wallet.events.js';
import { type WalletCommand, wallet } from './wallet.js';
import { balanceAt } from './wallet.queries.js';
import { closingBalance, openBooks } from './wallet.state.js';

const POLICY = 'contracts.suspension-grace-days@2020-01-01=7';
const suspend = (at: string, graceDays = 7): WalletCommand => ({
  type: 'SuspendOverdue',
  now: jst(at),
  ...{ graceDays, policy: POLICY },
});
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);
const suspendedSince = ({ state }: WalletStory) => balanceAt(state, 0 as Instant).suspendedSince;
const booksOf = ({ state }: WalletStory) => {
  if (state.phase !== 'open') throw new Error('not open');
  return state;
};
/** 100 yen on 10 January, 150 of them spent on the 15th at noon. */
const owing = () => story(credit('L1', '100', '2025-01-10'), debit('D1', '150', '2025-01-15'));
const suspended = () => owing().all(suspend('2025-01-23'));

describe('the service of an account that owes something', () => {
  it('is suspended when the grace is over: the day of the debt does not count, its last day does', () => {
    const told = owing();
    const asked = (at: string) => wallet.decide(suspend(at), told.state).kind;
    expect(asked('2025-01-22T23:59:59.999')).toBe('nothing');
    expect(told.must(suspend('2025-01-23T00:00:00.000'))).toEqual([
      {
        type: 'ServiceSuspended',
        at: jst('2025-01-23T00:00:00.000'),
        owingSince: jst('2025-01-15'),
        receivable: yen('50'),
        policy: POLICY,
      },
    ]);
    expect(suspendedSince(told)).toBe(jst('2025-01-23T00:00:00.000'));
  });

  it('goes by the grace that is told, and none suspends from the day after', () => {
    expect(wallet.decide(suspend('2025-01-15T23:59', 0), owing().state).kind).toBe('nothing');
    expect(typesOf(owing().must(suspend('2025-01-16T00:00', 0)))).toEqual(['ServiceSuspended']);
  });

  it('is suspended once', () => {
    expect(wallet.decide(suspend('2025-02-23'), suspended().state)).toMatchObject({ kind: 'nothing' });
  });

  it('is left alone when nothing is owed at the moment it is asked', () => {
    const told = owing().all(credit('L2', '50', '2025-01-22'));
    expect(wallet.decide(suspend('2025-02-23'), told.state).kind).toBe('nothing');
    expect(wallet.decide(suspend('2025-02-23'), story().state).kind).toBe('nothing');
  });

  it('counts a debt from the instant from which something has been owed without interruption', () => {
    const partly = owing().all(credit('L2', '49', '2025-01-20'), debit('D2', '10', '2025-01-21'));
    expect(partly.must(suspend('2025-01-23'))).toMatchObject([
      { owingSince: jst('2025-01-15'), receivable: yen('11') },
    ]);
    const anew = owing().all(credit('L2', '50', '2025-01-20'), debit('D2', '10', '2025-01-21'));
    expect(wallet.decide(suspend('2025-01-28'), anew.state).kind).toBe('nothing');
    expect(anew.must(suspend('2025-01-29'))).toMatchObject([{ owingSince: jst('2025-01-21') }]);
  });
});

describe('a suspended service goes on in the decision that pays the last yen', () => {
  const resumed = (told: WalletStory, command: WalletCommand) => {
    const events = told.must(command);
    expect(events.at(-1)).toMatchObject({ type: 'ServiceResumed', suspendedSince: jst('2025-01-23') });
    expect(suspendedSince(told)).toBeNull();
    expect(balanceAt(told.state, 0 as Instant).receivable).toBe(0);
    return typesOf(events);
  };

  it('of a charge', () =>
    expect(resumed(suspended(), credit('L2', '50', '2025-01-25'))).toEqual([
      'LotCredited',
      'ReceivablePaid',
      'ServiceResumed',
    ]));

  it('of a bonus, and of an adjustment', () => {
    const bonus = credit('B1', '60', '2025-01-25', { kind: 'bonus', method: 'bonus' });
    resumed(suspended(), bonus);
    resumed(suspended(), adjust('X1', '50', '2025-01-25'));
  });

  it('of a release', () => {
    const told = story(credit('L1', '100', '2025-01-10'), hold('H1', '60', '2025-01-15'));
    told.all(debit('D1', '90', '2025-01-15'), suspend('2025-01-23'));
    expect(resumed(told, release('H1', '2025-01-24'))).toEqual([
      'HoldReleased',
      'ReceivablePaid',
      'ServiceResumed',
    ]);
  });

  it('of a reversal', () => {
    const told = suspended();
    expect(resumed(told, told.reversalOf('D1', '2025-01-24'))).toEqual(['DebitReversed', 'ServiceResumed']);
  });

  it('of a close that gives back more than was owed', () => {
    const told = story(credit('L1', '100', '2025-01-10'), debit('D1', '100.4', '2025-01-15'));
    told.all(suspend('2025-01-23'));
    const events = typesOf(told.must(closing(told, '2025-01')));
    expect(events).toEqual(['RoundingDifferenceBooked', 'BillingMonthClosed', 'ServiceResumed']);
  });

  it('and of nothing less: a yen that is still owed keeps it suspended', () => {
    const told = suspended().all(credit('L2', '49.9999', '2025-01-25'));
    expect(suspendedSince(told)).toBe(jst('2025-01-23'));
    expect(typesOf(told.must(credit('L3', '0.0001', '2025-01-26')))).toContain('ServiceResumed');
  });
});

describe('over the months', () => {
  const carried = (told: WalletStory) => closingBalance(booksOf(told));
  const nextMonth = (told: WalletStory) => {
    const { lastDecidedAt: now, month } = booksOf(told);
    const next = BusinessMonth.plus(month, 1);
    const [closed] = told.must({ type: 'CloseWallet', now, next });
    const stored = walletEvents.codec.encode(closed!);
    const read = walletEvents.codec.decode(stored.type, JSON.parse(JSON.stringify(stored.data)));
    if (read.type !== 'WalletClosed') throw new Error('not closed');
    told.state = wallet.fresh();
    told.must({ ...open(), now, month: next, carried: read.closing } as WalletCommand);
  };

  it('the age of a debt and the suspension are carried', () => {
    const told = owing();
    nextMonth(told);
    told.must(suspend('2025-01-23'));
    expect(told.events.at(-1)).toMatchObject({ owingSince: jst('2025-01-15') });
    nextMonth(told);
    expect(suspendedSince(told)).toBe(jst('2025-01-23'));
    expect(typesOf(told.must(credit('L2', '50', '2025-03-01')))).toContain('ServiceResumed');
    nextMonth(told);
    expect(carried(told)).not.toHaveProperty('suspendedSince');
    expect(carried(told)).not.toHaveProperty('owingSince');
  });

  it('a debt of a balance that did not say since when is as old as that balance', () => {
    const { owingSince: _, ...former } = carried(owing());
    const books = openBooks('A1', BusinessMonth.parse('2025-02'), former);
    expect(books.owingSince).toBe(jst('2025-01-15'));
    expect(books.suspendedSince).toBeNull();
  });
});
