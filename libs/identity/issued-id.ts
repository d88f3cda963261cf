import { type Codec, type Decider, happened, type Instant, nothing, type Outcome, rejected } from '#kernel';
import { storedCodec } from './stored.js';

export const ISSUED_KINDS = ['circle', 'unique'] as const;
export type IssuedKind = (typeof ISSUED_KINDS)[number];

/** Events of `issuedId-<ten digits>`: an id of a circle or unique is issued once (ACC-03). */
export type IssuedIdEvent = {
  readonly type: 'IdIssued';
  readonly at: Instant;
  /** Ten digits; leading zeros count. */
  readonly id: string;
  readonly kind: IssuedKind;
  /** What the id was issued for, so that asking again is answered alike. */
  readonly request: string;
};
export type IssuedIdCommand = {
  readonly type: 'IssueId';
  readonly now: Instant;
  readonly id: string;
  readonly kind: IssuedKind;
  readonly request: string;
};
export const ISSUED_ID_REJECTIONS = ['ID_TAKEN'] as const;
export type IssuedIdRejection = (typeof ISSUED_ID_REJECTIONS)[number];
export interface IssuedIdState {
  readonly request: string | null;
}

export const issuedIdStream = (id: string): string => `issuedId-${id}`;

/** Ten digits from a hash of 64 hex digits: its first 13 hold 52 bits, all ids about equally likely. */
export const idOfHash = (hash: string): string =>
  String(Number.parseInt(hash.slice(0, 13), 16) % 10_000_000_000).padStart(10, '0');

function decide(command: IssuedIdCommand, state: IssuedIdState): Outcome<IssuedIdEvent, IssuedIdRejection> {
  const { now: at, id, kind, request } = command;
  if (state.request === request) return nothing('the id was issued for this request already');
  if (state.request !== null) return rejected('ID_TAKEN', 'the id is issued already');
  return happened<IssuedIdEvent>({ type: 'IdIssued', at, id, kind, request });
}

export const issuedId: Decider<IssuedIdCommand, IssuedIdEvent, IssuedIdState, IssuedIdRejection> = {
  name: 'issuedId',
  initial: { request: null },
  fresh: () => ({ request: null }),
  decide,
  evolve: (_state, event) => ({ request: event.request }),
};

export const issuedIdCodec: Codec<IssuedIdEvent> = storedCodec<IssuedIdEvent>(
  {
    IdIssued: 'identity.IdIssued.v1',
  },
  {
    IdIssued: [],
  },
);
