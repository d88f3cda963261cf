import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Answer, Product } from '#runtime';
import { walletEvents } from '../support/log-events.js';
import { NaiveLedger } from '../support/naive-ledger.js';
import { allRows } from '../support/product-snapshot.js';
import { CDR_HEADER, callerOf, openAccount, StandingClock, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const WHATS = ['charge', 'hold', 'hold', 'settle', 'settle', 'extend', 'release', 'adjust'] as const;
const RARE = ['import', 'import', 'reverse', 'reverse', 'close'] as const;

interface Ask {
  readonly what: (typeof WHATS)[number] | (typeof RARE)[number];
  /** Which hold or call. */
  readonly pick: number;
  readonly yen: number;
  /** Turns of the event loop to wait before it is asked. */
  readonly later: number;
}

const ask: fc.Arbitrary<Ask> = fc.record({
  what: fc.constantFrom(...WHATS, ...RARE),
  pick: fc.nat({ max: 2 }),
  yen: fc.integer({ min: 1, max: 120 }),
  later: fc.nat({ max: 3 }),
});
const DAYS = ['2025-10-20', '2025-10-31', '2025-11-01', '2025-11-10', '2025-12-02', '2026-05-20'];
/** What is asked at the same time; the next wave begins when all is answered. */
const wave = fc.array(ask, { minLength: 2, maxLength: 12, size: 'max' });
const waves = fc.array(wave, { minLength: 1, maxLength: DAYS.length, size: 'max' });

const one = (what: Ask['what'], pick = 0, yen = 1, later = 0): Ask => ({ what, pick, yen, later });
/** Stories that meet everything that a wallet can meet, whatever chance tells. */
const TOLD: [Ask[][]][] = [
  [
    [
      [one('charge', 0, 120)],
      [one('import'), one('hold', 0, 20), one('hold', 1, 20), one('hold', 2, 20)],
      [one('extend', 0, 5), one('release', 1), one('settle', 2), one('hold', 0, 20), one('adjust')],
      [one('reverse', 0, 1, 1), one('settle', 0)],
      [one('reverse', 0, 1, 1), one('close')],
      [one('hold', 1, 120)],
    ],
  ],
  [[[one('hold', 0, 120), one('extend', 1), one('import')], [one('charge', 0, 120)]]],
];

const root = temporaryDirectory();
const clock = new StandingClock(Instant.parse('2025-10-01T09:00:00.000+09:00'));
let product: Product;
let stories = 0;
/** How often what happened, over all stories: a property that nothing tries proves nothing. */
const seen = new Map<string, number>();
const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
beforeAll(async () => {
  product = await openProduct({ directory: join(root, 'data'), clock });
  await product.catalogue.importTariffCsv('t.csv', TARIFF, callerOf('tariff'));
});
afterAll(async () => {
  await product.close();
  rmSync(root, { recursive: true, force: true });
});

/** One customer, asked many things at once. */
class Story {
  readonly name = `S${++stories}`;
  readonly account = parseAccountId(this.name);
  readonly number = `050${20_000_000 + stories}`;
  /** What became of each command, by its id. */
  readonly answers = new Map<string, Answer<unknown>['kind']>();
  readonly charged: Money[] = [];
  private asked = 0;

  async tell(all: readonly (readonly Ask[])[]): Promise<void> {
    clock.at = Instant.parse('2025-10-01T09:00:00.000+09:00');
    await openAccount(product, this.name, this.number, '2025-10-01');
    for (const [i, wave] of all.entries()) {
      clock.at = Instant.parse(`${DAYS[i]}T10:00:00.000+09:00`);
      await Promise.all(wave.map(one => this.ask(one, i)));
    }
  }

  private async ask(one: Ask, wave: number): Promise<void> {
    const id = `${this.name}/${++this.asked}/${one.what}`;
    for (let i = 0; i < one.later; i++) await new Promise(setImmediate);
    const answer = await this.put(one, id, wave);
    if (answer) this.answers.set(id, answer.kind);
    if (answer?.kind === 'rejected') count(answer.rejection.code);
  }

  private put(one: Ask, id: string, wave: number): Promise<Answer<unknown> | null> {
    const { prepaid, closing } = product;
    const { account } = this;
    const hold = `${this.name}-h${one.pick}`;
    const amount = Money.yen(one.yen);
    const caller = callerOf(id);
    switch (one.what) {
      case 'charge':
        return this.charge(Money.yen(one.yen * 3), id);
      case 'hold':
        return prepaid.hold({ account, hold, amount, purpose: 'call' }, caller);
      case 'extend':
        return prepaid.extendHold({ account, hold, amount }, caller);
      case 'release':
        return prepaid.releaseHold({ account, hold }, caller);
      case 'settle':
        return prepaid
          .settleHold({ account, hold, call: this.call(one.pick, wave) }, caller)
          .then(() => null);
      case 'adjust': {
        const taken = {
          account,
          adjustment: id,
          amount: Money.negate(amount),
          reason: 'x',
          approvedBy: null,
        };
        return prepaid.adjust(taken, caller);
      }
      case 'reverse':
        return prepaid.reverse(
          {
            account,
            reversal: id,
            debit: this.call(one.pick, Math.min(wave, one.later % 2)).callId,
            reason: 'x',
          },
          caller,
        );
      case 'import':
        return this.import(id, wave);
      case 'close':
        return closing
          .run({ month: BusinessMonth.parse('2025-10'), account, dryRun: false }, caller)
          .then(() => null);
    }
  }

  private async charge(amount: Money, id: string): Promise<Answer<unknown>> {
    const charge = { account: this.account, amount, method: 'bank_transfer', lot: id } as const;
    const answer = await product.prepaid.charge(charge, callerOf(id));
    if (answer.kind === 'done') this.charged.push(amount);
    return answer;
  }

  /**
   * Three calls a wave, of which a switch may settle some and a file may bring all: the same calls, the
   * same bodies.
   */
  private call(pick: number, wave: number) {
    const startedAt = Instant.plusMs(Instant.parse(`${DAYS[wave]}T09:00:00.000+09:00`), pick * 60_000);
    return {
      callId: `${this.name}-c${wave}-${pick}`,
      direction: 'out',
      number: this.number,
      from: this.number,
      to: pick % 2 === 0 ? '0312345678' : '09012345678',
      startedAt,
      answeredAt: Instant.plusMs(startedAt, 2_000),
      endedAt: Instant.plusMs(startedAt, 2_000 + 70_000 * (pick + 1)),
      durationMs: 70_000 * (pick + 1),
      hangupCause: 'OK',
    } as const;
  }

  private async import(id: string, wave: number): Promise<null> {
    const lines = [0, 1, 2].map(pick => {
      const { callId, from, to, startedAt, answeredAt, endedAt } = this.call(pick, wave);
      const times = [startedAt, answeredAt, endedAt].map(Instant.text).join();
      return `${callId},${this.name},${this.number},out,${from},${to},${times},OK`;
    });
    const file = join(root, `${id.replaceAll('/', '-')}.csv`);
    writeFileSync(file, `${[CDR_HEADER, ...lines].join('\n')}\n`);
    const { counts } = await product.cdr.importFile(file, 'csv', callerOf(id));
    expect(counts.charged + counts.duplicates).toBe(3);
    return null;
  }

  /**
   * The log, read by hand: no lot below zero, never more held than there is, every hold covered, each call
   * once.
   */
  async check(): Promise<void> {
    // What has expired is no longer in the balance; the sweep takes it out of the books as well.
    await product.prepaid.expireDue(this.account, callerOf(`${this.name}/sweep`));
    const naive = new NaiveLedger();
    const calls: string[] = [];
    const done = new Set<string>();
    for (const { event: e, commandId } of await walletEvents(product, this.name)) {
      if (e.type === 'FundsHeld' || e.type === 'HoldExtended') {
        const parts = new Map(e.parts.map(part => [part.lot, part.amount as number]));
        expect(parts).toEqual(naive.draw(BusinessDay.of(e.at), e.amount, null));
        expect(Money.sum(e.parts.map(part => part.amount))).toBe(e.amount);
      }
      naive.apply(e);
      count(e.type === 'CallDebited' && e.hold !== null ? 'CallSettled' : e.type);
      for (const [lot, left] of naive.left) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(naive.held(lot)).toBeLessThanOrEqual(left);
      }
      if (e.type === 'CallDebited') calls.push(e.call.callId);
      done.add(commandId);
    }
    expect(new Set(calls).size).toBe(calls.length);
    for (const [id, kind] of this.answers)
      expect({ id, logged: done.has(id) }).toEqual({ id, logged: kind === 'done' });
    await this.checkBooks(naive);
  }

  private async checkBooks(naive: NaiveLedger): Promise<void> {
    const balance = (await product.prepaid.balance(this.account))!;
    const posted = [...naive.left.values()].reduce((sum, left) => sum + left, 0);
    const held = [...naive.left.keys()].reduce((sum, lot) => sum + naive.held(lot), 0);
    expect([balance.posted, balance.held]).toEqual(
      [posted, held].map(units => Money.text(Money.fromUnits(units))),
    );
    const history = await allRows(cursor =>
      product.prepaid.history(this.account, cursor === undefined ? { limit: 500 } : { limit: 500, cursor }),
    );
    const moved = Money.sum(history.map(row => Money.of(row.amount)));
    expect(Money.text(moved)).toBe(balance.posted);
    const credited = history.filter(row => row.item === 'charge').map(row => Money.of(row.amount));
    expect(Money.sum(credited)).toBe(Money.sum(this.charged));
    const trial = await product.prepaid.trialBalance(this.account);
    expect(trial.debit).toBe(trial.credit);
  }
}

describe('one customer asked many things at once', () => {
  it('never spends or sets aside more than there is, whatever the interleaving', async () => {
    const tried = [
      'CallSettled',
      'CallDebited',
      'FundsHeld',
      'HoldExtended',
      'HoldReleased',
      'ReceivablePaid',
    ];
    const booked = ['DebitReversed', 'Adjusted', 'LotExpired', 'BillingMonthClosed', 'WalletClosed'];
    const refused = ['INSUFFICIENT_FUNDS', 'HOLD_EXISTS', 'NO_SUCH_HOLD', 'ALREADY_REVERSED'];
    await fc.assert(
      fc.asyncProperty(waves, async all => {
        const story = new Story();
        await story.tell(all);
        await story.check();
      }),
      { numRuns: 50, examples: TOLD },
    );
    expect([...tried, ...booked, ...refused].filter(what => !seen.has(what))).toEqual([]);
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  }, 90_000);
});
