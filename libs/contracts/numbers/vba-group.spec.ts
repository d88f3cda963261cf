import fc from 'fast-check';
import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import { type VbaGroupCommand, type VbaGroupEvent, vbaGroup, vbaStock } from './vba-group.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const minutesOn = (minutes: number): Instant => Instant.plusMs(now, minutes * 60_000);
const group = 'de-berlin';
const facts = {
  country: 'GERMANY',
  state: '',
  city: 'BERLIN',
  areaCode: '0104930',
  tollFree: false,
  certificate: 'NATIONAL',
  product: 'vba.de',
} as const;
const [A1, B2] = ['A1', 'B2'] as AccountId[] as [AccountId, AccountId];
const stock = (numbers: number): VbaGroupCommand => ({
  type: 'StockVbaGroup',
  now,
  group,
  ...facts,
  numbers,
});
const reserve = (quantity: number, account = A1, at = now): VbaGroupCommand => ({
  type: 'ReserveVbaNumbers',
  now: at,
  group,
  account,
  cart: `${account}_1`,
  quantity,
  until: Instant.plusMs(at, 1_800_000),
});
const claim = (quantity: number, order = 'o1', more: object = {}): VbaGroupCommand => ({
  type: 'ClaimVbaNumbers',
  now,
  group,
  account: A1,
  order,
  quantity,
  ...more,
});
const giveBack = (quantity: number, order = 'o1'): VbaGroupCommand => ({
  type: 'ReturnVbaNumbers',
  now,
  group,
  order,
  quantity,
});
const stocked = (numbers: number): VbaGroupEvent => ({
  type: 'VbaGroupStocked',
  at: now,
  group,
  ...facts,
  numbers,
});
const reserved = (quantity: number, account = A1, until = minutesOn(30)): VbaGroupEvent => ({
  type: 'VbaNumbersReserved',
  at: now,
  group,
  account,
  cart: `${account}_1`,
  quantity,
  until,
});
const claimed = (quantity: number, order = 'o1'): VbaGroupEvent => ({
  type: 'VbaNumbersClaimed',
  at: now,
  group,
  account: A1,
  order,
  quantity,
});
const returned = (quantity: number): VbaGroupEvent => ({
  type: 'VbaNumbersReturned',
  at: now,
  group,
  order: 'o1',
  quantity,
});
const { given } = specOf(vbaGroup);

describe('a group of overseas numbers', () => {
  it('LM-25: with 3 in stock refuses 4, in a cart and in an order', () => {
    given(stocked(3)).when(reserve(4)).thenRejected('VBA_STOCK_TOO_SMALL', { stock: '3' });
    given(stocked(3)).when(claim(4)).thenRejected('VBA_STOCK_TOO_SMALL', { stock: '3' });
    given(stocked(3)).when(reserve(3)).then(reserved(3));
    given(stocked(3)).when(claim(3)).then(claimed(3));
  });

  it('is stocked once by the same file, and never with fewer than are sold or kept', () => {
    given().when(stock(3)).then(stocked(3));
    given(stocked(3), claimed(2)).when(stock(3)).thenNothing();
    given(stocked(3), claimed(2), reserved(1))
      .when(stock(2))
      .thenRejected('VBA_GROUP_OVERSOLD', { held: '3' });
    given(stocked(3), claimed(2), reserved(1)).when(stock(5)).then(stocked(5));
  });

  it('keeps numbers for a cart until its time is over, in place of what the cart had', () => {
    given(stocked(3), reserved(2)).when(reserve(2)).thenNothing();
    given(stocked(3), reserved(2)).when(reserve(3)).then(reserved(3));
    given(stocked(3), reserved(2)).when(reserve(2, B2)).thenRejected('VBA_STOCK_TOO_SMALL', { stock: '1' });
    given(stocked(3), reserved(2))
      .when(reserve(2, B2, minutesOn(30)))
      .then({ ...reserved(2, B2, minutesOn(60)), at: minutesOn(30) });
    given(stocked(3), reserved(2)).when(reserve(0)).then(reserved(0));
  });

  it('gives an order what its cart kept, once', () => {
    given(stocked(3), reserved(2))
      .when(claim(2, 'o1', { cart: 'A1_1' }))
      .then(reserved(0, A1, now), claimed(2));
    given(stocked(3), claimed(2)).when(claim(2)).thenNothing('the order has its numbers already');
    given(stocked(3), reserved(2)).when(claim(2)).thenRejected('VBA_STOCK_TOO_SMALL', { stock: '1' });
  });

  it('takes back what an order has, and no more', () => {
    given(stocked(3), claimed(2)).when(giveBack(1)).then(returned(1));
    given(stocked(3), claimed(2)).when(giveBack(5)).then(returned(2));
    given(stocked(3), claimed(2), returned(2)).when(giveBack(1)).thenNothing();
  });

  it('has to be in stock first', () => given().when(claim(1)).thenRejected('NO_SUCH_VBA_GROUP'));

  it('never sells and keeps more than there are, whatever the order of things', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            does: fc.constantFrom('stock', 'reserve', 'claim', 'return'),
            who: fc.nat(3),
            quantity: fc.nat(5),
            minutes: fc.nat(20),
          }),
          { maxLength: 60 },
        ),
        steps => {
          let state = [stocked(3)].reduce(vbaGroup.evolve, vbaGroup.fresh());
          let at = now;
          for (const { does, who, quantity, minutes } of steps) {
            at = Instant.plusMs(at, minutes * 60_000);
            const account = `A${who}` as AccountId;
            const command = {
              stock: stock(quantity),
              reserve: reserve(quantity, account, at),
              claim: claim(quantity, `o${who}`, { account, cart: `${account}_1` }),
              return: giveBack(quantity, `o${who}`),
            }[does];
            const outcome = vbaGroup.decide({ ...command, now: at }, state);
            if (outcome.kind === 'events') state = outcome.events.reduce(vbaGroup.evolve, state);
            expect(vbaStock(state, at)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    ));
});
