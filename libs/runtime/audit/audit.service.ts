import {
  type BusinessDay,
  Instant,
  MoneyTotal,
  type Projection,
  type StoredEvent,
  type TableSpec,
} from '#kernel';
import type { EventStore, LogProof, ReadStore } from '#ports';
import type { PrepaidQueries } from '../prepaid/prepaid.queries.js';
import type { AuditFinding, AuditService, Explanation, Progress } from '../product.js';
import { changesOf, PROJECTIONS } from '../projecting/projections.js';
import { Problems } from './audit-problems.js';
import { Explainer } from './explain.js';
import { jsonLine, postingsText } from './export-text.js';
import { readableCell } from './readable-event.js';

/** What only the place that composes the product can do for an auditor. */
export interface AuditTools {
  readonly proof: LogProof;
  /** An empty read store of its own; `discard` removes it. */
  scratch(): Promise<{ readModels: ReadStore; discard(): Promise<void> }>;
  /**
   * The live read models as they stand at one position, while appends go on. Without it a replay compares
   * with tables that may move under it: only right while nobody writes.
   */
  still?(): Promise<{ readModels: ReadStore; head: number; release(): Promise<void> }>;
  backup(file: string): Promise<{ events: number; bytes: number }>;
  rebuild(progress?: Progress): Promise<{ projections: number; events: number }>;
}

const BATCH = 5_000;
/** Columns that say when a row came to be, for comparing with an earlier instant. */
const TIME_OF_ROW: Readonly<Record<string, string>> = { calls: 'decided_at', prepaid_history: 'at' };

type Row = Record<string, string | number | null>;
/** What is compared: the read models that queries see, and those that a replay made. */
interface Sides {
  readonly live: ReadStore;
  readonly rebuilt: ReadStore;
}

export class Audit implements AuditService {
  private readonly explainer: Explainer;

  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadStore,
    private readonly queries: PrepaidQueries,
    private readonly tools: AuditTools,
  ) {
    this.explainer = new Explainer(events, readModels);
  }

  async verify(progress?: Progress): Promise<AuditFinding> {
    const found = await this.tools.proof.verifyChain((position, head) =>
      progress?.(position, head, 'hash chain'),
    );
    const damages = (await this.tools.proof.damages?.()) ?? [];
    if (found.kind === 'ok')
      return { ok: damages.length === 0, events: found.events, problems: damages, head: found.headHash };
    return {
      ok: false,
      events: found.position - 1,
      problems: [`position ${found.position}: ${found.problem}`, ...damages],
      head: this.headHash(),
    };
  }

  /** What the log ends with; nothing where its end cannot be read. */
  private headHash(): string {
    try {
      return this.tools.proof.headHash();
    } catch {
      return '';
    }
  }

  async replay({ asOf }: { asOf?: Instant }, progress?: Progress): Promise<AuditFinding> {
    const scratch = await this.tools.scratch();
    const problems = new Problems();
    let still: Awaited<ReturnType<NonNullable<AuditTools['still']>>> | undefined;
    try {
      for (const projection of PROJECTIONS) await scratch.readModels.prepare(projection);
      const log = { taken: 0, to: 0 };
      const whole = await problems.reading(
        () => `events after position ${log.to}`,
        async () => {
          still = await this.tools.still?.();
          const head = still?.head ?? (await this.events.headPosition());
          await this.refill(scratch.readModels, { head, asOf, log }, progress);
        },
      );
      // Rows that were made of a part of the log would differ from all others.
      if (whole) {
        for (const projection of PROJECTIONS) await scratch.readModels.activate(projection);
        const sides = { live: still?.readModels ?? this.readModels, rebuilt: scratch.readModels };
        if (asOf === undefined) await this.compareAll(sides, problems);
        else await this.compareAsOf(sides, asOf, problems);
      }
      const told = problems.told();
      return { ok: told.length === 0, events: log.taken, problems: told, head: this.headHash() };
    } finally {
      await still?.release();
      await scratch.discard();
    }
  }

  /** Every event up to the head (and the business instant) through every projection. */
  private async refill(
    into: ReadStore,
    { head, asOf, log }: { head: number; asOf: Instant | undefined; log: { taken: number; to: number } },
    progress?: Progress,
  ): Promise<void> {
    while (log.to < head) {
      const from = log.to;
      const batch: StoredEvent[] = [];
      for await (const stored of this.events.readAll({ from: from + 1, limit: Math.min(BATCH, head - from) }))
        batch.push(stored);
      const to = batch.at(-1)?.position;
      if (to === undefined || to <= from) throw new Error(`event ${from + 1} is missing`);
      const due = asOf === undefined ? batch : batch.filter(e => Instant.parse(e.meta.occurredAt) <= asOf);
      for (const { projection, changes } of changesOf(PROJECTIONS, due))
        await into.apply(projection, from, to, changes);
      log.taken += due.length;
      log.to = to;
      progress?.(to, head, 'replay');
    }
  }

  private async compareAll(sides: Sides, problems: Problems): Promise<void> {
    for (const projection of PROJECTIONS) {
      for (const table of projection.tables)
        await problems.reading(table.name, () => this.compareTable(table, sides, problems));
    }
  }

  private async compareAsOf(sides: Sides, asOf: Instant, problems: Problems): Promise<void> {
    for (const table of PROJECTIONS.flatMap((p: Projection) => p.tables)) {
      const column = TIME_OF_ROW[table.name];
      if (column)
        await problems.reading(table.name, () => this.compareTable(table, sides, problems, { column, asOf }));
    }
    await problems.reading('balances', () => this.compareBalances(sides, asOf, problems));
  }

  private async compareBalances(sides: Sides, asOf: Instant, problems: Problems): Promise<void> {
    const { live, rebuilt } = sides;
    const accounts = await live.db
      .selectFrom('accounts')
      .select(['account', 'opened_on'])
      .orderBy('account')
      .execute();
    const wallets = (await rebuilt.db.selectFrom('wallets').selectAll().execute()) as {
      account: string;
      posted: number | bigint;
      receivable: number | bigint;
    }[];
    const found = new Map(wallets.map(row => [row.account, row]));
    for (const row of accounts as { account: never; opened_on: BusinessDay }[]) {
      const view = (await this.queries.fundsAsOf(row.account, asOf))!;
      const replayed = found.get(row.account) ?? { posted: 0, receivable: 0 };
      for (const field of ['posted', 'receivable'] as const) {
        const other = MoneyTotal.fromUnits(replayed[field]);
        if (view[field] === other) continue;
        problems.add(
          `${row.account}: ${field} as of ${Instant.text(asOf)} is ${MoneyTotal.text(view[field])}, ` +
            `the replay gives ${MoneyTotal.text(other)}`,
        );
      }
    }
  }

  /** Both tables in key order, side by side, a page at a time. */
  private async compareTable(
    table: TableSpec,
    sides: Sides,
    problems: Problems,
    until?: { column: string; asOf: Instant },
  ): Promise<void> {
    const live = rowsOf(sides.live, table, until);
    const fresh = rowsOf(sides.rebuilt, table, until);
    let a = (await live.next()).value as Row | undefined;
    let b = (await fresh.next()).value as Row | undefined;
    while (a !== undefined || b !== undefined) {
      const order = a === undefined ? 1 : b === undefined ? -1 : compareKeys(a, b, table.key);
      if (order < 0) problems.add(`${table.name} ${keyText(a!, table)}: not in the replay`);
      else if (order > 0) problems.add(`${table.name} ${keyText(b!, table)}: only in the replay`);
      else {
        const differing = Object.keys(table.columns).filter(column => a![column] !== b![column]);
        const told = differing.map(
          column => `${column} ${tell(a!, column, table)} / replay ${tell(b!, column, table)}`,
        );
        if (told.length > 0) problems.add(`${table.name} ${keyText(a!, table)}: ${told.join(', ')}`);
      }
      if (order <= 0) a = (await live.next()).value as Row | undefined;
      if (order >= 0) b = (await fresh.next()).value as Row | undefined;
    }
  }

  async *export(
    format: 'jsonl' | 'hledger' | 'csv',
    request?: { from?: number; to?: number; withSecrets?: boolean },
  ): AsyncIterable<string> {
    if (format === 'csv') yield 'position,date,account,ledger_account,debit,credit,type\n';
    const to = request?.to ?? (await this.events.headPosition());
    for await (const stored of this.events.readAll({ from: request?.from ?? 1 })) {
      if (stored.position > to) return;
      if (format === 'jsonl') yield jsonLine(stored, request?.withSecrets ?? false);
      else if (stored.stream.startsWith('wallet-')) yield postingsText(stored, format);
    }
  }

  explain(id: string, reader?: { log?: boolean }): Promise<Explanation | undefined> {
    return this.explainer.explain(id, reader?.log ?? false);
  }

  rebuild(progress?: Progress) {
    return this.tools.rebuild(progress);
  }

  backup(file: string) {
    return this.tools.backup(file);
  }
}

async function* rowsOf(
  store: ReadStore,
  table: TableSpec,
  until?: { column: string; asOf: Instant },
): AsyncGenerator<Row, undefined> {
  let after: Row | undefined;
  for (;;) {
    let query = store.db.selectFrom(table.name).selectAll().limit(BATCH);
    for (const column of table.key) query = query.orderBy(column);
    if (until) query = query.where(until.column, '<=', until.asOf);
    if (after) {
      const last = after;
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple(...(table.key as [string, string])),
          '>',
          tuple(...(table.key.map(c => last[c]) as [unknown, unknown])),
        ),
      );
    }
    const rows = (await query.execute()) as Row[];
    // On a damaged page the order is lost, and the end might never come.
    if (after && rows[0] && compareKeys(rows[0], after, table.key) <= 0)
      throw new Error('its rows are out of order');
    yield* rows;
    if (rows.length < BATCH) return undefined;
    after = rows.at(-1);
  }
}

/** A damaged page may hold a value of another type in a key; any steady order of those will do. */
function compareValues(x: unknown, y: unknown): number {
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  const [a, b] = [`${typeof x} ${String(x)}`, `${typeof y} ${String(y)}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareKeys(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const order = compareValues(a[column], b[column]);
    if (order !== 0) return order;
  }
  return 0;
}

const tell = (row: Row, column: string, table: TableSpec): string =>
  String(readableCell(column, row[column], table));

const keyText = (row: Row, table: TableSpec): string =>
  table.key.map(column => `${column}=${tell(row, column, table)}`).join(' ');
