import { openSmtpSender } from '#adapters/mail';
import { openSandboxMessages } from '#adapters/sandbox-messages';
import { sendByKind } from '#adapters/shared';
import { messageSenderContract, SimulatedClock, sampleMessage } from '#testing';
import { readMail, type SmtpServer, startSmtpServer, type WireMail } from '../support/smtp-server.js';

const clock = new SimulatedClock('2026-11-20T09:00:00+09:00');
const FROM = '台帳 <daicho@example.jp>';

const received = (mail: WireMail) => {
  const { headers, text } = readMail(mail);
  const [kind, subject, key] = ['mail' as const, headers.get('subject')!, headers.get('message-id')!];
  return { kind, to: mail.to.join(), subject, text, key };
};

async function smtp() {
  const server = await startSmtpServer();
  const sender = openSmtpSender({ url: server.url, from: FROM, timeoutMs: 2_000 });
  return {
    sender,
    server,
    async dispose() {
      sender.close();
      await server.close();
    },
  };
}

messageSenderContract('sandbox', async () => {
  const sender = openSandboxMessages({ clock });
  const entries = () => [...sender.list()].reverse();
  return {
    sender,
    kinds: ['sms', 'voice', 'mail'],
    received: async () =>
      entries().map(({ kind, to, subject, text, message: key }) => ({ kind, to, subject, text, key })),
    dispose: async () => undefined,
  };
});

messageSenderContract('SMTP', async () => {
  const { sender, server, dispose } = await smtp();
  return { sender, kinds: ['mail'], received: async () => server.mails.map(received), dispose };
});

messageSenderContract('by kind: SMTP for mail, sandbox for SMS, none for voice', async () => {
  const { sender: mail, server, dispose } = await smtp();
  const sms = openSandboxMessages({ clock });
  return {
    sender: sendByKind({ mail, sms }),
    kinds: ['mail', 'sms'],
    received: async () => [
      ...server.mails.map(received),
      ...sms.list().map(({ kind, to, subject, text, message: key }) => ({ kind, to, subject, text, key })),
    ],
    dispose,
  };
});

describe('the sandbox', () => {
  it('keeps the newest 500 messages with their time, newest first', async () => {
    const sender = openSandboxMessages({ clock });
    for (let i = 0; i < 502; i++) await sender.send(sampleMessage('sms', { id: `m${i}`, text: `${i}` }));
    const list = sender.list();
    expect(list).toHaveLength(500);
    expect([list[0]!.message, list.at(-1)!.message]).toEqual(['m501', 'm2']);
    expect(list[0]).toMatchObject({ sentAt: clock.now(), kind: 'sms', to: '09012345678', subject: null });
  });
});

describe('the SMTP sender', () => {
  let server: SmtpServer;
  let sender: ReturnType<typeof openSmtpSender>;
  beforeEach(async () => {
    server = await startSmtpServer();
    sender = openSmtpSender({ url: server.url, from: FROM, timeoutMs: 500 });
  });
  afterEach(async () => {
    sender.close();
    await server.close();
  });

  it('says who it is, that a program wrote it, and in which language', async () => {
    await sender.send(sampleMessage('mail'));
    const { headers } = readMail(server.mails[0]!);
    expect(server.mails[0]).toMatchObject({ from: 'daicho@example.jp', to: ['taro@example.jp'] });
    expect(headers.get('from')).toBe('台帳 <daicho@example.jp>');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('ja');
    expect(headers.get('message-id')).toMatch(/^<[0-9a-f]{40}@example\.jp>$/);
  });

  it.each([
    ['RCPT', '550 <taro@example.jp> unknown', 'MESSAGE_REFUSED', false],
    ['TEXT', '554 012345 is spam', 'MESSAGE_REFUSED', false],
    ['MAIL', '530 authentication required', 'MESSAGE_REFUSED', true],
    ['RCPT', '450 taro@example.jp is busy', 'SENDER_BUSY', true],
    ['DATA', '451 later', 'SENDER_BUSY', true],
  ] as const)(
    '%s answered by %s is %s, and nothing of it is repeated',
    async (verb, answer, code, retryable) => {
      server.answers[verb] = answer;
      const error: unknown = await sender.send(sampleMessage('mail')).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'MessageNotSent', code, retryable });
      expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toMatch(/taro|012345/);
      expect((error as Error).cause).toBeUndefined();
    },
  );

  it('says that nobody answers, in time', async () => {
    await server.close();
    const refusal = { code: 'SENDER_UNREACHABLE', retryable: true };
    await expect(sender.send(sampleMessage('mail'))).rejects.toMatchObject(refusal);
  });

  it('sends no password to another machine without TLS', async () => {
    const { hostname, port } = new URL(server.url);
    const url = `smtp://daicho:hunter2@${hostname.replace('127.0.0.1', '0.0.0.0')}:${port}`;
    const careful = openSmtpSender({ url, from: FROM, timeoutMs: 500 });
    await expect(careful.send(sampleMessage('mail'))).rejects.toMatchObject({ name: 'MessageNotSent' });
    expect(server.connections()).toBeGreaterThan(0);
    expect(server.mails).toEqual([]);
    careful.close();
  });

  it('shares connections among many mails', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `m${i}`);
    await Promise.all(ids.map(id => sender.send(sampleMessage('mail', { id }))));
    expect(server.mails).toHaveLength(30);
    expect(server.connections()).toBeLessThanOrEqual(4);
  });
});
