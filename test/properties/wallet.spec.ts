import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Money } from '#kernel';
import {
  balanceAt,
  closingBalance,
  type LedgerAccount,
  type LotPart,
  MOST_IN_WALLET,
  postingsOf,
  type WalletCommand,
  type WalletEvent,
  type WalletState,
  wallet,
  walletEvents,
} from '#ledger';
import { drawnBy, holdOfDebit, NaiveLedger, returnedBy } from '../support/naive-ledger.js';
import { Asker, type Intent, intents } from '../support/wallet-intents.js';
import { A1, lotFacts, open, WalletStory } from '../support/wallets.js';

const RUNS = { numRuns: 200 };

/** Every property of this page holds at every event of every story. */
function everyStory(watchOf: () => (event: WalletEvent, story: WalletStory) => void): void {
  const told = (list: readonly Intent[]): void => {
    const story = new WalletStory(watchOf());
    story.must(open());
    const asker = new Asker(story);
    for (const intent of list) story.tell(asker.command(intent));
  };
  fc.assert(fc.property(intents, told), RUNS);
}

const booksOf = (state: WalletState) => {
  if (state.phase === 'unopened') throw new Error('not opened');
  return closingBalance(state);
};
/** A watch that keeps the naive ledger beside the wallet. */
const beside = (check: (e: WalletEvent, before: NaiveLedger, story: WalletStory) => void) => () => {
  const naive = new NaiveLedger();
  return (e: WalletEvent, story: WalletStory) => {
    check(e, naive, story);
    naive.apply(e);
  };
};

const asMap = (parts: readonly LotPart[]) => new Map(parts.map(part => [part.lot, part.amount as number]));
const sum = (parts: readonly LotPart[]) => Money.sum(parts.map(part => part.amount));

describe('the books of a wallet, whatever is asked of it in whichever order', () => {
  it('balance at every event: the trial balance is zero', () =>
    everyStory(() => e => {
      const postings = postingsOf(e);
      expect(Money.sum(postings.map(p => p.debit))).toBe(Money.sum(postings.map(p => p.credit)));
      for (const { debit, credit } of postings) {
        expect(debit >= 0 && credit >= 0 && debit > 0 !== credit > 0).toBe(true);
      }
    }));

  it('agree with the wallet: liabilities are what the lots hold, the receivable is what is owed', () =>
    everyStory(() => {
      const totals = new Map<LedgerAccount, number>();
      const total = (account: LedgerAccount) => totals.get(account) ?? 0;
      return (e, story) => {
        if (story.state.phase !== 'unopened') {
          const { lots, receivable } = booksOf(story.state);
          const posted = (kind: string) => Money.sum(lots.filter(l => l.kind === kind).map(l => l.posted));
          expect(total('prepaid_liability:paid')).toBe(Money.negate(posted('paid')));
          expect(total('prepaid_liability:bonus')).toBe(Money.negate(posted('bonus')));
          expect(total('receivable')).toBe(receivable);
        }
        for (const { account, debit, credit } of postingsOf(e))
          totals.set(account, total(account) + debit - credit);
      };
    }));

  it('make the debits of a closed month equal its invoice, to the last fraction', () =>
    everyStory(() => {
      const moved = new Map<BusinessMonth, number>();
      const add = (month: BusinessMonth, sum: number) => moved.set(month, (moved.get(month) ?? 0) + sum);
      return e => {
        if (e.type === 'CallDebited' || e.type === 'Debited')
          add(e.billingMonth, sum(e.parts) + e.receivable);
        if (e.type === 'DebitReversed') add(e.billingMonth, -sum(e.parts) - sum(e.expired) - e.receivable);
        if (e.type === 'IncomingDiscountGranted') {
          const sign = e.net + e.tax < 0 ? 1 : -1;
          add(e.billingMonth, sign * (sum(e.parts) + sum(e.expired)) - e.receivable);
        }
        if (e.type === 'RoundingDifferenceBooked') {
          const sign = e.amount > 0 ? 1 : -1;
          // What no lot could take back is the provider's: only a month of reversals can have it.
          add(e.billingMonth, sign * (sum(e.parts) + sum(e.expired)) + e.receivable - e.unreturned);
        }
        if (e.type === 'BillingMonthClosed') expect(moved.get(e.month) ?? 0).toBe(e.total);
      };
    }));

  it('never owe the customer: a receivable is zero or more', () =>
    everyStory(() => (_, story) => {
      if (story.state.phase !== 'unopened') expect(booksOf(story.state).receivable).toBeGreaterThanOrEqual(0);
    }));

  it('conserve every yen: what was credited is posted, spent or expired', () =>
    everyStory(() => {
      let [credited, spent, expired] = [0, 0, 0];
      return (e, story) => {
        if (story.state.phase !== 'unopened') {
          expect(Money.sum(booksOf(story.state).lots.map(lot => lot.posted))).toBe(
            credited - spent - expired,
          );
        }
        credited += Money.sum(lotFacts([e]).map(lot => lot.credited));
        if (e.type !== 'FundsHeld' && e.type !== 'HoldExtended')
          spent += sum(drawnBy(e)) - sum(returnedBy(e));
        if (e.type === 'LotExpired') expired += e.amount;
      };
    }));
});

describe('sums, however large what is asked', () => {
  it('stay within the range of the ledger at every event, and can be read', () => {
    const told = (list: readonly Intent[]): void => {
      const story = new WalletStory().all(open());
      const asker = new Asker(story);
      for (const intent of list) {
        // Of these it is a rate per minute, or how long somebody talked.
        const isMoney = intent.what !== 'close' && intent.what !== 'note';
        const amount = isMoney ? intent.amount * 250_000_000 : intent.amount;
        story.tell(asker.command({ ...intent, amount }));
        const { posted, receivable } = balanceAt(story.state, 0 as never);
        const months = booksOf(story.state).usage.map(({ counters }) =>
          Money.sum(counters.flatMap(({ net, tax }) => [Math.abs(net) as Money, Math.abs(tax) as Money])),
        );
        for (const sum of [Number(posted), Math.abs(receivable), ...months])
          expect(sum).toBeLessThanOrEqual(MOST_IN_WALLET);
      }
    };
    fc.assert(fc.property(intents, told), RUNS);
  });
});

describe('lots, whatever is asked in whichever order', () => {
  it('are drawn as by sorting all and taking', () =>
    everyStory(
      beside((e, naive, story) => {
        if (e.type !== 'CallDebited' && e.type !== 'Debited') return;
        const credit = Math.max(0, -booksOf(story.state).receivable);
        const amount = Math.max(0, e.net + e.tax - credit);
        const drawn = naive.draw(BusinessDay.of(e.at), amount, holdOfDebit(e));
        expect(asMap(e.parts)).toEqual(drawn);
        expect(sum(e.parts) + e.receivable).toBe(e.net + e.tax);
      }),
    ));

  it('are never spent after their last day, but by a hold that was made in time', () =>
    everyStory(
      beside((e, naive) => {
        const own = naive.holds.get(holdOfDebit(e) ?? '');
        for (const { lot, amount } of drawnBy(e)) {
          if (BusinessDay.of(e.at) <= naive.facts.get(lot)!.expiresOn) continue;
          expect(amount).toBeLessThanOrEqual(own?.get(lot) ?? 0);
        }
      }),
    ));

  it('get back only while they are valid, and keep their identity', () =>
    everyStory(
      beside((e, naive, story) => {
        for (const { lot } of returnedBy(e)) {
          expect(BusinessDay.of(e.at)).toBeLessThanOrEqual(naive.facts.get(lot)!.expiresOn);
        }
        if (story.state.phase === 'unopened') return;
        for (const { id: lot, kind, issuedAt, expiresOn, credited } of booksOf(story.state).lots) {
          expect({ lot, kind, issuedAt, expiresOn, credited }).toEqual(naive.facts.get(lot));
        }
      }),
    ));

  it('never hold more than was credited to them', () => {
    const check = (list: readonly Intent[]): void => {
      const story = new WalletStory().all(open());
      const asker = new Asker(story);
      for (const intent of list) {
        story.tell(asker.command(intent));
        const { lots } = booksOf(story.state);
        expect(lots.filter(lot => lot.posted > lot.credited || lot.held > lot.posted)).toEqual([]);
      }
    };
    fc.assert(fc.property(intents, check), RUNS);
  });

  it('leave no value standing after their last day once anything was decided', () =>
    everyStory(() => (e, story) => {
      if (story.state.phase === 'unopened' || e.type === 'LotExpired') return;
      const today = BusinessDay.of(e.at);
      const overdue = booksOf(story.state).lots.filter(l => l.expiresOn < today && l.posted > l.held);
      expect(overdue).toEqual([]);
    }));
});

describe('holds and debits, by any interleaving', () => {
  it('never take more than the funds that are valid at that instant', () =>
    everyStory(
      beside((e, naive) => {
        const own = naive.holds.get(holdOfDebit(e) ?? '');
        for (const { lot, amount } of drawnBy(e)) {
          const free = naive.left.get(lot)! - naive.held(lot) + (own?.get(lot) ?? 0);
          expect(amount).toBeLessThanOrEqual(free);
        }
        for (const [lot, left] of naive.left) expect(naive.held(lot)).toBeLessThanOrEqual(left);
      }),
    ));

  it('leave no debt beside free funds, and no service suspended without a debt', () => {
    const check = (list: readonly Intent[]): void => {
      const story = new WalletStory().all(open());
      const asker = new Asker(story);
      for (const intent of list) {
        story.tell(asker.command(intent));
        const { available, receivable } = balanceAt(story.state, 0 as never);
        expect(receivable <= 0 || available === 0).toBe(true);
        const { owingSince, suspendedSince } = booksOf(story.state);
        expect(owingSince !== undefined).toBe(receivable > 0);
        if (suspendedSince !== undefined) expect(owingSince).toBeLessThanOrEqual(suspendedSince);
      }
    };
    fc.assert(fc.property(intents, check), RUNS);
  });
});

describe('the log of a wallet', () => {
  const tell = (list: readonly Intent[], beforeEach: (story: WalletStory, i: number) => void = () => {}) => {
    const story = new WalletStory().all(open('2040-01'));
    const asker = new Asker(story);
    list.forEach((intent, i) => {
      beforeEach(story, i);
      story.tell(asker.command(intent));
    });
    return story;
  };

  it('read back from its stored text is the same wallet', () =>
    fc.assert(
      fc.property(intents, list => {
        const story = tell(list);
        const read = story.events.map(event => {
          const { type, data } = walletEvents.codec.encode(event);
          return walletEvents.codec.decode(type, JSON.parse(JSON.stringify(data)));
        });
        expect(read).toEqual(story.events);
        expect(read.reduce(wallet.evolve, wallet.fresh())).toEqual(story.state);
      }),
      RUNS,
    ));

  it('cut into streams anywhere tells the same story', () =>
    fc.assert(
      fc.property(intents, fc.uniqueArray(fc.nat({ max: 39 }), { maxLength: 5 }), (list, cuts) => {
        const whole = tell(list);
        const cut = tell(list, (story, i) => {
          if (cuts.includes(i)) turn(story);
        });
        const inside = ({ events }: WalletStory) =>
          events.filter(e => e.type !== 'WalletOpened' && e.type !== 'WalletClosed');
        expect(inside(cut)).toEqual(inside(whole));
        expect(booksOf(cut.state)).toEqual(booksOf(whole.state));
      }),
      RUNS,
    ));

  /** Ends the stream and opens that of the month after. */
  function turn(story: WalletStory): void {
    if (story.state.phase !== 'open') throw new Error('not open');
    const { lastDecidedAt: now, month } = story.state;
    const next = BusinessMonth.plus(month, 1);
    const [closed] = story.must({ type: 'CloseWallet', now, next });
    if (closed?.type !== 'WalletClosed') throw new Error('not closed');
    const opening: WalletCommand = {
      type: 'OpenWallet',
      now,
      account: A1,
      month: next,
      carried: closed.closing,
    };
    story.state = wallet.fresh();
    story.must(opening);
  }
});
