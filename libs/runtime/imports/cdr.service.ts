import { performance } from 'node:perf_hooks';
import { InvalidInput, problem, type SaidProblem } from '#kernel';
import {
  type CallEncoding,
  type CdrFormat,
  type CdrImportCommand,
  type ImportCounts,
  type SuspenseReason,
} from '#rating';
import { FIRST_BATCH, nextBatch } from '../engine/batch-size.js';
import { derived } from '../engine/command-log.js';
import { KeyedLock } from '../engine/keyed-lock.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller, Page, PageRequest, Progress } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { CallFile } from './call-file.js';
import type { CallPricing } from './call-pricing.js';
import { problemOfPricing } from './call-refusals.js';
import type { ImportedLine, ImportReport, ImportRow, SuspenseRow } from './cdr.shapes.js';
import { type BatchItem, DebitBatch } from './debit-batch.js';
import { importRows } from './imports.queries.js';
import { importProblems } from './problems.js';
import type { ImportTrial } from './rehearsal.js';
import { Rehearsal } from './rehearsal.js';
import { importCaller, itemOf, type Suspect, Suspense } from './suspense.js';

type Tally = { -readonly [K in keyof ImportCounts]: number };

/**
 * Call files in: every call charged exactly once, every line that cannot be charged kept on the suspense
 * list.
 */
export class CdrImports {
  /** Imports take their turns: a batch holds many wallets at once. */
  private readonly turn = new KeyedLock();
  private readonly suspenseList: Suspense;
  private readonly trials = new WeakMap<ImportTrial, CdrImports>();

  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
    private readonly readModels: ReadModels,
  ) {
    this.suspenseList = new Suspense(runner, wallets, pricing, readModels);
  }

  /**
   * Streams the file; exactly once per call id, whatever happens and however often it is run.
   * @param more.encoding UTF-8 without one
   * @param more.trial tells what the import would do now, and writes nothing
   * @throws InvalidInput when the file as a whole is not of the format (missing column, another encoding):
   * nothing was imported.
   */
  importFile(
    path: string,
    format: CdrFormat,
    caller: Caller,
    progress?: Progress,
    more: { readonly encoding?: CallEncoding; readonly trial?: ImportTrial | undefined } = {},
  ): Promise<ImportReport> {
    const { encoding, trial } = more;
    if (trial !== undefined) {
      const how = encoding === undefined ? {} : { encoding };
      return this.rehearsed(trial).importFile(path, format, caller, progress, how);
    }
    return this.turn.run('import', async () => {
      const file = new CallFile(path, format, encoding);
      try {
        await file.scan(progress);
        if (format === 'freeswitch-json' && file.calls + file.bad.length + file.skipped === 0)
          throw InvalidInput.of(`${file.name}:1`, importProblems.NO_RECORD);
        return await this.importScanned(file, caller, progress);
      } finally {
        file.close();
      }
    });
  }

  /** The very same imports, on a log that is thrown away with the trial. */
  private rehearsed(trial: ImportTrial): CdrImports {
    const begun = this.trials.get(trial);
    if (begun) return begun;
    const runner = new CommandRunner(new Rehearsal(this.runner.events), this.runner.clock);
    const { pricing, readModels } = this;
    const rehearsed = new CdrImports(runner, this.wallets.on(runner), pricing, readModels);
    this.trials.set(trial, rehearsed);
    return rehearsed;
  }

  private async importScanned(file: CallFile, caller: Caller, progress?: Progress): Promise<ImportReport> {
    const id = file.hash.slice(0, 16);
    const { name, format, bytes } = file;
    const now = () => this.runner.clock.now();
    await this.command(
      id,
      { type: 'StartImport', now: now(), import: id, file: name, format, bytes },
      derived(caller, `import/${id}/start`),
    );
    const counts: Tally = {
      read: file.calls + file.bad.length + file.skipped,
      charged: 0,
      noted: 0,
      duplicates: 0,
      suspended: 0,
      skipped: file.skipped,
    };
    const discarded = await this.suspenseList.discarded(id);
    const bad = file.bad.filter(one => !discarded.has(one.line));
    counts.skipped += file.bad.length - bad.length;
    counts.suspended += await this.suspenseList.put(
      id,
      file,
      bad.map(one => ({ ...one, reason: 'BAD_LINE' as const })),
      caller,
    );
    const inOrder = await file.inOrder();
    const order = discarded.size === 0 ? inOrder : inOrder.filter(index => !discarded.has(file.line(index)));
    counts.skipped += inOrder.length - order.length;
    let size = FIRST_BATCH;
    for (let from = 0; from < order.length; ) {
      const before = this.runner.commandsRun;
      const began = performance.now();
      const some = order.subarray(from, from + size);
      await this.importBatch(id, file, some, counts, caller);
      from += some.length;
      progress?.(from, order.length, 'charging');
      await new Promise(setImmediate);
      size = nextBatch(size, performance.now() - began, this.runner.commandsRun > before);
    }
    await this.command(
      id,
      { type: 'CompleteImport', now: now(), counts },
      derived(caller, `import/${id}/complete`),
    );
    return { import: id, file: name, counts };
  }

  private async importBatch(
    id: string,
    file: CallFile,
    indexes: Uint32Array,
    counts: Tally,
    caller: Caller,
  ): Promise<void> {
    const calls = file.callsAt(indexes);
    const book = await this.pricing.book(new Set(calls.map(cdr => cdr.account)));
    const items: BatchItem[] = [];
    const itemIndex: number[] = [];
    const suspects: Suspect[] = [];
    const suspect = (i: number, reason: SuspenseReason, field: string, problem: SaidProblem): void => {
      const index = indexes[i]!;
      suspects.push({ line: file.line(index), reason, field, problem, raw: file.text(index) });
    };
    for (const [i, cdr] of calls.entries()) {
      const priced = book.price(cdr);
      if (priced.kind === 'suspended') suspect(i, priced.reason, priced.field, problemOfPricing(priced));
      else {
        items.push(itemOf(cdr, priced.command(null)));
        itemIndex.push(i);
      }
    }
    const results = await new DebitBatch(this.wallets, items, importCaller(caller, id)).run();
    for (const [n, result] of results.entries()) {
      if (result === 'done') counts[items[n]!.command.type === 'DebitCall' ? 'charged' : 'noted']++;
      else if (result === 'duplicate') counts.duplicates++;
      else if (result === 'other_body')
        suspect(itemIndex[n]!, 'SAME_ID_OTHER_BODY', 'call_id', problem(importProblems.SAME_ID_OTHER_BODY));
      else if (result.refused.code === 'SUM_OUT_OF_RANGE')
        suspect(itemIndex[n]!, 'SUM_OUT_OF_RANGE', 'account', problem(importProblems.WOULD_OWE_TOO_MUCH));
      else {
        const why = result.refused.code;
        suspect(itemIndex[n]!, 'BAD_LINE', 'line', problem(importProblems.REFUSED, { why }));
      }
    }
    counts.suspended += await this.suspenseList.put(id, file, suspects, caller);
  }

  private command(id: string, command: CdrImportCommand, caller: Caller) {
    return this.suspenseList.command(id, command, caller);
  }

  imports(): Promise<readonly ImportRow[]> {
    return importRows(this.readModels);
  }

  suspense(request?: PageRequest & { import?: string }): Promise<Page<SuspenseRow>> {
    return this.suspenseList.list(request);
  }

  retry(selector: { import?: string; line?: number }, caller: Caller) {
    return this.turn.run('import', () => this.suspenseList.retry(selector, caller));
  }

  /**
   * Mends one waiting line, kept beside what came; a retry reads it. The line as it came is charged no more.
   * @throws InvalidInput naming `raw` unless it is one line of at most 4,096 characters
   */
  correct(line: ImportedLine & { raw: string }, caller: Caller) {
    return this.turn.run('import', () => this.suspenseList.correct(line, caller));
  }

  discard(line: ImportedLine, reason: string, caller: Caller) {
    return this.suspenseList.discard(line, reason, caller);
  }
}
