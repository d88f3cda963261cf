import {
  Instant,
  InvalidInput,
  keptProblem,
  problem,
  type SaidProblem,
  toldProblem,
  valueProblems,
} from '#kernel';
import {
  type Cdr,
  type CdrImportCommand,
  canonicalCdr,
  cdrImport,
  cdrImportEvents,
  formerTexts,
  importStream,
  type SuspenseReason,
} from '#rating';
import { answered } from '../engine/answered.js';
import { FIRST_BATCH, nextBatch } from '../engine/batch-size.js';
import { derived, sha256 } from '../engine/command-log.js';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller, FileProblem, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { type BadLine, type CallFile, type ReadRecord, recordReader } from './call-file.js';
import { type CallPricing, callCommandId } from './call-pricing.js';
import { problemOfPricing } from './call-refusals.js';
import type { ImportedLine, SuspenseRow } from './cdr.shapes.js';
import { type BatchItem, DebitBatch } from './debit-batch.js';
import { problemOfRow, type SuspenseLine, waitingLines } from './imports.queries.js';
import { lineProblem } from './line-problems.js';
import { importProblems } from './problems.js';

const runningImport = { decider: cdrImport, codec: cdrImportEvents.codec };

/** Lines that are read again in one go. */
const LINES_AT_ONCE = 4_000;

/** A line that cannot be charged, and why. */
export interface Suspect extends BadLine {
  readonly reason: SuspenseReason;
}

/**
 * The suspense list: lines of call files that could not be charged wait here until they are retried or
 * discarded.
 */
export class Suspense {
  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Puts lines on the suspense list; a line that is there stays as it is. Returns how many of them stand
   * there. A line costs more than a call that is charged in memory, so a batch never grows beyond the first.
   */
  async put(id: string, file: CallFile, suspects: readonly Suspect[], caller: Caller): Promise<number> {
    let size = FIRST_BATCH;
    for (let from = 0; from < suspects.length; ) {
      const before = this.runner.commandsRun;
      const began = performance.now();
      const commands = suspects.slice(from, from + size).map(({ line, reason, field, problem, raw }) => ({
        command: {
          type: 'SuspendCdr',
          now: this.runner.clock.now(),
          line,
          file: file.name,
          format: file.format,
          reason,
          field,
          problem: keptProblem(problem),
          raw,
          header: file.header,
        } satisfies CdrImportCommand,
        body: { suspend: id, line },
        caller: derived(caller, `import/${id}/suspense/${line}`),
      }));
      await this.runner.runMany(runningImport, importStream(id), commands);
      from += commands.length;
      await new Promise(setImmediate);
      const took = performance.now() - began;
      size = Math.min(FIRST_BATCH, nextBatch(size, took, this.runner.commandsRun > before));
    }
    return suspects.length;
  }

  /**
   * Lines that somebody has given up or mended, with a reason: importing the file again does not charge what
   * stands there.
   */
  async discarded(id: string): Promise<ReadonlySet<number>> {
    const { state } = await this.runner.load(runningImport, importStream(id));
    const gone = [...state.lines].filter(([, how]) => how === 'discarded').map(([line]) => line);
    return new Set([...gone, ...state.corrected.keys()]);
  }

  /** A command on the import's own stream. */
  command(id: string, command: CdrImportCommand, caller: Caller) {
    const { now: _now, ...body } = command;
    return this.runner.run(runningImport, importStream(id), () => command, { import: id, ...body }, caller);
  }

  async list(request?: PageRequest & { import?: string }): Promise<Page<SuspenseRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor<[number]>(request, 1)?.[0];
    const found = await waitingLines(
      this.readModels,
      { import: request?.import },
      { after, limit: limit + 1 },
    );
    return pageOf(
      found,
      limit,
      row => {
        const { import: id, file, line, reason, field, raw, corrected, header } = row;
        const told = toldProblem(lineProblem(problemOfRow(row)));
        const suspendedAt = Instant.text(row.suspended_at);
        return { import: id, file, line, reason, field, ...told, raw, corrected, header, suspendedAt };
      },
      row => [row.position],
    );
  }

  /** Reads the waiting lines again and charges those that can be charged now. */
  async retry(selector: { import?: string; line?: number }, caller: Caller) {
    const problems: FileProblem[] = [];
    let retried = 0;
    let resolved = 0;
    let after: number | undefined;
    for (;;) {
      const rows = await waitingLines(this.readModels, selector, { after, limit: LINES_AT_ONCE });
      if (rows.length === 0) return { retried, resolved, problems };
      after = rows.at(-1)!.position;
      for (const row of rows) {
        if (!(await this.isOpen(row))) continue;
        retried++;
        const left = await this.retryOne(row, caller);
        if (left === null) resolved++;
        else
          problems.push({
            file: row.file,
            line: row.line,
            field: left.field,
            ...toldProblem(left.problem),
          });
      }
    }
  }

  /** The list may be older than the line's end: what somebody has given up meanwhile is not charged. */
  private async isOpen({ import: id, line }: SuspenseLine): Promise<boolean> {
    const { state } = await this.runner.loadNewest(runningImport, importStream(id));
    return state.lines.get(line) === 'open';
  }

  private async retryOne(
    row: SuspenseLine,
    caller: Caller,
  ): Promise<{ field: string | null; problem: SaidProblem } | null> {
    const found: ReadRecord = recordReader(row.format, row.header)(row.corrected ?? row.raw);
    if (found.kind === 'bad') return { field: found.field, problem: found.problem };
    if (found.kind === 'call') {
      const priced = (await this.pricing.book([found.cdr.account])).price(found.cdr);
      if (priced.kind === 'suspended') return { field: priced.field, problem: problemOfPricing(priced) };
      const item = itemOf(found.cdr, priced.command(null));
      const [result] = await new DebitBatch(this.wallets, [item], importCaller(caller, row.import)).run();
      if (result === 'other_body')
        return { field: 'call_id', problem: problem(importProblems.CALL_ID_TAKEN) };
      if (typeof result === 'object')
        return { field: 'line', problem: problem(importProblems.REFUSED, { why: result.refused.code }) };
    }
    const { line } = row;
    const command = {
      type: 'ResolveSuspense',
      now: this.runner.clock.now(),
      line,
      how: 'retried',
      reason: caller.actor.reason ?? '',
    } as const;
    await this.command(row.import, command, derived(caller, `import/${row.import}/suspense/${line}/retried`));
    return null;
  }

  /** Mends a waiting line; the next retry reads it in place of what came. */
  async correct(
    { import: id, line, raw }: ImportedLine & { raw: string },
    caller: Caller,
  ): Promise<Answer<ImportedLine>> {
    checkRaw(raw);
    const command = { type: 'CorrectSuspense', now: this.runner.clock.now(), line, raw } as const;
    const done = await this.command(id, command, caller);
    if (done.kind !== 'done') return done;
    return answered(done, { import: id, line });
  }

  async discard(
    { import: id, line }: ImportedLine,
    reason: string,
    caller: Caller,
  ): Promise<Answer<ImportedLine>> {
    const command = {
      type: 'ResolveSuspense',
      now: this.runner.clock.now(),
      line,
      how: 'discarded',
      reason,
    } as const;
    const done = await this.command(id, command, caller);
    if (done.kind !== 'done') return done;
    return answered(done, { import: id, line });
  }
}

const RAW_LENGTH_MAX = 4_096;

/** @throws InvalidInput for a text that is no single record of a call file */
function checkRaw(raw: string): void {
  if (raw.trim() === '') throw InvalidInput.of('raw', valueProblems.EMPTY);
  if (raw.length > RAW_LENGTH_MAX)
    throw InvalidInput.of('raw', valueProblems.TOO_LONG, { most: RAW_LENGTH_MAX });
  if (/\p{Cc}/u.test(raw)) throw InvalidInput.of('raw', importProblems.NOT_ONE_LINE);
}

export const itemOf = (cdr: Cdr, command: BatchItem['command']): BatchItem => ({
  commandId: callCommandId(cdr.callId),
  bodyHash: sha256(canonicalCdr(cdr)),
  formerHashes: () => formerTexts(cdr).map(sha256),
  account: cdr.account,
  command,
});

/** The caller of the charges of an import: every event names it. */
export const importCaller = (caller: Caller, id: string): Caller => ({
  actor: caller.actor,
  commandId: `import/${id}`,
  correlationId: `import/${id}`,
});
