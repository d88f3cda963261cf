import type { IndexedEvent, LogPlace } from '#ports';
import type { ClusterClient } from './cluster-client.js';
import { type Patience, patiently } from './errors.js';
import { isBefore, type NumberedEvent, Numbering } from './numbering.js';
import { type RawEvent, readAllRequest, readStreamRequest } from './protocol.js';

/** Events of one read: enough to be quick, few enough to be held. */
export const PAGE = 1_000;
const SHORT_PAGE = 16;
/** Servers let administrators read it, and users whom its ACL names. */
export const WHOLE_LOG = 'reading the log ($all)';

export interface LogPage {
  readonly events: readonly RawEvent[];
  /** True when the log ended with this page at the time of the read. */
  readonly end: boolean;
}

/** Reads of the whole log and of streams, each page tried again until the patience ends. */
export class LogReader {
  constructor(
    readonly client: ClusterClient,
    readonly namespace: string,
    private readonly patience: Patience,
    /** Where the namespace begins: nothing at or before this place is read. */
    readonly origin: LogPlace | undefined,
  ) {}

  /** What lies after a place (after the origin without one): events of everybody. */
  async after(place: LogPlace | undefined, limit = PAGE): Promise<LogPage> {
    const from = place ?? this.origin;
    // A read forwards includes its place, so one more is asked for and the first is dropped.
    const count = Math.min(limit, PAGE) + (from ? 1 : 0);
    const page = await patiently(this.patience, WHOLE_LOG, () =>
      this.client.read(readAllRequest(from, count)),
    );
    const events = from ? page.events.filter(event => isBefore(from, event.place)) : page.events;
    return { events, end: !page.cut && page.events.length < count };
  }

  /** The event that lies exactly at a place. */
  async at(place: LogPlace): Promise<RawEvent | undefined> {
    const { events } = await patiently(this.patience, WHOLE_LOG, () =>
      this.client.read(readAllRequest(place, 1)),
    );
    const [event] = events;
    return event?.place.commit === place.commit && event.place.prepare === place.prepare ? event : undefined;
  }

  /**
   * Our events after a position, numbered, page by page to the end of the log.
   * @param wanted how many the caller will take, so that a short look reads little
   */
  async *numbered(after: IndexedEvent | undefined, wanted = PAGE): AsyncGenerator<readonly NumberedEvent[]> {
    const numbering = new Numbering(this.namespace, after);
    let place = after?.place;
    for (let limit = Math.max(wanted, SHORT_PAGE); ; limit = PAGE) {
      const page = await this.after(place, limit);
      const ours: NumberedEvent[] = [];
      let damaged: unknown;
      try {
        for (const raw of page.events) {
          const event = numbering.next(raw);
          if (event) ours.push(event);
        }
      } catch (error) {
        damaged = error;
      }
      // What lies before the damage is as good as ever.
      if (ours.length > 0) yield ours;
      if (damaged !== undefined) throw damaged;
      if (page.end) return;
      place = page.events.at(-1)?.place ?? place;
    }
  }

  /** A stream's events from a revision on, without those of the system. */
  async stream(stream: string, from: number, limit: number): Promise<LogPage> {
    const count = Math.min(limit, PAGE);
    const request = () => readStreamRequest(`${this.namespace}${stream}`, from, count);
    const page = await patiently(this.patience, `reading ${stream}`, () => this.client.read(request()));
    return {
      events: page.events.filter(event => !event.type.startsWith('$')),
      end: !page.cut && page.events.length < count,
    };
  }

  /** Revision of a stream's last event, -1 when there is none. */
  async revision(stream: string): Promise<number> {
    const request = () => readStreamRequest(`${this.namespace}${stream}`, undefined, 1);
    const page = await patiently(this.patience, `reading ${stream}`, () => this.client.read(request()));
    return page.events[0]?.revision ?? -1;
  }
}
