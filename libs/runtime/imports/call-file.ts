import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { harmless, InvalidInput, problem, problemSaid } from '#kernel';
import {
  type CallEncoding,
  type Cdr,
  CdrCsvReader,
  type CdrFormat,
  isSkip,
  type LineProblem,
  looksLikeShiftJis,
  NOT_UTF8,
  parseFreeswitchCdr,
} from '#rating';
import type { Progress } from '../product.views.js';
import { importProblems } from './problems.js';
import { sortInPieces } from './sort-in-pieces.js';

/** What one line of a call file is. */
export type ReadRecord =
  | { readonly kind: 'call'; readonly cdr: Cdr }
  | { readonly kind: 'skip' }
  | ({ readonly kind: 'bad' } & LineProblem);

export interface BadLine extends LineProblem {
  readonly line: number;
  /** The line as it came; of one that is too long for a record, its first 4,096 bytes. */
  readonly raw: string;
}

const CHUNK_BYTES = 1 << 20;
const BLOCK_BYTES = 1 << 18;
/** A call record is a few hundred bytes, a FreeSWITCH one some ten thousand; a longer line is not one. */
export const LINE_BYTES_MAX: Readonly<Record<CdrFormat, number>> = {
  csv: 16 * 1024,
  'freeswitch-json': 1 << 20,
};
const RAW_BYTES_MAX = 4_096;
/** A chunk of very short lines holds a million of them: others do not wait for all. */
const LINES_AT_ONCE = 1_024;
const AT_WORK_MS = 10;
const LF = 10;
/** A document of a file of many begins with it in the first column, whether it has one line or a hundred. */
const BRACE = 0x7b;
const CR = 13;

/** The name of a file as it stands in lists and events. */
const nameOf = (path: string): string => harmless(basename(path).normalize('NFC'));

/** Reads records of one format. @throws InvalidInput when the header is not one of the format. */
export function recordReader(format: CdrFormat, header: string | null): (text: string) => ReadRecord {
  if (format === 'csv') {
    const csv = new CdrCsvReader(header ?? '');
    return text => asRecord(csv.parse(text));
  }
  return text => asRecord(parseFreeswitchCdr(text));
}

function asRecord(found: ReturnType<typeof parseFreeswitchCdr>): ReadRecord {
  if ('problem' in found) return { kind: 'bad', field: found.field, problem: found.problem };
  return isSkip(found) ? { kind: 'skip' } : { kind: 'call', cdr: found };
}

/** Grows like an array of numbers, at eight bytes each. */
class Numbers {
  private values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }
}

/**
 * A file of call records: read once in order, to check it and to learn where each record lies and when its
 * call ended, then again in the order of those ends (DECISIONS: an import applies the calls of a file in the
 * order of their end). Memory: 36 bytes a record, whatever the file's size.
 */
export class CallFile {
  readonly name: string;
  readonly bytes: number;
  private readonly fd: number;
  private readonly offsets = new Numbers();
  private readonly lengths = new Numbers();
  private readonly lines = new Numbers();
  private readonly ends = new Numbers();
  private block = Buffer.allocUnsafe(BLOCK_BYTES);
  private blockStart = 0;
  private blockEnd = 0;
  private readAhead = BLOCK_BYTES;
  private sha = '';
  private headerText: string | null = null;
  private reader: ((text: string) => ReadRecord) | null = null;
  readonly bad: BadLine[] = [];
  skipped = 0;

  private encoding: 'utf-8' | 'shift_jis';
  private readonly decoder: { decode(bytes: Buffer): string };
  /** A document whose end was not seen yet. */
  private document: { line: number; offset: number; parts: Buffer[]; size: number } | null = null;

  constructor(
    path: string,
    readonly format: CdrFormat,
    encoding: CallEncoding = 'utf-8',
  ) {
    this.name = nameOf(path);
    this.fd = openSync(path, 'r');
    this.bytes = fstatSync(this.fd).size;
    this.encoding = encoding === 'auto' ? this.encodingOf() : encoding;
    const shiftJis = this.encoding === 'shift_jis' ? new TextDecoder('shift_jis') : undefined;
    this.decoder = shiftJis ?? { decode: bytes => bytes.toString('utf8') };
  }

  /** UTF-8, unless the file is not that from its first to its last byte. */
  private encodingOf(): 'utf-8' | 'shift_jis' {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    try {
      for (let position = 0; ; ) {
        const read = readSync(this.fd, chunk, 0, CHUNK_BYTES, position);
        decoder.decode(chunk.subarray(0, read), { stream: read > 0 });
        if (read === 0) return 'utf-8';
        position += read;
      }
    } catch {
      return 'shift_jis';
    }
  }

  close(): void {
    closeSync(this.fd);
  }

  /** SHA-256 of the whole file, 64 hex digits; known after `scan`. */
  get hash(): string {
    return this.sha;
  }

  get header(): string | null {
    return this.headerText;
  }

  /** Calls that can be charged; known after `scan`. */
  get calls(): number {
    return this.offsets.length;
  }

  /**
   * The first reading. Yields to the event loop between chunks, and within one that takes long.
   * @throws InvalidInput when the file as a whole is not of the format: empty, not UTF-8, a column missing.
   */
  async scan(progress?: Progress): Promise<void> {
    if (this.format === 'freeswitch-json' && this.scanOneDocument()) return;
    const hash = createHash('sha256');
    let carry = Buffer.alloc(0);
    let dropped = 0;
    let line = 0;
    let position = 0;
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const read = readSync(this.fd, chunk, 0, CHUNK_BYTES, position);
      if (read === 0) break;
      let began = performance.now();
      const bytes = chunk.subarray(0, read);
      hash.update(bytes);
      let from = 0;
      for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, from)) {
        line++;
        const rest = bytes.subarray(from, lf);
        if (dropped > 0) {
          this.endDocument();
          this.tooLong(line, carry, dropped + rest.length);
        } else
          this.takeLine(
            line,
            position + from - carry.length,
            carry.length === 0 ? rest : Buffer.concat([carry, rest]),
          );
        carry = Buffer.alloc(0);
        dropped = 0;
        from = lf + 1;
        if (line % LINES_AT_ONCE === 0 && performance.now() - began > AT_WORK_MS) {
          await new Promise(setImmediate);
          began = performance.now();
        }
      }
      const left = bytes.subarray(from);
      if (dropped > 0) dropped += left.length;
      else if (carry.length + left.length > LINE_BYTES_MAX[this.format]) {
        dropped = carry.length + left.length;
        carry = Buffer.from(Buffer.concat([carry, left]).subarray(0, RAW_BYTES_MAX));
      } else carry = Buffer.concat([carry, left]);
      position += read;
      progress?.(position, this.bytes, 'reading');
      await new Promise(setImmediate);
    }
    if (dropped === 0 && carry.length > 0) this.takeLine(line + 1, position - carry.length, carry);
    this.endDocument();
    if (dropped > 0) this.tooLong(line + 1, carry, dropped);
    this.sha = hash.digest('hex');
    if (this.format === 'csv' && this.headerText === null)
      throw InvalidInput.of(`${this.name}:1`, importProblems.NO_HEADER_LINE);
  }

  /**
   * mod_json_cdr writes one document a file, on many lines where it is set to pretty-print. False: not one
   * document.
   */
  private scanOneDocument(): boolean {
    if (this.bytes === 0 || this.bytes > LINE_BYTES_MAX[this.format]) return false;
    const bytes = Buffer.allocUnsafe(this.bytes);
    readSync(this.fd, bytes, 0, this.bytes, 0);
    try {
      JSON.parse(this.decoder.decode(bytes));
    } catch {
      return false;
    }
    this.record(1, 0, bytes);
    this.sha = createHash('sha256').update(bytes).digest('hex');
    return true;
  }

  private tooLong(line: number, start: Buffer, bytes: number): void {
    const most = LINE_BYTES_MAX[this.format];
    const sizes = { bytes: bytes.toLocaleString('en'), most: most.toLocaleString('en') };
    if (line === 1 && this.format === 'csv')
      throw InvalidInput.of(`${this.name}:1`, importProblems.HEADER_TOO_LONG, sizes);
    const tooLong = problem(importProblems.LINE_TOO_LONG, sizes);
    this.bad.push({
      line,
      field: 'line',
      problem: tooLong,
      raw: this.decoder.decode(start).slice(0, RAW_BYTES_MAX),
    });
  }

  /** A line of a CSV file is a record; a document reaches to the line before the next one. */
  private takeLine(line: number, offset: number, bytes: Buffer): void {
    if (this.format === 'csv') {
      this.record(line, offset, bytes);
      return;
    }
    if (bytes[0] === BRACE || this.document === null) {
      this.endDocument();
      this.document = { line, offset, parts: [], size: 0 };
    }
    const { document } = this;
    document.size = offset + bytes.length - document.offset;
    // What is too long is not kept whole.
    if (document.size - bytes.length <= LINE_BYTES_MAX[this.format]) document.parts.push(Buffer.from(bytes));
  }

  private endDocument(): void {
    const { document } = this;
    this.document = null;
    if (!document) return;
    const { line, offset, parts, size } = document;
    const separated = parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('\n'), part]));
    const bytes = Buffer.concat(separated);
    if (size > bytes.length) this.tooLong(line, bytes.subarray(0, RAW_BYTES_MAX), size);
    else this.record(line, offset, bytes);
  }

  /** The file as a whole was saved with another encoding. */
  private refuseShiftJis(line: number, bytes: Buffer): void {
    if (this.encoding === 'utf-8' && looksLikeShiftJis(bytes))
      throw InvalidInput.of(`${this.name}:${line}`, importProblems.SHIFT_JIS);
  }

  private record(line: number, offset: number, bytes: Buffer): void {
    const end = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
    if (end > LINE_BYTES_MAX[this.format]) {
      this.tooLong(line, bytes.subarray(0, RAW_BYTES_MAX), end);
      return;
    }
    const text = this.decoder.decode(bytes.subarray(0, end));
    if (line === 1 && this.format === 'csv') {
      this.headerText = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
      try {
        this.reader = recordReader('csv', this.headerText);
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        this.refuseShiftJis(1, bytes);
        if (this.encoding === 'utf-8' && !isUtf8(bytes))
          throw InvalidInput.of(`${this.name}:1`, importProblems.NO_UTF_8);
        throw InvalidInput.of(`${this.name}:1, ${error.field}`, importProblems.BAD_HEADER, {
          problem: problemSaid(error.said),
        });
      }
      return;
    }
    if (text.trim() === '') return;
    this.reader ??= recordReader(this.format, null);
    const found = this.reader(text);
    if (found.kind === 'call') {
      this.offsets.push(offset);
      this.lengths.push(end);
      this.lines.push(line);
      this.ends.push(found.cdr.endedAt);
    } else if (found.kind === 'bad') {
      const { field, problem } = found;
      if (problem.kind === NOT_UTF8.kind) this.refuseShiftJis(line, bytes);
      this.bad.push({ line, field, problem, raw: text });
    } else this.skipped++;
  }

  /**
   * Indexes of the records in the order of their calls' ends; calls that end at the same millisecond in the
   * order of their texts, so that a shuffled file gives the same order.
   */
  inOrder(): Promise<Uint32Array> {
    const order = Uint32Array.from({ length: this.calls }, (_, i) => i);
    return sortInPieces(
      order,
      (a, b) =>
        this.ends.at(a) - this.ends.at(b) ||
        Buffer.compare(Buffer.from(this.text(a)), Buffer.from(this.text(b))) ||
        a - b,
    );
  }

  /** The line number of a record, 1-based. */
  line(index: number): number {
    return this.lines.at(index);
  }

  text(index: number): string {
    const offset = this.offsets.at(index);
    const length = this.lengths.at(index);
    if (offset < this.blockStart || offset + length > this.blockEnd) this.readBlock(offset, length);
    const from = offset - this.blockStart;
    return this.decoder.decode(this.block.subarray(from, from + length));
  }

  /**
   * Calls mostly end in the order in which they stand, so a block is read ahead; where they do not, the next
   * blocks are as short as the record.
   */
  private readBlock(offset: number, length: number): void {
    const inOrder = offset >= this.blockStart && offset <= this.blockEnd + BLOCK_BYTES;
    this.readAhead = inOrder
      ? Math.min(BLOCK_BYTES, this.readAhead * 4)
      : Math.max(1, Math.floor(this.readAhead / 4));
    const wanted = Math.max(length, this.readAhead);
    if (wanted > this.block.length) this.block = Buffer.allocUnsafe(wanted);
    this.blockStart = offset;
    this.blockEnd = offset + readSync(this.fd, this.block, 0, wanted, offset);
  }

  /** Several records, in the given order; they are read in the order in which they stand. */
  callsAt(indexes: Uint32Array): Cdr[] {
    const places = Uint32Array.from(indexes.keys());
    places.sort((a, b) => this.offsets.at(indexes[a]!) - this.offsets.at(indexes[b]!));
    const found = new Array<Cdr>(indexes.length);
    for (const place of places) found[place] = this.call(indexes[place]!);
    return found;
  }

  /** The record again, as the first reading found it. */
  call(index: number): Cdr {
    const found = this.reader!(this.text(index));
    if (found.kind !== 'call')
      throw new Error(`${this.name} was changed while it was imported (line ${this.line(index)})`);
    return found.cdr;
  }
}
