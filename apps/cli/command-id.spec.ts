import { A1, type SmallBooks, smallBooks } from '../../test/support/small-books.js';
import { hostWith, ran } from './spec-support.fixture.js';

describe('--id', () => {
  let books: SmallBooks;
  beforeAll(async () => {
    books = await smallBooks();
  });
  afterAll(() => books.home.end());

  const charge = async (actor: string, more: readonly string[] = []) => {
    const what = ['--account', A1, '--amount', '5000', '--method', 'card', '--json'];
    const argv = ['charge', ...what, '--id', 'pay-1', '--actor', actor, ...more];
    const { exit, out, err } = await ran(argv, hostWith(books.product));
    return exit === 0 ? (JSON.parse(out) as { lot: string }).lot : /^[A-Z_]+/.exec(err)?.[0];
  };

  it('is of its actor: one effect for each, and one lot of a name', async () => {
    expect(await charge('cli:a')).toBe('pay-1');
    expect(await charge('cli:a')).toBe('pay-1');
    expect(await charge('cli:a', ['--lot', 'other'])).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await charge('cli:b')).toBe('LOT_EXISTS');
    expect(await charge('cli:b', ['--lot', 'of-b'])).toBe('of-b');
    const { lots } = (await books.product.prepaid.balance(A1))!;
    expect(
      lots
        .map(({ lot }) => lot)
        .filter(lot => ['pay-1', 'other', 'of-b'].includes(lot))
        .sort(),
    ).toEqual(['of-b', 'pay-1']);
  });

  it('is nobody’s who says a derived one', async () => {
    const argv = ['charge', '--account', A1, '--amount', '5000', '--method', 'card', '--id', 'cdr/c-1'];
    expect(await ran(argv, hostWith(books.product))).toMatchObject({ exit: 2 });
  });
});
