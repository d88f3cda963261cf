import { addWhole, type Cell, type Row, type RowSink, type TableSpec } from '#kernel';
import type { RowChange } from '#ports';

/** What is to become of one row. `present`: the database holds a row of this key that must go first. */
type Pending =
  | { kind: 'insert'; row: Row; present: boolean }
  | { kind: 'merge'; key: Row; set: Record<string, Cell>; add: Record<string, number | bigint> }
  | { kind: 'remove'; key: Row };

interface Table {
  readonly spec: TableSpec;
  readonly rows: Map<string, Pending>;
}

/** One text for one key: texts end with NUL, which no key holds, numbers with another mark. */
function keyText(spec: TableSpec, row: Row): string {
  let text = '';
  for (const column of spec.key) {
    const cell = row[column];
    text += typeof cell === 'string' ? `${cell}\u0000` : `${cell ?? ''}\u0001`;
  }
  return text;
}

function keyOf(spec: TableSpec, row: Row): Row {
  const key: Record<string, Cell> = {};
  for (const column of spec.key) key[column] = row[column] ?? null;
  return key;
}

/**
 * What a row holds that a merge creates: 0 for numbers, the empty text, null where the column may be empty.
 */
function blankRow(spec: TableSpec): Record<string, Cell> {
  const row: Record<string, Cell> = {};
  for (const [column, type] of Object.entries(spec.columns)) {
    row[column] = type.endsWith('?') ? null : type.startsWith('text') ? '' : 0;
  }
  return row;
}

/**
 * Collects what projections do to rows, folds the operations on each key into one, and hands out changes
 * that may be applied in their order: removals, then inserts, then merges. Thousands of events that count
 * into one row cost one statement.
 */
export class RowBuffer implements RowSink {
  private readonly tables = new Map<string, Table>();

  constructor(specs: readonly TableSpec[]) {
    for (const spec of specs) this.tables.set(spec.name, { spec, rows: new Map() });
  }

  /** @throws Error when this buffer holds a row with the same key already. */
  insert(table: string, row: Row): void {
    const { spec, rows } = this.table(table);
    const key = keyText(spec, row);
    const pending = rows.get(key);
    if (pending && pending.kind !== 'remove') throw new Error(`${table}: a second row with the key ${key}`);
    rows.set(key, { kind: 'insert', row, present: pending !== undefined });
  }

  merge(
    table: string,
    key: Row,
    change: { readonly set?: Row; readonly add?: Readonly<Record<string, number | bigint>> },
  ): void {
    const { spec, rows } = this.table(table);
    const text = keyText(spec, key);
    const pending = rows.get(text);
    if (pending?.kind === 'insert') {
      const row = { ...pending.row };
      mergeInto(row, change);
      pending.row = row;
    } else if (pending?.kind === 'merge') {
      mergeChanges(pending, change);
    } else if (pending) {
      const row = { ...blankRow(spec), ...pending.key };
      mergeInto(row, change);
      rows.set(text, { kind: 'insert', row, present: true });
    } else {
      const fresh = { kind: 'merge' as const, key: keyOf(spec, key), set: {}, add: {} };
      mergeChanges(fresh, change);
      rows.set(text, fresh);
    }
  }

  remove(table: string, key: Row): void {
    const { spec, rows } = this.table(table);
    const text = keyText(spec, key);
    const pending = rows.get(text);
    if (pending?.kind === 'insert' && !pending.present) rows.delete(text);
    else rows.set(text, { kind: 'remove', key: keyOf(spec, key) });
  }

  /** The folded changes; the buffer is empty afterwards. */
  drain(): RowChange[] {
    const removals: RowChange[] = [];
    const inserts: RowChange[] = [];
    const merges: RowChange[] = [];
    for (const { spec, rows } of this.tables.values()) {
      const table = spec.name;
      const inserted: Row[] = [];
      for (const pending of rows.values()) {
        if (pending.kind === 'merge')
          merges.push({ kind: 'merge', table, key: pending.key, set: pending.set, add: pending.add });
        else if (pending.kind === 'remove') removals.push({ kind: 'remove', table, key: pending.key });
        else {
          if (pending.present) removals.push({ kind: 'remove', table, key: keyOf(spec, pending.row) });
          inserted.push(pending.row);
        }
      }
      if (inserted.length > 0) inserts.push({ kind: 'insert', table, rows: inserted });
      rows.clear();
    }
    return [...removals, ...inserts, ...merges];
  }

  private table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new Error(`no table ${name} in this projection's specs`);
    return table;
  }
}

type Change = { readonly set?: Row; readonly add?: Readonly<Record<string, number | bigint>> };

function mergeInto(row: Record<string, Cell>, { set, add }: Change): void {
  for (const column in set) row[column] = set[column]!;
  for (const column in add) row[column] = sum(row[column], add[column]!, column);
}

/**
 * A later `set` overrules an earlier `add` of the same column; a later `add` counts on from an earlier
 * `set`.
 */
function mergeChanges(
  into: { set: Record<string, Cell>; add: Record<string, number | bigint> },
  { set, add }: Change,
): void {
  for (const column in set) {
    into.set[column] = set[column]!;
    if (column in into.add) delete into.add[column];
  }
  for (const column in add) {
    if (column in into.set) into.set[column] = sum(into.set[column], add[column]!, column);
    else into.add[column] = sum(into.add[column], add[column]!, column);
  }
}

/** Exact, also beyond 2^53: what a busy account turns over in a month may be more than it can ever have. */
function sum(current: Cell | undefined, amount: number | bigint, column: string): number | bigint {
  if (typeof current === 'string') throw new Error(`${column} is a text, nothing can be added to it`);
  if (typeof amount === 'number' && !Number.isSafeInteger(amount))
    throw new RangeError(`${column} is out of range: ${amount}`);
  return addWhole(current ?? 0, amount);
}
