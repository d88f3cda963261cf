import {
  assertNever,
  type Codec,
  type Decider,
  happened,
  type Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { storedCodec } from './stored.js';

/**
 * Events of `loginId-<hash>`: a login id belongs to one login of its level at a time. The hash is the SHA-256
 * of level and id in lower case, so that a mail address taken as login id does not stand in the log.
 */
export type LoginIdEvent =
  | { readonly type: 'LoginIdClaimed'; readonly at: Instant; readonly hash: string; readonly login: string }
  | { readonly type: 'LoginIdReleased'; readonly at: Instant; readonly hash: string; readonly login: string };

export type LoginIdCommand = {
  readonly type: 'ClaimLoginId' | 'ReleaseLoginId';
  readonly now: Instant;
  readonly hash: string;
  readonly login: string;
};

export const LOGIN_ID_CLAIM_REJECTIONS = ['LOGIN_ID_TAKEN'] as const;
export type LoginIdClaimRejection = (typeof LOGIN_ID_CLAIM_REJECTIONS)[number];
export interface LoginIdState {
  /** The login that the id opens. */
  readonly owner: string | null;
}

export const loginIdStream = (hash: string): string => `loginId-${hash}`;

function decide(command: LoginIdCommand, state: LoginIdState): Outcome<LoginIdEvent, LoginIdClaimRejection> {
  const { now: at, hash, login } = command;
  switch (command.type) {
    case 'ClaimLoginId':
      if (state.owner === login) return nothing('the login id belongs to this login already');
      if (state.owner !== null) return rejected('LOGIN_ID_TAKEN', 'the login id belongs to another login');
      return happened<LoginIdEvent>({ type: 'LoginIdClaimed', at, hash, login });
    case 'ReleaseLoginId':
      if (state.owner !== login) return nothing('the login id does not belong to this login');
      return happened<LoginIdEvent>({ type: 'LoginIdReleased', at, hash, login });
    default:
      return assertNever(command.type);
  }
}

export const loginIdClaim: Decider<LoginIdCommand, LoginIdEvent, LoginIdState, LoginIdClaimRejection> = {
  name: 'loginId',
  initial: { owner: null },
  fresh: () => ({ owner: null }),
  decide,
  evolve: (_state, event) => ({ owner: event.type === 'LoginIdClaimed' ? event.login : null }),
};

export const loginIdCodec: Codec<LoginIdEvent> = storedCodec<LoginIdEvent>(
  {
    LoginIdClaimed: 'identity.LoginIdClaimed.v1',
    LoginIdReleased: 'identity.LoginIdReleased.v1',
  },
  {
    LoginIdClaimed: ['hash'],
    LoginIdReleased: ['hash'],
  },
);
