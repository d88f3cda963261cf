import { Instant, inBoth, MoneyTotal, problem, type StoredEvent } from '#kernel';
import { Damaged, type EventStore, type LogProof, logFindings, type ReadStore } from '#ports';
import { openedAccounts } from '../accounts/accounts.queries.js';
import { type PrepaidQueries, walletTotals } from '../prepaid/prepaid.queries.js';
import type { Progress } from '../product.views.js';
import { changesOf } from '../projecting/projections.js';
import { PROJECTIONS } from '../projecting/read-models.js';
import type { AuditFinding, Explanation, FoundProblem } from './audit.shapes.js';
import { Explainer } from './explain.js';
import { jsonLine, postingsText } from './export-text.js';
import { auditFindings, auditWords } from './findings.js';
import { Problems, told, toldAt } from './found-problems.js';
import { compareTables, type Sides } from './table-differences.js';

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

const answered = (findings: readonly FoundProblem[], events: number, head: string): AuditFinding => ({
  ok: findings.length === 0,
  events,
  problems: findings.map(({ problem }) => problem),
  findings,
  head,
});

export class Audit {
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
    const damages = ((await this.tools.proof.damages?.()) ?? []).map(damage => told(damage));
    if (found.kind === 'ok') return answered(damages, found.events, found.headHash);
    const { position, problem } = found;
    return answered([toldAt(position, problem), ...damages], position - 1, this.headHash());
  }

  /** What the log ends with; nothing where its end cannot be read. */
  private headHash(): string {
    try {
      return this.tools.proof.headHash();
    } catch {
      return '';
    }
  }

  /**
   * Rebuilds every read model from the log into an empty store and compares it, row by row, with the live
   * one.
   */
  async replay({ asOf }: { asOf?: Instant }, progress?: Progress): Promise<AuditFinding> {
    const scratch = await this.tools.scratch();
    const problems = new Problems();
    let still: Awaited<ReturnType<NonNullable<AuditTools['still']>>> | undefined;
    try {
      for (const projection of PROJECTIONS) await scratch.readModels.prepare(projection);
      const log = { taken: 0, to: 0 };
      const whole = await problems.reading(
        () => inBoth(auditWords.eventsAfter, { position: log.to }),
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
      return answered(problems.told(), log.taken, this.headHash());
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
      if (to === undefined || to <= from)
        throw new Damaged(problem(logFindings.EVENT_MISSING, { position: from + 1 }));
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
        await problems.reading(table.name, () => compareTables(table, sides, problems));
    }
  }

  private async compareAsOf(sides: Sides, asOf: Instant, problems: Problems): Promise<void> {
    for (const table of PROJECTIONS.flatMap(({ tables }) => tables)) {
      const column = TIME_OF_ROW[table.name];
      if (column)
        await problems.reading(table.name, () => compareTables(table, sides, problems, { column, asOf }));
    }
    await problems.reading(auditWords.balances, () => this.compareBalances(sides, asOf, problems));
  }

  private async compareBalances(sides: Sides, asOf: Instant, problems: Problems): Promise<void> {
    const { live, rebuilt } = sides;
    const found = new Map((await walletTotals(rebuilt)).map(row => [row.account, row]));
    for (const row of await openedAccounts(live)) {
      const view = (await this.queries.fundsAsOf(row.account, asOf))!;
      const replayed = found.get(row.account) ?? { posted: MoneyTotal.zero, receivable: MoneyTotal.zero };
      for (const field of ['posted', 'receivable'] as const) {
        if (view[field] === replayed[field]) continue;
        const cell = { live: MoneyTotal.text(view[field]), replayed: MoneyTotal.text(replayed[field]) };
        const { account } = row;
        problems.add(
          problem(auditFindings.BALANCE_DIFFERS, { account, field, asOf: Instant.text(asOf), ...cell }),
          { table: 'wallets', key: { account }, standsIn: 'both', cells: [{ column: field, ...cell }] },
        );
      }
    }
  }

  /**
   * jsonl: every event; hledger: journal entries; csv: journal postings. Text in pieces; with seals and
   * hashes of passwords only for whoever is at the machine.
   */
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

  /**
   * An invoice number, call id, lot, debit, adjustment, reversal, account@month; for a reader of the log any
   * `#position` and what any command recorded. Secrets are hidden from all.
   */
  explain(id: string, reader?: { log?: boolean }): Promise<Explanation | undefined> {
    return this.explainer.explain(id, reader?.log ?? false);
  }

  /** Rebuilds the live read models beside the running ones and switches. */
  rebuild(progress?: Progress) {
    return this.tools.rebuild(progress);
  }

  backup(file: string) {
    return this.tools.backup(file);
  }
}
