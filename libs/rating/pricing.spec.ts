import { Money } from '#kernel';
import {
  amountMoney,
  amountText,
  type Cdr,
  fundedMs,
  NO_RATE,
  type Priced,
  priceCall,
  rateCall,
  type TariffIndex,
} from './index.js';
import { at, call, STD, tariffOf } from './rating.fixture.js';

function priceOf(tariff: TariffIndex, cdr: Cdr): Priced {
  const result = priceCall(tariff, cdr);
  if (result === NO_RATE) throw new Error('no rate');
  return result;
}
const textOf = (tariff: TariffIndex, cdr: Cdr): string => amountText(priceOf(tariff, cdr));

describe('the worked cases', () => {
  it.each([
    ['RT-01', '0312345678', '0.1', 1, 180, '8'],
    ['RT-02', '0312345678', '180.0', 1, 180, '8'],
    ['RT-03', '0312345678', '180.1', 2, 360, '16'],
    ['RT-03 to the millisecond', '0312345678', '180.001', 2, 360, '16'],
    ['RT-04', '0312345678', '181', 2, 360, '16'],
    ['RT-05', '0312345678', '600', 4, 720, '32'],
    ['RT-06', '09012345678', '60.0', 1, 60, '16'],
    ['RT-06 just over', '09012345678', '60.1', 2, 120, '32'],
    ['RT-07', '0101234567890', '37.0', 37, 37, '5.55'],
    ['RT-08', '0101234567890', '37.2', 38, 38, '5.7'],
    ['RT-09', '0312345678', null, 0, 0, '0'],
    ['RT-13 first call', '0311112222', '61', 1, 180, '8'],
    ['RT-13 second call', '0311112222', '181', 2, 360, '16'],
    ['AN-19 leg 1', '09012345678', '40.0', 1, 60, '16'],
    ['AN-20 leg 1', '09012345678', '200.0', 4, 240, '64'],
    ['AN-20 leg 2', '0312345678', '180.0', 1, 180, '8'],
    ['AN-21', '09012345678', null, 0, 0, '0'],
  ] as const)(
    '%s: %s for %s s is %i increments, %i s, %s yen',
    (_, to, seconds, increments, charged, amount) => {
      const priced = priceOf(STD, call(to, seconds));
      expect([priced.increments, priced.chargedSeconds, amountText(priced)]).toEqual([
        increments,
        charged,
        amount,
      ]);
    },
  );

  it('RT-10 prices each of three calls of 61 s, never their sum', () => {
    const each = [1, 2, 3].map(() => amountMoney(priceOf(STD, call('0312345678', '61'))));
    expect(Money.text(Money.sum(each))).toBe('24');
  });

  it('RT-11 leaves a call to an extension free, however long', () => {
    const rated = rateCall(call('1001', '3600'), STD, { isOwnNumber: () => false });
    expect(rated).toEqual({
      kind: 'internal',
      category: 'IP通話',
      tax: 'standard',
      durationMs: 3_600_000,
      priced: null,
    });
  });

  it('RT-12 keeps a call over the end of a month one call of two units', () => {
    const cdr = call('09012345678', '90', at('2025-01-31T23:59:30.000'));
    expect([priceOf(STD, cdr).increments, textOf(STD, cdr)]).toEqual([2, '32']);
  });

  it('RT-14 adds net totals exactly', () => {
    expect(Money.text(Money.sum(['4099.20', '5883.60', '611.31'].map(t => Money.of(t))))).toBe('10594.11');
  });
});

describe('the form of a price', () => {
  it.each([
    ['charges the first increment to a call answered and ended at once', '03 8 180 180 180', '0', '8'],
    ['prices 180 s at 0.10 per 60 s by the second at exactly 0.30', '03 0.10 60 1 1', '180', '0.3'],
    ['adds the connect fee once', '03 10 60 60 60 connect_fee=10', '61', '30'],
    ['lets the first increment cost its own price', '03 6 60 60 60 first_price=20', '60', '20'],
    ['adds the share of the next increments to it', '03 6 60 60 30 first_price=20', '61', '23'],
    ['rounds once, up', '03 0.033 1 1 1 rounding=up;decimals=1', '10', '0.4'],
    ['rounds once, down', '03 0.033 1 1 1 rounding=down;decimals=1', '10', '0.3'],
    ['rounds half away from zero', '03 0.05 1 1 1 decimals=1', '1', '0.1'],
    ['rounds to whole yen', '03 8.5 180 1 1 decimals=0', '90', '4'],
    ['keeps six decimals', '03 0.000001 1 1 1 decimals=6', '7', '0.000007'],
    ['takes increments of a tenth of a second', '03 10 57.5 57.5 0.1', '57.55', '10.0174'],
    [
      'keeps exact what leaves the safe integers',
      '03 9999999.99999999 0.001 86400 86400 rounding=down;decimals=0',
      '1',
      '863999999999999',
    ],
  ])('%s', (_, row, seconds, amount) =>
    expect(textOf(tariffOf(row), call('0312345678', seconds))).toBe(amount),
  );

  it('refuses an amount that no ledger holds instead of rounding it', () => {
    const tariff = tariffOf('03 9999999 0.001 86400 86400 decimals=4');
    expect(() => priceCall(tariff, call('0312345678', '1'))).toThrow(RangeError);
  });

  it('gives money for up to 4 decimals and refuses more', () => {
    expect(amountMoney({ units: 15, decimals: 1 })).toBe(Money.of('1.5'));
    expect(() => amountMoney({ units: 15, decimals: 5 })).toThrow(RangeError);
  });

  it.each([
    [0, 4, '0'],
    [5, 0, '5'],
    [30, 2, '0.3'],
    [12_300, 4, '1.23'],
    [1, 6, '0.000001'],
  ])('writes %i units at %i decimals as %s', (units, decimals, text) =>
    expect(amountText({ units, decimals })).toBe(text),
  );
});

describe('the longest prefix', () => {
  const tariff = tariffOf(
    '01 40 60 60 60',
    '0101 9 60 60 60',
    '0101876 55 60 60 60 valid_from=2026-10-01;valid_to=2026-10-31',
    '#9110 8 60 60 60',
  );
  it.each([
    ['0101212555', '2026-10-05T12:00:00.000', '0101'],
    ['01018765551234', '2026-10-05T12:00:00.000', '0101876'],
    ['01018765551234', '2026-09-30T23:59:59.999', '0101'],
    ['01018765551234', '2026-10-01T00:00:00.000', '0101876'],
    ['01018765551234', '2026-10-31T23:59:59.999', '0101876'],
    ['01018765551234', '2026-11-01T00:00:00.000', '0101'],
    ['010442071234', '2026-10-05T12:00:00.000', '01'],
    ['+12125550100', '2026-10-05T12:00:00.000', '0101'],
    ['1840101212555', '2026-10-05T12:00:00.000', '0101'],
    ['#9110', '2026-10-05T12:00:00.000', '#9110'],
    ['0570123456', '2026-10-05T12:00:00.000', undefined],
    ['0', '2026-10-05T12:00:00.000', undefined],
    ['', '2026-10-05T12:00:00.000', undefined],
    ['anonymous', '2026-10-05T12:00:00.000', undefined],
  ])('of %s at %s is %s', (dialled, time, prefix) => {
    expect(tariff.rowFor('out', dialled, at(time))?.prefix).toBe(prefix);
  });

  it('has no row before the tariff begins', () => {
    expect(priceCall(STD, call('0312345678', '10', at('2019-12-31T23:59:59.999')))).toBe(NO_RATE);
  });
});

describe('bands of the day and week', () => {
  // 2026-10-05 is a Monday, 2026-10-12 a Monday and a national holiday, 2026-10-10 a Saturday.
  const tariff = tariffOf(
    '03 10 60 60 60 days=mon-fri;from_time=08:00;to_time=19:00',
    '03 5 60 60 60 days=mon-fri;from_time=19:00;to_time=08:00',
    '03 2 60 60 60 days=sat,sun,holiday',
  );
  it.each([
    ['2026-10-05T07:59:59.999', 'c2'],
    ['2026-10-05T08:00:00.000', 'c1'],
    ['2026-10-05T18:59:59.999', 'c1'],
    ['2026-10-05T19:00:00.000', 'c2'],
    ['2026-10-06T00:00:00.000', 'c2'],
    ['2026-10-09T23:59:59.999', 'c2'],
    ['2026-10-10T00:00:00.000', 'c3'],
    ['2026-10-12T12:00:00.000', 'c3'],
    ['2026-10-13T12:00:00.000', 'c1'],
  ])('at %s row %s is in force', (time, category) => {
    expect(tariff.rowFor('out', '0312345678', at(time))?.category).toBe(category);
  });

  it('prices each increment by the row in force when it begins', () => {
    // 18:58:30 + 5 minutes: increments begin 58:30, 59:30 (10 each), 00:30, 01:30, 02:30 (5 each).
    const priced = priceOf(tariff, call('0312345678', '300', at('2026-10-05T18:58:30.000')));
    expect([amountText(priced), priced.increments, priced.row.category]).toEqual(['35', 5, 'c1']);
  });

  it('leaves a call that ends at the edge in its band', () => {
    expect(textOf(tariff, call('0312345678', '120', at('2026-10-05T18:58:00.000')))).toBe('20');
  });

  it('takes the connect fee, category and tax of the start, the first increment of the answer', () => {
    const fees = tariffOf(
      '03 10 60 60 60 from_time=08:00;to_time=19:00;connect_fee=3',
      '03 5 60 60 60 from_time=19:00;to_time=08:00;connect_fee=7;tax=reduced',
    );
    const start = at('2026-10-05T18:59:58.000');
    const ringing = { ...call('0312345678', '10', start), answeredAt: at('2026-10-05T19:00:03.000') };
    const priced = priceOf(fees, { ...ringing, endedAt: at('2026-10-05T19:00:30.000') });
    expect([amountText(priced), priced.row.category, priced.row.tax]).toEqual(['8', 'c1', 'standard']);
  });

  it('sums thirds of a yen exactly and rounds once', () => {
    const thirds = tariffOf(
      '03 1 3 1 1 from_time=00:00;to_time=12:00;decimals=2',
      '03 2 3 1 1 from_time=12:00;to_time=24:00;decimals=2',
    );
    // Two increments of 1/3 before noon, two of 2/3 after: 2, where a rounding of each would give
    // 0.33+0.33+0.67+0.67 = 2.00 …
    expect(textOf(thirds, call('0312345678', '4', at('2026-10-05T11:59:58.000')))).toBe('2');
    // … and one of 1/3 with one of 2/3 and 1/3 + 2/3 + 2/3 = 5/3.
    expect(textOf(thirds, call('0312345678', '3', at('2026-10-05T11:59:59.000')))).toBe('1.67');
  });

  it('prices a day-long call over every band it meets', () => {
    // Monday noon to Tuesday noon: 660 minutes at 10 and 780 at 5.
    expect(textOf(tariff, call('0312345678', '86400', at('2026-10-05T12:00:00.000')))).toBe('10500');
  });

  it('goes on with the row before where no row follows', () => {
    const morning = tariffOf('03 10 60 60 60 from_time=08:00;to_time=12:00', '06 99 60 60 60');
    expect(textOf(morning, call('0312345678', '180', at('2026-10-05T11:59:00.000')))).toBe('30');
    const ended = tariffOf('03 10 60 60 60 valid_to=2026-10-05');
    expect(textOf(ended, call('0312345678', '180', at('2026-10-05T23:59:00.000')))).toBe('30');
  });

  it.each([
    ['from a band of 03 to 0', '2026-10-05T17:58:00.000', '240', 2 * 50 + 2 * 5],
    ['from 0 to the band of 03', '2026-10-05T07:58:00.000', '240', 2 * 5 + 2 * 50],
    ['from 0 through the band of 03 and back', '2026-10-05T07:59:00.000', '36120', 5 + 600 * 50 + 5],
    ['from 03 through the night and back', '2026-10-05T17:59:00.000', '50520', 50 + 840 * 5 + 50],
    ['by increments that begin, not by the ones that end', '2026-10-05T17:59:30.000', '61', 50 + 5],
    ['and not at all when the call ends at the edge', '2026-10-05T17:58:00.000', '120', 2 * 50],
  ])('takes each increment from the longest prefix in force: %s', (_, start, seconds, yen) => {
    const day = tariffOf('03 50 60 60 60 from_time=08:00;to_time=18:00', '0 5 60 60 60');
    expect(textOf(day, call('0312345678', seconds, at(start)))).toBe(String(yen));
  });

  it.each([
    ['a row that ends', '03 50 60 60 60 valid_to=2026-10-05', 50 + 5],
    ['a row that begins', '03 50 60 60 60 valid_from=2026-10-06', 5 + 50],
  ])('lets the shorter prefix price the other side of midnight of %s', (_, row, yen) => {
    const tariff = tariffOf(row, '+81 5 60 60 60');
    expect(textOf(tariff, call('0312345678', '120', at('2026-10-05T23:59:00.000')))).toBe(String(yen));
  });

  it('takes the length of an increment from its own row, the first one and its price from the answer', () => {
    const rows = ['03 10 60 30 30 from_time=08:00;to_time=18:00;first_price=7', '0 6 60 60 10'];
    const day = tariffOf(...rows);
    // 30 s for 7, one of 30 s for 5 until 18:00:00, then 10 s for 1 each.
    const priced = priceOf(day, call('0312345678', '75', at('2026-10-05T17:59:00.000')));
    expect([amountText(priced), priced.chargedSeconds, priced.increments]).toEqual(['14', 80, 4]);
  });

  it('changes to the new price at midnight of its first day', () => {
    const risen = tariffOf('03 8 180 180 180 valid_to=2026-10-31', '03 9 180 180 180 valid_from=2026-11-01');
    expect(textOf(risen, call('0312345678', '360', at('2026-10-31T23:58:00.000')))).toBe('17');
    expect(textOf(risen, call('0312345678', '120', at('2026-10-31T23:58:00.000')))).toBe('8');
  });
});

describe('how long funds last', () => {
  it.each([
    ['7.9999', 0],
    ['8', 180_000],
    ['15.9999', 180_000],
    ['16', 360_000],
    ['1000000', 3_600_000],
  ])('%s yen pay for %i ms of at most an hour', (funds, ms) => {
    expect(fundedMs(STD, call('0312345678', null), Money.of(funds), 3_600_000)).toBe(ms);
  });
  it('says NO_RATE for what has no price', () => {
    expect(fundedMs(STD, call('0570123456', null), Money.of('10'), 3_600_000)).toBe(NO_RATE);
  });
});
