import {
  type AccountId,
  type CodeOf,
  common,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  type Instant,
  type Language,
  type ValuesOf,
} from '#kernel';
import type { Method } from './contacts.js';
import type { IdentityPolicy } from './identity-policy.js';
import type { LoginLevel, SessionStage } from './levels.js';
import { loginRefusals } from './login.refusals.js';

/** How the second step was passed or failed. */
export type Factor = 'code' | 'totp' | 'passkey';

const sessionFacts = {
  session: fact.text,
  login: fact.text,
  level: fact.id<LoginLevel>(),
  stage: fact.id<SessionStage>(),
  /** The login's epoch in which the session began: a later one ends it. */
  epoch: fact.whole,
  /** SHA-256 of the secret in the cookie. */
  secretHash: fact.secret(fact.text),
  /** Its end, whatever is done. */
  expiresAt: fact.instant,
  /** Milliseconds of rest after which it is over. */
  idleMs: fact.whole,
  language: fact.oneOf('ja', 'en'),
  /** Address and agent, sealed: personal data. */
  originSealed: fact.secret(fact.text),
  /** The session that passed the second step and became this one. */
  previous: fact.orNull(fact.text),
};
export type SessionFacts = ValuesOf<typeof sessionFacts>;

const placeFacts = {
  account: fact.id<AccountId>(),
  circle: fact.orNull(fact.text),
  unique: fact.orNull(fact.text),
};
export type Place = ValuesOf<typeof placeFacts>;

/** What happens to a session. */
export const sessionEvents = defineEvents(
  { context: 'identity', stream: 'session-<session>' },
  {
    SessionStarted: event(
      { ...sessionFacts },
      {
        act: false,
        word: {
          ja: 'セッションを開始した。',
          en: 'A session began; of its secret only the SHA-256 is kept, its origin is sealed.',
        },
        sentence: {
          ja: 'ログイン {login} のセッション {session}（{stage}）を開始した。',
          en: 'Session {session} of login {login} began ({stage}).',
        },
      },
    ),
    CodeSent: event(
      {
        session: fact.text,
        /** HMAC of session and code: the code itself is nowhere but in the message. */
        codeMac: fact.secret(fact.text),
        contact: fact.text,
        method: fact.id<Method>(),
        expiresAt: fact.instant,
      },
      {
        act: false,
        word: { ja: '認証番号を送信した。', en: 'A one-time code was sent; only its keyed hash is kept.' },
        sentence: {
          ja: '連絡先 {contact} に認証番号を送信した（{method}）。',
          en: 'A code was sent to contact {contact} ({method}).',
        },
      },
    ),
    CodeRefused: event(
      { session: fact.text, factor: fact.id<Factor>() },
      {
        act: false,
        word: { ja: '二段階認証が通らなかった。', en: 'The second step was not passed.' },
        sentence: {
          ja: 'セッション {session} の認証（{factor}）が通らなかった。',
          en: 'The second step ({factor}) of session {session} was refused.',
        },
      },
    ),
    /** This session is over: `next` carries on with an id and a secret of its own. */
    SecondStepPassed: event(
      { session: fact.text, factor: fact.id<Factor>(), next: fact.text },
      {
        act: false,
        word: {
          ja: '二段階認証を通過し、新しいセッションに移った。',
          en: 'The second step was passed; another session goes on with a new secret.',
        },
        sentence: {
          ja: '認証（{factor}）を通過し、セッション {next} に移った。',
          en: 'The second step ({factor}) was passed; session {next} goes on.',
        },
      },
    ),
    /** The password was renewed: the session goes on in the login's new epoch. */
    PasswordRenewed: event(
      { session: fact.text, epoch: fact.whole },
      {
        act: false,
        word: {
          ja: 'ログイン時のパスワード変更を終えた。',
          en: 'The password was renewed in this session, which goes on.',
        },
        sentence: {
          ja: 'セッション {session} でパスワードを変更した。',
          en: 'The password was renewed in session {session}.',
        },
      },
    ),
    /** The password was given once more: what needs a fresh proof may be done for a while. */
    SessionConfirmed: event(
      { session: fact.text },
      {
        act: false,
        word: {
          ja: 'セッション中にパスワードを再確認した。',
          en: 'The password was given once more in the middle of the session.',
        },
        sentence: {
          ja: 'セッション {session} でパスワードを再確認した。',
          en: 'The password was given once more in session {session}.',
        },
      },
    ),
    SessionSeen: event(
      { session: fact.text },
      {
        act: false,
        word: {
          ja: 'セッションの利用を記録した。',
          en: 'The session was in use; told at most every ten minutes.',
        },
        sentence: { ja: 'セッション {session} の利用を記録した。', en: 'Session {session} was in use.' },
      },
    ),
    LanguageChosen: event(
      { session: fact.text, language: fact.oneOf('ja', 'en') },
      {
        act: false,
        word: { ja: '表示言語を選んだ。', en: 'The language of the pages was chosen.' },
        sentence: { ja: '表示言語を {language} にした。', en: 'The pages are shown in {language}.' },
      },
    ),
    LevelEntered: event(
      { session: fact.text, ...placeFacts },
      {
        word: { ja: '下位の管理ページに入った。', en: 'A lower level was entered.' },
        sentence: {
          ja: 'アカウント {account}[ のサークル {circle}][ のユニーク {unique}] の管理ページに入った。',
          en: 'The pages of account {account}[, circle {circle}][, unique {unique}] were entered.',
        },
      },
    ),
    /** Staff look at pages as the customer sees them, and say why; nothing can be changed there. */
    CustomerViewed: event(
      { session: fact.text, ...placeFacts, reason: fact.text },
      {
        word: {
          ja: '担当者が顧客の画面を開いた（閲覧のみ）。',
          en: 'Staff looked at the pages of a customer, read-only, and said why.',
        },
        sentence: {
          ja: 'アカウント {account}[ のサークル {circle}][ のユニーク {unique}] の画面を開いた。理由: {reason}',
          en:
            'The pages of account {account}[, circle {circle}][, unique {unique}] were looked at. ' +
            'Reason: {reason}',
        },
      },
    ),
    LevelLeft: event(
      { session: fact.text },
      {
        word: { ja: '自分の管理ページに戻った。', en: 'The session is at its own level again.' },
        sentence: {
          ja: 'セッション {session} は自分の管理ページに戻った。',
          en: 'Session {session} went back to its own level.',
        },
      },
    ),
    PasskeyChallenged: event(
      { session: fact.text, challenge: fact.secret(fact.text), expiresAt: fact.instant },
      {
        act: false,
        word: {
          ja: 'パスキーへの問いを出した。',
          en: 'A question to a passkey was asked; it can be answered once.',
        },
        sentence: {
          ja: 'セッション {session} でパスキーに問いを出した。',
          en: 'A passkey was asked in session {session}.',
        },
      },
    ),
    PasskeyChallengeTaken: event(
      { session: fact.text },
      {
        act: false,
        word: { ja: 'パスキーへの問いが使われた。', en: 'The question to the passkey is used up.' },
        sentence: {
          ja: 'セッション {session} のパスキーへの問いが使われた。',
          en: 'The question to a passkey in session {session} is used up.',
        },
      },
    ),
    SessionEnded: event(
      { session: fact.text, by: fact.oneOf('sign_out', 'revoked') },
      {
        word: { ja: 'セッションを終了した。', en: 'The session opens nothing any more.' },
        sentence: { ja: 'セッション {session} を終了した（{by}）。', en: 'Session {session} ended ({by}).' },
      },
    ),
  },
);
export type SessionEvent = EventOf<typeof sessionEvents>;

export type SessionCommand = { readonly now: Instant } & (
  | ({ readonly type: 'StartSession' } & SessionFacts)
  | {
      readonly type: 'SendCode';
      readonly codeMac: string;
      readonly contact: string;
      readonly method: Method;
      /** Methods that the contact can be reached by; null when the login has no such contact. */
      readonly offered: readonly Method[] | null;
      readonly code: IdentityPolicy['code'];
    }
  | {
      readonly type: 'EnterCode';
      readonly codeMac: string;
      readonly next: string;
      readonly code: IdentityPolicy['code'];
    }
  /** `passed` is what the authenticator app or the passkey says. */
  | {
      readonly type: 'ShowFactor';
      readonly factor: 'totp' | 'passkey';
      readonly passed: boolean;
      readonly next: string;
      readonly code: IdentityPolicy['code'];
    }
  | { readonly type: 'RenewPassword'; readonly epoch: number }
  | { readonly type: 'Confirm' }
  | { readonly type: 'See'; readonly notWithinMs: number }
  | { readonly type: 'ChooseLanguage'; readonly language: Language }
  /** `from` is where the login itself belongs. */
  | { readonly type: 'EnterLevel'; readonly to: Place; readonly from: Place }
  | { readonly type: 'ViewCustomer'; readonly to: Place; readonly reason: string }
  | { readonly type: 'LeaveLevel' }
  | { readonly type: 'ChallengePasskey'; readonly challenge: string; readonly expiresAt: Instant }
  | { readonly type: 'TakePasskeyChallenge'; readonly challenge: string }
  | { readonly type: 'EndSession'; readonly by: 'sign_out' | 'revoked' }
);

/** In the order in which they are asked. */
export const sessionRefusals = defineRefusals({
  SESSION_EXISTS: {
    status: 409,
    ja: '同じIDのセッションが既にあります。',
    en: 'There is a session of this id already.',
  },
  NO_SUCH_SESSION: {
    status: 404,
    ja: 'このログイン中の端末は既に終了しています。',
    en: 'There is no such session.',
  },
  CODE_USED: loginRefusals.CODE_USED,
  SESSION_OVER: {
    status: 409,
    ja: 'ログインの有効期限が切れました。もう一度ログインしてください。',
    en: 'The session is over. Please sign in again.',
  },
  NOT_IN_THIS_STAGE: {
    status: 409,
    ja: 'この手順は既に終わっています。ページを読み込み直してください。',
    en: 'The session is not at this step of signing in.',
  },
  NO_SUCH_CONTACT: loginRefusals.NO_SUCH_CONTACT,
  METHOD_NOT_OFFERED: {
    status: 422,
    ja: 'この連絡先では、この方法を使えません。',
    en: 'This contact cannot be reached in this way.',
  },
  TOO_MANY_CODES: {
    status: 429,
    ja: '送信回数の上限に達しました。時間をおいてお試しください。',
    en: 'No more codes are sent within this hour.',
  },
  RESEND_TOO_SOON: {
    status: 429,
    ja: 'まだ再送できません。少し待ってからお試しください。',
    en: 'A code was sent just now. Wait before the next one.',
  },
  NO_CODE_SENT: {
    status: 409,
    ja: '確認コードをまだ送っていません。先に送ってください。',
    en: 'No code was sent. Ask for one first.',
  },
  TOO_MANY_TRIES: {
    status: 409,
    ja: '入力回数の上限に達しました。新しい確認コードを送ってください。',
    en: 'There were too many wrong entries. Ask for another code.',
  },
  CODE_EXPIRED: {
    status: 409,
    field: 'code',
    ja: '確認コードの有効期限が切れています。もう一度送ってください。',
    en: 'The code is too old. Ask for another.',
  },
  STAFF_ONLY: loginRefusals.STAFF_ONLY,
  REASON_REQUIRED: common.REASON_REQUIRED,
  NOT_DOWNWARD: {
    status: 403,
    ja: '自分より下の階層の画面だけを開けます。',
    en: 'Only a level below that of the login can be entered.',
  },
  CHALLENGE_OVER: {
    status: 409,
    ja: '時間が経ちすぎました。もう一度お試しください。',
    en: 'The question to the passkey is answered or too old. Ask anew.',
  },
});

/** Why a command may have nothing to do. */
export const sessionUnchanged = defineUnchanged({
  SEEN_JUST_NOW: { ja: '直前に利用が記録されています。', en: 'the session was seen just now' },
  SAME_LANGUAGE: { ja: '表示言語は、既にこの言語です。', en: 'the session has this language already' },
  AT_OWN_LEVEL: { ja: '既にご自身の画面です。', en: 'the session is at its own level already' },
  SESSION_ENDED: { ja: '既にログアウトしています。', en: 'the session is over already' },
});
export type SessionRejection = CodeOf<typeof sessionRefusals>;

export const sessionStream = (session: string): string => `session-${session}`;
