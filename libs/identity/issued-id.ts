import {
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';

const ISSUED_KINDS = ['circle', 'unique'] as const;
export type IssuedKind = (typeof ISSUED_KINDS)[number];

/** Events of `issuedId-<ten digits>`: an id of a circle or unique is issued once (ACC-03). */
export const issuedIdEvents = defineEvents(
  { context: 'identity', stream: 'issuedId-<ten digits>' },
  {
    IdIssued: event(
      {
        /** Ten digits; leading zeros count. */
        id: fact.text,
        kind: fact.oneOf(...ISSUED_KINDS),
        /** What the id was issued for, so that asking again is answered alike. */
        request: fact.text,
      },
      {
        act: false,
        word: { ja: '10桁の番号を発行した。', en: 'A ten-digit id was issued, once.' },
        sentence: { ja: '番号 {id}（{kind}）を発行した。', en: 'Id {id} ({kind}) was issued.' },
      },
    ),
  },
);
export type IssuedIdEvent = EventOf<typeof issuedIdEvents>;
export type IssuedIdCommand = {
  readonly type: 'IssueId';
  readonly now: Instant;
  readonly id: string;
  readonly kind: IssuedKind;
  readonly request: string;
};
export const issuedIdRefusals = defineRefusals({
  ID_TAKEN: {
    status: 409,
    ja: 'この番号は既に発行されています。',
    en: 'The id is issued already.',
  },
});

/** Why a command may have nothing to do. */
const issuedIdUnchanged = defineUnchanged({
  ISSUED_FOR_THIS: {
    ja: 'この番号は、既に同じ要求に対して発行されています。',
    en: 'the id was issued for this request already',
  },
});
export type IssuedIdRejection = CodeOf<typeof issuedIdRefusals>;
export interface IssuedIdState {
  readonly request: string | null;
}

export const issuedIdStream = (id: string): string => `issuedId-${id}`;

/** Ten digits from a hash of 64 hex digits: its first 13 hold 52 bits, all ids about equally likely. */
export const idOfHash = (hash: string): string =>
  String(Number.parseInt(hash.slice(0, 13), 16) % 10_000_000_000).padStart(10, '0');

function decide(command: IssuedIdCommand, state: IssuedIdState): Outcome<IssuedIdEvent, IssuedIdRejection> {
  const { now: at, id, kind, request } = command;
  if (state.request === request) return nothing(issuedIdUnchanged.ISSUED_FOR_THIS);
  if (state.request !== null) return rejected(issuedIdRefusals.ID_TAKEN);
  return happened<IssuedIdEvent>({ type: 'IdIssued', at, id, kind, request });
}

export const issuedId: Decider<IssuedIdCommand, IssuedIdEvent, IssuedIdState, IssuedIdRejection> = {
  name: 'issuedId',
  fresh: () => ({ request: null }),
  decide,
  evolve: (_state, event) => ({ request: event.request }),
};
