import { harmless, harmlessJson } from '#kernel';
import type { Failure } from './failure.js';
import { EXIT } from './failure.js';
import type { Io } from './io.js';
import { type Column, type Language, Table, type Words } from './text.js';

/** Something found that makes the exit code 1 although the answer is complete. */
export interface Finding {
  readonly code: string;
  readonly message: string;
}

/** One answer: one JSON document, or text for people. */
export interface Document {
  readonly kind: 'document';
  readonly value: object;
  human(language: Language): string;
  readonly finding?: Finding | undefined;
}

/** A result of many rows: JSON Lines, or a table. */
export interface List {
  readonly kind: 'list';
  readonly rows: Iterable<object> | AsyncIterable<object>;
  readonly columns: readonly Column[];
  /** What people read instead of an empty table. */
  readonly empty: Words;
  /** Asked after the last row. */
  finding?(): Finding | undefined;
}

/** Already in the form that was asked for (CSV, PDF, an export). */
export interface Pieces {
  readonly kind: 'pieces';
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  finding?(): Finding | undefined;
}

export type Output = Document | List | Pieces;

/** Rows that decide the widths of a table's columns, and rows written at once. */
const TABLE_BATCH = 200;
const JSON_BATCH_BYTES = 64 * 1024;

async function jsonLines(rows: List['rows'], io: Io): Promise<void> {
  let buffer = '';
  for await (const row of rows) {
    buffer += harmlessJson(`${JSON.stringify(row)}\n`);
    if (buffer.length < JSON_BATCH_BYTES) continue;
    await io.out(buffer);
    buffer = '';
  }
  if (buffer !== '') await io.out(buffer);
}

async function table(list: List, io: Io, language: Language): Promise<void> {
  const table = new Table(list.columns, language);
  let batch: object[] = [];
  let any = false;
  for await (const row of list.rows) {
    any = true;
    batch.push(row);
    if (batch.length < TABLE_BATCH) continue;
    await io.out(table.lines(batch));
    batch = [];
  }
  if (batch.length > 0) await io.out(table.lines(batch));
  if (!any) await io.out(`${list.empty[language]}\n`);
}

/** Writes an answer and says how the command ends: 1 with `CODE: message` when something was found. */
export async function write(
  output: Output,
  io: Io,
  as: { json: boolean; language: Language },
): Promise<Failure> {
  let finding: Finding | undefined;
  switch (output.kind) {
    case 'document':
      await io.out(
        as.json
          ? harmlessJson(`${JSON.stringify(output.value)}\n`)
          : harmless(output.human(as.language), { lines: true }),
      );
      finding = output.finding;
      break;
    case 'list':
      await (as.json ? jsonLines(output.rows, io) : table(output, io, as.language));
      finding = output.finding?.();
      break;
    case 'pieces':
      for await (const piece of output.pieces) await io.out(piece);
      finding = output.finding?.();
      break;
  }
  if (!finding) return { exit: EXIT.done, text: '' };
  return { exit: EXIT.refused, text: `${finding.code}: ${finding.message}` };
}
