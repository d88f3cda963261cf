import fc from 'fast-check';
import { BusinessDay, Instant, Money } from '#kernel';
import type { DepositFormat } from '../bank/bank-file.js';
import { type BankDayState, bankDay, bankDayStream, depositsOf, type TellingRow } from './bank-day.js';

const account = { bank: '0001', branch: '001', kind: '1', number: '1234567' } as const;
const day = BusinessDay.parse('2026-11-30');
const now = Instant.parse('2026-12-01T10:00:00.000+09:00');
const DAY = '000100111234567-20261130';

const row = (number: string | null, amount = 1000, more: Partial<TellingRow> = {}): TellingRow => ({
  ...{ number, amount: Money.yen(amount), payer: 'アオゾラ', isCancellation: false },
  ...more,
});
const back = (number: string | null, amount = 1000) => row(number, amount, { isCancellation: true });

class Day {
  state: BankDayState = bankDay.fresh();
  private files = 0;
  /** What is new in a file: `1`, `-2:1` for a cancellation and what it takes back, `3=1` for a twin. */
  list(rows: readonly TellingRow[], format: DepositFormat = 'zengin_01'): string[] {
    const file = `f${++this.files}`;
    return this.run({ type: 'ListDeposits', now, file, format, account, day, rows });
  }
  pair(cancellation: string, amount = 1000): string {
    const of = { amount: Money.yen(amount), payer: 'アオゾラ' };
    const outcome = bankDay.decide({ type: 'PairCancellation', now, cancellation, ...of }, this.state);
    if (outcome.kind === 'rejected') return outcome.rejection.code;
    if (outcome.kind === 'nothing') return 'nothing';
    for (const event of outcome.events) this.state = bankDay.evolve(this.state, event);
    const [event] = outcome.events;
    return event?.type === 'CancellationPaired' ? short(event.deposit) : '';
  }
  private run(command: Parameters<typeof bankDay.decide>[0]): string[] {
    const outcome = bankDay.decide(command, this.state);
    if (outcome.kind !== 'events') return [outcome.kind];
    const [event] = outcome.events;
    for (const one of outcome.events) this.state = bankDay.evolve(this.state, one);
    if (event?.type !== 'DepositsListed') return [];
    return event.deposits.map(({ deposit, isCancellation, twin, cancels }) => {
      const id = short(deposit);
      if (isCancellation) return `-${id}:${cancels === null ? '?' : short(cancels)}`;
      return twin === null ? id : `${id}=${short(twin)}`;
    });
  }
}
const short = (deposit: string): string => deposit.slice(DAY.length + 1);

describe('the deposits of one account and day', () => {
  it('are in one stream, which numbers them', () => {
    expect(bankDayStream(account, day)).toBe(`bankDay-${DAY}`);
    expect(new Day().list([row('01'), row('02')])).toEqual(['1', '2']);
  });

  it.each<[string, (of: Day) => (readonly string[])[], (readonly string[])[]]>([
    ['the same file twice', of => [of.list([row('01')]), of.list([row('01')])], [['1'], ['nothing']]],
    ['overlapping files', of => [of.list([row('01')]), of.list([row('01'), row('02')])], [['1'], ['2']]],
    [
      'rows without numbers, the second of two that look the same',
      of => [
        of.list([row(null)], 'csv'),
        of.list([row(null), row(null)], 'csv'),
        of.list([row(null)], 'csv'),
      ],
      [['1'], ['2'], ['nothing']],
    ],
    [
      'the same deposit in another format, each once',
      of => [of.list([row('01'), row('02')]), of.list([row('1'), row('2'), row('3')], 'zengin_03')],
      [
        ['1', '2'],
        ['3=1', '4=2', '5'],
      ],
    ],
    [
      'a cancellation in the same file, before its deposit',
      of => [of.list([back('01'), row('01')])],
      [['1', '-2:1']],
    ],
    [
      'a cancellation of a later file, by its number',
      of => [of.list([row('01'), row('02')]), of.list([back('02')]), of.list([back('02')])],
      [['1', '2'], ['-3:2'], ['nothing']],
    ],
    [
      'a cancellation with a number of its own, by amount and payer, each deposit once',
      of => [of.list([row('01'), row('02', 5)]), of.list([back('08'), back('09')])],
      [
        ['1', '2'],
        ['-3:1', '-4:?'],
      ],
    ],
  ])('%s', (_name, act, expected) => expect(act(new Day())).toEqual(expected));

  it('give a cancellation of a later day one that is not taken back, once', () => {
    const of = new Day();
    of.list([row('01'), row('02')]);
    expect(['c1', 'c2', 'c1', 'c3'].map(one => of.pair(one))).toEqual([
      ...['1', '2', 'nothing'],
      'NOTHING_TO_CANCEL',
    ]);
    expect(of.pair('c4', 7)).toBe('NOTHING_TO_CANCEL');
  });

  it('say which deposit each row of a file is', () => {
    const of = new Day();
    of.list([row('01'), row('02')]);
    const found = depositsOf(of.state, 'zengin_01', [row('02'), row('09'), row('01')]);
    expect(found.map(one => one?.deposit ?? null)).toEqual([`${DAY}-2`, null, `${DAY}-1`]);
  });

  it('are those that the bank had, whatever files tell of them, in whatever order and how often', () => {
    const truth = fc.uniqueArray(
      fc.record({ number: fc.nat({ max: 50 }), amount: fc.constantFrom(1, 2, 3), cancelled: fc.boolean() }),
      { selector: ({ number }) => number, minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        truth,
        fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 8 }), { maxLength: 8 }),
        (all, files) => {
          const of = new Day();
          const told = new Set<number>();
          for (const file of files) {
            const rows = file.map(nth => all[nth % all.length]!);
            for (const { number } of rows) told.add(number);
            of.list(
              rows.flatMap(({ number, amount, cancelled }) => [
                row(String(number), amount),
                ...(cancelled ? [back(String(number), amount)] : []),
              ]),
            );
          }
          const known = all.filter(({ number }) => told.has(number));
          const deposits = [...of.state.deposits.values()].filter(one => !one.isCancellation);
          const left = deposits.filter(({ deposit }) => !of.state.takenBack.has(deposit));
          const sum = (rows: readonly { amount: number }[]) =>
            rows.reduce((total, one) => total + one.amount, 0);
          expect(deposits).toHaveLength(known.length);
          expect(sum(left)).toBe(Money.yen(sum(known.filter(({ cancelled }) => !cancelled))));
        },
      ),
    );
  });
});
