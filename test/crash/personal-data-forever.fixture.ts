/**
 * Puts personal data without end and prints `put <account> <ref> <mac>` after each answer; every tenth
 * account is erased, and `erased <account>` printed. Arguments: directory, run. To be killed.
 */
import { openSecretBox } from '#adapters/credentials';
import { sealedPersonalData } from '#adapters/shared';
import { openSqlitePersonalRows } from '#adapters/sqlite';
import { Instant, parseAccountId } from '#kernel';

const [directory = '', run = ''] = process.argv.slice(2);
const rows = openSqlitePersonalRows(directory);
const store = sealedPersonalData(rows, openSecretBox([Buffer.alloc(32, 7)]));
const at = Instant.parse('2026-10-01T09:00:00.000+09:00');
console.log('open');

for (let i = 0; ; i++) {
  const account = parseAccountId(`A${run}.${i}`);
  const ref = `r${run}-${i}`;
  const { mac } = await store.put({ account, ref, kind: 'contract', bytes: Buffer.from(`name ${i}`), at });
  console.log(`put ${account} ${ref} ${mac}`);
  if (i % 10 !== 9) continue;
  await store.destroyKey(account);
  console.log(`erased ${account}`);
}
