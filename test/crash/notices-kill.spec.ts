import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Product } from '#runtime';
import { buyAndCancel, ORDERS, openTelling, sentIn } from '../support/busy-notices.js';
import { startChild } from '../support/child.js';
import { SEED } from '../support/seed.js';
import { callerOf, pickBelow, randomFrom } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** 100 in continuous integration; a quick look otherwise. */
const POINTS = Math.min(Number.parseInt(process.env['DAICHO_CRASH_POINTS'] ?? '3', 10), 100);

/** All that is due, as the jobs would do it. */
async function tellAll(product: Product): Promise<void> {
  for (;;) {
    const due = await product.notices.due();
    if (due.length === 0) return;
    for (const { position } of due) await product.notices.tell(position, callerOf(`tell/${position}`));
  }
}

async function sentInLog(product: Product): Promise<string[]> {
  const sent: string[] = [];
  for await (const piece of product.audit.export('jsonl'))
    for (const line of piece.split('\n').filter(text => text.includes('contracts.NoticeSent.v1'))) {
      const { notice, address } = (JSON.parse(line) as { data: { notice: string; address: number } }).data;
      sent.push(`notice/${notice}/${address}`);
    }
  return sent;
}

describe(`kill -9 at ${POINTS} random points while customers are told (DAICHO_SEED=${SEED})`, () => {
  const root = temporaryDirectory();
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const random = randomFrom(SEED);

  it(
    'loses no mail, and hands none over again but the one whose process ended with it',
    async () => {
      for (let n = 0; n < POINTS; n++) {
        const directory = join(root, `killed-${n}`);
        const child = startChild('test/crash/busy-notices.fixture.ts', directory);
        const after = 1 + pickBelow(random, ORDERS);
        await child.printed(() => child.lines.length > after);
        await delay(random() * 20);
        await child.kill();
        const product = await openTelling(directory, () => undefined);
        await buyAndCancel(product);
        await tellAll(product);
        const [taken, booked] = [sentIn(directory), await sentInLog(product)];
        // One mail for each order, and one to two addresses for each that was cancelled.
        expect(new Set(booked).size).toBe(booked.length);
        expect(booked).toHaveLength(ORDERS + ORDERS);
        expect(new Set(taken.map(line => line.split(' ')[0]))).toEqual(new Set(booked));
        // Two jobs at a time were under way at most, each between the mail server and the log.
        expect(taken.length - new Set(taken).size).toBeLessThanOrEqual(2);
        expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
        await product.close();
        rmSync(directory, { recursive: true });
      }
    },
    60_000 + POINTS * 30_000,
  );
});
