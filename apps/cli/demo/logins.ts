import type { StaffRole } from '#identity';
import { type AccountId, type Actor, parseAccountId } from '#kernel';
import { type Answer, type Caller, type CircleView, noSuch, type Product } from '#runtime';
import { Refused } from '../failure.js';
import { DEMO_ACCOUNTS, DEMO_CUSTOMER } from './carrier.js';

/** Of every login of the example: upper and lower case, a symbol, more than eight characters (ACC-16). */
export const DEMO_PASSWORD = 'Minato-2026';

/** A login of the example, as it is printed. */
export interface DemoLogin {
  readonly level: 'account' | 'circle' | 'unique' | 'staff';
  readonly loginId: string;
  /** Of staff; null for customers. */
  readonly role: StaffRole | null;
  /** What somebody sees with it. */
  readonly of: string;
}

const STAFF: readonly (readonly [StaffRole, string])[] = [
  ['billing', '請求 花子'],
  ['approver', '承認 太郎'],
  ['support', '窓口 さくら'],
  ['auditor', '監査 次郎'],
  ['admin', '管理 みどり'],
];

interface DemoCircle {
  readonly name: string;
  readonly loginId: string;
  /** Login id, name, and which of the account's numbers are the unique's. */
  readonly uniques: readonly (readonly [loginId: string, name: string, numbers: readonly number[]])[];
}

/** Circles of a few customers; numbers by their place in the account. */
const CIRCLES: Readonly<Record<string, readonly DemoCircle[]>> = {
  [DEMO_CUSTOMER]: [
    { name: '本社', loginId: 'aozora-honsha', uniques: [['aozora-uketsuke', '受付', [0]]] },
    { name: '大阪支店', loginId: 'aozora-osaka', uniques: [['aozora-osaka-1', '営業', [1]]] },
  ],
  'D-1005': [
    {
      name: '配車センター',
      loginId: 'hayabusa-haisha',
      uniques: [
        ['hayabusa-1', '一番', [0]],
        ['hayabusa-2', '二番', [1, 2]],
      ],
    },
  ],
  'D-1012': [
    { name: '受電', loginId: 'kamome-juden', uniques: [['kamome-1', '一班', [0, 1]]] },
    { name: '架電', loginId: 'kamome-kaden', uniques: [['kamome-2', '二班', [2, 3]]] },
  ],
};
const ACCOUNT_LOGINS: Readonly<Record<string, string>> = {
  [DEMO_CUSTOMER]: 'aozora',
  'D-1005': 'hayabusa',
  'D-1012': 'kamome',
};

/** The logins that are printed: one of each kind. */
export const DEMO_LOGINS: readonly DemoLogin[] = [
  { level: 'account', loginId: 'aozora', role: null, of: `${DEMO_CUSTOMER} 株式会社あおぞら商事` },
  { level: 'circle', loginId: 'aozora-honsha', role: null, of: `${DEMO_CUSTOMER} 本社` },
  { level: 'unique', loginId: 'aozora-uketsuke', role: null, of: `${DEMO_CUSTOMER} 本社 受付` },
  ...STAFF.map(([role, of]) => ({ level: 'staff', loginId: role, role, of }) as const),
];

/** Names that nobody can own: mail to them would reach nobody. */
const mailOf = (loginId: string): string => `${loginId}@minato.example`;

/** An example that was interrupted goes on: what is there already is as it should be. */
function there<Value>(answer: Answer<Value>): void {
  const known = answer.kind === 'rejected' && answer.rejection.code === 'LOGIN_ID_TAKEN';
  if (answer.kind === 'rejected' && !known) throw Refused.of(answer.rejection);
}

export async function circleNamed(product: Product, account: AccountId, name: string): Promise<CircleView> {
  const found = (await product.identity.circles.circles(account)).find(circle => circle.name === name);
  if (!found) throw Refused.of(noSuch('CIRCLE', { name }));
  return found;
}

async function circlesOf(
  product: Product,
  account: AccountId,
  numbers: readonly string[],
  as: (id: string) => Caller,
): Promise<void> {
  const { identity } = product;
  const password = DEMO_PASSWORD;
  for (const { name, loginId, uniques } of CIRCLES[account] ?? []) {
    const made = { account, name, loginId, password, mail: mailOf(loginId) };
    there(await identity.circles.createCircle(made, as(`circle/${loginId}`)));
    const { circle } = await circleNamed(product, account, name);
    for (const [id, called, places] of uniques) {
      const unique = { account, circle, name: called, loginId: id, password, mail: mailOf(id) };
      there(await identity.circles.createUnique(unique, as(`unique/${id}`)));
      const known = (await identity.circles.uniques(account, circle)).find(row => row.loginId === id);
      const own = places.flatMap(place => numbers[place] ?? []);
      const input = { account, unique: known?.unique ?? '', numbers: own };
      there(await identity.circles.setUniqueNumbers(input, as(`numbers/${id}`)));
    }
  }
}

/**
 * A login for each kind of user, all with the same password; circles and uniques of a few customers. All have
 * a mail address: without a second step nobody is shown calls.
 * @throws Refused when the product refuses one
 */
export async function makeDemoLogins(product: Product, actor: Actor): Promise<void> {
  const as = (id: string): Caller => ({ actor, commandId: `demo/login/${id}` });
  const { identity } = product;
  const password = DEMO_PASSWORD;
  for (const [role, name] of STAFF) {
    const staff = { loginId: role, name, role, password, mail: mailOf(role) };
    there(await identity.logins.createStaff(staff, as(`staff/${role}`)));
  }
  for (const { id, name, numbers } of DEMO_ACCOUNTS) {
    const loginId = ACCOUNT_LOGINS[id];
    if (loginId === undefined) continue;
    const account = parseAccountId(id);
    const login = { account, loginId, name, password, mail: mailOf(loginId), phone: '09000001001' };
    there(await identity.logins.createCustomerLogin(login, as(`account/${loginId}`)));
    await circlesOf(product, account, numbers, as);
  }
}
