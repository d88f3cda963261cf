import { z } from 'zod';
import { command } from '../engine/use-case.js';
import { own } from './identity.access.js';
import { code, internalId, said } from './identity.inputs.js';
import { PasskeyQuestion, SentCode, Session } from './identity.shapes.js';

// The second step of a sign-in. Passing it gives the session another id and another secret.

/** After sign-in too: a login that had no second step passes its first one (AUT-07). */
const secondStep = { ...own, effect: 'write', stages: ['second_step', 'signed_in'] } as const;

export const sendCode = command({
  route: 'POST /session/codes',
  about: {
    ja: 'ログインの連絡先の一つにワンタイムコードを送る',
    en: 'Send a one-time code to one of the contacts of the login',
  },
  ...secondStep,
  input: z.strictObject({ contact: internalId, method: z.enum(['sms', 'voice', 'mail']) }),
  answer: SentCode,
  refusals: [
    'RESEND_TOO_SOON',
    'TOO_MANY_CODES',
    'NO_SUCH_CONTACT',
    'METHOD_NOT_OFFERED',
    'MESSAGE_NOT_SENT',
  ],
  run: ({ identity }, input, { live }) => identity.secondStep.sendCode(live, input),
});

export const verifyCode = command({
  route: 'POST /session/codes/verify',
  byHand: true,
  about: { ja: '届いたコードで二段階認証を通る', en: 'Pass the second step with the code that was sent' },
  ...secondStep,
  input: z.strictObject({ code }),
  answer: Session,
  refusals: ['CODE_WRONG', 'CODE_EXPIRED', 'CODE_USED', 'TOO_MANY_TRIES'],
  run: ({ identity }, input, { live, from }) => identity.secondStep.verifyCode(live, input.code, from),
});

export const verifyTotp = command({
  route: 'POST /session/totp',
  byHand: true,
  about: {
    ja: '認証アプリのコードで二段階認証を通る',
    en: 'Pass the second step with the code of an authenticator app',
  },
  ...secondStep,
  input: z.strictObject({ code }),
  answer: Session,
  refusals: ['CODE_WRONG', 'CODE_USED', 'TOO_MANY_TRIES'],
  run: ({ identity }, input, { live, from }) => identity.secondStep.verifyTotp(live, input.code, from),
});

export const askPasskey = command({
  route: 'POST /session/passkey/options',
  about: { ja: 'ブラウザがパスキーに尋ねる内容', en: 'What the browser asks a passkey' },
  ...secondStep,
  input: z.strictObject({}),
  answer: PasskeyQuestion,
  refusals: ['NO_SUCH_PASSKEY'],
  run: ({ identity }, _input, { live }) => identity.secondStep.passkeyOptions(live),
});

export const verifyPasskey = command({
  route: 'POST /session/passkey',
  byHand: true,
  about: { ja: 'パスキーで二段階認証を通る', en: 'Pass the second step with a passkey' },
  ...secondStep,
  input: z.strictObject({ response: said }),
  answer: Session,
  refusals: ['PASSKEY_REFUSED'],
  run: ({ identity }, input, { live, from }) => identity.secondStep.verifyPasskey(live, input.response, from),
});
