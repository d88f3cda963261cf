import type { DatabaseSync } from 'node:sqlite';
import { physicalName } from '#adapters/shared';
import { problem, type SaidProblem, type TableSpec } from '#kernel';
import { readFact } from './event-schema.js';
import { fileFindings } from './findings.js';
import { tableStatements } from './read-tables.js';

interface KeptCheckpoint {
  readonly projection: string;
  readonly version: number;
  readonly position: number;
  readonly active: number;
  readonly tables: string;
}

/** The facts that every file has, and no others. */
const FACTS = 'command_seed, commands_indexed';
const SEEDS = 2 ** 32;

function factsProblem(db: DatabaseSync, head: number): SaidProblem | undefined {
  const names = db.prepare('SELECT name FROM store_facts ORDER BY name').all();
  if (names.map(row => row['name']).join(', ') !== FACTS) return problem(fileFindings.FACTS_INCOMPLETE);
  const [seed, through] = [readFact(db, 'command_seed'), readFact(db, 'commands_indexed')];
  if (seed < 0 || seed >= SEEDS) return problem(fileFindings.SEED_OUT_OF_RANGE);
  if (through < 0 || through > head) return problem(fileFindings.COMMANDS_OUT_OF_RANGE, { through, head });
  return undefined;
}

function specsOf({ tables }: KeptCheckpoint): readonly TableSpec[] | undefined {
  try {
    return JSON.parse(tables) as readonly TableSpec[];
  } catch {
    return undefined;
  }
}

/** Statements without the order of their columns: a description is kept with its names sorted. */
const piecesOf = (statements: readonly string[]): string =>
  statements
    .flatMap(statement => statement.split(/, | \(/))
    .sort()
    .join('\n');

/** Whether the tables of one projection are there as its checkpoint describes them. */
function tablesProblem(db: DatabaseSync, kept: KeptCheckpoint): SaidProblem | undefined {
  const { projection } = kept;
  const specs = specsOf(kept);
  if (specs === undefined) return problem(fileFindings.TABLES_UNREADABLE, { projection });
  const made = db.prepare('SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL');
  for (const spec of specs) {
    const table = physicalName(spec.name, kept.version);
    const found = made.all(table).map(row => String(row['sql']));
    if (piecesOf(found) !== piecesOf(tableStatements(spec, kept.version)))
      return problem(fileFindings.TABLES_DIFFER, { projection, table });
  }
  return undefined;
}

function checkpointProblem(db: DatabaseSync, kept: KeptCheckpoint, head: number): SaidProblem | undefined {
  const { projection, version, position, active } = kept;
  if (active !== 0 && active !== 1) return problem(fileFindings.USE_UNKNOWN, { projection, version });
  // Rows and events are written in one transaction; only what is built beside may be behind.
  if (position < 0 || position > head || (active === 1 && position !== head))
    return problem(fileFindings.CHECKPOINT_MISPLACED, { projection, version, position, head });
  return tablesProblem(db, kept);
}

/**
 * What is wrong with what the file notes of itself, undefined when nothing: no hash covers it, and a page of
 * another place can be whole. Each table says what the others must agree with.
 */
export function bookkeepingProblem(db: DatabaseSync): SaidProblem | undefined {
  // One moment: others may append meanwhile.
  db.exec('BEGIN');
  try {
    const head = Number(db.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
    const facts = factsProblem(db, head);
    if (facts !== undefined) return facts;
    const kept = db
      .prepare('SELECT projection, version, position, active, tables FROM projection_checkpoints')
      .all() as unknown as readonly KeptCheckpoint[];
    const inUse = kept.filter(({ active }) => active === 1).map(({ projection }) => projection);
    if (new Set(inUse).size !== inUse.length) return problem(fileFindings.TWO_IN_USE);
    for (const row of kept) {
      const found = checkpointProblem(db, row, head);
      if (found !== undefined) return found;
    }
    return undefined;
  } finally {
    db.exec('COMMIT');
  }
}
