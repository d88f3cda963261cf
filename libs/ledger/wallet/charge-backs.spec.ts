import { Instant } from '#kernel';
import { credit, debit, hold, jst, parts, release, story, yen } from '../../../test/support/wallets.js';
import { postingsOf } from '../journal.js';
import type { WalletCommand } from './wallet.js';
import { balanceAt } from './wallet.queries.js';

const back = (lot: string, amount: string, at = '2025-01-20'): WalletCommand => ({
  ...{ type: 'TakeBackCharge', now: jst(at), back: `${lot}.b1`, lot, method: 'card', amount: yen(amount) },
});
const charged = () => story(credit('L1', '1000', '2025-01-10'), credit('L2', '500', '2025-01-11'));
const shown = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('a charge whose money went back', () => {
  it('takes back what is left of its own lot first, then what the customer has besides', () => {
    expect(charged().must(back('L2', '500'))).toMatchObject([
      { type: 'ChargeTakenBack', parts: parts({ L2: '500' }), receivable: 0 },
    ]);
    const spent = charged().all(debit('D1', '300', '2025-01-12'));
    expect(spent.must(back('L1', '1000'))).toMatchObject([
      { type: 'ChargeTakenBack', parts: parts({ L1: '700', L2: '300' }), receivable: 0 },
    ]);
    expect(balanceAt(spent.state, jst('2025-01-20')).available).toBe(yen('200'));
  });

  it('leaves what was spent as a debt, suspends at once, and resumes when it is paid', () => {
    const spent = story(credit('L1', '1000', '2025-01-10'), debit('D1', '900', '2025-01-12'));
    expect(spent.must(back('L1', '1000'))).toMatchObject([
      { type: 'ChargeTakenBack', parts: parts({ L1: '100' }), receivable: yen('900') },
      {
        type: 'ServiceSuspended',
        owingSince: jst('2025-01-20'),
        receivable: yen('900'),
        policy: 'chargeback',
      },
    ]);
    expect(shown(spent.must(credit('L2', '899.9999', '2025-01-21')))).toEqual([
      'LotCredited',
      'ReceivablePaid',
    ]);
    expect(shown(spent.must(credit('L3', '1', '2025-01-22')))).toEqual([
      ...['LotCredited', 'ReceivablePaid', 'ServiceResumed'],
    ]);
    expect(balanceAt(spent.state, 0 as Instant).receivable).toBe(0);
  });

  it('takes nothing from a running call: that is owed, and paid by what the call does not use', () => {
    const held = story(credit('L1', '1000', '2025-01-10'), hold('H1', '600', '2025-01-19'));
    expect(held.must(back('L1', '1000'))).toMatchObject([
      { parts: parts({ L1: '400' }), receivable: yen('600') },
      { type: 'ServiceSuspended' },
    ]);
    expect(shown(held.must(release('H1', '2025-01-20T13:00')))).toEqual([
      ...['HoldReleased', 'ReceivablePaid', 'ServiceResumed'],
    ]);
  });

  it('is owed whole where its value has expired, and suspends once', () => {
    const gone = story(credit('L1', '1000', '2025-01-10'));
    expect(gone.must(back('L1', '600', '2025-07-10T00:00'))).toMatchObject([
      { type: 'LotExpired', amount: yen('1000') },
      { type: 'ChargeTakenBack', parts: [], receivable: yen('600') },
      { type: 'ServiceSuspended' },
    ]);
    expect(shown(gone.must(back('L1', '400', '2025-07-11')))).toEqual(['ChargeTakenBack']);
  });

  it('goes through the clearing account of its method: two entries for every yen', () => {
    const spent = story(credit('L1', '1000', '2025-01-10'), debit('D1', '900', '2025-01-12'));
    const [taken] = spent.must(back('L1', '1000'));
    expect(postingsOf(taken!)).toEqual([
      { account: 'prepaid_liability:paid', debit: yen('100'), credit: 0 },
      { account: 'receivable', debit: yen('900'), credit: 0 },
      { account: 'payment_clearing:card', debit: 0, credit: yen('1000') },
    ]);
  });
});
