import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readConfig } from '#config';
import type { Message } from '#ports';
import { SimulatedClock, sampleMessage } from '#testing';
import { type MessageGateway, startMessageGateway } from '../../test/support/message-gateway.js';
import { type SmtpServer, startSmtpServer } from '../../test/support/smtp-server.js';
import { type IdentityTools, openIdentityTools } from './identity-tools.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OLD_KEY = Buffer.alloc(32, 8).toString('base64');
const CLUSTER = {
  DAICHO_EVENTSTORE_URL: 'esdb://a:2113',
  DAICHO_POSTGRES_URL: 'postgres://a/b',
  DAICHO_REDIS_URL: 'redis://a',
};
const CODE = '846213';
const TOKEN = 'tJ3kZ0vQ9xW1yB7nM5cR2aL8eP4uS6dF-hG_iKoTzXy';

let directory: string;
let log: string;
let opened: IdentityTools[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'daicho-test-'));
  log = '';
  opened = [];
});
afterEach(async () => {
  for (const tools of opened) await tools.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(env: Record<string, string> = {}): Promise<IdentityTools> {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const tools = await openIdentityTools({
    directory,
    config: readConfig(env),
    clock: new SimulatedClock('2026-11-20T09:00:00+09:00'),
    logger: pino({ level: 'trace' }, stream),
  });
  opened.push(tools);
  return tools;
}

const secretMessage = (kind: Message['kind']): Message =>
  sampleMessage(kind, {
    text: `認証番号: ${CODE}\nhttps://a.jp/reset#${TOKEN}\n`,
    id: `code/${CODE}/${TOKEN}`,
  });

describe('the tools of identity, embedded', () => {
  it('need nothing: messages stay in the outbox, and the key is made on the first start', async () => {
    const first = await open();
    await first.sender.send(secretMessage('sms'));
    expect(first.outbox?.list().map(({ kind }) => kind)).toEqual(['sms']);
    expect(first.kinds).toEqual(['sms', 'voice', 'mail']);
    expect(first).toMatchObject({ publicUrl: 'http://localhost:3000', cookieSecure: false });
    expect(readdirSync(directory)).toEqual(['identity.key']);
    expect(statSync(join(directory, 'identity.key')).mode & 0o777).toBe(0o600);
    const sealed = first.secrets.seal('taro@example.jp', 'contact/1');
    expect((await open()).secrets.open(sealed, 'contact/1')).toBe('taro@example.jp');
    expect(log.match(/made a key/g)).toHaveLength(1);
    expect(log.match(/no sender is configured/g)).toHaveLength(2);
  });

  it('take their key from the configuration, also after a rotation, and then make no file', async () => {
    const sealed = (await open({ DAICHO_SECRET_KEY: OLD_KEY })).secrets.seal('a', 'b');
    const rotated = await open({ DAICHO_SECRET_KEY: `${KEY},${OLD_KEY}` });
    expect(rotated.secrets.open(sealed, 'b')).toBe('a');
    expect(readdirSync(directory)).toEqual([]);
    expect(log).not.toContain(KEY);
  });

  it('bind passkeys and links to the public address', async () => {
    const tools = await open({
      DAICHO_PUBLIC_URL: 'https://billing.example.jp/',
      DAICHO_COOKIE_SECURE: 'on',
    });
    expect(tools).toMatchObject({ publicUrl: 'https://billing.example.jp', cookieSecure: true });
    const { options } = await tools.passkeys.authenticationOptions([]);
    expect(options).toMatchObject({ rpId: 'billing.example.jp' });
  });
});

describe('the tools of identity, in a cluster', () => {
  it('want one key for all processes', async () => {
    const wrong = { name: 'InvalidInput', field: 'DAICHO_SECRET_KEY', code: 'WRONG_CONFIGURATION' };
    await expect(open(CLUSTER)).rejects.toMatchObject(wrong);
    const tools = await open({ ...CLUSTER, DAICHO_SECRET_KEY: KEY });
    const other = await open({ ...CLUSTER, DAICHO_SECRET_KEY: KEY });
    expect(other.secrets.open(tools.secrets.seal('a', 'b'), 'b')).toBe('a');
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('real senders', () => {
  let smtp: SmtpServer;
  let gateway: MessageGateway;
  beforeEach(async () => {
    [smtp, gateway] = await Promise.all([startSmtpServer(), startMessageGateway()]);
  });
  afterEach(async () => {
    await Promise.all([smtp.close(), gateway.close()]);
  });
  const mail = () => ({ DAICHO_SMTP_URL: smtp.url, DAICHO_MAIL_FROM: 'daicho@example.jp' });

  it('each carry their kind, and the outbox is off', async () => {
    const urls = { DAICHO_SMS_URL: gateway.url, DAICHO_VOICE_URL: gateway.url, DAICHO_SMS_TOKEN: 'hunter2' };
    const tools = await open({ ...mail(), ...urls });
    for (const kind of tools.kinds) await tools.sender.send(secretMessage(kind));
    expect([tools.kinds, tools.outbox]).toEqual([['sms', 'voice', 'mail'], null]);
    expect(smtp.mails).toHaveLength(1);
    const kinds = gateway.requests.map(({ body }) => (JSON.parse(body) as Message).kind);
    expect(kinds).toEqual(['sms', 'voice']);
    expect(gateway.requests[0]!.headers.authorization).toBe('Bearer hunter2');
  });

  it('are not helped out by the sandbox: a kind without a sender is refused', async () => {
    const tools = await open(mail());
    expect([tools.kinds, tools.outbox]).toEqual([['mail'], null]);
    await expect(tools.sender.send(secretMessage('sms'))).rejects.toMatchObject({ code: 'NO_SENDER' });
  });

  it('leave no code, token, address or password in the log, whatever happens', async () => {
    const urls = { DAICHO_SMS_URL: gateway.url, DAICHO_SMS_TOKEN: 'hunter2', DAICHO_SECRET_KEY: KEY };
    const tools = await open({ ...mail(), ...urls });
    const sandbox = await open();
    const send = (kind: Message['kind'], from: IdentityTools = tools) =>
      from.sender.send(secretMessage(kind)).catch((error: unknown) => {
        // As whoever calls would log it.
        log += `${String(error)}${(error as Error).stack}${JSON.stringify(error)}`;
        return 'refused';
      });
    await send('mail', sandbox);
    await send('sms');
    await send('mail');
    smtp.answers.TEXT = `554 taro@example.jp ${CODE} ${TOKEN}`;
    gateway.answers.push(400);
    expect(await Promise.all([send('mail'), send('sms'), send('voice')])).toEqual(Array(3).fill('refused'));
    await smtp.close();
    expect(await send('mail')).toBe('refused');
    expect(log.match(/"message sent"/g)).toHaveLength(3);
    expect(log.match(/"message not sent"/g)).toHaveLength(4);
    for (const secret of [CODE, TOKEN, 'taro', '09012345678', 'hunter2', KEY, gateway.url, smtp.url])
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
  });
});
