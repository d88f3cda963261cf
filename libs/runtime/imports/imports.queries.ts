import { BusinessMonth, type Fillings, Instant, type KeptProblem } from '#kernel';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import type { ImportRow } from './cdr.shapes.js';

export type SuspenseLine = Readonly<ReadTables['suspense']>;

/** What is wrong with a line, as the log keeps it. */
export const problemOfRow = ({ problem_code, problem_values }: SuspenseLine): KeptProblem => ({
  code: problem_code,
  values: JSON.parse(problem_values) as Fillings,
});

/** Newest first. */
export async function importRows({ db }: ReadModels): Promise<readonly ImportRow[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('import')
    .execute();
  return rows.map(row => {
    const { read, charged, noted, duplicates, suspended, skipped } = row;
    return {
      import: row.import,
      file: row.file,
      format: row.format,
      startedAt: Instant.text(row.started_at),
      completedAt: row.completed_at === null ? null : Instant.text(row.completed_at),
      counts: row.completed_at === null ? null : { read, charged, noted, duplicates, suspended, skipped },
    };
  });
}

/** Lines that wait, the oldest first: of all imports, of one, or the one line of it. */
export function waitingLines(
  { db }: ReadModels,
  of: { readonly import?: string | undefined; readonly line?: number | undefined },
  { after, limit }: { readonly after: number | undefined; readonly limit: number },
): Promise<SuspenseLine[]> {
  let query = db
    .selectFrom('suspense')
    .selectAll()
    .where('resolved', 'is', null)
    .orderBy('position')
    .limit(limit);
  if (of.import !== undefined) query = query.where('import', '=', of.import);
  if (of.line !== undefined) query = query.where('line', '=', of.line);
  if (after !== undefined) query = query.where('position', '>', after);
  return query.execute();
}

/** Lines that wait, the oldest first; what came before the month began is of an earlier one. */
export const waitingSince = (
  { db }: ReadModels,
  month: BusinessMonth,
  { after, limit }: { readonly after: number; readonly limit: number },
) =>
  db
    .selectFrom('suspense')
    .select(['format', 'raw', 'corrected', 'header', 'position'])
    .where('resolved', 'is', null)
    .where('suspended_at', '>=', BusinessMonth.start(month))
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
export type WaitingLine = Awaited<ReturnType<typeof waitingSince>>[number];
