import {
  assertNever,
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

/**
 * Events of `loginId-<hash>`: a login id belongs to one login of its level at a time. The hash is the SHA-256
 * of level and id in lower case, so that a mail address taken as login id does not stand in the log.
 */
export const loginIdEvents = defineEvents(
  { context: 'identity', stream: 'loginId-<hash of level and login id>' },
  {
    LoginIdClaimed: event(
      { hash: fact.secret(fact.text), login: fact.text },
      {
        act: false,
        word: {
          ja: 'ログインIDの持ち主が決まった。',
          en: 'The login id belongs to this login, and to no other of its level.',
        },
        sentence: {
          ja: 'ログインIDはログイン {login} のものになった。',
          en: 'The login id belongs to login {login}.',
        },
      },
    ),
    LoginIdReleased: event(
      { hash: fact.secret(fact.text), login: fact.text },
      {
        act: false,
        word: { ja: 'ログインIDが空いた。', en: 'The login id may be taken by others.' },
        sentence: {
          ja: 'ログイン {login} がログインIDを手放した。',
          en: 'Login {login} gave the login id up.',
        },
      },
    ),
  },
);
export type LoginIdEvent = EventOf<typeof loginIdEvents>;

interface OfLogin {
  readonly now: Instant;
  readonly hash: string;
  readonly login: string;
}
/** An owner of which no login was made: whoever claimed the id broke off. */
export interface UnmadeOwner {
  readonly owner: string;
  /** So long it is kept for whoever goes on with it. */
  readonly keptMs: number;
}
export type LoginIdCommand =
  | (OfLogin & { readonly type: 'ClaimLoginId'; readonly unmade: UnmadeOwner | null })
  | (OfLogin & { readonly type: 'ReleaseLoginId' });

export const loginIdClaimRefusals = defineRefusals({
  LOGIN_ID_TAKEN: {
    status: 409,
    field: 'loginId',
    ja: 'このログインIDは使われています。',
    en: 'This login id is taken.',
  },
});

/** Why a command may have nothing to do. */
const loginIdClaimUnchanged = defineUnchanged({
  CLAIMED_BY_THIS: {
    ja: 'このログインIDは、既にこのログインのものです。',
    en: 'the login id belongs to this login already',
  },
  NOT_ITS_LOGIN_ID: {
    ja: 'このログインIDは、このログインのものではありません。',
    en: 'the login id does not belong to this login',
  },
});
export type LoginIdClaimRejection = CodeOf<typeof loginIdClaimRefusals>;
export interface LoginIdState {
  /** The login that the id opens. */
  readonly owner: string | null;
  /** Of the claim; null without an owner. */
  readonly claimedAt: Instant | null;
}

export const loginIdStream = (hash: string): string => `loginId-${hash}`;

const isGivenUp = ({ owner, claimedAt }: LoginIdState, unmade: UnmadeOwner | null, now: Instant): boolean =>
  unmade !== null && owner === unmade.owner && claimedAt !== null && now - claimedAt >= unmade.keptMs;

function decide(command: LoginIdCommand, state: LoginIdState): Outcome<LoginIdEvent, LoginIdClaimRejection> {
  const { now: at, hash, login } = command;
  switch (command.type) {
    case 'ClaimLoginId':
      if (state.owner === login) return nothing(loginIdClaimUnchanged.CLAIMED_BY_THIS);
      if (state.owner !== null && !isGivenUp(state, command.unmade, at))
        return rejected(loginIdClaimRefusals.LOGIN_ID_TAKEN);
      return happened<LoginIdEvent>({ type: 'LoginIdClaimed', at, hash, login });
    case 'ReleaseLoginId':
      if (state.owner !== login) return nothing(loginIdClaimUnchanged.NOT_ITS_LOGIN_ID);
      return happened<LoginIdEvent>({ type: 'LoginIdReleased', at, hash, login });
    default:
      return assertNever(command);
  }
}

export const loginIdClaim: Decider<LoginIdCommand, LoginIdEvent, LoginIdState, LoginIdClaimRejection> = {
  name: 'loginId',
  fresh: () => ({ owner: null, claimedAt: null }),
  decide,
  evolve: (_state, { type, login, at }) =>
    type === 'LoginIdClaimed' ? { owner: login, claimedAt: at } : { owner: null, claimedAt: null },
};
