import { z } from 'zod';
import { buyers } from '../contracts/contracts.use-cases.js';
import { accountId } from '../engine/inputs.js';
import { everyone } from '../engine/roles.js';
import { command, query } from '../engine/use-case.js';
import { changeOfPrepaidSettings, oneCard } from './prepaid-settings.inputs.js';
import { PrepaidSettingsShape } from './prepaid-settings.shapes.js';

export const showPrepaidSettings = query({
  route: 'GET /accounts/:account/prepaid-settings',
  about: {
    ja: 'プリペイド設定（残額アラート・オートリチャージ・登録済みカード）と今月の累計（PRE-01〜PRE-12）',
    en: 'Balance alert, auto-recharge and registered cards, with what was recharged this month',
  },
  effect: 'read',
  roles: everyone,
  waits: 'log',
  input: z.strictObject({ account: accountId }),
  answer: PrepaidSettingsShape,
  sought: 'ACCOUNT',
  run: ({ prepaidSettings }, { account }) => prepaidSettings.show(account),
});

export const changePrepaidSettings = command({
  route: 'PUT /accounts/:account/prepaid-settings',
  about: {
    ja: 'プリペイド設定を変更する。書かなかった項目は未設定になる',
    en: 'Set balance alert and auto-recharge, all at once: what is left out is not set',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: changeOfPrepaidSettings,
  answer: PrepaidSettingsShape,
  unchanged: true,
  refusals: [
    ...(['NO_SUCH_ACCOUNT', 'ACCOUNT_ERASED', 'NOT_WHOLE_YEN', 'OUTSIDE_METHOD_LIMITS'] as const),
    ...(['NO_SUCH_CARD', 'ALERT_AMOUNT_REQUIRED', 'ALERT_MAILS_REQUIRED', 'LIMIT_MAILS_REQUIRED'] as const),
    ...(['TRIGGER_REQUIRED', 'RECHARGE_AMOUNT_REQUIRED', 'MONTH_LIMIT_REQUIRED'] as const),
    ...(['MONTH_LIMIT_TOO_LOW', 'RECHARGE_CARD_REQUIRED'] as const),
  ],
  run: ({ prepaidSettings }, input, caller) => prepaidSettings.change(input, caller),
});

export const forgetCard = command({
  route: 'DELETE /accounts/:account/cards/:card',
  about: {
    ja: '登録済みカードを削除する（INF-10）。決済代行会社からも削除する',
    en: 'Remove a registered card, also at the gateway (INF-10)',
  },
  effect: 'write',
  roles: buyers,
  waits: 'log',
  input: oneCard,
  answer: PrepaidSettingsShape,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_CARD', 'CARD_IN_USE'],
  run: ({ prepaidSettings }, input, caller) => prepaidSettings.forgetCard(input, caller),
});
