import { InvalidInput } from '#kernel';
import type { AppendLimit, NewEvent } from '#ports';
import { dataBytes, metaBytes } from './numbering.js';
import type { ProposedEvent } from './protocol.js';

/** `MaxAppendSize` of a server that was not told otherwise. */
const DEFAULT_MOST = 1_048_576;
/** What is sent together stays so far below: other versions of the server count a little more per event. */
const MARGIN = 20;
/** Messages of the server: 16 MiB less its own 10,000 bytes, and room for names. No setting changes it. */
const MESSAGE_MOST = 16_700_000;

/** As the server counts: data, meta data, and the type's name in UTF-16. */
const bytesOf = ({ type, data, meta }: Pick<ProposedEvent, 'type' | 'data' | 'meta'>): number =>
  data.length + meta.length + 2 * type.length;

/**
 * How large a write may be. It begins with the default of the server; one that takes less says so when it
 * refuses a write, and from then on less is sent. A server that takes more is sent more only where one
 * command has it.
 */
export class WriteSize implements AppendLimit {
  private most = DEFAULT_MOST;

  get bytes(): number {
    return Math.floor(this.most - this.most / MARGIN);
  }

  sizeOf(event: NewEvent): number {
    return bytesOf({ type: event.type, data: dataBytes(event), meta: metaBytes(event) });
  }

  /** @throws InvalidInput for an event that no server takes: its message would end the connection of all. */
  check(stream: string, events: readonly ProposedEvent[]): void {
    if (events.some(event => bytesOf(event) > MESSAGE_MOST)) throw this.refusal(stream, events, MESSAGE_MOST);
  }

  /** The server has refused a write of these: what to tell, and what is remembered for the next. */
  refused(stream: string, events: readonly ProposedEvent[], most: number | undefined): InvalidInput {
    if (most !== undefined && most < this.most) this.most = most;
    return this.refusal(stream, events, most);
  }

  private refusal(stream: string, events: readonly ProposedEvent[], most: number | undefined): InvalidInput {
    const [largest] = events.toSorted((a, b) => bytesOf(b) - bytesOf(a));
    const size = bytesOf(largest!);
    const limit = most === undefined ? '' : ` of ${most} bytes (MaxAppendSize)`;
    const all = events.reduce((sum, event) => sum + bytesOf(event), 0);
    const what =
      most === undefined || size > most
        ? `${largest!.type} of ${size} bytes for ${stream} is`
        : `${events.length} events of ${all} bytes for ${stream} are`;
    return new InvalidInput(
      'events',
      `must fit into one write of the event store: ${what} above its limit${limit}; nothing was stored`,
    );
  }
}
