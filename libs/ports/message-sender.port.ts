import { InvalidInput, type Language } from '#kernel';

/** `voice`: the text is read out by a telephone call. */
export const MESSAGE_KINDS = ['sms', 'voice', 'mail'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A message to one person. Its text may hold a code or a link that opens a login: it is never logged. */
export interface Message {
  readonly kind: MessageKind;
  /** A telephone number (2-20 digits, or + and digits) for `sms` and `voice`, a mail address for `mail`. */
  readonly to: string;
  /** One line of 1-200 characters for `mail`; null for the others. */
  readonly subject: string | null;
  /** 1-10,000 characters; lines end with `\n`. */
  readonly text: string;
  /** Chooses the voice and the headers; the text is already in its language. */
  readonly language: Language;
  /** The same for every repeat of a message, so that repeats become one: 1-200 printable ASCII characters. */
  readonly id: string;
}

/** Why a message could not be handed over. Neither address nor text is in it. */
export class MessageNotSent extends Error {
  override readonly name = 'MessageNotSent';
  constructor(
    /** In capitals: SENDER_UNREACHABLE, SENDER_BUSY, MESSAGE_REFUSED, NO_SENDER. */
    readonly code: 'SENDER_UNREACHABLE' | 'SENDER_BUSY' | 'MESSAGE_REFUSED' | 'NO_SENDER',
    /** Whether the same message may pass later. */
    readonly retryable: boolean,
    /** In English, without personal data. */
    readonly problem: string,
  ) {
    super(`${code}: ${problem}`);
  }
}

/** Hands messages to people. Every adapter passes `messageSenderContract` of `#testing`, all of it. */
export interface MessageSender {
  /**
   * At least once: resolved when the next system has taken the message over. A repeat with the same `id` is
   * taken as the same message wherever the next system can.
   * @throws InvalidInput naming `kind`, `to`, `subject`, `text`, `language` or `id`, before anything is sent
   * @throws MessageNotSent when it was not taken over
   */
  send(message: Message): Promise<void>;
}

/** One message that a sandbox took instead of sending it. */
export interface OutboxEntry {
  /** Its `id`. */
  readonly message: string;
  readonly kind: MessageKind;
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  /** When it was sent first, in milliseconds since 1970 (an `Instant`). */
  readonly sentAt: number;
}

/** What the sandbox senders kept, for the outbox page of an example provider. */
export interface Outbox {
  /** Newest first, at most 500: older ones are forgotten. */
  list(): readonly OutboxEntry[];
}

const PHONE = /^\+?\d{2,20}$/;
const MAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{1,63}$/;
const ID = /^[\x21-\x7e]{1,200}$/;
const LONGEST_MAIL_ADDRESS = 254;
const LONGEST_SUBJECT = 200;
const LONGEST_TEXT = 10_000;
/** C0 and C1 controls and the line separators of Unicode: with one of them a subject could add a header. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/**
 * What every sender checks before it sends. Line breaks in an address or a subject would be header injection.
 * @throws InvalidInput naming the field, without its value
 */
export function checkMessage({ kind, to, subject, text, language, id }: Message): void {
  if (!MESSAGE_KINDS.includes(kind)) throw new InvalidInput('kind', 'must be sms, voice or mail');
  const mail = kind === 'mail';
  if (mail ? !(MAIL.test(to) && to.length <= LONGEST_MAIL_ADDRESS) : !PHONE.test(to))
    throw new InvalidInput('to', mail ? 'must be a mail address' : 'must be 2-20 digits without hyphens');
  if (mail !== (subject !== null))
    throw new InvalidInput('subject', mail ? 'is required for mail' : 'must be null but for mail');
  if (
    subject !== null &&
    !(subject.length > 0 && subject.length <= LONGEST_SUBJECT && !CONTROL.test(subject))
  )
    throw new InvalidInput('subject', `must be one line of 1-${LONGEST_SUBJECT} characters`);
  if (text.length < 1 || text.length > LONGEST_TEXT || !text.isWellFormed())
    throw new InvalidInput('text', `must be 1-${LONGEST_TEXT} characters`);
  if (language !== 'ja' && language !== 'en') throw new InvalidInput('language', 'must be ja or en');
  if (!ID.test(id)) throw new InvalidInput('id', 'must be 1-200 printable ASCII characters without spaces');
}
