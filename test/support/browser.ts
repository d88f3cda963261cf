import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { LoginLevel } from '#identity';
import { Instant } from '#kernel';
import { Calm } from './calm.js';
import { program } from './needs.js';
import { PASSWORD as SIGN_IN_PASSWORD, type SignInHome, signInHome } from './sign-in.js';
import { slowed } from './slow-pages.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Of every login of `openPortal`. */
export const PASSWORD = SIGN_IN_PASSWORD;
/** The product that is configured with nothing takes itself to be here: passkeys belong to this origin. */
export const ORIGIN = 'http://localhost:3000';

const repository = join(import.meta.dirname, '..', '..');
const VITE = join(repository, 'node_modules/vite/bin/vite.js');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** How long a page may take for one step. Another test may have the processor. */
const STEP_MS = 120_000;
const LOOK_MS = 50;

/** Keeps in `told` what was said in a corner: it goes away by itself, perhaps while nobody looks. */
const LISTEN = `globalThis.told = [];
new MutationObserver(changes => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes)
      if (node.nodeType === 1 && node.matches('.toast'))
        globalThis.told.push(node.querySelector('span').textContent);
}).observe(document, { childList: true, subtree: true });`;

/**
 * Looks again until what it expects is so: for what a step leads to a moment later. What is to be so *before*
 * the step is read before it.
 */
export async function eventually(look: () => Promise<void> | void): Promise<void> {
  const end = Date.now() + STEP_MS;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(LOOK_MS);
    }
  }
}

/** Builds the portal as it is in the sources, to a folder of its own. */
function builtPortal(): string {
  const folder = temporaryDirectory();
  const args = ['build', '--config', join(repository, 'apps/portal/vite.config.ts'), '--outDir', folder];
  execFileSync(process.execPath, [VITE, ...args, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: repository,
    // Jest's own NODE_ENV would put the slower React of developers into it.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

export interface Visiting {
  readonly language?: 'ja' | 'en';
  readonly dark?: boolean;
  /** Pixels; 1280 without it. */
  readonly width?: number;
}

/** The portal in a real browser, over the real server with the logins of `signInHome`. */
export interface Portal {
  readonly home: SignInHome;
  /** Somebody opens a browser window of their own, with no cookie, on the product's day. */
  visitor(visiting?: Visiting): Promise<Visitor>;
  close(): Promise<void>;
}

/** Starts Chromium, inside `needsProgram('chromium')`. */
export const startChromium = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: program('chromium'),
    // Chromium refuses its sandbox to root, as whom containers run.
    args: [...args, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

/**
 * Opens the portal for one file of journeys, inside `needsProgram('chromium')`. Its logins are those of
 * `signInHome`, with `PASSWORD`; the product stands at 2026-11-04 10:00 until `home.at` moves it.
 */
export async function openPortal(): Promise<Portal> {
  const portal = builtPortal();
  const home = await signInHome({ portal });
  const { host } = new URL(home.server.url);
  const browser = await startChromium(`--host-resolver-rules=MAP ${new URL(ORIGIN).host} ${host}`);
  return {
    home,
    async visitor({ language = 'ja', dark = false, width = 1280 } = {}) {
      const context = await browser.newContext({
        baseURL: ORIGIN,
        locale: language === 'ja' ? 'ja-JP' : 'en-US',
        timezoneId: 'Asia/Tokyo',
        colorScheme: dark ? 'dark' : 'light',
        viewport: { width, height: 900 },
      });
      context.setDefaultTimeout(STEP_MS);
      await context.addInitScript(LISTEN);
      await context.clock.setFixedTime(Instant.text(home.product.now()));
      return new Visitor(context, await slowed(context, await context.newPage()));
    },
    async close() {
      await browser.close();
      await home.close();
      rmSync(portal, { recursive: true, force: true });
    },
  };
}

/** A browser window and who looks at it. */
export class Visitor {
  /** What the browser complained of: scripts that failed, what the content security policy stopped. */
  readonly complaints: string[] = [];
  private readonly calm: Calm;

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.calm = new Calm(page);
    page.on('pageerror', error => this.complaints.push(error.message));
    page.on('console', message => {
      // A refused request is an answer of the API; the journey says whether it was right.
      const isAnswer = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
  }

  /** Opens an address of the portal and waits until its page is there. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /**
   * Waits until the page has a heading, nothing is under way to the server, and no part of it is still being
   * loaded. What a step leads to without asking the server (a pause of typing, a download) is waited for by
   * itself, and so is an address that the step leads to.
   */
  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.rests();
  }

  /** The same while a question stands open, which hides the heading: whatever was about to come has come. */
  rests(): Promise<void> {
    return this.calm.come(STEP_MS);
  }

  /** Waits until the page has said something in a corner, once for each time; it may be gone from there. */
  async told(text: string): Promise<void> {
    const said = (text: string): boolean => {
      const { told } = globalThis as unknown as { told: string[] };
      const at = told.findIndex(one => one.includes(text));
      if (at >= 0) told.splice(at, 1);
      return at >= 0;
    };
    await this.page.waitForFunction(said, text);
  }

  /**
   * Signs in on the sign-in page: tab, login id, password, and the code that the outbox shows.
   * @param at the page that is asked for; signing in leads there. The first page without it.
   */
  async signIn(level: LoginLevel, loginId: string, { password = PASSWORD, at = '/' } = {}): Promise<void> {
    const { page } = this;
    await page.goto(at);
    const place = LEVELS.indexOf(level);
    await page.getByRole('tab').nth(place).click();
    await page.locator('input[name="loginId"]').fill(loginId);
    await page.locator('input[name="password"]').fill(password);
    const answer = page.waitForResponse(found => found.url().endsWith('/api/v1/sessions'));
    await page.locator('button[type="submit"]').click();
    const { stage } = (await (await answer).json()) as { stage?: string };
    if (stage === 'second_step') await this.secondStep();
    await page.locator('#side-menu').waitFor({ state: 'attached' });
    await this.settled();
  }

  /** Has a code sent to the first contact and enters it. */
  async secondStep(): Promise<void> {
    const { page } = this;
    const sent = page.waitForResponse(found => found.url().endsWith('/api/v1/session/codes'));
    await page.locator('button[type="submit"]').click();
    const answer = await sent;
    // At most so many codes an hour: `home.plusMinutes` lets a journey go on.
    if (!answer.ok()) throw new Error(`no code was sent: ${await answer.text()}`);
    await page.locator('input[name="code"]').fill(await this.readCode());
    await page.locator('button[type="submit"]').click();
  }

  /** The code that was sent to this session last. */
  async readCode(): Promise<string> {
    // Asked by the page itself: it is the one that knows the way to the server.
    const outbox = await this.page.evaluate("fetch('/api/v1/outbox').then(answer => answer.json())");
    const { rows } = outbox as { rows: readonly { text: string }[] };
    // Other mails are sent when nobody waits for them, perhaps after it.
    const codes = rows.map(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]);
    const code = codes.find(found => found !== undefined);
    if (code === undefined) throw new Error(`no code in the outbox: ${JSON.stringify(rows)}`);
    return code;
  }

  /**
   * What axe-core finds on the page that matters (serious, critical), one line each.
   * @param rules of axe-core, by their ids; all of them without it
   */
  async barriers(rules?: readonly string[]): Promise<string[]> {
    await this.rests();
    await this.page.evaluate(AXE);
    const options: axe.RunOptions = {
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
    };
    const { violations } = (await this.page.evaluate(
      `axe.run(document, ${JSON.stringify(options)})`,
    )) as axe.AxeResults;
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 200)).join(' | ')}`);
  }

  /** How far the page is wider than the window, in pixels: people would have to scroll sideways. */
  async overflow(): Promise<number> {
    await this.rests();
    const sizes = await this.page
      .locator('html')
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    const { scrollWidth, clientWidth } = sizes;
    return scrollWidth - clientWidth;
  }

  /** Levels of the headings from top to bottom. */
  async headings(): Promise<number[]> {
    await this.rests();
    const names = await this.page
      .locator('h1, h2, h3, h4, h5, h6')
      .evaluateAll(found => found.map(({ tagName }) => tagName));
    return names.map(name => Number.parseInt(name.slice(1), 10));
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** The order of the tabs. */
const LEVELS: readonly LoginLevel[] = ['account', 'circle', 'unique', 'staff'];
