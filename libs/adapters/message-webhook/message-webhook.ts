import { setTimeout as wait } from 'node:timers/promises';
import { checkMessage, type MessageKind, MessageNotSent, type MessageSender } from '#ports';

export interface MessageWebhookOptions {
  /** Where messages are posted; https, or http inside one's own network. */
  readonly url: string;
  /** Which messages it takes; others are refused. */
  readonly kinds: readonly MessageKind[];
  /** Sent as `Authorization: Bearer ...`; nothing without one. */
  readonly token?: string | undefined;
  /** One attempt takes at most so long; 5,000 ms without it. */
  readonly timeoutMs?: number;
  /** Waits before the second and each further attempt; [500, 2,000] ms without them. */
  readonly retryDelaysMs?: readonly number[];
}

/** A gateway may ask for a longer wait (`Retry-After`), but somebody stands at the sign-in page. */
const LONGEST_WAIT_MS = 5_000;
/** Answers after which the same message may pass: too early, too many, and troubles of the gateway itself. */
const isPassing = (status: number): boolean =>
  status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;

function askedWaitMs(response: Response): number {
  const seconds = /^\d{1,4}$/.exec(response.headers.get('retry-after') ?? '')?.[0];
  return seconds === undefined ? 0 : Math.min(Number(seconds) * 1000, LONGEST_WAIT_MS);
}

/**
 * Posts messages to the gateway of a carrier, as `{id, kind, to, subject, text, language}` in JSON. Any 2xx
 * answer means that it was taken over. Every attempt carries the message's id as `Idempotency-Key`, so that
 * the gateway can make repeats one. Redirects are not followed: they would carry the code elsewhere.
 */
export function openMessageWebhook(options: MessageWebhookOptions): MessageSender {
  const { url, kinds, token, timeoutMs = 5_000, retryDelaysMs = [500, 2_000] } = options;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };

  /** The milliseconds that the gateway asks to wait, or nothing when it took the message. */
  async function attempt(
    id: string,
    body: string,
  ): Promise<{ waitMs: number; problem: MessageNotSent } | null> {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': id, ...authorization },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      // The reason names the address of the gateway, which may hold a secret: it is not passed on.
      const problem = new MessageNotSent('SENDER_UNREACHABLE', true, 'the message gateway does not answer');
      return { waitMs: 0, problem };
    }
    // What it says is of no use here and could be endless.
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return null;
    const said = `the message gateway answered ${response.status}`;
    if (!isPassing(response.status)) throw new MessageNotSent('MESSAGE_REFUSED', false, said);
    return { waitMs: askedWaitMs(response), problem: new MessageNotSent('SENDER_BUSY', true, said) };
  }

  return {
    async send(message) {
      checkMessage(message);
      const { id, kind, to, subject, text, language } = message;
      if (!kinds.includes(kind))
        throw new MessageNotSent('NO_SENDER', false, `this gateway takes no ${kind}`);
      const body = JSON.stringify({ id, kind, to, subject, text, language });
      for (const delayMs of [...retryDelaysMs, null]) {
        const failed = await attempt(id, body);
        if (!failed) return;
        if (delayMs === null) throw failed.problem;
        await wait(Math.max(delayMs, failed.waitMs));
      }
    },
  };
}
