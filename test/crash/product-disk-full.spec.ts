import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { callLines } from '../support/call-lines.js';
import { follow, nodeArguments } from '../support/child.js';
import { wholeSnapshotOf } from '../support/product-snapshot.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  openProvider,
  StandingClock,
} from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const ACCOUNTS = accountNames(4);
const A01 = parseAccountId('A01');
const FULL = { name: 'StoreUnavailable', code: 'DISK_FULL' };
const clock = new StandingClock(Instant.parse('2025-12-05T10:00:00.000+09:00'));

const open = async (directory: string, maxBytes?: number): Promise<Product> => {
  const product = await openProduct({ directory, clock, ...(maxBytes === undefined ? {} : { maxBytes }) });
  await openProvider(product, ACCOUNTS, '2025-10-01');
  return product;
};
const charge = (product: Product, id: string) =>
  product.prepaid.charge(
    { account: A01, amount: Money.yen(1_000), method: 'card', lot: id },
    callerOf(`charge/${id}`),
  );

function callFile(directory: string): string {
  const file = join(directory, 'calls.csv');
  const from = '2025-10-01T00:00:00.000+09:00';
  const lines = callLines({ seed: 3, calls: 9_000, accounts: ACCOUNTS, from, days: 61 });
  writeFileSync(file, `${[CDR_HEADER, ...lines].join('\n')}\n`);
  return file;
}

describe('a product whose disk is full', () => {
  it('refuses writes and says why, answers questions, and goes on when there is room', async () => {
    await inTemporaryDirectory(async directory => {
      let product = await open(directory, 700_000);
      let charged = 0;
      const fill = async (): Promise<void> => {
        for (; charged < 5_000; charged++) await charge(product, `${charged}`);
      };
      expect(await product.health()).toMatchObject({ writable: true, reason: null });
      await expect(fill()).rejects.toMatchObject(FULL);
      expect(charged).toBeGreaterThan(20);
      expect(await product.health()).toMatchObject({
        writable: false,
        reason: expect.stringMatching(/^DISK_FULL: /),
      });
      const held = { account: A01, hold: 'h', amount: Money.yen(1), purpose: 'x'.repeat(60_000) };
      await expect(product.prepaid.hold(held, callerOf('h'))).rejects.toMatchObject(FULL);
      const balance = await product.prepaid.balance(A01);
      expect(balance).toMatchObject({ posted: String(charged * 1_000), held: '0' });
      expect((await product.prepaid.history(A01, { limit: 1_000 })).rows.length).toBeGreaterThan(20);
      expect(await product.audit.verify()).toMatchObject({ ok: true });
      await product.close();

      product = await open(directory);
      expect(await product.prepaid.balance(A01)).toEqual(balance);
      expect(await charge(product, `${charged}`)).toMatchObject({ kind: 'done', replayed: false });
      expect(await product.health()).toMatchObject({ writable: true, reason: null });
      expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
      await product.close();
    });
  });

  it('leaves an import whole as far as it came; run again it ends like one with room', async () => {
    await inTemporaryDirectory(async directory => {
      const file = callFile(directory);
      const limited = join(directory, 'limited');
      let product = await open(limited, 6_000_000);
      await expect(product.cdr.importFile(file, 'csv', callerOf('i1'))).rejects.toMatchObject(FULL);
      expect(await product.audit.verify()).toMatchObject({ ok: true });
      const trial = await product.prepaid.trialBalance();
      expect(trial.debit).toBe(trial.credit);
      expect(await product.cdr.imports()).toMatchObject([{ completedAt: null }]);
      // The wallets in memory are those of the file: what was decided and not stored is forgotten.
      const inMemory = await product.prepaid.balance(A01);
      await product.close();

      product = await open(limited);
      expect(await product.prepaid.balance(A01)).toEqual(inMemory);
      const { counts } = await product.cdr.importFile(file, 'csv', callerOf('i2'));
      expect(counts.duplicates).toBeGreaterThan(0);
      expect(counts.charged + counts.noted + counts.duplicates).toBe(9_000);
      const roomy = await open(join(directory, 'roomy'));
      expect((await roomy.cdr.importFile(file, 'csv', callerOf('i1'))).counts.duplicates).toBe(0);
      const books = (of: Product) => wholeSnapshotOf(of, ACCOUNTS, ['2025-10', '2025-11']);
      expect(await books(product)).toEqual(await books(roomy));
      await product.close();
      await roomy.close();
    });
  });

  // A file system of a few megabytes needs a mount; where this user may not make one, the limit above is the
  // test.
  const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
  if (mayMount) {
    it('of a real small file system goes on by itself as soon as space is free', async () => {
      await inTemporaryDirectory(async directory => {
        const fill = 'head -c 34000000 /dev/zero > "$0/filler"';
        const shell = `mkdir "$0" && mount -t tmpfs -o size=42m tmpfs "$0" && ${fill} && exec "$@"`;
        const disk = join(directory, 'disk');
        const script = 'test/crash/product-fill-disk.fixture.ts';
        const files = join(directory, 'files');
        const node = nodeArguments(script, `${disk}/store`, `${disk}/filler`, files);
        const child = follow(spawn('unshare', ['-rm', 'sh', '-c', shell, disk, process.execPath, ...node]));
        await child.printed(line => line.startsWith('{'));
        expect(await child.ended).toBe(0);
        const seen = JSON.parse(child.lines.at(-1)!) as Record<string, Record<string, unknown>>;
        const { full, after } = seen;
        expect(seen).toMatchObject({ before: 'done', refusal: 'DISK_FULL', chargeWhenFull: 'DISK_FULL' });
        expect(full).toMatchObject({ verify: true, health: { writable: false } });
        expect(full!['calls']).toBeGreaterThan(0);
        expect(seen).toMatchObject({ believed: { writable: true }, again: 'done', chargeAgain: 'done' });
        expect(after).toMatchObject({ verify: true, health: { writable: true } });
        for (const one of [full!, after!]) {
          const { debit, credit } = one['trial'] as { debit: string; credit: string };
          expect(debit).toBe(credit);
        }
        expect(seen['replay']).toBe(true);
      });
    });
  }
});

describe('a second process of the same directory', () => {
  it('is refused with the name of the first, may read, and may write when the first is gone', async () => {
    await inTemporaryDirectory(async directory => {
      const first = await open(directory);
      const second = openProduct({ directory, clock });
      await expect(second).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'STORE_IN_USE' });
      await expect(second).rejects.toThrow(`process ${process.pid} on `);
      const reader = await openProduct({ directory, readOnly: true, clock });
      expect(await charge(first, 'one')).toMatchObject({ kind: 'done' });
      expect(await reader.prepaid.balance(A01)).toMatchObject({ posted: '1000' });
      const readOnly = { name: 'StoreUnavailable', code: 'STORE_READ_ONLY' };
      await expect(charge(reader, 'two')).rejects.toMatchObject(readOnly);
      expect(await reader.health()).toMatchObject({
        writable: false,
        reason: expect.stringMatching(/READ_ONLY/),
      });
      expect(await first.health()).toMatchObject({ writable: true });
      await first.close();
      const next = await openProduct({ directory, clock });
      expect(await charge(next, 'two')).toMatchObject({ kind: 'done' });
      await reader.close();
      await next.close();
    });
  });
});
