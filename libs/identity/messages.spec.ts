import * as fc from 'fast-check';
import { Instant, type MessageText } from '#kernel';
import {
  contactWithdrawnText,
  lockedText,
  newSignInText,
  oneTimeCodeText,
  passwordChangedText,
  passwordResetText,
  secondFactorsWithdrawnText,
} from './messages.js';

const at = Instant.parse('2026-11-20T00:00:59.999Z');
const ja = { language: 'ja', service: '台帳通信' } as const;
const en = { language: 'en', service: 'Daicho' } as const;
const code = { code: '012345', minutes: 10 } as const;
const link = 'https://billing.example.jp/reset#abc';

/** [message, in Japanese, in English, what must be in both]. */
const MAILS: readonly (readonly [string, MessageText, MessageText, string])[] = [
  [
    'AUT-10 code',
    oneTimeCodeText({ ...ja, ...code, kind: 'mail' }),
    oneTimeCodeText({ ...en, ...code, kind: 'mail' }),
    '012345',
  ],
  [
    'ACC-13 reset',
    passwordResetText({ ...ja, link, minutes: 30 }),
    passwordResetText({ ...en, link, minutes: 30 }),
    `\n${link}\n`,
  ],
  ['changed', passwordChangedText({ ...ja, at }), passwordChangedText({ ...en, at }), '2026-11-20 09:00'],
  [
    'new sign-in',
    newSignInText({ ...ja, at, address: '192.0.2.7', agent: 'Firefox 140' }),
    newSignInText({ ...en, at, address: '192.0.2.7', agent: 'Firefox 140' }),
    '192.0.2.7',
  ],
  [
    'contact withdrawn',
    contactWithdrawnText({ ...ja, at, masked: '--5678' }),
    contactWithdrawnText({ ...en, at, masked: '--5678' }),
    '--5678',
  ],
  [
    'second factors withdrawn',
    secondFactorsWithdrawnText({ ...ja, at }),
    secondFactorsWithdrawnText({ ...en, at }),
    '2026-11-20 09:00',
  ],
  ['locked', lockedText({ ...ja, until: at }), lockedText({ ...en, until: at }), '2026-11-20 09:00'],
];

describe('mails about a login', () => {
  it.each(MAILS)(
    '%s: in the language that was asked for, and only in it',
    (_name, inJapanese, inEnglish, has) => {
      expect(inJapanese.subject).toMatch(/^【台帳通信】[^\n]*[\u3040-\u9fff]/);
      expect(inJapanese.text).toMatch(/[\u3040-\u9fff].*。/);
      expect(inEnglish.subject).toMatch(/^\[Daicho\] [\x20-\x7e]+$/);
      expect(inEnglish.text).toMatch(/^[\x20-\x7e\n]+$/);
      for (const { text } of [inJapanese, inEnglish]) expect(text).toContain(has);
    },
  );

  it('shows neither code nor address in a subject, which locked telephones show', () => {
    for (const [, inJapanese, inEnglish] of MAILS)
      for (const { subject } of [inJapanese, inEnglish]) expect(subject).not.toMatch(/012345|https|192/);
  });
});

describe('one-time codes by telephone', () => {
  it('AUT-02: an SMS is one part, also under a long name and with twelve digits', () => {
    for (const service of ['台帳', '台帳通信株式会社クラウド電話サービス事業部門']) {
      const most = { ...code, code: '012345678901', kind: 'sms', service } as const;
      const japanese = oneTimeCodeText({ ...most, language: 'ja' });
      expect([...japanese.text].length).toBeLessThanOrEqual(70);
      expect(japanese.subject).toBeNull();
    }
    const english = oneTimeCodeText({ ...en, ...code, kind: 'sms' });
    expect(english.text).toBe('012345 is your Daicho code, valid for 10 minutes. Tell it to nobody.');
  });

  it('AUT-02: a call reads the digits one by one, twice', () => {
    const { text, subject } = oneTimeCodeText({ ...ja, ...code, kind: 'voice' });
    expect(text.split('0、1、2、3、4、5')).toHaveLength(3);
    expect(subject).toBeNull();
    expect(oneTimeCodeText({ ...en, ...code, kind: 'voice' }).text.split('0, 1, 2, 3, 4, 5')).toHaveLength(3);
  });
});

describe('what outsiders choose', () => {
  it('adds no line, no link and no turned text to a mail, whatever it is', () => {
    const plain = newSignInText({ ...ja, at, address: 'a', agent: 'b' }).text.split('\n').length;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (agent, service) => {
        const { text, subject } = newSignInText({ language: 'ja', service, at, address: 'a', agent });
        expect(text.split('\n')).toHaveLength(plain);
        expect(`${subject}${text}`.isWellFormed()).toBe(true);
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      }),
    );
    const agent = 'x https://evil.example/ www.evil.example a@evil.example \u202e\r\nBcc: b@c.jp';
    const { text } = newSignInText({ ...ja, at, address: 'a', agent: agent + 'y'.repeat(200) });
    expect(text).not.toMatch(/:\/\/|www\.|@|\u202e|\r/);
    expect(text.split('\n').every(line => [...line].length < 140)).toBe(true);
  });
});
