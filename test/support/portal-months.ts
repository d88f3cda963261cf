import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import type { ChargeMethod } from '#ledger';
import { callLines } from './call-lines.js';
import type { SignInHome } from './sign-in.js';
import { CDR_HEADER, callerOf } from './small-provider.js';

const A1 = parseAccountId('A1');

async function charge(home: SignInHome, lot: string, yen: string, method: ChargeMethod, at: string) {
  const input = { account: A1, amount: Money.of(yen), method, at: Instant.parse(at), lot };
  const answer = await home.product.prepaid.charge(input, callerOf(lot));
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
}

/**
 * A month and five days of A1 in the home of `openPortal`: three charges, some eighty calls of every
 * category, October closed. The product then stands at 2026-11-05 10:00, the third business day, when its
 * invoice may be had (INV-01).
 * @returns the number of A1's invoice
 */
export async function fillMonths(home: SignInHome): Promise<string> {
  const { product, directory } = home;
  home.at('2026-11-05T10:00:00.000+09:00');
  await charge(home, 'lot-card', '10000', 'card', '2026-10-01T09:30:00.000+09:00');
  await charge(home, 'lot-bonus', '500', 'bonus', '2026-10-10T12:00:00.000+09:00');
  const wanted = { accounts: ['A1'], from: '2026-10-01T10:00:00.000+09:00', days: 30 };
  const october = callLines({ ...wanted, seed: 5, calls: 60, prefix: 'oct' });
  const november = callLines({
    ...wanted,
    seed: 6,
    calls: 24,
    prefix: 'nov',
    from: '2026-11-01T09:00:00.000+09:00',
    days: 4,
  });
  const imported = async (name: string, lines: readonly string[]) => {
    const file = join(directory, name);
    writeFileSync(file, `${[CDR_HEADER, ...lines].join('\n')}\n`);
    await product.cdr.importFile(file, 'csv', callerOf(name));
  };
  await imported('october.csv', october);
  const closing = { month: BusinessMonth.parse('2026-10'), dryRun: false };
  const closed = await product.closing.run(closing, callerOf('close'));
  if (closed.kind !== 'done') throw new Error(JSON.stringify(closed));
  await charge(home, 'lot-konbini', '3000', 'konbini', '2026-11-02T18:00:00.000+09:00');
  await imported('november.csv', november);
  const [invoice] = (await product.closing.invoices({ account: A1 })).rows;
  if (!invoice) throw new Error('A1 has no invoice');
  return invoice.number;
}
