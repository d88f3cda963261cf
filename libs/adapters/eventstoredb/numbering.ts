import { problem, type StoredEvent } from '#kernel';
import {
  canonicalHead,
  decodeMeta,
  encodeMeta,
  HashChain,
  hexOf,
  type IndexedEvent,
  type LogPlace,
  type NewEvent,
} from '#ports';
import { LogDamaged } from './errors.js';
import { clusterFindings } from './findings.js';
import type { RawEvent } from './protocol.js';

/** First line of the meta data as it lies in the cluster: whose event it is, and the form of the rest. */
const META_MARK = 'daicho 1\n';

export const metaBytes = (event: NewEvent): Uint8Array =>
  Buffer.from(`${META_MARK}${encodeMeta(event.meta)}`, 'utf8');
export const dataBytes = (event: NewEvent): Uint8Array => Buffer.from(event.data, 'utf8');

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** The texts of an event, as they are hashed. */
export interface EventTexts {
  /** The stream's name without the namespace. */
  readonly stream: string;
  readonly metaText: string;
  readonly data: string;
}

/** @throws LogDamaged for an event that another program wrote. */
export function textsOf(raw: RawEvent, namespace: string): EventTexts {
  const marked = textOf(raw.meta);
  if (!marked.startsWith(META_MARK))
    throw new LogDamaged(
      problem(clusterFindings.WRITTEN_BY_ANOTHER, { stream: raw.stream, revision: raw.revision }),
    );
  const stream = raw.stream.slice(namespace.length);
  return { stream, metaText: marked.slice(META_MARK.length), data: textOf(raw.data) };
}

/** `a` lies before `b`. */
export const isBefore = (a: LogPlace, b: LogPlace): boolean =>
  a.commit < b.commit || (a.commit === b.commit && a.prepare < b.prepare);

/** An event of ours with its number, and what the index keeps of it. */
export interface NumberedEvent {
  readonly stored: StoredEvent;
  readonly entry: IndexedEvent;
}

/**
 * Gives our events their positions and hashes, in the order of the whole log: the n-th event of our
 * namespace has position n, in every process, because the order is the same for all. Events of the system
 * (names with `$`) and of other namespaces are passed over.
 */
export class Numbering {
  private readonly chain: HashChain;
  private position: number;
  private previousCommand: string | undefined;

  /** @param after the event before the first that will come; none at the start of the log */
  constructor(
    private readonly namespace: string,
    after?: IndexedEvent,
  ) {
    this.chain = new HashChain(after ? Buffer.from(after.hash, 'hex') : undefined);
    this.position = after?.position ?? 0;
    this.previousCommand = after?.commandId;
  }

  isOurs({ stream, type }: RawEvent): boolean {
    return stream.startsWith(this.namespace) && !type.startsWith('$');
  }

  /** The next event in the order of the log; undefined when it is not one of ours. */
  next(raw: RawEvent): NumberedEvent | undefined {
    if (!this.isOurs(raw)) return undefined;
    const { stream, metaText, data } = textsOf(raw, this.namespace);
    const { revision, type, place } = raw;
    const position = ++this.position;
    const hash = hexOf(
      this.chain.next(`${canonicalHead(position, stream, revision, type)}${metaText}\n`, data),
    );
    const meta = decodeMeta(metaText);
    const { commandId } = meta;
    const opensCommand = commandId !== this.previousCommand;
    this.previousCommand = commandId;
    return {
      stored: { position, stream, revision, type, data, meta, hash },
      entry: { position, place, stream, revision, hash, commandId, opensCommand },
    };
  }
}
