import fc from 'fast-check';
import { BusinessMonth, Money } from '#kernel';
import {
  call,
  closing,
  credit,
  incoming,
  month,
  parts,
  ratesOf,
  STANDARD,
  story,
  type WalletStory,
  yen,
} from '../../../test/support/wallets.js';
import { discountOf, talkOfUsage } from './incoming-discount.js';
import type { WalletEvent } from './wallet.events.js';
import { balanceAt } from './wallet.queries.js';
import { closingBalance } from './wallet.state.js';

const funds = credit('L1', '100000', '2025-01-02');
const EXEMPT = { taxCategory: 'export_exempt', taxRate: 0 } as const;
const inJanuary = { started: '2025-01-20' } as const;

const granted = (events: readonly WalletEvent[]) =>
  events.flatMap(e =>
    e.type === 'IncomingDiscountGranted'
      ? [[BusinessMonth.text(e.usageMonth), Money.text(e.net), Money.text(e.tax)]]
      : [],
  );

/** January with 1,000 yen of paid calls and 60 minutes of incoming talk, closed with 0.5 yen a minute: 30. */
function january(): WalletStory {
  const told = story(funds, call('C1', '1000', '2025-01-10', STANDARD), incoming('I1', 60, '2025-01-11'));
  expect(granted(told.must(closing(told, '2025-01', '0.5')))).toEqual([['2025-01', '30', '3']]);
  return told;
}

describe('着割 belongs to the month of use (DECISIONS: Calls)', () => {
  it('of a late incoming call is a line of the next invoice', () => {
    const told = january();
    told.must(incoming('I2', 40, '2025-02-03', inJanuary));
    expect(granted(told.must(closing(told, '2025-02', '0.5')))).toEqual([['2025-01', '20', '2']]);
  });

  it('is rounded once, not once per close', () => {
    const told = story(funds, call('C1', '1000', '2025-01-10', STANDARD), incoming('I1', 3, '2025-01-11'));
    // 1.5 -> 2, then 2.5 in all -> 3 and not 2 + 1 (0.5 -> 1) by chance: 5 minutes more make 5 in all.
    expect(granted(told.must(closing(told, '2025-01', '0.5')))).toEqual([['2025-01', '2', '0.2']]);
    told.must(incoming('I2', 2, '2025-02-03', inJanuary));
    expect(granted(told.must(closing(told, '2025-02', '0.5')))).toEqual([['2025-01', '1', '0.1']]);
    told.must(incoming('I3', 1, '2025-03-03', inJanuary));
    expect(granted(told.must(closing(told, '2025-03', '0.5')))).toEqual([]);
  });

  it('that the cap had withheld comes with a late paid call', () => {
    const told = story(funds, call('C1', '100', '2025-01-10', STANDARD), incoming('I1', 600, '2025-01-11'));
    expect(granted(told.must(closing(told, '2025-01', '0.5')))).toEqual([['2025-01', '100', '10']]);
    told.must(call('C2', '150', '2025-02-03', { ...STANDARD, ...inJanuary }));
    expect(granted(told.must(closing(told, '2025-02', '0.5')))).toEqual([['2025-01', '150', '15']]);
  });

  it('of the next month is not eaten by the reversal of a call of this one', () => {
    const told = january();
    told.all(call('C2', '500', '2025-02-03', STANDARD), incoming('I2', 100, '2025-02-04'));
    told.must(told.reversalOf('C1', '2025-02-05'));
    expect(granted(told.must(closing(told, '2025-02', '0.5')))).toEqual([['2025-02', '50', '5']]);
  });

  it('is capped by paid outgoing calls: charged incoming ones neither earn it nor raise the cap', () => {
    const charged = call('C2', '900', '2025-01-12', STANDARD);
    const reverseCharged = { ...charged, call: { ...charged.call, direction: 'in' as const } };
    const told = story(
      funds,
      call('C1', '40', '2025-01-10', STANDARD),
      reverseCharged,
      incoming('I1', 600, '2025-01-11'),
    );
    expect(granted(told.must(closing(told, '2025-01', '0.5')))).toEqual([['2025-01', '40', '4']]);
  });

  it('moves to the exempt calls when the standard-rated ones are taken back', () => {
    const told = story(
      funds,
      call('C1', '30', '2025-01-10', STANDARD),
      call('C2', '500', '2025-01-10', EXEMPT),
      incoming('I1', 60, '2025-01-11'),
    );
    told.must(closing(told, '2025-01', '0.5'));
    const events = told.must(told.reversalOf('C1', '2025-02-05'));
    // 33 yen were paid for C1 and 33 given back: its discount of 30 is now that of C2, without tax.
    expect(events).toMatchObject([
      {
        type: 'DebitReversed',
        discounts: [
          { taxCategory: 'standard', net: yen('30'), tax: yen('3') },
          { taxCategory: 'export_exempt', net: yen('-30'), tax: Money.zero },
        ],
        parts: parts({ L1: '30' }),
      },
    ]);
    expect(granted(told.must(closing(told, '2025-02', '0.5')))).toEqual([]);
  });

  it('of an incoming call that is taken back is drawn again with the next invoice', () => {
    const told = january();
    expect(told.must(told.reversalOf('I1', '2025-02-05'))).toMatchObject([
      { type: 'DebitReversed', call: { direction: 'in', why: 'incoming', entry: 1 }, parts: [], net: 0 },
    ]);
    const events = told.must(closing(told, '2025-02', '0.5'));
    expect(events).toMatchObject([
      { type: 'IncomingDiscountGranted', net: yen('-30'), tax: yen('-3'), parts: parts({ L1: '33' }) },
      { type: 'BillingMonthClosed', total: yen('33') },
    ]);
    expect(balanceAt(told.state, BusinessMonth.end(month('2025-02'))).posted).toBe(yen('98900'));
  });

  it('of a month without an agreed discount is forgotten, of one with it kept', () => {
    const talkAfter = (rate: string) => {
      const told = story(funds, call('C1', '1000', '2025-01-10', STANDARD));
      told.must(closing(told, '2025-01', rate));
      return told.state.phase === 'open' ? closingBalance(told.state).talk : [];
    };
    expect(talkAfter('0')).toEqual([]);
    expect(talkAfter('0.5')).toMatchObject([{ month: month('2025-01'), perMinute: yen('0.5') }]);
  });

  it('refuses a close that was drawn before a call came that changes it', () => {
    const told = story(funds, call('C1', '1000', '2025-01-10', STANDARD), incoming('I1', 60, '2025-01-11'));
    const drawn = closing(told, '2025-01', '0.5');
    told.must(incoming('I2', 60, '2025-01-12'));
    expect(told.tell(drawn)).toEqual([]);
    expect(told.tell({ ...closing(told, '2025-01', '0.5'), rates: [] })).toEqual([]);
    expect(told.tell({ ...closing(told, '2025-01', '0.5'), rates: ratesOf('0.4') })).toEqual([]);
  });
});

describe('a reversal takes back the discount that its call had (DECISIONS: Prepaid ledger)', () => {
  it('so that what comes back is what was paid', () => {
    const told = story(
      credit('L1', '110', '2025-01-02'),
      call('C1', '100', '2025-01-10', STANDARD),
      incoming('I1', 60, '2025-01-11'),
    );
    told.must(closing(told, '2025-01', '0.5'));
    expect(told.must(told.reversalOf('C1', '2025-02-05'))).toMatchObject([
      { type: 'DebitReversed', net: yen('100'), tax: yen('10'), parts: parts({ L1: '77' }) },
    ]);
    expect(balanceAt(told.state, BusinessMonth.end(month('2025-01')))).toMatchObject({
      posted: yen('110'),
      receivable: Money.zero,
      lots: [{ id: 'L1', posted: yen('110'), credited: yen('110') }],
    });
    expect(told.must(closing(told, '2025-02', '0.5'))).toMatchObject([
      { type: 'BillingMonthClosed', total: yen('-77') },
    ]);
  });

  it('to the other lots that paid when its own lot has got the discount already', () => {
    const told = story(
      credit('L1', '110', '2025-01-02', { days: 60 }),
      credit('L2', '110', '2025-01-03', { days: 90 }),
      call('C1', '100', '2025-01-10', STANDARD),
      call('C2', '100', '2025-01-10', STANDARD),
      incoming('I1', 60, '2025-01-11'),
    );
    told.must(closing(told, '2025-01', '0.5'));
    const lots = () =>
      balanceAt(told.state, BusinessMonth.end(month('2025-01'))).lots.map(l => [l.id, l.posted]);
    expect(lots()).toEqual([['L2', yen('33')]]);
    // L2 has 33 of the 110 that C2 had cost; the discount is now that of C1, which L1 had paid.
    told.must(told.reversalOf('C2', '2025-02-05'));
    expect(lots()).toEqual([
      ['L1', yen('33')],
      ['L2', yen('110')],
    ]);
  });
});

describe('any order and any split of calls over closes', () => {
  interface AnyCall {
    readonly kind: 'in' | 'standard' | 'exempt' | 'reduced' | 'reverse-charged';
    /** Month of use: January or February. */
    readonly of: 1 | 2;
    readonly units: number;
    /** The close before which it comes: 1 to 4, not before its month. */
    readonly comes: number;
    readonly reversedAfter: number | null;
  }
  const anyCall: fc.Arbitrary<AnyCall> = fc.record({
    kind: fc.constantFrom('in', 'in', 'standard', 'exempt', 'reduced', 'reverse-charged'),
    of: fc.constantFrom(1, 2),
    units: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 900_000 })),
    comes: fc.integer({ min: 1, max: 4 }),
    reversedAfter: fc.option(fc.integer({ min: 1, max: 4 })),
  });
  const TAX = {
    standard: STANDARD,
    exempt: EXEMPT,
    reduced: { taxCategory: 'reduced', taxRate: 800 },
    'reverse-charged': STANDARD,
  } as const;

  const commandOf = (one: AnyCall, id: string, at: string) => {
    const options = { started: `2025-0${one.of}-20` };
    if (one.kind === 'in') return incoming(id, Math.ceil(one.units / 1_000), at, options);
    const charge = call(id, Money.text(Money.fromUnits(one.units)), at, { ...TAX[one.kind], ...options });
    const direction = one.kind === 'reverse-charged' ? ('in' as const) : ('out' as const);
    return { ...charge, call: { ...charge.call, direction } };
  };

  /** Net and tax per usage month and tax category of all that was granted and taken back. */
  function endOf(calls: readonly AnyCall[], whenOf: (one: AnyCall) => number, order: readonly number[]) {
    const told = story(credit('L1', '100000', '2025-01-02'));
    for (const close of [1, 2, 3, 4]) {
      const at = `2025-0${close}-25`;
      for (const i of order) {
        const one = calls[i]!;
        if (Math.max(one.of, whenOf(one)) === close) told.must(commandOf(one, `C${i}`, at));
      }
      for (const i of order) {
        const one = calls[i]!;
        if (one.reversedAfter === null) continue;
        const due = Math.max(one.of, whenOf(one), one.reversedAfter);
        if (due === close) told.must(told.reversalOf(`C${i}`, at));
      }
      told.must(closing(told, `2025-0${close}`, '0.5'));
    }
    const sums = new Map<string, number>();
    const add = (key: string, net: number) => sums.set(key, (sums.get(key) ?? 0) + net);
    let billed = 0;
    for (const e of told.events) {
      if (e.type === 'IncomingDiscountGranted') {
        add(`${e.usageMonth} ${e.taxCategory} net`, e.net);
        add(`${e.usageMonth} ${e.taxCategory} tax`, e.tax);
        billed -= e.net + e.tax;
      }
      if (e.type === 'DebitReversed') {
        billed -= e.net + e.tax;
        for (const d of e.discounts) {
          add(`${e.usageMonth} ${d.taxCategory} net`, -d.net);
          add(`${e.usageMonth} ${d.taxCategory} tax`, -d.tax);
          billed += d.net + d.tax;
        }
      }
      if (e.type === 'CallDebited') billed += e.net + e.tax;
    }
    return { sums: [...sums].filter(([, sum]) => sum !== 0).sort(), billed };
  }

  it('end with the same discount of each month of use and the same sum billed', () => {
    fc.assert(
      fc.property(
        fc.array(anyCall, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (calls, random) => {
          const inOrder = calls.map((_, i) => i);
          const shuffled = inOrder
            .map(i => [random.next().value as number, i] as const)
            .sort(([a], [b]) => a - b)
            .map(([, i]) => i);
          const split = endOf(calls, one => one.comes, shuffled);
          expect(split).toEqual(endOf(calls, () => 1, inOrder));
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('of a balance of before follows from its open months alone', () => {
  const told = story(funds, call('C1', '1000', '2025-01-10', STANDARD), incoming('I1', 60, '2025-01-11'));
  if (told.state.phase !== 'open') throw new Error('not open');
  const { usage, talk } = closingBalance(told.state);
  expect(talkOfUsage(usage)).toEqual(talk);
  expect(discountOf(talk[0]!, yen('0.5'))).toEqual([{ ...STANDARD, net: yen('30'), tax: yen('3') }]);
});
