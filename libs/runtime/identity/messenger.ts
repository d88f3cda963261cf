import {
  contactWithdrawnText,
  type ExistingLogin,
  lockedText,
  newSignInText,
  oneTimeCodeText,
  passwordChangedText,
  passwordResetText,
  secondFactorsWithdrawnText,
} from '#identity';
import type { Instant, Language, MessageStyle, MessageText } from '#kernel';
import { type MessageKind, MessageNotSent } from '#ports';
import type { Facts } from '../engine/facts.js';
import { messageId } from './message-ids.js';
import { about, type IdentityPorts, readable } from './tools.js';

/** A mail that nobody waits for is tried so often. */
const TRIES = 3;
/** Mails under way at once: a flood of reminders must not fill the memory. */
const UNDER_WAY_AT_MOST = 1_000;

/** In which language, and under the name by which customers know the provider. */
export async function styleOf(facts: Facts, language: Language): Promise<MessageStyle> {
  const { name } = await facts.issuer();
  return { language, service: name.trim() === '' ? 'Daicho' : name };
}

/** Writes to people about their logins. */
export class Messenger {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly ports: () => IdentityPorts,
    private readonly facts: Facts,
  ) {}

  /** @throws MessageNotSent when the next system did not take it over */
  async sendCode(input: {
    readonly kind: MessageKind;
    readonly to: string;
    readonly code: string;
    readonly minutes: number;
    readonly language: Language;
    readonly id: string;
  }): Promise<void> {
    const { kind, to, code, minutes, language, id } = input;
    const { subject, text } = oneTimeCodeText({
      ...(await styleOf(this.facts, language)),
      kind,
      code,
      minutes,
    });
    await this.ports().sender.send({ kind, to, subject, text, language, id });
  }

  resetLink(login: ExistingLogin, token: string, minutes: number, which: string): void {
    const link = `${this.ports().publicUrl}/reset-password?token=${encodeURIComponent(token)}`;
    const id = messageId('reset', login.login, which);
    this.later(login, id, style => passwordResetText({ ...style, link, minutes }));
  }

  passwordChanged(login: ExistingLogin, at: Instant): void {
    const id = messageId('changed', login.login, String(at));
    this.later(login, id, style => passwordChangedText({ ...style, at }));
  }

  /** @param login as it is now: what was withdrawn is told nothing */
  contactWithdrawn(login: ExistingLogin, { at, masked }: { at: Instant; masked: string }): void {
    const id = messageId('contact', login.login, String(at));
    this.later(login, id, style => contactWithdrawnText({ ...style, at, masked }));
  }

  secondFactorsWithdrawn(login: ExistingLogin, at: Instant): void {
    const id = messageId('factors', login.login, String(at));
    this.later(login, id, style => secondFactorsWithdrawnText({ ...style, at }));
  }

  locked(login: ExistingLogin, until: Instant): void {
    const id = messageId('locked', login.login, String(until));
    this.later(login, id, style => lockedText({ ...style, until }));
  }

  /** Tells of a sign-in from where the login never signed in from. */
  newSignIn(
    login: ExistingLogin,
    from: { at: Instant; address: string; agent: string },
    which: string,
  ): void {
    const id = messageId('sign-in', login.login, which);
    this.later(login, id, style => newSignInText({ ...style, ...from }));
  }

  /** Resolves when every mail under way was sent or given up. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /**
   * A mail to the login's mail contacts that the answer does not wait for: how long it takes must not tell
   * whether the login exists. What fails for good is said by the sender's own log.
   */
  private later(login: ExistingLogin, id: string, write: (style: MessageStyle) => MessageText): void {
    const { kinds } = this.ports();
    if (!kinds.includes('mail') || this.underWay.size >= UNDER_WAY_AT_MOST) return;
    const work = this.mail(login, id, write).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  private async mail(
    login: ExistingLogin,
    id: string,
    write: (style: MessageStyle) => MessageText,
  ): Promise<void> {
    const { secrets, sender } = this.ports();
    const { language } = login;
    const { subject, text } = write(await styleOf(this.facts, language));
    for (const { contact, sealed } of login.contacts.filter(one => one.kind === 'mail')) {
      const to = readable(secrets, sealed, about.contact(login.login, contact));
      // Nobody waits for this mail, and nobody could be told that the key of its address is missing.
      if (to === null) continue;
      for (let tried = 1; tried <= TRIES; tried++) {
        try {
          await sender.send({ kind: 'mail', to, subject, text, language, id: `${id}/${contact}` });
          break;
        } catch (error) {
          if (!(error instanceof MessageNotSent && error.retryable)) break;
        }
      }
    }
  }
}
