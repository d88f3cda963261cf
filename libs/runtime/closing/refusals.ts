import { defineRefusals } from '#kernel';

/** Why a month is not closed, beside what the wallet and the deciders of the close say. */
export const closingRefusals = defineRefusals({
  MONTH_NOT_OVER: {
    status: 409,
    ja: 'この月はまだ終わっていません。',
    en: 'The month is not over yet.',
  },
  CLOSE_TOO_EARLY: {
    status: 409,
    ja: 'この月の通話がまだ続いている可能性があるため、締められません。後で締めるか、理由を付けて強制してください。',
    en: 'Calls of the month may still be running: close later, or force it with a reason.',
  },
  CALLS_RUNNING: {
    status: 409,
    ja: 'この月の通話がまだ{calls}件続いています。',
    en: 'Calls of the month are still running: {calls}.',
  },
  LINES_NOT_BOOKED: {
    status: 409,
    ja: '残高から引き落とされていない明細があります。',
    en: 'There are lines that the wallet was not debited for.',
  },
  FEES_NOT_DEBITED: {
    status: 409,
    ja: 'この月の月額料がまだ引き落とされていません（{debit}）。先に月額料を引き落としてください。',
    en: 'The monthly fees of the month are not debited yet ({debit}): start the month first.',
  },
  USAGE_CHANGES_ALL_THE_TIME: {
    status: 409,
    ja: 'この月の通話が次々に届いています。後でもう一度実行してください。',
    en: 'Calls of the month keep coming in. Try again later.',
  },
});
