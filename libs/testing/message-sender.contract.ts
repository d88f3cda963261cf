import { MESSAGE_KINDS, type Message, type MessageKind, type MessageSender } from '#ports';

/** What came out at the other end, as far as its medium carries it. */
export interface ReceivedMessage {
  readonly kind: MessageKind;
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  /** By what the other end knows repeats as one. */
  readonly key: string;
}

export interface MessageSenderUnderTest {
  readonly sender: MessageSender;
  /** The kinds that its medium carries; the others must be refused. */
  readonly kinds: readonly MessageKind[];
  /** Everything that arrived, repeats included where the medium lets them through; oldest first. */
  received(): Promise<readonly ReceivedMessage[]>;
  dispose(): Promise<void>;
}

type OpenMessageSender = () => Promise<MessageSenderUnderTest>;

/** A message of a kind that could be real. */
export const sampleMessage = (kind: MessageKind, change: Partial<Message> = {}): Message => ({
  kind,
  to: kind === 'mail' ? 'taro@example.jp' : '09012345678',
  subject: kind === 'mail' ? '認証番号のお知らせ（台帳）' : null,
  text: '認証番号: 012345\n有効期限は10分です。\n.\n..ドットで始まる行\n',
  language: 'ja',
  id: `code/s-1/${kind}`,
  ...change,
});

/** What a message must not be: [what, change, field that is named]. */
const MALFORMED: readonly (readonly [string, Partial<Message>, string])[] = [
  ['a kind that there is not', { kind: 'fax' as MessageKind }, 'kind'],
  ['nobody to send to', { to: '' }, 'to'],
  ['two addresses', { kind: 'mail', subject: 'a', to: 'a@example.jp, b@example.jp' }, 'to'],
  ['a header in an address', { kind: 'mail', subject: 'a', to: 'a@example.jp\r\nBcc: b@example.jp' }, 'to'],
  ['a telephone number for a mail', { kind: 'mail', subject: 'a', to: '09012345678' }, 'to'],
  ['a mail address for an SMS', { kind: 'sms', subject: null, to: 'a@example.jp' }, 'to'],
  ['a number with hyphens', { kind: 'voice', subject: null, to: '090-1234-5678' }, 'to'],
  ['a mail without a subject', { kind: 'mail', to: 'a@example.jp', subject: null }, 'subject'],
  ['a header in a subject', { kind: 'mail', to: 'a@example.jp', subject: 'a\r\nBcc: b@c.jp' }, 'subject'],
  ['an SMS with a subject', { kind: 'sms', to: '09012345678', subject: 'a' }, 'subject'],
  ['no text', { text: '' }, 'text'],
  ['too much text', { text: 'x'.repeat(10_001) }, 'text'],
  ['half a character', { text: '\ud800' }, 'text'],
  ['another language', { language: 'fr' as 'en' }, 'language'],
  ['an id with a line break', { id: 'a\nb' }, 'id'],
  ['no id', { id: '' }, 'id'],
];

/** What the port `MessageSender` promises, as tests. Every adapter runs all of it. */
export function messageSenderContract(adapter: string, open: OpenMessageSender): void {
  const using = async (test: (under: MessageSenderUnderTest) => Promise<void>): Promise<void> => {
    const under = await open();
    try {
      await test(under);
    } finally {
      await under.dispose();
    }
  };

  describe(`message sender contract: ${adapter}`, () => {
    it.each(MESSAGE_KINDS)('hands over %s whole, or refuses the kind for good', kind =>
      using(async ({ sender, kinds, received }) => {
        const message = sampleMessage(kind);
        if (!kinds.includes(kind)) {
          const refusal = { name: 'MessageNotSent', code: 'NO_SENDER', retryable: false };
          await expect(sender.send(message)).rejects.toMatchObject(refusal);
          expect(await received()).toEqual([]);
          return;
        }
        await sender.send(message);
        const { to, subject, text } = message;
        expect(await received()).toEqual([{ kind, to, subject, text, key: expect.any(String) }]);
      }),
    );

    it('makes repeats of one message recognizable, and keeps two messages apart', () =>
      using(async ({ sender, kinds, received }) => {
        const first = sampleMessage(kinds[0]!, { id: 'one' });
        await sender.send(first);
        await sender.send(first);
        await sender.send({ ...first, id: 'two', text: 'もう一つ\n' });
        const messages = await received();
        const keys = [...new Set(messages.map(({ key }) => key))];
        expect(keys).toHaveLength(2);
        expect(messages.at(-1)).toMatchObject({ text: 'もう一つ\n', key: keys[1] });
      }));

    it('keeps many messages at once apart', () =>
      using(async ({ sender, kinds, received }) => {
        const texts = Array.from({ length: 20 }, (_, i) => `認証番号: ${100_000 + i}\n`);
        const send = (text: string, i: number) =>
          sender.send(sampleMessage(kinds[0]!, { text, id: `m${i}` }));
        await Promise.all(texts.map(send));
        const came = (await received()).map(({ text }) => text);
        expect(came.sort()).toEqual(texts);
      }));

    it.each(MALFORMED)('refuses %s before anything is sent', (_what, change, field) =>
      using(async ({ sender, kinds, received }) => {
        const message = { ...sampleMessage(kinds[0]!), ...change };
        await expect(sender.send(message)).rejects.toMatchObject({ name: 'InvalidInput', field });
        expect(await received()).toEqual([]);
      }),
    );
  });
}
