import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ImportReport, ImportTrial } from '#runtime';
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

/** One line of every end: charged, the same again, noted, not to be read. */
const CALL: Line = { id: 'n1', account: 'A1', to: '0312345678', day: '2025-02-28', seconds: 61, bad: false };
const EVERY_END: [Line[][]] = [[[CALL, CALL, { ...CALL, id: 'n2', seconds: 0 }, { ...CALL, bad: true }]]];

const two = (n: number): string => String(n).padStart(2, '0');
function lineOf({ id, account, to, day, seconds, bad }: Line): string {
  const at = (s: number): string => `${day}T10:${two(Math.floor(s / 60))}:${two(s % 60)}.000+09:00`;
  const answer = seconds === 0 ? '' : at(0);
  const line = `${id},${account},05012345678,out,05012345678,${to},${at(0)},${answer},${at(seconds)},X`;
  return bad ? line.slice(0, -30) : line;
}

const WHATS = ['charged', 'noted', 'duplicates', 'suspended'];
/** How often each end was met: a property that nothing tries proves nothing. */
const met = new Map<string, number>();

it('the preview of imports writes nothing, and tells what the imports then do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 4 }), async files => {
      const { home, product } = await smallBooks();
      const paths = files.map((_, n) => join(home.directory, `calls-${n}.csv`));
      const all = async (trial?: ImportTrial): Promise<ImportReport[]> => {
        const reports: ImportReport[] = [];
        for (const [n, path] of paths.entries())
          reports.push(
            await product.cdr.importFile(path, 'csv', callerOf(`import-${n}`), undefined, { trial }),
          );
        return reports;
      };
      const books = async () => [
        await product.health(),
        await product.cdr.imports(),
        (await product.cdr.suspense()).rows,
      ];
      try {
        for (const [n, some] of files.entries())
          writeFileSync(paths[n]!, `${[CDR_HEADER, ...some.map(lineOf)].join('\n')}\n`);
        // Told once more, it is all there.
        for (let times = 0; times < 2; times++) {
          const before = await books();
          const preview = await all({ dryRun: true });
          expect(await books()).toEqual(before);
          expect(await all()).toEqual(preview);
          for (const { counts } of preview)
            for (const [what, count] of Object.entries(counts)) met.set(what, (met.get(what) ?? 0) + count);
        }
        expect(await product.audit.replay({})).toMatchObject({ ok: true });
      } finally {
        await home.end();
      }
    }),
    { numRuns: 8, examples: [EVERY_END] },
  );
  for (const what of WHATS) expect([what, met.get(what)! > 0]).toEqual([what, true]);
});
