import { BusinessDay, Money, parseAccountId } from '#kernel';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { PERSON } from '../../../test/support/person.js';
import { ask, perform } from '../engine/use-case.js';
import { changeParty } from '../parties/parties.use-cases.js';
import type { Answer, Caller } from '../product.views.js';
import { addToCart, orderCart, showCart } from './cart.use-cases.js';

const CATALOGUE = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: unique.mobile, kind: unique, name_ja: 携帯, name_en: Cell, monthly: 500, corporate_only: true }
`;
const account = parseAccountId('B-1');
const COMPANY = { ...PERSON, kind: 'corporate', person: '大友御行', personKana: 'オオトモミユキ' };

let home: IdentityHome;
let circle: string;
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `k-${++sequence}` });
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

beforeAll(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-01T12:00:00.000+09:00');
  const { catalogue, accounts, prepaid } = home.product;
  await catalogue.importCatalogueYaml('c.yaml', CATALOGUE, caller());
  const opened = { account, name: 'B', openedOn: BusinessDay.parse('2026-10-01'), numbers: [] };
  await accounts.open({ ...opened, tariff: 'std', incomingDiscount: Money.zero }, caller());
  await prepaid.charge({ account, amount: Money.of('5000'), method: 'card' }, caller());
  const made = await home.identity.circles.createCircle(
    { account, name: '本社', password: PASSWORD },
    caller(),
  );
  if (made.kind !== 'done') throw new Error(made.kind);
  circle = made.value.circle;
  const items = [{ product: 'unique.mobile', quantity: 1, number: null }];
  expect(
    codeOf(await perform(home.product, addToCart, { account, circle, items, cancels: [] }, caller())),
  ).toBe('done');
});
afterAll(() => home.end());

async function shown() {
  const cart = await ask(home.product, showCart, { account, circle, by: 'account' });
  if (cart.kind !== 'done') throw new Error(cart.kind);
  return cart.value;
}
const is = (data: object) =>
  perform(
    home.product,
    changeParty,
    changeParty.input.parse({ account, part: 'contract', ...data }),
    caller(),
  );
const buy = async () => {
  const order = { account, circle, total: Money.of((await shown()).due), by: 'account' as const };
  return codeOf(await perform(home.product, orderCart, order, caller()));
};

describe('a product for companies alone (CAT-06)', () => {
  it('is bought by no person, and the cart says so before', async () => {
    expect((await shown()).refusal).toMatchObject({ code: 'COMPANIES_ONLY' });
    expect(await buy()).toBe('COMPANIES_ONLY');
    expect(codeOf(await is(PERSON))).toBe('done');
    expect(await buy()).toBe('COMPANIES_ONLY');
  });

  it('is bought as soon as the contract data say that it is a company', async () => {
    expect(codeOf(await is(COMPANY))).toBe('done');
    expect((await shown()).refusal).toBeNull();
    expect(await buy()).toBe('done');
  });
});
