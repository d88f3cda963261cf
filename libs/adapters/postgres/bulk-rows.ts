import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell } from '#kernel';

/**
 * From so many rows on COPY is quicker than a statement, in spite of its extra way to the server and back.
 */
const COPY_FROM_ROWS = 200;
/** Rows in one piece of a COPY stream: some 100 KB. */
const PIECE_ROWS = 500;

/**
 * PostgreSQL's texts cannot hold NUL, which binary junk in a call file may bring: its picture stands for it.
 */
const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '␀') : text);

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One cell in the text format of COPY. https://www.postgresql.org/docs/current/sql-copy.html */
function copyCell(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell !== 'string') return String(cell);
  return storable(cell).replace(/[\\\t\n\r]/g, found => ESCAPES[found]!);
}

/** Rows of one shape that go to the server together: columns, their types, and a list of cells per row. */
export interface Rows {
  /** Quoted names. */
  readonly columns: readonly string[];
  readonly types: readonly ('bigint' | 'text')[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * `SELECT … FROM unnest(…)` of the rows, and its parameters: one array per column, whatever the number of
 * rows.
 */
export function unnested({ types, rows }: Rows): { source: string; values: unknown[] } {
  const values = types.map((type, at) =>
    rows.map(row => {
      const cell = row[at] ?? null;
      return type === 'text' && typeof cell === 'string' ? storable(cell) : cell;
    }),
  );
  const arrays = types.map((type, at) => `$${at + 1}::${type}[]`);
  return { source: `SELECT * FROM unnest(${arrays.join(', ')})`, values };
}

async function copy(client: pg.ClientBase, table: string, { columns, rows }: Rows): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  const finished = once(stream, 'finish');
  // Awaited below; an error while pieces are still being written must not count as unhandled.
  finished.catch(() => undefined);
  for (let at = 0; at < rows.length && !stream.destroyed; at += PIECE_ROWS) {
    const lines = rows.slice(at, at + PIECE_ROWS).map(row => `${row.map(copyCell).join('\t')}\n`);
    if (!stream.write(lines.join(''))) await Promise.race([once(stream, 'drain'), finished]);
  }
  if (!stream.destroyed) stream.end();
  await finished;
}

/** Inserts new rows: few by one statement, many by COPY. @param table quoted */
export async function insertRows(client: pg.ClientBase, table: string, rows: Rows): Promise<void> {
  if (rows.rows.length >= COPY_FROM_ROWS) return copy(client, table, rows);
  const { source, values } = unnested(rows);
  await client.query(`INSERT INTO ${table} (${rows.columns.join(', ')}) ${source}`, values);
}
