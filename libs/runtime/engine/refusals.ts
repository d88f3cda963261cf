import { defineRefusals } from '#kernel';

/** Refusals of the way of any command. */
export const engineRefusals = defineRefusals({
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    ja: '同じ操作が別の内容で既に行われています。何も変わっていません。',
    en: 'This command id was used before with another body. Nothing was done.',
  },
  TOO_MANY_CONFLICTS: {
    status: 503,
    ja: 'ほかの操作と重なりました。もう一度お試しください。',
    en: 'Others change the same all the time. Try again.',
  },
});

/** Refusals of questions about what there is not, and of files. */
export const requestRefusals = defineRefusals({
  NO_SUCH_STATEMENT: { status: 404, ja: 'その利用明細はありません。', en: 'There is no such statement.' },
  NO_SUCH_INVOICE: { status: 404, ja: 'その請求書はありません。', en: 'There is no such invoice.' },
  NO_SUCH_EVENT: { status: 404, ja: 'その記録はありません。', en: 'There is no such event.' },
  NO_SUCH_EXPLANATION: {
    status: 404,
    ja: 'その番号では何も見つかりません。',
    en: 'Nothing is known by this name.',
  },
  /** The same for what is forbidden and for what is absent. */
  NO_SUCH_RESOURCE: { status: 404, ja: 'お探しのものはありません。', en: 'There is no such resource.' },
  OUTBOX_OFF: {
    status: 404,
    ja: 'メッセージは実際に送信されており、ここには残りません。',
    en: 'Messages are sent for real here.',
  },
  FILE_REFUSED: {
    status: 422,
    ja: '何も取り込んでいません。問題が{problems}件あります。',
    en: 'Nothing was imported: {problems} problem(s).',
  },
  APPROVER_NOT_ALLOWED: {
    status: 403,
    field: 'X-Approver-Key',
    ja: 'このアカウントと金額の承認コード、または有効なAPIキーではありません。',
    en: 'This is no approval of this account and amount, and no live API key of staff.',
  },
});
