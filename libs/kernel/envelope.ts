/** Who acts, and in which role. `reason` is required for every act of staff. */
export interface Actor {
  /**
   * e.g. `staff:tanaka`, `customer:A1`, `job:close`, `cli:operator`. Never a name, mail address or phone
   * number.
   */
  readonly id: string;
  readonly reason?: string;
}

/** An event as the store keeps it. Positions count from 1 without gaps, revisions from 0 per stream. */
export interface StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** `context.Event.vN` */
  readonly type: string;
  /** The canonical JSON text of the fact; parse it through the codec. */
  readonly data: string;
  readonly meta: EventMeta;
  /** SHA-256 over the previous event's hash and this event's canonical bytes; 64 hex digits. */
  readonly hash: string;
  /**
   * Only on the way from an append to the projections of its transaction: the domain's event behind `data`.
   */
  readonly fact?: unknown;
}

export interface EventMeta {
  /** Business time, JST text. */
  readonly occurredAt: string;
  /** Time of the append, JST text, from the clock port. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly reason?: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** SHA-256 of the command's canonical body, 64 hex digits: same id with another body is a conflict. */
  readonly bodyHash: string;
}
