import { checkMessage, type MessageKind, MessageNotSent, type MessageSender } from '#ports';

/** For each kind the sender that is configured, if any. */
export type SendersByKind = Partial<Readonly<Record<MessageKind, MessageSender>>>;

/** One sender of several: each kind goes its own way, and one without a way is refused at once. */
export function sendByKind(senders: SendersByKind): MessageSender {
  return {
    async send(message) {
      checkMessage(message);
      const sender = senders[message.kind];
      if (!sender) throw new MessageNotSent('NO_SENDER', false, `no sender of ${message.kind} is configured`);
      await sender.send(message);
    },
  };
}
