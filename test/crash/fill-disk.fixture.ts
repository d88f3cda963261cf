/**
 * Fills a small disk with events until the store refuses, frees space and appends again; prints one JSON
 * document of what it saw. Arguments: directory on the small disk, path of a file there that may be deleted
 * to free space.
 */
import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import { StoreUnavailable } from '#ports';

const [directory = '', filler = ''] = process.argv.slice(2);
const store = await openSqliteStore({ directory });

async function appendNext(): Promise<void> {
  const revision = await store.events.streamRevision('s');
  const meta = {
    occurredAt: '2026-10-05T12:01:00.000+09:00',
    recordedAt: '2026-10-05T12:01:00.000+09:00',
    actor: 'job:fill',
    commandId: `fill/${revision + 1}`,
    correlationId: 'fill',
    bodyHash: '0'.repeat(64),
  };
  const event = { type: 'sample.Happened.v1', data: `{"fill":"${'x'.repeat(20_000)}"}`, meta };
  await store.events.append([{ stream: 's', expectedRevision: revision, events: [event] }]);
}

let refusal: unknown;
let stored = 0;
for (; stored < 100_000 && refusal === undefined; stored++) {
  await appendNext().catch(error => {
    refusal = error;
    stored--;
  });
}
const headWhenFull = await store.events.headPosition();
const checkWhenFull = await store.events.verifyChain();
const second = await appendNext().then(
  () => 'stored',
  error => (error instanceof StoreUnavailable ? error.code : String(error)),
);
rmSync(filler);
await appendNext();
const check = await store.events.verifyChain();
await store.close();
console.log(
  JSON.stringify({
    refusal: refusal instanceof StoreUnavailable ? refusal.code : String(refusal),
    second,
    stored,
    headWhenFull,
    checkWhenFull: checkWhenFull.kind,
    check,
  }),
);
