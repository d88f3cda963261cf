/**
 * Imports call files into a product on a small disk until the store refuses, asks and tries on, frees space
 * and imports again; prints one JSON document of what it saw. Arguments: directory on the small disk, path of
 * a file there that may be deleted to free space, directory of the call files (elsewhere).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import { StoreUnavailable } from '#ports';
import { callLines } from '../support/call-lines.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  openProvider,
  StandingClock,
} from '../support/small-provider.js';

const [directory = '', filler = '', files = ''] = process.argv.slice(2);
const accounts = accountNames(4);
const from = '2025-10-01T00:00:00.000+09:00';
const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
const product = await openProduct({ directory, clock });
await openProvider(product, accounts, '2025-10-01');
mkdirSync(files, { recursive: true });

const codeOf = (error: unknown): string => (error instanceof StoreUnavailable ? error.code : String(error));
const importNumber = (n: number): Promise<string> => {
  const lines = callLines({ seed: n, calls: 2_000, accounts, from, days: 31, prefix: `f${n}-` });
  const file = join(files, `${n}.csv`);
  writeFileSync(file, `${[CDR_HEADER, ...lines].join('\n')}\n`);
  return product.cdr.importFile(file, 'csv', callerOf(`import/${n}`)).then(() => 'done', codeOf);
};
const charge = (id: string): Promise<string> =>
  product.prepaid
    .charge(
      { account: parseAccountId('A01'), amount: Money.yen(1_000), method: 'card', lot: id },
      callerOf(id),
    )
    .then(answer => answer.kind, codeOf);
const state = async () => ({
  verify: (await product.audit.verify()).ok,
  health: await product.health(),
  trial: await product.prepaid.trialBalance(),
  posted: (await product.prepaid.balance(parseAccountId('A01')))?.posted,
  calls: (await product.prepaid.calls(parseAccountId('A01'))).rows.length,
});

const before = await charge('before');
let imported = 0;
let refusal = 'done';
while (refusal === 'done' && imported < 100) refusal = await importNumber(++imported);
const chargeWhenFull = await fillUp();
const full = await state();
rmSync(filler);
const believed = await product.health();
const again = await importNumber(imported);
const chargeAgain = await charge('full');
const after = await state();
const replay = await product.audit.replay({});
await product.close();
console.log(
  JSON.stringify({
    before,
    refusal,
    chargeWhenFull,
    full,
    believed,
    again,
    chargeAgain,
    after,
    replay: replay.ok,
  }),
);

/** What a file left room for is taken by single charges; the last one's refusal. */
async function fillUp(): Promise<string> {
  for (let i = 0; i < 10_000; i++) {
    const answer = await charge('full');
    if (answer !== 'done') return answer;
    const small = await charge(`small/${i}`);
    if (small !== 'done') return small;
  }
  return 'never full';
}
