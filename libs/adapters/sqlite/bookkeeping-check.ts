import type { DatabaseSync } from 'node:sqlite';
import { physicalName } from '#adapters/shared';
import type { TableSpec } from '#kernel';
import { readFact } from './event-schema.js';
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

function factsProblem(db: DatabaseSync, head: number): string | undefined {
  const names = db.prepare('SELECT name FROM store_facts ORDER BY name').all();
  if (names.map(row => row['name']).join(', ') !== FACTS) return 'table store_facts does not hold its facts';
  const [seed, through] = [readFact(db, 'command_seed'), readFact(db, 'commands_indexed')];
  if (seed < 0 || seed >= SEEDS) return 'table store_facts: command_seed is out of range';
  if (through < 0 || through > head) return `table store_facts: commands_indexed is ${through} of ${head}`;
  return undefined;
}

function specsOf({ projection, tables }: KeptCheckpoint): readonly TableSpec[] | string {
  try {
    return JSON.parse(tables) as readonly TableSpec[];
  } catch {
    return `table projection_checkpoints: the tables of ${projection} cannot be read`;
  }
}

/** Statements without the order of their columns: a description is kept with its names sorted. */
const piecesOf = (statements: readonly string[]): string =>
  statements
    .flatMap(statement => statement.split(/, | \(/))
    .sort()
    .join('\n');

/** Whether the tables of one projection are there as its checkpoint describes them. */
function tablesProblem(db: DatabaseSync, kept: KeptCheckpoint): string | undefined {
  const specs = specsOf(kept);
  if (typeof specs === 'string') return specs;
  const made = db.prepare('SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL');
  for (const spec of specs) {
    const name = physicalName(spec.name, kept.version);
    const found = made.all(name).map(row => String(row['sql']));
    if (piecesOf(found) !== piecesOf(tableStatements(spec, kept.version)))
      return `table projection_checkpoints: ${kept.projection} describes other tables than ${name}`;
  }
  return undefined;
}

function checkpointProblem(db: DatabaseSync, kept: KeptCheckpoint, head: number): string | undefined {
  const { projection, version, position, active } = kept;
  const whose = `table projection_checkpoints: ${projection} ${version}`;
  if (active !== 0 && active !== 1) return `${whose} is neither in use nor not`;
  // Rows and events are written in one transaction; only what is built beside may be behind.
  if (position < 0 || position > head || (active === 1 && position !== head))
    return `${whose} stands at event ${position} of ${head}`;
  return tablesProblem(db, kept);
}

/**
 * What is wrong with what the file notes of itself, undefined when nothing: no hash covers it, and a page of
 * another place can be whole. Each table says what the others must agree with.
 */
export function bookkeepingProblem(db: DatabaseSync): string | undefined {
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
    if (new Set(inUse).size !== inUse.length)
      return 'table projection_checkpoints: two versions of one projection are in use';
    for (const row of kept) {
      const problem = checkpointProblem(db, row, head);
      if (problem !== undefined) return problem;
    }
    return undefined;
  } finally {
    db.exec('COMMIT');
  }
}
