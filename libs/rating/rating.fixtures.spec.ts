import { readFileSync } from 'node:fs';
import { formatDuration, Money, mulDivRounded } from '#kernel';
import { isCdr, readCdrCsv } from './cdr-csv.fixture.js';
import {
  amountMoney,
  amountText,
  type Cdr,
  type Directory,
  directoryOfTariff,
  indexTariffs,
  ledgerProblems,
  parseTariffCsv,
  rateCall,
} from './index.js';

const fixture = (name: string): string => readFileSync(`test/fixtures/${name}`, 'utf8');
const STRANGERS: Directory = { isOwnNumber: () => false };

function tariffsOf(name: string) {
  const { rows, problems } = parseTariffCsv(fixture(name), name);
  expect(problems).toEqual([]);
  return { rows, byName: indexTariffs(rows) };
}

const cdrsOf = (name: string): Cdr[] =>
  readCdrCsv(fixture(name)).map(({ line, result }) => {
    if (!isCdr(result)) throw new Error(`${name} line ${line}: ${result.field} ${result.problem}`);
    return result;
  });

describe('the golden prices of single calls', () => {
  const { rows, byName } = tariffsOf('rating/tariff.csv');
  const calls = new Map(cdrsOf('rating/cdr.csv').map(cdr => [cdr.callId, cdr]));
  const expected = fixture('rating/expected.csv').trim().split('\n').slice(1);

  it('has a call for each of 26 expected lines', () => {
    expect([calls.size, expected.length]).toEqual([26, 26]);
  });

  it.each(expected.map(line => line.split(',')))('prices %s at %s', (callId, amount) => {
    const cdr = calls.get(callId!)!;
    const tariff = byName.get(cdr.account)!;
    const rated = rateCall(cdr, tariff, directoryOfTariff(tariff));
    expect(typeof rated === 'string' ? rated : amountText(rated.priced!)).toBe(amount);
  });

  it('keeps the tariff of six decimals out of the ledger, naming its line', () => {
    expect(ledgerProblems(rows, 'tariff.csv')).toEqual([
      expect.objectContaining({ file: 'tariff.csv', line: 2, field: 'decimals' }),
    ]);
  });
});

describe('the month of calls of the printed statement (US-01..US-08)', () => {
  const { byName } = tariffsOf('statement-002/tariff.csv');
  const tariff = byName.get('std')!;
  const expected = JSON.parse(fixture('statement-002/expected.json'));
  const sums = new Map<string, { calls: number; ms: number; net: Money }>();
  let unanswered = 0;
  const incoming = { calls: 0, ms: 0 };
  for (const cdr of cdrsOf('statement-002/cdr.csv')) {
    const rated = rateCall(cdr, tariff, STRANGERS);
    if (typeof rated === 'string') throw new Error(`no rate for ${cdr.callId}`);
    if (rated.kind === 'unanswered') {
      unanswered += 1;
    } else if (rated.kind === 'incoming') {
      expect(rated.priced).toBeNull();
      incoming.calls += 1;
      incoming.ms += rated.durationMs;
    } else {
      const sum = sums.get(rated.category) ?? { calls: 0, ms: 0, net: Money.zero };
      sum.calls += 1;
      sum.ms += rated.durationMs;
      sum.net = Money.add(sum.net, amountMoney(rated.priced!));
      sums.set(rated.category, sum);
    }
  }

  it('gives count, duration and amount of every category, IP calls at 0 yen included', () => {
    const rows = expected.rows.map(({ category }: { category: string }) => {
      const { calls, ms, net } = sums.get(category)!;
      return { category, calls, duration: formatDuration(ms), amount: Money.text(net) };
    });
    expect(rows).toEqual(expected.rows);
    expect(sums.size).toBe(5);
  });

  it('adds up to the total row: 3,016 calls, 109:54:23.5, 130,090 yen', () => {
    const all = [...sums.values()];
    const total = {
      calls: all.reduce((n, s) => n + s.calls, 0),
      duration: formatDuration(all.reduce((n, s) => n + s.ms, 0)),
      amount: Money.text(Money.sum(all.map(s => s.net))),
    };
    expect(total).toEqual(expected.total);
  });

  it('leaves 120 unanswered calls out', () => expect(unanswered).toBe(expected.unansweredNotCounted));

  it('times incoming talk to 39:07:43.0, from which the discount of 1,174 follows (US-04)', () => {
    expect(incoming.calls).toBe(expected.incomingDiscount.calls);
    expect(formatDuration(incoming.ms)).toBe(expected.incomingDiscount.duration);
    expect(-mulDivRounded(incoming.ms, 5, 600_000, 'half_up')).toBe(Number(expected.incomingDiscount.amount));
  });
});
