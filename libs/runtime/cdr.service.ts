import { type AccountId, Instant } from '#kernel';
import type { ReadStore } from '#ports';
import {
  canonicalCdr,
  type Cdr,
  cdrImport,
  type CdrImportCommand,
  cdrImportCodec,
  type ImportCounts,
  importStream,
  type SuspenseReason,
} from '#rating';
import { type BadLine, CallFile, type ReadRecord, recordReader } from './call-file.js';
import { type CallPricing, callCommandId } from './call-pricing.js';
import { type BatchItem, ChargeBatch } from './charge-batch.js';
import { derived, sha256 } from './command-log.js';
import { KeyedLock } from './keyed-lock.js';
import { keyOfCursor, limitOf, pageOf } from './paging.js';
import type { Answer, Caller, CdrFormat, CdrService, FileProblem, ImportReport, ImportRow, Page, PageRequest, Progress, SuspenseRow } from './product.js';
import type { CommandRunner } from './run-command.js';
import type { Wallets } from './wallets.js';

const runningImport = { decider: cdrImport, codec: cdrImportCodec };

/** Calls that are decided together and become durable in one write. */
const BATCH = 4_000;

interface Suspect extends BadLine {
  readonly reason: SuspenseReason;
}

interface SuspenseRecord {
  import: string;
  line: number;
  file: string;
  format: CdrFormat;
  reason: SuspenseReason;
  field: string | null;
  problem: string;
  raw: string;
  header: string | null;
  suspended_at: Instant;
  position: number;
}

type Tally = { -readonly [K in keyof ImportCounts]: number };

/** Call files in: every call charged exactly once, every line that cannot be charged kept on the suspense list. */
export class CdrImports implements CdrService {
  /** Imports take their turns: a batch holds many wallets at once. */
  private readonly turn = new KeyedLock();

  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
    private readonly readModels: ReadStore,
  ) {}

  importFile(path: string, format: CdrFormat, caller: Caller, progress?: Progress): Promise<ImportReport> {
    return this.turn.run('import', async () => {
      const file = new CallFile(path, format);
      try {
        await file.scan(progress);
        return await this.importScanned(file, caller, progress);
      } finally {
        file.close();
      }
    });
  }

  private async importScanned(file: CallFile, caller: Caller, progress?: Progress): Promise<ImportReport> {
    const id = file.hash.slice(0, 16);
    const { name, format, bytes } = file;
    const now = () => this.runner.clock.now();
    await this.command(id, { type: 'StartImport', now: now(), import: id, file: name, format, bytes }, derived(caller, `import/${id}/start`));
    const counts: Tally = { read: file.calls + file.bad.length + file.skipped, charged: 0, noted: 0, duplicates: 0, suspended: 0, skipped: file.skipped };
    counts.suspended += await this.suspend(id, file, file.bad.map(bad => ({ ...bad, reason: 'BAD_LINE' as const })), caller);
    const order = file.inOrder();
    for (let from = 0; from < order.length; from += BATCH) {
      await this.importBatch(id, file, order.subarray(from, from + BATCH), counts, caller);
      progress?.(Math.min(from + BATCH, order.length), order.length, 'charging');
      await new Promise(setImmediate);
    }
    await this.command(id, { type: 'CompleteImport', now: now(), counts }, derived(caller, `import/${id}/complete`));
    return { import: id, file: name, counts };
  }

  private async importBatch(id: string, file: CallFile, indexes: Uint32Array, counts: Tally, caller: Caller): Promise<void> {
    const calls: Cdr[] = [];
    const accounts = new Set<AccountId>();
    for (const index of indexes) {
      const cdr = file.call(index);
      calls.push(cdr);
      accounts.add(cdr.account);
    }
    const book = await this.pricing.book(accounts);
    const items: BatchItem[] = [];
    const itemIndex: number[] = [];
    const suspects: Suspect[] = [];
    const suspect = (i: number, reason: SuspenseReason, field: string, problem: string): void => {
      const index = indexes[i]!;
      suspects.push({ line: file.line(index), reason, field, problem, raw: file.text(index) });
    };
    for (const [i, cdr] of calls.entries()) {
      const priced = book.price(cdr);
      if (priced.kind === 'suspended') suspect(i, priced.reason, priced.field, priced.problem);
      else {
        items.push(itemOf(cdr, priced.command(null)));
        itemIndex.push(i);
      }
    }
    const results = await new ChargeBatch(this.wallets, items, importCaller(caller, id)).run();
    for (const [n, result] of results.entries()) {
      if (result === 'done') counts[items[n]!.command.type === 'ChargeCall' ? 'charged' : 'noted']++;
      else if (result === 'duplicate') counts.duplicates++;
      else if (result === 'other_body') suspect(itemIndex[n]!, 'SAME_ID_OTHER_BODY', 'call_id', 'was imported before with another body; nothing was charged again');
      else suspect(itemIndex[n]!, 'BAD_LINE', 'line', `was refused: ${result.refused}`);
    }
    counts.suspended += await this.suspend(id, file, suspects, caller);
  }

  /** Puts lines on the suspense list; a line that is there stays as it is. Returns how many of them stand there. */
  private async suspend(id: string, file: CallFile, suspects: readonly Suspect[], caller: Caller): Promise<number> {
    for (let from = 0; from < suspects.length; from += BATCH) {
      const commands = suspects.slice(from, from + BATCH).map(({ line, reason, field, problem, raw }) => ({
        command: {
          type: 'SuspendCdr',
          now: this.runner.clock.now(),
          line,
          file: file.name,
          format: file.format,
          reason,
          field,
          problem,
          raw,
          header: file.header,
        } satisfies CdrImportCommand,
        body: { suspend: id, line },
        caller: derived(caller, `import/${id}/suspense/${line}`),
      }));
      await this.runner.runMany(runningImport, importStream(id), commands);
    }
    return suspects.length;
  }

  private command(id: string, command: CdrImportCommand, caller: Caller) {
    const { now: _now, ...body } = command;
    return this.runner.run(runningImport, importStream(id), () => command, body, caller);
  }

  async imports(): Promise<readonly ImportRow[]> {
    const found = await this.readModels.db.selectFrom('imports').selectAll().orderBy('started_at', 'desc').orderBy('import').execute();
    return (found as (ImportCounts & { import: string; file: string; format: string; started_at: Instant; completed_at: Instant | null })[]).map(row => {
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

  async suspense(request?: PageRequest & { import?: string }): Promise<Page<SuspenseRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 1)?.[0] as number | undefined;
    const found = await this.openSuspense(request?.import, undefined, after, limit + 1);
    return pageOf(
      found,
      limit,
      ({ import: id, file, line, reason, field, problem, raw, suspended_at }) => ({
        import: id,
        file,
        line,
        reason,
        field,
        problem,
        raw,
        suspendedAt: Instant.text(suspended_at),
      }),
      row => [row.position],
    );
  }

  private async openSuspense(id: string | undefined, line: number | undefined, after: number | undefined, limit: number): Promise<SuspenseRecord[]> {
    let query = this.readModels.db.selectFrom('suspense').selectAll().where('resolved', 'is', null).orderBy('position').limit(limit);
    if (id !== undefined) query = query.where('import', '=', id);
    if (line !== undefined) query = query.where('line', '=', line);
    if (after !== undefined) query = query.where('position', '>', after);
    return (await query.execute()) as SuspenseRecord[];
  }

  /** Reads the waiting lines again and charges those that can be charged now. */
  async retry(selector: { import?: string; line?: number }, caller: Caller) {
    return this.turn.run('import', async () => {
      const problems: FileProblem[] = [];
      let retried = 0;
      let resolved = 0;
      let after: number | undefined;
      for (;;) {
        const rows = await this.openSuspense(selector.import, selector.line, after, BATCH);
        if (rows.length === 0) return { retried, resolved, problems };
        after = rows.at(-1)!.position;
        for (const row of rows) {
          retried++;
          const problem = await this.retryOne(row, caller);
          if (problem === null) resolved++;
          else problems.push({ file: row.file, line: row.line, ...problem });
        }
      }
    });
  }

  private async retryOne(row: SuspenseRecord, caller: Caller): Promise<{ field: string | null; problem: string } | null> {
    const found: ReadRecord = recordReader(row.format, row.header)(row.raw);
    if (found.kind === 'bad') return found;
    if (found.kind === 'call') {
      const priced = (await this.pricing.book([found.cdr.account])).price(found.cdr);
      if (priced.kind === 'suspended') return priced;
      const item = itemOf(found.cdr, priced.command(null));
      const [result] = await new ChargeBatch(this.wallets, [item], importCaller(caller, row.import)).run();
      if (result === 'other_body') return { field: 'call_id', problem: 'was imported before with another body; discard this line or correct the call' };
      if (typeof result === 'object') return { field: 'line', problem: `was refused: ${result.refused}` };
    }
    const { line } = row;
    const command = { type: 'ResolveSuspense', now: this.runner.clock.now(), line, how: 'retried', reason: caller.actor.reason ?? '' } as const;
    await this.command(row.import, command, derived(caller, `import/${row.import}/suspense/${line}/retried`));
    return null;
  }

  async discard(selector: { import: string; line: number }, reason: string, caller: Caller): Promise<Answer<{ import: string; line: number }>> {
    const { import: id, line } = selector;
    const command = { type: 'ResolveSuspense', now: this.runner.clock.now(), line, how: 'discarded', reason } as const;
    const done = await this.command(id, command, caller);
    if (done.kind !== 'done') return done;
    return { kind: 'done', value: { import: id, line }, position: done.position, replayed: done.replayed };
  }
}

const itemOf = (cdr: Cdr, command: BatchItem['command']): BatchItem => ({
  commandId: callCommandId(cdr.callId),
  bodyHash: sha256(canonicalCdr(cdr)),
  account: cdr.account,
  command,
});

const importCaller = (caller: Caller, id: string): Caller => ({ actor: caller.actor, commandId: `import/${id}`, correlationId: `import/${id}` });
