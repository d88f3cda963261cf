import type { AppendRequest, AppendResult, EventStore, LogIndexStore, LogPlace, LogProof } from '#ports';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113,host:2113?tls=true`; also `kurrentdb://` and `+discover`. */
  readonly url: string;
  /**
   * Begins the names of all our streams in the cluster, so that several stores can share one; 1-50 of
   * A-Z a-z 0-9 . _, beginning with a letter. Default `daicho.`
   */
  readonly namespace?: string;
  /** Keeps the index over restarts; without one a process reads the whole log when it starts. */
  readonly index?: LogIndexStore;
  /** Nothing of this namespace lies at or before this place: a process that starts reads from here. */
  readonly origin?: LogPlace;
  /** How long one call of the cluster may take, in milliseconds; default that of the URL, else 10,000. */
  readonly deadlineMs?: number;
  /** Tries of one read or write until `StoreUnavailable`; 1-100, default 8. */
  readonly attempts?: number;
  /** Milliseconds before the second try, doubled for each further one up to 2 s; default 50. */
  readonly backoffMs?: number;
}

export interface EventStoreDbStore extends EventStore, LogProof {
  /**
   * As `append`, each request after the one before it was stored, whatever their streams: for a copy, whose
   * log must have the order of its source. Ends with the first that is not stored; those behind it were not
   * tried and have no result. Nothing is between them when nobody else writes into the namespace.
   */
  appendInOrder(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
}
