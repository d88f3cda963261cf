import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ImportReport } from '#runtime';
import { smallBooks } from '../support/small-books.js';
import { CDR_HEADER, callerOf } from '../support/small-provider.js';

/** Priced, priced abroad, of no tariff row, and no number at all. */
const DIALLED = ['0312345678', '0312345678', '010155512345', '99123456', '???'];
const DAYS = ['2024-12-31', '2025-01-31', '2025-02-28', '2025-03-05', '2025-04-01', '2062-01-01'];

/** Few ids, so that they meet each other: also those of the books (`c4` was reversed, `c1` is charged). */
const record = fc.record({
  id: fc.constantFrom('c1', 'c4', 'late', 'n1', 'n2', 'n3', 'n4', 'h1'),
  account: fc.constantFrom('A1', 'A1', 'B2', 'nobody'),
  to: fc.constantFrom(...DIALLED),
  day: fc.constantFrom(...DAYS),
  seconds: fc.constantFrom(0, 61, 61, 3_000),
  bad: fc.constantFrom(false, false, false, true),
});
type Line = typeof record extends fc.Arbitrary<infer Value> ? Value : never;
/** Some of a file's lines stand in it twice. */
const lines = fc.array(record, { maxLength: 25 }).map(some => [...some, ...some.slice(0, 4)]);

const two = (n: number): string => String(n).padStart(2, '0');
function lineOf({ id, account, to, day, seconds, bad }: Line): string {
  const at = (s: number): string => `${day}T10:${two(Math.floor(s / 60))}:${two(s % 60)}.000+09:00`;
  const answer = seconds === 0 ? '' : at(0);
  const line = `${id},${account},05012345678,out,05012345678,${to},${at(0)},${answer},${at(seconds)},X`;
  return bad ? line.slice(0, -30) : line;
}

/** How often each end was met: a property that nothing tries proves nothing. */
const met = new Map<string, number>();

it('the preview of an import writes nothing, and tells what the import then does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 2, maxLength: 4 }), async files => {
      const { home, product } = await smallBooks();
      const read = async (path: string, dryRun: boolean, n: number): Promise<ImportReport> =>
        product.cdr.importFile(path, 'csv', callerOf(`import-${n}`), undefined, { dryRun });
      try {
        for (const [n, lines] of files.entries()) {
          const path = join(home.directory, `calls-${n}.csv`);
          writeFileSync(path, `${[CDR_HEADER, ...lines.map(lineOf)].join('\n')}\n`);
          const { head } = await product.health();
          const waiting = (await product.cdr.suspense()).rows.length;
          const imports = await product.cdr.imports();
          const preview = await read(path, true, n);
          expect((await product.health()).head).toBe(head);
          expect((await product.cdr.suspense()).rows).toHaveLength(waiting);
          expect(await product.cdr.imports()).toEqual(imports);
          expect(await read(path, false, n)).toEqual(preview);
          // Told once more, it is all there.
          expect(await read(path, true, n)).toEqual(await read(path, false, n));
          for (const [what, count] of Object.entries(preview.counts))
            met.set(what, (met.get(what) ?? 0) + count);
        }
        expect(await product.audit.replay({})).toMatchObject({ ok: true });
      } finally {
        await home.end();
      }
    }),
    { numRuns: 6 },
  );
  for (const what of ['charged', 'noted', 'duplicates', 'suspended'])
    expect([what, met.get(what)! > 0]).toEqual([what, true]);
});
