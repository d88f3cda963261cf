import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import { callerOf } from '../support/small-provider.js';

describe('a machine whose clock is behind what was decided', () => {
  it('shows the balance of now with everything that was decided', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'daicho-clock-'));
    let now = Instant.parse('2025-11-02T10:00:05.000+09:00');
    const product = await openProduct({ directory, clock: { now: () => now } });
    try {
      const tariff = readFileSync(join(import.meta.dirname, '../fixtures/statement-002/tariff.csv'), 'utf8');
      await product.catalogue.importTariffCsv('tariff.csv', tariff, callerOf('tariff'));
      const account = parseAccountId('A1');
      const openedOn = BusinessDay.parse('2025-11-01');
      const more = { name: '株式会社例', numbers: [], tariff: 'std', incomingDiscount: Money.zero };
      await product.accounts.open({ account, openedOn, ...more }, callerOf('open'));
      await product.prepaid.charge(
        { account, amount: Money.of('100'), method: 'bank_transfer' },
        callerOf('charge'),
      );
      now = Instant.parse('2025-11-02T10:00:00.000+09:00');
      expect(await product.prepaid.balance(account)).toMatchObject({ posted: '100', available: '100' });
      expect(await product.prepaid.balance(account, now)).toMatchObject({ posted: '0' });
    } finally {
      await product.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
