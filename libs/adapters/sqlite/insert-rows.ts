import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/**
 * Rows per statement: each call of SQLite then carries a dozen rows, which doubles the rate; more gains
 * nothing.
 */
const ROWS = 16;

/**
 * Collects rows of one table and inserts them by multi-row statements, in the order in which they were
 * added.
 */
export class InsertRows {
  private readonly single: StatementSync;
  private readonly many: StatementSync;
  private values: SQLInputValue[] = [];

  /**
   * @param sql everything up to and with `VALUES`
   * @param width columns per row
   * @param tail what follows the rows, e.g. `ON CONFLICT …`
   */
  constructor(
    db: DatabaseSync,
    sql: string,
    private readonly width: number,
    tail = '',
  ) {
    const row = `(${Array(width).fill('?').join(',')})`;
    this.single = db.prepare(`${sql} ${row} ${tail}`);
    this.many = db.prepare(`${sql} ${Array(ROWS).fill(row).join(',')} ${tail}`);
  }

  add(row: readonly SQLInputValue[]): void {
    const { values } = this;
    for (const value of row) values.push(value);
    if (values.length === ROWS * this.width) {
      this.values = [];
      this.many.run(...values);
    }
  }

  /** Inserts what waits. Call before the transaction ends. */
  flush(): void {
    const { values, width } = this;
    this.values = [];
    for (let at = 0; at < values.length; at += width) this.single.run(...values.slice(at, at + width));
  }

  /** Forgets rows that were not inserted (their transaction failed). */
  discard(): void {
    this.values = [];
  }
}
