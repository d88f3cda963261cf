import { BusinessMonth } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { fillMonths } from '../support/portal-months.js';
import { Browser, type SignInHome } from '../support/sign-in.js';
import { CDR_HEADER, TARIFF } from '../support/small-provider.js';

/** Each would set `injected`, if a page took it for more than text. */
const MARKS = [
  '<img src=x onerror="window.injected=1">',
  '"><script>window.injected=2</script>',
  "'-window.injected--//{{7*7}}",
  '<svg/onload=window.injected=4>',
  'javascript:window.injected=5',
] as const;
const [IMAGE, SCRIPT, QUOTE, SVG, ADDRESS] = MARKS;
/** For paths: with a dot in it an address is a file's. */
const ALERT = '<svg onload=alert(1)>';
/** Runs before every page: what it finds later cannot be forgotten by a navigation. */
const WATCH = `
  window.reports = [];
  document.addEventListener('securitypolicyviolation', event =>
    window.reports.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));
  const dialog = name => text => { window.injected = name + text; };
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = dialog(name);
`;

const percent = (text: string): string => encodeURIComponent(text);

/** Names, reasons, labels, numbers that a customer, staff, a carrier and a browser may choose. */
async function poison(home: SignInHome): Promise<{ circle: string; unique: string; account: string }> {
  const why = { 'X-Reason': percent(SCRIPT) };
  const admin = new Browser(() => home.server, { 'User-Agent': IMAGE });
  await admin.signInWhole('staff', 'admin');
  let keys = 0;
  const made = async (method: string, path: string, body: unknown, more: Record<string, string> = {}) => {
    const headers = { ...why, 'Idempotency-Key': `xss-${keys++}`, ...more };
    const answer = await admin.send(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.json as Record<string, string>;
  };
  const opening = { openedOn: '2026-10-01', tariff: 'std' };
  await made('POST', '/accounts', { account: 'X1', name: IMAGE, numbers: ['05077777777'], ...opening });
  await made('POST', '/accounts/A1/charges', {
    amount: '100',
    method: 'bank_transfer',
    lot: `<b>${SVG}`.replace(' ', ''),
  });
  await made('POST', '/accounts/A1/adjustments', { amount: '10', reason: SCRIPT });
  await made('POST', '/keys', { role: 'auditor', label: IMAGE });
  await made('POST', '/staff', { loginId: 'mallory', name: QUOTE, role: 'support', mail: 'x@example.jp' });
  const password = 'Kagi-4711-x';
  const { circle } = await made('POST', '/accounts/A1/circles', { name: IMAGE, password });
  const { unique } = await made('POST', `/accounts/A1/circles/${circle}/uniques`, { name: SVG, password });
  const file = [
    `${IMAGE.replaceAll('"', '')},${SCRIPT.replaceAll('"', '')},out,${ADDRESS},<i>,<b>,x,y,z,<u>`,
    `xss-1,A1,05010000001,in,<svg/onload=injected=6>,05010000001,${[0, 5, 65].map(at).join(',')},<script>`,
  ];
  const csv = { 'Content-Type': 'text/csv' };
  await made('POST', `/cdr-imports?file=${percent(IMAGE)}`, `${[CDR_HEADER, ...file].join('\n')}\n`, csv);
  const [head = '', ...rows] = TARIFF.trim().split('\n');
  const bad = rows.map(row =>
    row.replace('std', 'xss').replace('東京', '<img src=x onerror=window.injected=7>'),
  );
  await made('POST', '/tariffs?file=x.csv', `${[head, ...bad].join('\n')}\n`, csv);
  return { circle: circle!, unique: unique!, account: 'X1' };
}
const at = (second: number): string =>
  `2026-11-03T10:0${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}.000+09:00`;

needsProgram('chromium')('texts that others chose', () => {
  let portal: Portal;
  let ids: { circle: string; unique: string; account: string };
  let invoice: string;
  beforeAll(async () => {
    portal = await openPortal();
    invoice = await fillMonths(portal.home);
    ids = await poison(portal.home);
  }, 90_000);
  afterAll(() => portal?.close());

  /** Opens pages one after another; none runs anything, and the browser has nothing to complain of. */
  async function visit(visitor: Visitor, paths: readonly string[]): Promise<string> {
    await visitor.context.addInitScript(WATCH);
    let seen = '';
    for (const path of paths) {
      await visitor.open(path).catch(error => {
        throw new Error(path, { cause: error });
      });
      const found = await visitor.page.evaluate(`({
        injected: window.injected ?? null,
        reports: window.reports,
        elements: [...document.querySelectorAll('img, script:not([src]), [onerror], [onload], iframe, base')]
          .map(element => element.outerHTML.slice(0, 200)),
        links: [...document.querySelectorAll('a[href]')].map(link => link.protocol)
          .filter(protocol => !['http:', 'https:', 'blob:'].includes(protocol)),
      })`);
      expect([path, found]).toEqual([path, { injected: null, reports: [], elements: [], links: [] }]);
      seen += await visitor.page.locator('body').textContent();
    }
    expect(visitor.complaints).toEqual([]);
    return seen;
  }

  it('stay texts on every page of an admin', async () => {
    const admin = await portal.visitor();
    await admin.signIn('staff', 'admin');
    const seen = await visit(admin, [
      ...[
        '/',
        '/accounts',
        '/accounts/A1',
        `/accounts/${ids.account}`,
        '/accounts/add',
        '/imports',
        '/suspense',
      ],
      ...['/closes', '/closes/2026-10', '/invoices', `/invoices/${invoice}`, '/tariffs', '/jobs', '/outbox'],
      ...['/staff', '/keys', '/security', '/staff-acts', `/accounts?search=${percent(IMAGE)}`],
      ...['/tariffs/xss', `/accounts/${percent(ALERT)}`, `/tariffs/${percent(ALERT)}`, `/${percent(ALERT)}`],
    ]);
    for (const text of [IMAGE, QUOTE, SCRIPT]) expect([text, seen.includes(text)]).toEqual([text, true]);
    await admin.close();
  }, 120_000);

  it('stay texts on every page of an auditor', async () => {
    const auditor = await portal.visitor();
    await auditor.signIn('staff', 'auditor');
    const { head } = await portal.home.product.health();
    const month = BusinessMonth.text(BusinessMonth.of(portal.home.product.now()));
    const events = Array.from({ length: 12 }, (_, back) => `/events/${head - back * 3}`);
    const seen = await visit(auditor, [
      ...['/', '/events', ...events, '/verify', '/replay', '/export', '/staff-acts', '/as-of', '/explain'],
      ...[
        '/trial-balance',
        '/reconciliation',
        `/explain?id=${percent(IMAGE)}`,
        `/reconciliation?month=${month}`,
      ],
      ...[`/explain?id=${invoice}`, `/events?type=${percent(SCRIPT)}`, `/as-of?account=${percent(SVG)}`],
    ]);
    expect(seen).toContain(IMAGE);
    await auditor.close();
  }, 120_000);

  it('stay texts on every page of a customer, and on those before signing in', async () => {
    const customer = await portal.visitor();
    await customer.signIn('account', 'A1-login');
    const { circle, unique } = ids;
    const seen = await visit(customer, [
      ...['/', '/circles', '/circles/add', `/circles/${circle}`, `/circles/${circle}/add-unique`],
      ...[
        `/circles/${circle}/${unique}`,
        `/circles/${circle}/password`,
        `/circles/${circle}/${unique}/password`,
      ],
      ...['/calls', '/statements/numbers', '/statements/destinations', '/prepaid', '/usage', '/invoices'],
      ...[
        `/invoices/${invoice}`,
        '/security',
        `/calls?number=${percent(IMAGE)}`,
        `/calls?to=${percent(ADDRESS)}`,
      ],
    ]);
    for (const text of [IMAGE, SVG]) expect([text, seen.includes(text)]).toEqual([text, true]);
    await customer.close();
    const nobody = await portal.visitor();
    await visit(nobody, [
      ...[
        `/?to=${percent(ADDRESS)}`,
        `/?to=${percent('https://evil.example/')}`,
        `/reset-password?token=${percent(IMAGE)}`,
      ],
      `/password-reminder?level=${percent(SCRIPT)}`,
    ]);
    expect(new URL(nobody.page.url()).host).toBe('localhost:3000');
    await nobody.close();
  }, 120_000);

  it('do not follow a sign-in to another place', async () => {
    const visitor = await portal.visitor();
    await visitor.signIn('account', 'A2-login', {
      at: `/?to=${percent('//evil.example/')}&redirect=//evil.example`,
    });
    expect(new URL(visitor.page.url()).host).toBe('localhost:3000');
    await visitor.close();
  }, 60_000);
});
