import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import { encodeTariffRow, OPTIONAL_COLUMNS, REQUIRED_COLUMNS } from '#rating';
import type { Caller, Product } from '#runtime';
import {
  makeCdrLines,
  makeTariffRows,
  SYNTHETIC_TARIFF,
  type SyntheticCdrs,
  syntheticAccount,
  syntheticNumber,
} from '../support/tariff-10000.js';
import { pool } from './measure.js';

/** Benches live in one month: calls of October 2026, seen from November. */
export const FIRST_DAY = BusinessDay.parse('2026-10-01');
const NOW = Instant.parse('2026-11-05T10:00:00.000+09:00');
export const CLOCK = { now: () => NOW };
const TOP_UP_AT = Instant.parse('2026-10-01T00:00:00.000+09:00');

let sequence = 0;
/** An operator at the command line, without a reason: the usual caller of an import. */
export const caller = (commandId = `bench-${++sequence}`): Caller => ({
  actor: { id: 'cli:bench' },
  commandId,
});

/** The tariff of 10,000 prefixes as the text of a tariff.csv. */
export function tariffCsv(): string {
  const columns = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS];
  const lines = makeTariffRows().map(row => {
    const fields = encodeTariffRow(row);
    return columns.map(column => fields[column] ?? '').join(',');
  });
  return `${columns.join(',')}\n${lines.join('\n')}\n`;
}

export interface Customers {
  readonly accounts: number;
  /** Yen in each wallet. */
  readonly yen: string;
}

/** A product with the tariff of 10,000 prefixes and funded accounts `A1`, `A2` … with a number each. */
export async function openProvider(directory: string, customers: Customers): Promise<Product> {
  const product = await openProduct({ directory, clock: CLOCK });
  await fillProvider(product, customers);
  return product;
}

/** The same on an empty product, whatever it stands on. */
export async function fillProvider(product: Product, { accounts, yen }: Customers): Promise<void> {
  const { problems } = await product.catalogue.importTariffCsv('tariff.csv', tariffCsv(), caller());
  if (problems[0]) throw new Error(`the tariff was refused: ${JSON.stringify(problems[0])}`);
  await pool(accounts, 200, async i => {
    const account = parseAccountId(syntheticAccount(i));
    const opened = await product.accounts.open(
      {
        account,
        name: `Customer ${i}`,
        openedOn: FIRST_DAY,
        numbers: [syntheticNumber(i)],
        tariff: SYNTHETIC_TARIFF,
        incomingDiscount: Money.of('0'),
      },
      caller(),
    );
    const charged = await product.prepaid.charge(
      { account, amount: Money.of(yen), method: 'card', at: TOP_UP_AT },
      caller(),
    );
    for (const answer of [opened, charged]) {
      if (answer.kind !== 'done') throw new Error(`${account}: ${JSON.stringify(answer)}`);
    }
  });
}

/** Writes a cdr.csv of `calls` lines. */
export async function writeCalls(file: string, calls: number, about: SyntheticCdrs): Promise<void> {
  const out = createWriteStream(file);
  let piece = '';
  for (const line of makeCdrLines(calls, about)) {
    piece += `${line}\n`;
    if (piece.length < 1 << 18) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'finish');
}
