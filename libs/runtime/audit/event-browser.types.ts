import type { AccountId, Instant } from '#kernel';
import type { Page, PageRequest } from '../product.views.js';
import type { EventDetail, EventTypeView, EventView } from './event-log.shapes.js';

/** The parts of the product that record events; stored types begin with them. */
export const EVENT_CONTEXTS = [
  'contracts',
  'rating',
  'ledger',
  'invoicing',
  'identity',
  'operations',
] as const;
export type EventContext = (typeof EVENT_CONTEXTS)[number];

/** What the browser of the log asks for, all of it together. */
export interface EventSearch {
  readonly stream?: string;
  /** Stored type, `context.Event.vN`. */
  readonly type?: string;
  /** What its type begins with: events of these contexts alone. */
  readonly contexts?: readonly EventContext[];
  /**
   * Events of the streams that belong to an account: its own (`account-A1`), its wallet's months, its closes,
   * invoices, numbers and API keys. What a close run says of it among others is told by its close too.
   */
  readonly account?: AccountId;
  readonly command?: string;
  /** Recorded at or after, and at or before. */
  readonly from?: Instant;
  readonly to?: Instant;
}

/** The log as people read it. */
export interface EventLogService {
  /**
   * Newest first. A search looks through a bounded piece of the log at a time, so a page may have few rows,
   * or none, and still a `next`.
   */
  list(request?: PageRequest & EventSearch): Promise<Page<EventView>>;
  at(position: number): Promise<EventDetail | undefined>;
  types(): Promise<readonly EventTypeView[]>;
}
