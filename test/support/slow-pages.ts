import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { SEED } from './seed.js';
import { randomFrom } from './small-provider.js';

/** `DAICHO_SLOW_API=300`: each request to the API waits up to so many milliseconds, another time each. */
const API_MS = Number.parseInt(process.env['DAICHO_SLOW_API'] ?? '0', 10);
/** `DAICHO_SLOW_PAGE=6`: a page has a sixth of the processor. Not for specs that judge how fast it is. */
const PAGE_TIMES = Number.parseFloat(process.env['DAICHO_SLOW_PAGE'] ?? '1');
const chance = randomFrom(SEED);

/** Streams are opened late, too; what a journey answers itself (`page.route`) is answered at once. */
async function late(route: Route): Promise<void> {
  await sleep(chance() * API_MS);
  // The page may be gone meanwhile, and its question with it.
  await route.fallback().catch(() => {});
}

/**
 * Makes a page slow where the environment asks for it. A journey that reads what was there before its step
 * had an effect passes beside a fast page, and fails here at once.
 */
export async function slowed(context: BrowserContext, page: Page): Promise<Page> {
  if (API_MS > 0) await context.route('**/api/**', late);
  if (PAGE_TIMES > 1) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: PAGE_TIMES });
  }
  return page;
}
