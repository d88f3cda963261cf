import process from 'node:process';
import { eventually, openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';

const ROWS = 100_000;
/** A person sees a stutter when nothing moves for so long. */
const STUTTER_MS = 200;
/** Machines that test have others at work. */
const SLACK = 3;
const STEPS = 80;

/** Keeps in `longTasks` how long the browser could do nothing else, in milliseconds, as it tells itself. */
const WATCH = `globalThis.longTasks = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) globalThis.longTasks.push(entry.duration);
}).observe({ type: 'longtask' })`;

const row = (at: number) => ({
  prefix: String(at).padStart(6, '0'),
  destination: `宛先 ${at}`,
  category: '一般通話',
  price: '8',
  per_s: '180',
});

/** The table of the tariff's page, as every table of the portal is the one component. */
needsProgram('chromium')(`a table of ${ROWS.toLocaleString('en')} rows`, () => {
  let portal: Portal;
  let clerk: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing');
    const body = JSON.stringify({ rows: Array.from({ length: ROWS }, (_, at) => row(at)), next: null });
    await clerk.page.route('**/api/v1/tariffs/long/rows', route =>
      route.fulfill({ contentType: 'application/json', body }),
    );
    await clerk.open('/tariffs/long');
    await clerk.page.getByText('宛先 0', { exact: true }).waitFor();
    await clerk.page.evaluate(WATCH);
  }, 60_000);
  afterAll(() => portal?.close());

  /** Milliseconds of the longest pause while `work` is done. */
  async function longestPause(work: () => Promise<void>): Promise<number> {
    await clerk.page.evaluate('globalThis.longTasks.length = 0');
    await work();
    return (await clerk.page.evaluate('Math.max(0, ...globalThis.longTasks)')) as number;
  }

  it('draws only what is in sight', async () => {
    expect(await clerk.page.locator('tbody tr').count()).toBeLessThan(200);
  });

  it('scrolls without a stutter, to its last row', async () => {
    const pause = await longestPause(async () => {
      await clerk.page.getByText('宛先 0', { exact: true }).hover();
      for (let step = 0; step < STEPS; step += 1) await clerk.page.mouse.wheel(0, 4_000);
    });
    process.stdout.write(`longest pause while scrolling: ${Math.round(pause)} ms of ${STUTTER_MS}\n`);
    expect(pause).toBeLessThan(STUTTER_MS * SLACK);
    await clerk.page.getByText('宛先 0', { exact: true }).waitFor({ state: 'detached' });
    await clerk.page.mouse.wheel(0, 100_000_000);
    await clerk.page.getByText(`宛先 ${ROWS - 1}`, { exact: true }).waitFor();
    expect(await clerk.page.locator('tbody tr').count()).toBeLessThan(200);
  });

  it('finds a row by what is typed', async () => {
    await clerk.page.getByPlaceholder('絞り込み').fill('宛先 77777');
    await clerk.page.getByText('宛先 77777', { exact: true }).waitFor();
    await eventually(async () => expect(await clerk.page.locator('tbody tr').count()).toBeLessThan(10));
  });
});
