import fc from 'fast-check';
import { oneTimeCodeText, passwordResetText, type SessionStage } from '#identity';
import type { OutboxEntry } from '#ports';
import type { LiveSession } from './identity.types.js';
import { MESSAGE_ABOUT, messageId, messageOf } from './message-ids.js';
import { outboxView } from './outbox-view.js';

const OTHERS_TOKEN = 'a1b2c3d4e5f60718.Q_x-9'.padEnd(60, 'z');
const entry = (message: string, text: string): OutboxEntry => ({
  message,
  kind: 'mail',
  to: 'shared@example.jp',
  subject: 's',
  text,
  sentAt: 0,
});
const style = { language: 'ja', service: '台帳通信' } as const;
const code = (digits: string) => oneTimeCodeText({ ...style, kind: 'mail', code: digits, minutes: 10 }).text;
const link = passwordResetText({
  ...style,
  link: `https://p.example/r?token=${OTHERS_TOKEN}`,
  minutes: 60,
}).text;

/** Two logins that share one address; `me` has two sessions. Newest first. */
const KEPT = [
  entry(messageId('code', 'me', 's1', 'x'), code('111111')),
  entry(messageId('code', 'me', 's2', 'x'), code('222222')),
  entry(messageId('reset', 'me', 'x'), link),
  entry(messageId('changed', 'me', 'x'), 'changed'),
  entry(messageId('code', 'you', 's9', 'x'), code('999999')),
  entry(messageId('reset', 'you', 'x'), link),
  entry(messageId('locked', 'you', 'x'), 'until 2026'),
  entry('something/else', 'secret 123456'),
];
const live = (stage: SessionStage, session = 's1') =>
  ({ session, login: 'me', actorId: 'login:me', view: { stage } }) as LiveSession;
const WHOLE = KEPT.map(({ text }) => text);

describe('who sees what of the outbox', () => {
  // `+` whole, `•` that it was sent, `-` not at all; in the order of KEPT.
  it.each([
    ['a session that knows the password only', { live: live('second_step'), helpsOthers: false }, '+-------'],
    ['another of the same login', { live: live('second_step', 's2'), helpsOthers: false }, '-+------'],
    ['one that must change its password', { live: live('password_change'), helpsOthers: false }, '+-------'],
    ['one that is signed in', { live: live('signed_in'), helpsOthers: false }, '++++----'],
    ['an admin or support', { live: live('signed_in'), helpsOthers: true }, '++++••+•'],
    ['who has no session', { live: null, helpsOthers: false }, '--------'],
  ])('%s', (_who, viewer, expected) => {
    const shown = new Map(outboxView(KEPT, viewer).map(one => [one.message, one.text]));
    const marks = KEPT.map(({ message }, i) => {
      const text = shown.get(message);
      return text === undefined ? '-' : text === WHOLE[i] ? '+' : '•';
    });
    expect(marks.join('')).toBe(expected);
  });

  it('hides every digit of a code and every letter of a link, in all languages and kinds', () => {
    const viewer = { live: live('signed_in'), helpsOthers: true };
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{6}$/),
        fc.stringMatching(/^[\w-]{43}$/),
        fc.constantFrom('ja', 'en'),
        fc.constantFrom('sms', 'voice', 'mail'),
        (digits, token, language, kind) => {
          const style = { language, service: '台帳' } as const;
          const texts = [
            oneTimeCodeText({ ...style, kind, code: digits, minutes: 10 }).text,
            passwordResetText({ ...style, link: `https://p.example/r?token=${token}`, minutes: 60 }).text,
          ];
          for (const text of texts) {
            const [shown] = outboxView([entry(messageId('code', 'you', 's9'), text)], viewer);
            expect(shown!.text).not.toMatch(/\d|token|https/);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('finds the login in every id', () => {
    for (const about of MESSAGE_ABOUT)
      expect(messageOf(messageId(about, 'l1', 'a', 'b/c'))).toEqual({
        about,
        login: 'l1',
        rest: ['a', 'b', 'c'],
      });
    for (const id of ['', 'code', 'code/', 'reset//x', 'other/l1/x']) expect(messageOf(id)).toBeUndefined();
  });
});
