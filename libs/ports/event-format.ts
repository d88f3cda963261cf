import { hash } from 'node:crypto';
import { type EventMeta, InvalidInput } from '#kernel';

/** Bytes of a SHA-256. */
const HASH_BYTES = 32;
/** The "previous hash" of the first event. */
const GENESIS: Uint8Array = new Uint8Array(HASH_BYTES);

/** Command, body hash, occurred, recorded, actor, correlation, causation, reason: eight lines. */
const META_LINE_BREAKS = 7;

function hasExactly(text: string, lineBreaks: number): boolean {
  let at = -1;
  for (let found = 0; found < lineBreaks; found++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return false;
  }
  return text.indexOf('\n', at + 1) < 0;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));

/**
 * The stored form of the meta data: eight lines, the command id first. A correlation id equal to the
 * command id, an absent causation id and an absent reason are empty lines; `\` and line breaks inside a
 * value are written `\\` and `\n`.
 */
export function encodeMeta(meta: EventMeta): string {
  const {
    commandId,
    bodyHash,
    occurredAt,
    recordedAt,
    actor,
    correlationId,
    causationId = '',
    reason = '',
  } = meta;
  const correlation = correlationId === commandId ? '' : correlationId;
  const facts = `${commandId}\n${bodyHash}\n${occurredAt}\n${recordedAt}\n${actor}`;
  const text = `${facts}\n${correlation}\n${causationId}\n${reason}`;
  if (!text.includes('\\') && hasExactly(text, META_LINE_BREAKS)) return text;
  return [commandId, bodyHash, occurredAt, recordedAt, actor, correlation, causationId, reason]
    .map(escaped)
    .join('\n');
}

export function decodeMeta(text: string): EventMeta {
  const lines = text.split('\n');
  const [
    commandId = '',
    bodyHash = '',
    occurredAt = '',
    recordedAt = '',
    actor = '',
    correlation,
    causationId,
    reason,
  ] = text.includes('\\') ? lines.map(unescaped) : lines;
  const meta: { -readonly [K in keyof EventMeta]: EventMeta[K] } = {
    occurredAt,
    recordedAt,
    actor,
    commandId,
    correlationId: correlation || commandId,
    bodyHash,
  };
  if (causationId) meta.causationId = causationId;
  if (reason) meta.reason = reason;
  return meta;
}

/** The command id alone, without decoding the rest. */
export function commandIdOf(metaText: string): string {
  const id = metaText.slice(0, metaText.indexOf('\n'));
  return id.includes('\\') ? unescaped(id) : id;
}

/** @throws InvalidInput for a value that would not come back as it was given. */
export function checkMeta(meta: EventMeta): void {
  if (meta.commandId === '') throw new InvalidInput('commandId', 'must not be empty');
  if (meta.correlationId === '') throw new InvalidInput('correlationId', 'must not be empty');
  if (meta.causationId === '') throw new InvalidInput('causationId', 'must not be empty; leave it out');
  if (meta.reason === '') throw new InvalidInput('reason', 'must not be empty; leave it out');
}

/**
 * The hash chain: SHA-256(previous event's 32 hash bytes + canonical bytes), where the canonical bytes are
 * the UTF-8 text
 *
 *     <position> LF <stream> LF <revision> LF <type> LF <meta, eight lines> LF <data>
 *
 * Numbers are plain decimals. Stream and type hold no line break and `data` comes last, so the text has one
 * reading only. The previous hash of the first event is 32 zero bytes. Anyone can recompute the chain with
 * `sha256sum`.
 */
export class HashChain {
  private scratch = Buffer.allocUnsafe(64 * 1024);

  constructor(private previous: Uint8Array = GENESIS) {}

  get head(): Uint8Array {
    return this.previous;
  }

  /** Moves the chain to where it was after an event (a rolled-back transaction). */
  reset(head: Uint8Array): void {
    this.previous = head;
  }

  /** Appends an event given as text and returns its hash. */
  next(head: string, data: string): Uint8Array {
    const most = HASH_BYTES + (head.length + data.length) * 3;
    if (most > this.scratch.length) this.scratch = Buffer.allocUnsafe(most * 2);
    const { scratch } = this;
    scratch.set(this.previous, 0);
    let end = HASH_BYTES;
    end += scratch.write(head, end, 'utf8');
    end += scratch.write(data, end, 'utf8');
    return (this.previous = hash('sha256', scratch.subarray(0, end), 'buffer'));
  }

  /**
   * The same for canonical bytes as they lie in the file: a changed byte stays a changed byte. In hex digits.
   */
  nextBytes(canonical: Uint8Array): string {
    const end = HASH_BYTES + canonical.length;
    if (end > this.scratch.length) this.scratch = Buffer.allocUnsafe(end * 2);
    const { scratch } = this;
    scratch.set(this.previous, 0);
    scratch.set(canonical, HASH_BYTES);
    const hex = hash('sha256', scratch.subarray(0, end), 'hex');
    this.previous = Buffer.from(hex, 'hex');
    return hex;
  }
}

/** The part of the canonical bytes before meta. */
export const canonicalHead = (position: number, stream: string, revision: number, type: string): string =>
  `${position}\n${stream}\n${revision}\n${type}\n`;

export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
