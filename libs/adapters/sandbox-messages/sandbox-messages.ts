import { type Clock, checkMessage, type MessageSender, type Outbox, type OutboxEntry } from '#ports';

/** Older messages are forgotten: an example provider may run for months. */
export const KEPT_AT_MOST = 500;

export interface SandboxMessages extends MessageSender, Outbox {}

/**
 * Keeps messages instead of sending them, in the memory of this process: for an example provider, whose
 * outbox page shows them, and for tests. Codes can be read there, so it is no way to run real logins.
 */
export function openSandboxMessages({ clock }: { readonly clock: Clock }): SandboxMessages {
  /** By id, oldest first: a Map keeps the order in which its keys came. */
  const kept = new Map<string, OutboxEntry>();
  return {
    async send(message) {
      checkMessage(message);
      if (kept.has(message.id)) return;
      const { id, kind, to, subject, text } = message;
      kept.set(id, { message: id, kind, to, subject, text, sentAt: clock.now() });
      const [oldest] = kept.keys();
      if (kept.size > KEPT_AT_MOST && oldest !== undefined) kept.delete(oldest);
    },
    list: () => [...kept.values()].reverse(),
  };
}
