import fc from 'fast-check';
import { Instant } from '#kernel';
import { specOf } from '#testing';
import {
  blockOf,
  mayBeStocked,
  type NumberBlockCommand,
  type NumberBlockEvent,
  numberBlock,
  numberBlockStream,
  numberOf,
  stockedAs,
  suffixOf,
} from './number-stock.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const facts = {
  category: 'domestic',
  kind: 'KDU',
  product: 'number.03',
  region: '東京都',
  city: '千代田区',
  areaCode: '03',
} as const;
const block = '030000';
const stock = (from: number, to: number, more: object = {}): NumberBlockCommand => ({
  type: 'StockNumbers',
  now,
  block,
  first: numberOf(block, from),
  last: numberOf(block, to),
  ...facts,
  ...more,
});
const stocked = (from: number, to: number): NumberBlockEvent => ({
  type: 'NumbersStocked',
  at: now,
  block,
  first: numberOf(block, from),
  last: numberOf(block, to),
  ...facts,
});
const { given } = specOf(numberBlock);

describe('a block of ten thousand numbers', () => {
  it('is named by what comes before the last four digits', () => {
    expect([blockOf('0300001234'), suffixOf('0300001234')]).toEqual([block, 1234]);
    expect(numberOf(block, 7)).toBe('0300000007');
    expect(numberBlockStream(block)).toBe('numberBlock-030000');
    expect(['0300001234', '1001', '110', '104'].map(mayBeStocked)).toEqual([true, false, false, false]);
  });

  it('takes a range into stock', () => given().when(stock(100, 199)).then(stocked(100, 199)));

  it('takes the same range once, and of a longer one what is new', () => {
    given(stocked(100, 199)).when(stock(100, 199)).thenNothing('these numbers are in stock already');
    given(stocked(100, 199)).when(stock(120, 130)).thenNothing();
    given(stocked(100, 199), stocked(300, 399))
      .when(stock(50, 499))
      .then(stocked(50, 99), stocked(200, 299), stocked(400, 499));
  });

  it('refuses what is in stock as something else, naming the first that is', () => {
    given(stocked(100, 199))
      .when(stock(150, 250, { product: 'number.special' }))
      .thenRejected('NUMBERS_STOCKED_OTHERWISE', { first: '0300000150', last: '0300000199' });
    given(stocked(100, 199))
      .when(stock(200, 250, { kind: 'STA' }))
      .then({ ...stocked(200, 250), kind: 'STA' });
  });

  it('knows of each number what it is sold as', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.nat(20), fc.constantFrom('a', 'b')), { maxLength: 12 }),
        ranges => {
          const oracle = new Map<number, string>();
          let state = numberBlock.fresh();
          for (const [from, more, product] of ranges) {
            const outcome = numberBlock.decide(stock(from, from + more, { product }), state);
            if (outcome.kind !== 'events') continue;
            for (const event of outcome.events) state = numberBlock.evolve(state, event);
            for (let suffix = from; suffix <= from + more; suffix++) oracle.set(suffix, product);
          }
          for (let suffix = 0; suffix <= 81; suffix++) {
            expect(stockedAs(state, numberOf(block, suffix))?.product).toBe(oracle.get(suffix));
          }
        },
      ),
    ));
});
