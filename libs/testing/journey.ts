import { expect, it } from '@jest/globals';
import { BusinessMonth, Money, MoneyTotal } from '#kernel';
import type { Clock } from '#ports';
import { ask, type Product, reconcileMonth, replayLog } from '#runtime';
import { JourneyApi } from './journey-api.js';
import { SimulatedClock } from './simulated-clock.js';

/** A product of its own for one journey, in a folder that is removed at the end. */
export interface JourneyHome {
  readonly product: Product;
  /** Call files of the journey are written here. */
  readonly directory: string;
  end(): Promise<void>;
}

/** What the books must say at any moment. */
export class JourneyBooks {
  constructor(
    private readonly product: Product,
    private readonly clock: SimulatedClock,
  ) {}

  /**
   * Debits equal credits, in all and per account; the liabilities of the journal are the lots of the
   * wallets, its receivables what customers owe; calls, usage, closes and invoices of every month agree.
   */
  async toBalance(): Promise<void> {
    const { product } = this;
    const { prepaid, accounts } = product;
    let posted = MoneyTotal.zero;
    let owed = MoneyTotal.zero;
    let first = BusinessMonth.of(this.clock.now());
    for (const { account, openedOn } of (await accounts.list({ limit: 1_000 })).rows) {
      const one = await prepaid.trialBalance(account);
      expect([account, one.debit]).toEqual([account, one.credit]);
      const balance = (await prepaid.balance(account))!;
      expect(Money.add(Money.of(balance.held), Money.of(balance.available))).toBe(Money.of(balance.posted));
      posted = MoneyTotal.add(posted, Money.of(balance.posted));
      owed = MoneyTotal.add(owed, Money.of(balance.receivable));
      const opened = BusinessMonth.parse(openedOn.slice(0, 7));
      if (opened < first) first = opened;
    }
    const trial = await prepaid.trialBalance();
    expect(trial.debit).toBe(trial.credit);
    const net = (prefix: string): MoneyTotal =>
      MoneyTotal.sum(
        trial.rows
          .filter(row => row.ledgerAccount.startsWith(prefix))
          .map(row => MoneyTotal.subtract(MoneyTotal.parse(row.credit), MoneyTotal.parse(row.debit))),
      );
    expect(MoneyTotal.text(net('prepaid_liability:'))).toBe(MoneyTotal.text(posted));
    expect(MoneyTotal.text(MoneyTotal.negate(net('receivable')))).toBe(MoneyTotal.text(owed));
    for (let month = first; month <= BusinessMonth.of(this.clock.now()); month = BusinessMonth.plus(month, 1))
      expect((await ask(product, reconcileMonth, { month })).rows).toEqual([]);
  }

  /** What a ledger account stands at, debits less credits. */
  async standing(ledgerAccount: string): Promise<string> {
    const { rows } = await this.product.prepaid.trialBalance();
    const row = rows.find(one => one.ledgerAccount === ledgerAccount);
    return row ? Money.text(Money.subtract(Money.of(row.debit), Money.of(row.credit))) : '0';
  }
}

export interface Journey {
  readonly clock: {
    /** Moves the time; nothing in the product happens by itself, the next request sees it. */
    to(instant: string): void;
  };
  readonly api: JourneyApi;
  readonly books: JourneyBooks;
  readonly readModels: {
    /** The log is whole, and every read model built anew from it is the same, row by row. */
    toEqualARebuild(): Promise<void>;
  };
  readonly product: Product;
}

/**
 * Binds `journey(name, walk)` to a way of opening the product: a test that moves the clock, names exactly
 * the events that follow each step and proves the books. Books and read models are proven once more at the
 * end of each journey.
 */
export function journeysOn(
  open: (clock: Clock) => Promise<JourneyHome>,
  start = '2025-01-01T09:00:00.000+09:00',
): (name: string, walk: (journey: Journey) => Promise<void>) => void {
  return (name, walk) => {
    it(name, async () => {
      const clock = new SimulatedClock(start);
      const home = await open(clock);
      const { product } = home;
      const books = new JourneyBooks(product, clock);
      const toEqualARebuild = async (): Promise<void> => {
        expect(await product.audit.verify()).toMatchObject({ ok: true, problems: [] });
        expect(await ask(product, replayLog, {})).toMatchObject({ ok: true, problems: [] });
        const asOf = clock.now();
        expect(await ask(product, replayLog, { asOf })).toMatchObject({ ok: true, problems: [] });
      };
      try {
        const api = new JourneyApi(product, home.directory);
        const to = (instant: string): void => clock.moveTo(instant);
        await walk({ clock: { to }, api, books, readModels: { toEqualARebuild }, product });
        await books.toBalance();
        await toEqualARebuild();
      } finally {
        await home.end();
      }
    });
  };
}
