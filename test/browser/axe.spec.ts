import { join } from 'node:path';
import type { LoginLevel } from '#identity';
import { Money, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import type { PaymentGatewayUnderTest } from '#testing';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { fillContracts } from '../support/contracts-home.js';
import { needsProgram } from '../support/needs.js';
import { fillMonths } from '../support/portal-months.js';
import { openSandboxWorld } from '../support/sandbox-world.js';
import { callerOf } from '../support/small-provider.js';

/** What `apps/portal/src/app/pages.ts` says of a page, as far as it is needed to visit it. */
interface Page {
  readonly path: string;
  readonly faces: readonly string[];
}
interface Pages {
  readonly mayShow: (page: Page, face: string, role: string) => boolean;
  readonly filledIn: (path: string, params: Readonly<Record<string, string>>) => string;
}

/** A module of the portal. Its types are for a browser, so they stay on its side. */
const ofPortal = (name: string): Promise<unknown> =>
  import(join(import.meta.dirname, '..', '..', 'apps', 'portal', 'src', 'app', name));

type Looking = readonly [level: LoginLevel, loginId: string, face: string, role: string];

/**
 * Who looks: each face, and each role of staff. A page of staff is looked at by the first who sees it, and
 * everybody's own first page.
 */
const VISITORS: readonly Looking[] = [
  ['account', 'A1-login', 'account', 'customer'],
  ['circle', 'first', 'circle', 'customer'],
  ['unique', 'first-unique', 'unique', 'customer'],
  ['staff', 'auditor', 'auditor', 'auditor'],
  ['staff', 'admin', 'staff', 'admin'],
  ['staff', 'billing', 'staff', 'billing'],
  ['staff', 'approver', 'staff', 'approver'],
  ['staff', 'support', 'staff', 'support'],
];
const OUTSIDE = ['/', '/password-reminder', '/reset-password?token=none', '/no-such-page'];

/** What a page finds when it is asked for something. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  '/calls': ['?from=2026-10-01', '?from=2026-10-01&view=in'],
  '/statements/numbers': ['?from=2026-10-01'],
  '/statements/destinations': ['?from=2026-10-01'],
  '/prepaid': ['?view=lots'],
  '/contracts': ['?show=all'],
  '/accounts/$account/contracts/cancel': ['?contracts=$order-01'],
  '/contracts/cancel': ['?contracts=$order-01,$order-02', '?product=trunk2.channel'],
  '/as-of': ['?account=A1&at=2026-10-15T23:59:59.999'],
  '/explain': ['?id=202610-000001'],
  '/events': ['?group=business'],
};
/** The visitors at work at the same time: pages wait for the server and for scripts. */
const AT_ONCE = 3;

/** A convenience store is to be paid at. */
async function orderedAt({ gateway }: PaymentGatewayUnderTest, { payments }: Product): Promise<string> {
  payments.offer(gateway);
  const [chain] = gateway.abilities.find(one => one.method === 'konbini')!.chains;
  const wanted = { account: parseAccountId('A1'), method: 'konbini', amount: Money.of('3000') } as const;
  const ordered = await payments.order({ ...wanted, chain: chain!.code }, callerOf('payment'));
  if (ordered.kind !== 'done') throw new Error(`nothing was ordered: ${ordered.kind}`);
  return ordered.value.payment;
}

needsProgram('chromium')('every page, for everybody who sees it', () => {
  let portal: Portal;
  let params: Readonly<Record<string, string>>;
  let pages: readonly Page[];
  let rules: Pages;
  let sandbox: PaymentGatewayUnderTest;
  beforeAll(async () => {
    portal = await openPortal();
    const number = await fillMonths(portal.home);
    const [order] = await fillContracts(portal.home.product, '2026-11-05T09:00:00.000+09:00');
    const { identity } = portal.home.product;
    sandbox = await openSandboxWorld({ now: () => portal.home.product.now() });
    const account = parseAccountId('A1');
    const [circle] = await identity.circles.circles(account);
    const [unique] = await identity.circles.uniques(account, circle!.circle);
    params = {
      payment: await orderedAt(sandbox, portal.home.product),
      number,
      account,
      order: order!.order,
      circle: circle!.circle,
      unique: unique!.unique,
      month: '2026-10',
      tariff: 'std',
      position: '3',
    };
    ({ PAGES: pages } = (await ofPortal('areas.ts')) as { PAGES: readonly Page[] });
    rules = (await ofPortal('pages.ts')) as Pages;
  }, 60_000);
  afterAll(async () => {
    await portal?.close();
    await sandbox?.dispose();
  });

  /** All that axe finds in the light; in the dark the colours, which alone are others. */
  async function barriersAt(visitor: Visitor, who: string, path: string): Promise<string[]> {
    const { page } = visitor;
    await visitor.open(path);
    const found = await visitor.barriers();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme="dark"]').waitFor();
    found.push(...(await visitor.barriers(['color-contrast'])).map(one => `in the dark ${one}`));
    await page.emulateMedia({ colorScheme: 'light' });
    return found.map(one => `${who} ${path} ${one}`);
  }

  /** Who looks at what. */
  function shares(): [Looking, string[]][] {
    const seen = new Set<Page>();
    return VISITORS.map(looking => {
      const [level, , face, role] = looking;
      const mine = pages.filter(page => rules.mayShow(page, face, role));
      const left = mine.filter(page => level !== 'staff' || page.path === '/' || !seen.has(page));
      if (level === 'staff') for (const page of mine) seen.add(page);
      return [looking, left.map(({ path }) => path)];
    });
  }

  async function visit([[level, loginId], paths]: [Looking, string[]]): Promise<string[]> {
    const visitor = await portal.visitor();
    await visitor.signIn(level, loginId);
    const found: string[] = [];
    for (const path of new Set(paths)) {
      for (const asked of ['', ...(ASKED[path] ?? [])]) {
        found.push(...(await barriersAt(visitor, loginId, rules.filledIn(path + asked, params))));
        expect([path, await visitor.page.getByText('ページが見つかりません').count()]).toEqual([path, 0]);
      }
    }
    expect([loginId, ...visitor.complaints]).toEqual([loginId]);
    await visitor.close();
    return found;
  }

  it('has all names of its address filled in', () => {
    const names = pages.flatMap(({ path }) => [...path.matchAll(/\$(\w+)/g)].map(([, name]) => name!));
    expect(names.filter(name => params[name] === undefined)).toEqual([]);
  });

  it('is without barriers, in the light and in the dark', async () => {
    const waiting = shares();
    expect(new Set(waiting.flatMap(([, paths]) => paths))).toEqual(new Set(pages.map(({ path }) => path)));
    // The longest first.
    waiting.sort(([, a], [, b]) => b.length - a.length);
    const found: string[] = [];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) found.push(...(await visit(next)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(found).toEqual([]);
  }, 300_000);

  it('is without barriers before anybody has signed in', async () => {
    const visitor = await portal.visitor();
    const found: string[] = [];
    for (const path of OUTSIDE) found.push(...(await barriersAt(visitor, 'nobody', path)));
    expect(found).toEqual([]);
    await visitor.close();
  });
});
