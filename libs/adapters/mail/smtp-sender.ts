import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { checkMessage, MessageNotSent, type MessageSender } from '#ports';

export interface SmtpSenderOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** Sender of all mails: an address, or `Name <address>`. */
  readonly from: string;
  /** Connecting, greeting and each answer of the server take at most so long; 10,000 ms without it. */
  readonly timeoutMs?: number;
}

export interface SmtpSender extends MessageSender {
  /** Ends idle connections to the server. */
  close(): void;
}

const CONNECTIONS_AT_MOST = 4;
const MESSAGES_PER_CONNECTION = 100;

const ADDRESS = /<([^<>]+)>\s*$/;
const hostOfAddress = (from: string): string =>
  (ADDRESS.exec(from)?.[1] ?? from).trim().split('@').at(-1) || 'localhost';

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** What the server answered, or nothing when it did not get so far (RFC 5321, 4.2.1). */
const replyOf = (error: unknown): number | undefined => {
  const code =
    error instanceof Error ? (error as Error & { responseCode?: unknown }).responseCode : undefined;
  return typeof code === 'number' ? code : undefined;
};

/**
 * The error that callers may see and log. The server's own words repeat addresses and may repeat the text, so
 * nothing of them is kept but the number of its reply.
 */
function refusalOf(error: unknown): MessageNotSent {
  const reply = replyOf(error);
  if (reply === undefined)
    return new MessageNotSent('SENDER_UNREACHABLE', true, 'the mail server does not answer');
  if (reply >= 400 && reply < 500)
    return new MessageNotSent('SENDER_BUSY', true, `the mail server answered ${reply}`);
  // 530-538 are about our own login: a person must look at it, and the mail may pass afterwards.
  const ours = reply >= 530 && reply <= 538;
  return new MessageNotSent('MESSAGE_REFUSED', ours, `the mail server answered ${reply}`);
}

/**
 * Sends mail through an SMTP server. Repeats of a message carry the same `Message-ID`, by which servers and
 * readers know them as one. A password is only ever sent inside TLS, but to this machine itself.
 */
export function openSmtpSender({ url, from, timeoutMs = 10_000 }: SmtpSenderOptions): SmtpSender {
  const { username, hostname } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS_AT_MOST,
    maxMessages: MESSAGES_PER_CONNECTION,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    requireTLS: username !== '' && !isLoopback(hostname),
    // A text is a text: nothing in a message can make this process read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const domain = hostOfAddress(from);
  return {
    async send(message) {
      checkMessage(message);
      const { kind, to, subject, text, language, id } = message;
      if (kind !== 'mail') throw new MessageNotSent('NO_SENDER', false, `a mail server sends no ${kind}`);
      const name = createHash('sha256').update(id).digest('hex').slice(0, 40);
      try {
        await transport.sendMail({
          from,
          // As an object, so that it is never read as a list of addresses.
          to: { name: '', address: to },
          subject: subject ?? '',
          text,
          messageId: `<${name}@${domain}>`,
          textEncoding: 'base64',
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        });
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => transport.close(),
  };
}
