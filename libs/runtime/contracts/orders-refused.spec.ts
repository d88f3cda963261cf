import { jest } from '@jest/globals';
import { Money } from '#kernel';
import { offerProducts } from '../../../test/support/contracts-home.js';
import {
  A1,
  caller,
  codeOf,
  type IdentityHome,
  identityHome,
  PASSWORD,
  resultOf,
} from '../../../test/support/identity-home.js';

// An order that comes to nothing leaves nothing behind: no number, no funds, no contract.

const [FIRST, SECOND] = ['0300001001', '0300001002'] as const;
let home: IdentityHome;
let circle: string;
beforeEach(async () => {
  home = await identityHome();
  await offerProducts(home.product);
  resultOf(
    await home.product.prepaid.charge({ account: A1, amount: Money.of('5000'), method: 'card' }, caller()),
  );
  const made = { account: A1, name: '本社', password: PASSWORD };
  circle = resultOf(await home.product.identity.circles.createCircle(made, caller())).circle;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await home.end();
});

const item = (product: string, quantity = 1, number: string | null = null) => ({ product, quantity, number });
const place = (...items: ReturnType<typeof item>[]) =>
  home.product.contracts.placeOrder({ account: A1, circle, items, cancels: [] }, 'staff', caller());
const refusedOrder = async () => {
  const { rows } = await home.product.contracts.orders({ account: A1, limit: 10 });
  return rows[0]!;
};
async function nothingIsLeft(): Promise<void> {
  expect(await home.product.prepaid.balance(A1)).toMatchObject({ held: '0', available: '5000' });
  expect((await home.product.contracts.contracts({ account: A1, limit: 10 })).rows).toEqual([]);
  // Free for whoever comes.
  expect(await home.product.numbers.keptUntil(FIRST, 'nobody')).toBeNull();
  expect(codeOf(await place(item('number.03', 1, FIRST)))).toBe('done');
}

describe('an order that is refused', () => {
  it('since its second number went meanwhile gives back the first', async () => {
    const { numbers } = home.product;
    const { claim } = numbers;
    jest.spyOn(numbers, 'claim').mockImplementation(async (number, ...rest) => {
      if (number === SECOND) resultOf(await numbers.withdraw(SECOND, 'a test', caller()));
      return claim.call(numbers, number, ...rest);
    });
    const answer = await place(item('number.03', 1, FIRST), item('number.03', 1, SECOND));
    expect(codeOf(answer)).toBe('NUMBER_WITHDRAWN');
    jest.restoreAllMocks();
    expect(await refusedOrder()).toMatchObject({
      ...{ state: 'refused', refusal: { code: 'NUMBER_WITHDRAWN', missing: null } },
    });
    await nothingIsLeft();
  });

  it('since somebody released its funds meanwhile begins nothing that nobody pays', async () => {
    const { numbers, prepaid } = home.product;
    const { claim } = numbers;
    jest.spyOn(numbers, 'claim').mockImplementation(async (number, of, step) => {
      resultOf(await prepaid.releaseHold({ account: A1, hold: `order-${of.order}` }, caller()));
      return claim.call(numbers, number, of, step);
    });
    expect(codeOf(await place(item('number.03', 1, FIRST)))).toBe('HOLD_GONE');
    jest.restoreAllMocks();
    await nothingIsLeft();
  });

  it('since the funds do not reach keeps how much they lacked', async () => {
    expect(codeOf(await place(item('unique.extension', 5)))).toBe('INSUFFICIENT_FUNDS');
    // 5 x (1,000 + 500) and tax, of which there are 5,000.
    expect(await refusedOrder()).toMatchObject({
      ...{ state: 'refused', refusal: { code: 'INSUFFICIENT_FUNDS', missing: '3250' } },
    });
    await nothingIsLeft();
  });
});
