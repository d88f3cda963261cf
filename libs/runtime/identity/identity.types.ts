import type { AccountId, Money } from '#kernel';
import type { ViewOf } from '../engine/shapes.js';
import type * as shapes from './identity.shapes.js';

export type CodeMethod = 'sms' | 'voice' | 'mail';

/** From where a request comes. Kept sealed: an address is personal data. */
export interface Origin {
  /** IP address as text. */
  readonly address: string;
  /** The `User-Agent`, cut to 200 characters. */
  readonly agent: string;
}

export type SentCodeView = ViewOf<typeof shapes.SentCode>;
export type ContactView = ViewOf<typeof shapes.Contact>;
export type SessionView = ViewOf<typeof shapes.Session>;
export type SecondStepView = NonNullable<SessionView['secondStep']>;
/** A live session that a cookie opened. Handed back to every method that acts for it. */
export interface LiveSession {
  readonly session: string;
  readonly login: string;
  /** Actor id for commands of this session: `staff:<login>` or `login:<login>`. */
  readonly actorId: string;
  readonly view: SessionView;
}
/** `cookie` is `<session id>.<secret>`: to be set, as the session has changed. */
export interface Opened {
  readonly cookie: string;
  readonly view: SessionView;
}

export type OwnSessionRow = ViewOf<typeof shapes.OwnSession>;
export type PasskeyView = ViewOf<typeof shapes.Passkey>;
export type SecurityView = ViewOf<typeof shapes.Security>;
export type UniqueView = ViewOf<typeof shapes.Unique>;
export type CircleView = ViewOf<typeof shapes.Circle>;

/** Handed to the person who acts; good for one act, half an hour. */
export type Approval = ViewOf<typeof shapes.Approval>;
/** What a second person approves: an amount that somebody adjusts or gives, or the erasure of an account. */
export type ToApprove = { readonly account: AccountId } & (
  | { readonly amount: Money }
  | { readonly erasure: true }
);
export interface ApprovedAct {
  /** Actor of whoever approves; of the caller himself where both are the same person. */
  readonly approvedBy: string;
  /** Name of the one act that an approval is good for; null for a key, which approves each act anew. */
  readonly name: string | null;
}

export type StaffView = ViewOf<typeof shapes.Staff>;
/** What one request of staff did: all its events of one type are one row, at the position of the last. */
export type StaffActRow = ViewOf<typeof shapes.StaffAct>;

/** Who looks at the messages that sandbox senders kept. */
export interface OutboxViewer {
  /** Null for an API key. */
  readonly live: LiveSession | null;
  /** Admins and support: they see that others were sent something, and never what opens a login. */
  readonly helpsOthers: boolean;
}

/** A login of an account, of one of its circles or uniques, as support sees it: nothing that opens it. */
export type AccountLoginRow = ViewOf<typeof shapes.AccountLogin>;
