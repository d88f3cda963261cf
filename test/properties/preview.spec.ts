import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { AccountClose, Answer, CloseReport, Product } from '#runtime';
import { CDR_HEADER, callerOf, StandingClock, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const WHATS = [
  ...['charge', 'out', 'out', 'mobile', 'abroad', 'free', 'in', 'in', 'unknown', 'unreadable'],
  ...['hold', 'release', 'reverse', 'adjust', 'close', 'close all', 'next', 'next', 'early'],
] as const;
type What = (typeof WHATS)[number];

interface Ask {
  readonly what: What;
  readonly account: number;
  /** Which of what was there before, and how long. */
  readonly pick: number;
}
const asks = fc.array(
  fc.record({ what: fc.constantFrom(...WHATS), account: fc.nat({ max: 2 }), pick: fc.nat({ max: 400 }) }),
  { minLength: 10, maxLength: 60, size: 'max' },
);

/** An incoming call of a month that is closed, and that nothing is remembered of, is taken back. */
const TAKEN_BACK: Ask[] = Array.from({ length: 10 }, (_, i) =>
  i === 3 ? { what: 'in', account: 1, pick: 0 } : { what: 'charge', account: 0, pick: 0 },
);

/**
 * A close while funds are set aside for a call, one too early, one before an earlier month, one twice, and in
 * the end a month in which more is taken back than was used.
 */
const REFUSED: Ask[] = (
  [
    ...[['charge', 400] as const, ['out', 0] as const, ['early', 2] as const, ['early', 3] as const],
    ...(['release', 'next', 'close', 'close all', 'hold', 'close'] as const).map(what => [what, 0] as const),
  ] as const
).map(([what, pick]) => ({ what, account: 0, pick }));

const root = temporaryDirectory();
const clock = new StandingClock(Instant.parse('2025-10-01T09:00:00.000+09:00'));
let product: Product;
let stories = 0;
/** How often each end was met: a property that nothing tries proves nothing. */
const met = new Map<string, number>();
const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a preview cannot know or say in the words of a run: numbers that are not given yet. */
function asRun(row: AccountClose): object {
  const { invoice: _, ...rest } = row;
  return { ...rest, outcome: row.outcome === 'would_close' ? 'closed' : row.outcome };
}

function comparable(answer: Answer<CloseReport>): object {
  if (answer.kind !== 'done') return answer;
  const { dryRun: _, accounts, ...rest } = answer.value;
  return { ...rest, accounts: accounts.map(asRun) };
}

/** Three customers, and months that somebody previews and closes whenever it occurs to him. */
class Story {
  private readonly at = Instant.parse('2025-10-03T09:00:00.000+09:00');
  private now = this.at;
  private n = 0;
  private readonly calls: string[][] = [[], [], []];

  async tell(all: readonly Ask[]): Promise<void> {
    clock.at = this.now;
    await product.catalogue.importTariffCsv('t.csv', TARIFF, callerOf('tariff'));
    for (const [i, discount] of ['0.5', '0', '3'].entries()) {
      const input = {
        account: this.account(i),
        name: `株式会社${i}`,
        openedOn: BusinessDay.parse(i === 2 ? '2025-10-03' : '2025-10-01'),
        numbers: [`0501000000${i}`],
        tariff: 'std',
        incomingDiscount: Money.of(discount),
      };
      await product.accounts.open(input, callerOf(`open/${i}`));
    }
    for (const ask of all) {
      clock.at = this.now = Instant.plusMs(this.now, 3_600_000 + ask.pick * 1000);
      await this.do(ask, `s${++this.n}`);
    }
    await this.settleUp();
  }

  /** Every month is closed, what was charged is taken back, and the month of that is closed as well. */
  private async settleUp(): Promise<void> {
    const first = BusinessMonth.of(this.at);
    const last = BusinessMonth.of(this.now);
    const after = (month: BusinessMonth): Instant =>
      Instant.plusMs(BusinessMonth.start(BusinessMonth.plus(month, 1)), 36_000_000);
    this.now = clock.at = after(last);
    for (let month = first; month <= last; month = BusinessMonth.plus(month, 1))
      await this.closeMonth(month, {}, `end/${month}`);
    for (const [i, calls] of this.calls.entries())
      for (const debit of calls)
        await product.prepaid.reverse(
          { account: this.account(i), reversal: `back/${debit}`, debit, reason: 'x' },
          callerOf(`back/${debit}`),
        );
    const month = BusinessMonth.of(this.now);
    this.now = clock.at = after(month);
    await this.closeMonth(month, {}, 'end');
  }

  private account = (i: number) => parseAccountId(`A${i}`);

  private async do({ what, account: i, pick }: Ask, id: string): Promise<void> {
    const account = this.account(i);
    const { prepaid } = product;
    switch (what) {
      case 'charge':
        await prepaid.charge({ account, amount: Money.yen(10 + pick), method: 'bonus' }, callerOf(id));
        break;
      case 'hold':
        await prepaid.hold({ account, hold: 'h', amount: Money.yen(5), purpose: 'call' }, callerOf(id));
        break;
      case 'release':
        await prepaid.releaseHold({ account, hold: 'h' }, callerOf(id));
        break;
      case 'reverse': {
        const debit = this.calls[i]!.at(pick % Math.max(1, this.calls[i]!.length)) ?? 'none';
        await prepaid.reverse({ account, reversal: id, debit, reason: 'x' }, callerOf(id));
        break;
      }
      case 'adjust': {
        const taken = { amount: Money.yen(-pick - 1), reason: 'x', approvedBy: null };
        await prepaid.adjust({ account, adjustment: id, ...taken }, callerOf(id));
        break;
      }
      case 'next':
        this.now = Instant.plusMs(this.now, 17 * 86_400_000);
        break;
      case 'early': {
        const next = BusinessMonth.plus(BusinessMonth.of(this.now), 1);
        clock.at = Instant.plusMs(BusinessMonth.start(next), -3_600_000);
        if (pick % 3 > 0) {
          await this.do({ what: 'charge', account: i, pick }, `${id}/funds`);
          await this.do({ what: 'hold', account: i, pick }, `${id}/hold`);
        }
        this.now = clock.at = Instant.plusMs(BusinessMonth.start(next), pick * 40_000);
        return this.close(undefined, id, pick % 2 === 0 ? 'x' : undefined);
      }
      case 'close':
        return this.close(i, id);
      case 'close all':
        return this.close(undefined, id);
      default:
        return this.call(what, i, pick, id);
    }
  }

  /** Calls of up to forty days ago: late ones too. */
  private async call(what: What, i: number, pick: number, id: string): Promise<void> {
    const start = Instant.plusMs(this.now, -pick * 8_640_000);
    if (start < this.at) return;
    const own = `0501000000${i}`;
    const to = { out: '0312345678', mobile: '09012345678', abroad: '010112345678', free: '0501000000' }[
      what as 'out'
    ];
    const [from, called] = what === 'in' ? ['0399999999', own] : [own, to ?? '0099887766'];
    const times = [start, start, Instant.plusMs(start, 1000 + pick * 937)].map(Instant.text);
    const end = what === 'unreadable' ? 'soon' : times[2];
    const fields = [id, `A${i}`, own, what === 'in' ? 'in' : 'out', from, called, ...times.slice(0, 2), end];
    const path = join(root, 'calls.csv');
    writeFileSync(path, `${CDR_HEADER}\n${fields.join()},NORMAL_CLEARING\n`);
    await product.cdr.importFile(path, 'csv', callerOf(id));
    this.calls[i]!.push(id);
  }

  /** The month before this one or the one before that, previewed and then run at the same instant. */
  private async close(i: number | undefined, id: string, forced?: string): Promise<void> {
    const month = BusinessMonth.plus(BusinessMonth.of(this.now), this.n % 5 === 0 ? -2 : -1);
    const only = i === undefined ? {} : { account: this.account(i) };
    await this.closeMonth(month, { ...only, ...(forced === undefined ? {} : { forced }) }, id);
  }

  private async closeMonth(
    month: BusinessMonth,
    given: Partial<Parameters<Product['closing']['run']>[0]>,
    id: string,
  ): Promise<void> {
    const input = { ...given, month };
    const said = await product.closing.run({ ...input, dryRun: true }, callerOf(`${id}/preview`));
    const head = (await product.health()).head;
    const again = await product.closing.run({ ...input, dryRun: true }, callerOf(`${id}/again`));
    expect((await product.health()).head).toBe(head);
    expect(again).toEqual(said);
    const done = await product.closing.run({ ...input, dryRun: false }, callerOf(`${id}/run`));
    expect(comparable(done)).toEqual(comparable(said));
    this.note(done);
  }

  private note(done: Answer<CloseReport>): void {
    if (done.kind === 'rejected') count(done.rejection.code);
    if (done.kind !== 'done') return;
    for (const row of done.value.accounts) {
      count(row.rejection?.code ?? row.outcome);
      if (Money.of(row.total) < 0) count('below zero');
    }
  }
}

describe('the preview of a close', () => {
  it('says what the run then does, refusals included, and writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async all => {
        const directory = join(root, `story-${++stories}`);
        product = await openProduct({ directory, clock });
        try {
          await new Story().tell(all);
        } finally {
          await product.close();
        }
      }),
      { numRuns: 30, examples: [[TAKEN_BACK], [REFUSED]] },
    );
    const ends = ['closed', 'already_closed', 'nothing_to_bill', 'below zero'];
    const refusals = ['EARLIER_MONTH_OPEN', 'CLOSE_TOO_EARLY', 'CALLS_RUNNING'];
    expect([...met.keys()]).toEqual(expect.arrayContaining([...ends, ...refusals]));
  }, 120_000);
});
