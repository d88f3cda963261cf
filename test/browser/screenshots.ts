import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { LoginLevel } from '#identity';
import { parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { fillContracts } from '../support/contracts-home.js';
import { fillMonths } from '../support/portal-months.js';

/**
 * Takes a picture of every page in both languages and both themes, with an index.html to look at them:
 * `npm run screenshots -- [folder]` (`dist/screenshots` without one). With `--docs` it writes those
 * of docs/images instead.
 */
const LANGUAGES = { ja: '日本語', en: 'English' } as const;
type Language = keyof typeof LANGUAGES;
const THEMES = ['light', 'dark'] as const;

/** Whose pages: those of the side menu, and those that are reached from other pages. */
interface Face {
  readonly level: LoginLevel;
  readonly loginId: string;
  readonly more: readonly string[];
}

/** Pages of nobody. */
const OUTSIDE = ['/', '/password-reminder', '/reset-password?token=none'];

interface Shot {
  readonly face: string;
  readonly path: string;
  readonly language: Language;
  readonly theme: (typeof THEMES)[number];
  readonly file: string;
}

async function facesOf({ home }: Portal, invoice: string, order: string): Promise<readonly Face[]> {
  const { identity } = home.product;
  const account = parseAccountId('A1');
  const [circle] = await identity.circles.circles(account);
  if (!circle) throw new Error('A1 has no circle');
  const [unique] = await identity.circles.uniques(account, circle.circle);
  const below = `/circles/${circle.circle}`;
  return [
    {
      level: 'account',
      loginId: 'A1-login',
      more: [
        `/orders/${order}`,
        `/contracts/cancel?contracts=${order}-01,${order}-02`,
        `/invoices/${invoice}`,
        below,
        `${below}/add-unique`,
        `${below}/cancel`,
        `${below}/${unique?.unique}`,
        '/circles/add',
        '/account-info/cancel',
      ],
    },
    { level: 'circle', loginId: 'first', more: [] },
    { level: 'unique', loginId: 'first-unique', more: [] },
    {
      level: 'staff',
      loginId: 'admin',
      more: [
        '/accounts/add',
        '/accounts/A1',
        '/accounts/A1/contracts',
        '/accounts/A1/orders',
        '/accounts/A1/purchases',
        '/accounts/A1/cancel',
        '/closes/2026-10',
        `/invoices/${invoice}`,
        '/tariffs/std',
      ],
    },
    {
      level: 'staff',
      loginId: 'auditor',
      more: ['/events/1', '/as-of?account=A1&at=2026-10-15T23:59:59.999', `/explain?id=${invoice}`],
    },
  ];
}

const slug = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'home';

async function speak({ page }: Visitor, language: Language): Promise<void> {
  await page
    .locator('header')
    .getByRole('button', { name: /日本語|English/ })
    .click();
  await page.getByRole('menuitemradio', { name: LANGUAGES[language] }).click();
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Both themes of a page: the portal follows the device. */
async function shoot(visitor: Visitor, folder: string, of: Omit<Shot, 'theme' | 'file'>): Promise<Shot[]> {
  const { page } = visitor;
  const shots: Shot[] = [];
  await visitor.open(of.path);
  for (const theme of THEMES) {
    const file = `${of.face}-${slug(of.path)}-${of.language}-${theme}.png`;
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-theme="${theme}"]`).waitFor();
    await page.screenshot({ path: join(folder, file), fullPage: true });
    shots.push({ ...of, theme, file });
  }
  return shots;
}

const menuOf = async ({ page }: Visitor): Promise<string[]> =>
  (
    await page
      .locator('#side-menu a')
      .all()
      .then(links => Promise.all(links.map(a => a.getAttribute('href'))))
  ).filter(href => href !== null);

async function everyPage(portal: Portal, invoice: string, folder: string): Promise<Shot[]> {
  const [order] = await fillContracts(portal.home.product, '2026-11-05T09:00:00.000+09:00');
  const shots: Shot[] = [];
  for (const language of ['ja', 'en'] as const) {
    const visitor = await portal.visitor({ language });
    for (const path of OUTSIDE)
      shots.push(...(await shoot(visitor, folder, { face: 'nobody', path, language })));
    await visitor.close();
  }
  for (const { level, loginId, more } of await facesOf(portal, invoice, order!.order)) {
    const visitor = await portal.visitor();
    await visitor.signIn(level, loginId);
    const paths = [...new Set([...(await menuOf(visitor)), ...more])];
    for (const language of ['ja', 'en'] as const) {
      await speak(visitor, language);
      for (const path of paths)
        shots.push(...(await shoot(visitor, folder, { face: loginId, path, language })));
    }
    process.stdout.write(`${loginId}: ${paths.length} pages\n`);
    await visitor.close();
  }
  return shots;
}

/** The pictures side by side, a row for each page. */
function indexOf(shots: readonly Shot[]): string {
  const rows = Map.groupBy(shots, ({ face, path }) => `${face} ${path}`);
  const cell = ({ file, language, theme }: Shot) =>
    `<td><a href="${file}"><img src="${file}" alt="${language} ${theme}" width="320" loading="lazy"></a>`;
  const body = [...rows].map(
    ([name, row]) =>
      `<tr><th scope="row">${name.replaceAll('&', '&amp;')}</th>${row.map(cell).join('')}</tr>`,
  );
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages of the portal</title>',
    '<h1>Pages of the portal</h1><table><tbody>',
    ...body,
    '</tbody></table></html>\n',
  ].join('\n');
}

/** Pictures of README and docs, by the login that sees the page. */
const DOCS: readonly (readonly [file: string, level: LoginLevel, loginId: string, path: string])[] = [
  ['portal', 'account', 'A1-login', '/'],
  ['customer-prepaid', 'account', 'A1-login', '/prepaid'],
  ['staff-close', 'staff', 'admin', '/closes/2026-10'],
  ['audit-as-of', 'staff', 'auditor', '/as-of?account=A1&at=2026-10-15T23:59:59.999'],
  ['audit-explain', 'staff', 'auditor', '/explain?id='],
];

async function forDocs(portal: Portal, invoice: string): Promise<void> {
  for (const [file, level, loginId, path] of DOCS) {
    const visitor = await portal.visitor();
    const { page } = visitor;
    const size = file === 'portal' ? { width: 1280, height: 860 } : { width: 1040, height: 660 };
    await page.setViewportSize(size);
    await visitor.signIn(level, loginId);
    await visitor.open(path.endsWith('=') ? `${path}${invoice}` : path);
    await page.screenshot({ path: join('docs', 'images', `${file}.png`) });
    process.stdout.write(`docs/images/${file}.png\n`);
    await visitor.close();
  }
}

const given = process.argv.slice(2);
const portal = await openPortal();
try {
  const invoice = await fillMonths(portal.home);
  if (given.includes('--docs')) await forDocs(portal, invoice);
  else {
    const folder = resolve(given[0] ?? 'dist/screenshots');
    mkdirSync(folder, { recursive: true });
    const index = join(folder, 'index.html');
    writeFileSync(index, indexOf(await everyPage(portal, invoice, folder)));
    process.stdout.write(`${index}\n`);
  }
} finally {
  await portal.close();
}
