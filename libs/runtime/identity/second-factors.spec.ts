import { openPasskeys } from '#adapters/credentials';
import { type Message, MessageNotSent, type PasswordHasher } from '#ports';
import { SoftAuthenticator, totpCodeAt } from '#testing';
import {
  A1,
  caller,
  codeOf,
  home,
  liveOf,
  ORIGIN,
  PASSWORD,
  quickHasher,
  restart,
  resultOf,
} from '../../../test/support/each-identity-home.js';
import type { IdentityPorts } from './tools.js';

/** Ports are asked for at each use: a test puts others in their place. */
const replace = (ports: Partial<IdentityPorts>): void => void Object.assign(home.ports, ports);
const signIn = (loginId = 'tanaka', password = PASSWORD, from = ORIGIN) =>
  home.identity.entry.signIn({ level: loginId === 'tanaka' ? 'staff' : 'account', loginId, password }, from);
const staff = async () =>
  resultOf(
    await home.identity.logins.createStaff(
      { loginId: 'tanaka', name: '田中', role: 'admin', password: PASSWORD, mail: null },
      caller(),
    ),
  );
const customer = async (mail?: string) =>
  resultOf(
    await home.identity.logins.createCustomerLogin(
      { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD, ...(mail && { mail }) },
      caller(),
    ),
  );
const settled = () => new Promise(resolve => setTimeout(resolve, 20));

describe('an authenticator app', () => {
  it('is enrolled, confirmed, shown at sign-in; no time step opens twice, nor after a restart', async () => {
    await staff();
    const live = await liveOf(home, await signIn());
    const { secret } = resultOf(await home.identity.security.enrolTotp(live));
    const code = () => totpCodeAt(secret, Math.floor(home.clock.now() / 30_000));
    expect((await home.identity.security.security(live)).totp).toBeNull();
    expect(codeOf(await home.identity.security.confirmTotp(live, code()))).toBe('done');
    const second = () => signIn().then(answer => liveOf(home, answer));
    // The step that confirmed is used up.
    expect(codeOf(await home.identity.secondStep.verifyTotp(await second(), code(), ORIGIN))).toBe(
      'CODE_USED',
    );
    home.clock.plusMs(30_000);
    const used = code();
    const opened = resultOf(await home.identity.secondStep.verifyTotp(await second(), used, ORIGIN));
    expect(opened.view).toMatchObject({ stage: 'signed_in', verified: true, secondStep: null });
    expect(codeOf(await home.identity.secondStep.verifyTotp(await second(), used, ORIGIN))).toBe('CODE_USED');
    await restart();
    expect(codeOf(await home.identity.secondStep.verifyTotp(await second(), used, ORIGIN))).toBe('CODE_USED');
    home.clock.plusMs(30_000);
    expect(codeOf(await home.identity.secondStep.verifyTotp(await second(), code(), ORIGIN))).toBe('done');
  });
});

describe('a passkey', () => {
  it('signs in; one whose counter goes back is a copy and does not', async () => {
    const origin = home.ports.publicUrl;
    const id = new URL(origin).hostname;
    replace({ passkeys: openPasskeys({ id, name: 'Daicho', origin }) });
    await staff();
    const live = await liveOf(home, await signIn());
    const key = new SoftAuthenticator(id, origin);
    const question = resultOf(await home.identity.security.newPasskeyOptions(live))['challenge'] as string;
    resultOf(
      await home.identity.security.addPasskey(live, { label: 'PC', response: key.register(question) }),
    );
    const shown = async (counter?: number) => {
      const second = await liveOf(home, await signIn());
      const challenge = resultOf(await home.identity.secondStep.passkeyOptions(second))[
        'challenge'
      ] as string;
      const response = key.signIn(challenge, counter === undefined ? {} : { counter });
      return codeOf(await home.identity.secondStep.verifyPasskey(second, response, ORIGIN));
    };
    expect(await shown(7)).toBe('done');
    expect(await shown(7)).toBe('PASSKEY_REFUSED');
    expect(await shown(3)).toBe('PASSKEY_REFUSED');
    expect(await shown(8)).toBe('done');
    expect((await home.identity.security.security(live)).passkeys).toMatchObject([{ label: 'PC' }]);
  });
});

describe('a weak hash', () => {
  it('is made stronger at the next sign-in, and sessions go on', async () => {
    await customer();
    const before = resultOf(await signIn('tarou')).cookie;
    const strong = (password: string) => `strong$${password.length}`;
    const stronger: PasswordHasher = {
      hash: async password => strong(password),
      verify: async (hash, password) =>
        hash === strong(password) || (await quickHasher.verify(hash, password)),
      verifyUnknown: async () => false,
      isWeak: hash => hash.startsWith('quick$'),
    };
    replace({ passwords: stronger });
    expect(codeOf(await signIn('tarou', 'Wrong!pass'))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn('tarou'))).toBe('done');
    expect(codeOf(await signIn('tarou'))).toBe('done');
    let rehashed = 0;
    for await (const piece of home.product.audit.export('jsonl', { withSecrets: true }))
      rehashed += piece.split('identity.PasswordRehashed.v1').length - 1;
    expect(rehashed).toBe(1);
    expect(await home.identity.entry.authenticate(before)).toBeDefined();
  });
});

describe('mails', () => {
  it('of a lock are sent once, however often it is tried', async () => {
    await customer('tarou@site.jp');
    await Promise.all(Array.from({ length: 15 }, () => signIn('tarou', 'Wrong!pass')));
    await settled();
    expect(home.messages().filter(({ text }) => text.includes('一時的に停止'))).toHaveLength(1);
  });

  it('that do not pass are tried three times with the same id, and a final refusal once', async () => {
    await customer('tarou@site.jp');
    for (const [retryable, tries] of [
      [true, 3],
      [false, 1],
    ] as const) {
      const sent: Message[] = [];
      const send = async (message: Message) => {
        sent.push(message);
        throw new MessageNotSent('SENDER_BUSY', retryable, 'not now');
      };
      replace({ sender: { send } });
      await home.identity.reminders.remindPassword({ level: 'account', loginId: 'tarou' }, ORIGIN);
      await settled();
      expect(sent).toHaveLength(tries);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    }
  });

  it('tell of a sign-in from a new network or kind of browser, once each, never of the first', async () => {
    await customer();
    const live = await liveOf(home, await signIn('tarou'));
    // With a mail address from now on there is a second step, and it counts only when that is passed.
    const { contact } = resultOf(
      await home.identity.security.addContact(live, { kind: 'mail', value: 'tarou@site.jp' }),
    );
    const from = async (address: string, agent: string) => {
      home.clock.plusMs(3_600_000);
      const half = await liveOf(home, await signIn('tarou', PASSWORD, { address, agent }));
      const told = () => home.messages().filter(({ text }) => text.includes('新しい端末')).length;
      const before = told();
      resultOf(await home.identity.secondStep.sendCode(half, { contact, method: 'mail' }));
      const code = /\d{6}/.exec(home.messages()[0]!.text)![0];
      await settled();
      expect(told()).toBe(before);
      resultOf(await home.identity.secondStep.verifyCode(half, code, { address, agent }));
      await settled();
      return told();
    };
    expect(await from(ORIGIN.address, ORIGIN.agent)).toBe(0);
    expect(await from('192.0.2.99', 'Browser/2')).toBe(0);
    expect(await from('198.51.100.1', ORIGIN.agent)).toBe(1);
    expect(await from('198.51.100.2', ORIGIN.agent)).toBe(1);
    expect(await from(ORIGIN.address, 'curl/8')).toBe(2);
    expect(await from('198.51.100.1', ORIGIN.agent)).toBe(2);
    const log: string[] = [];
    for await (const piece of home.product.audit.export('jsonl', { withSecrets: true })) log.push(piece);
    expect(log.join('')).not.toContain('198.51.100');
  });
});
