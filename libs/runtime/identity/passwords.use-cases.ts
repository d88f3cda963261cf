import { z } from 'zod';
import { words } from '../engine/inputs.js';
import { command } from '../engine/use-case.js';
import type { Product } from '../product.js';
import { open } from './identity.access.js';
import { loginId, loginLevel, password } from './identity.inputs.js';
import { Accepted } from './identity.shapes.js';

// The way back in for those who forgot their password; nobody is signed in here.

/** Tells nothing, whatever was done. */
const accepted = async (product: Product) =>
  ({ kind: 'done', value: {}, position: (await product.health()).head, replayed: false }) as const;

export const remindPassword = command({
  route: 'POST /password-reminders',
  about: { ja: 'パスワード再設定のリンクを求める', en: 'Ask for a link to a new password' },
  description: 'The same answer whether there is such a login or not.',
  effect: 'write',
  ...open,
  input: z.strictObject({ level: loginLevel, loginId }),
  answer: Accepted,
  status: 202,
  run: async (product, input, from) => {
    await product.identity.reminders.remindPassword(input, from);
    return accepted(product);
  },
});

export const resetPassword = command({
  route: 'POST /password-resets',
  about: {
    ja: 'メールのリンクから新しいパスワードを決める（ログインの全セッションが終了する）',
    en: 'Choose a new password with the link of the mail; all sessions of the login end',
  },
  effect: 'write',
  ...open,
  input: z.strictObject({
    token: words(200).meta({ description: 'From the link in the mail; opens once.' }),
    password,
  }),
  answer: Accepted,
  refusals: ['RESET_REFUSED', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL'],
  run: async ({ identity }, input, from) => {
    const answer = await identity.reminders.resetPassword(input, from);
    // Whose login it was is nobody's business yet.
    return answer.kind === 'done' ? { ...answer, value: {} } : answer;
  },
});
