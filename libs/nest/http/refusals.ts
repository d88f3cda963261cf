import { defineProblems, defineRefusals } from '#kernel';

/** What HTTP itself refuses, before anybody of the product is asked. */
export const httpRefusals = defineRefusals({
  NO_SUCH_ROUTE: {
    status: 404,
    ja: 'このアドレスには何もありません。',
    en: 'There is nothing at this address.',
  },
  INVALID_REQUEST: { status: 400, ja: '要求を読み取れません。', en: 'The request cannot be read.' },
  BODY_TOO_SLOW: {
    status: 408,
    ja: '時間内に要求が届きませんでした。',
    en: 'The request did not arrive in time.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    ja: '送信された内容が大きすぎます。',
    en: 'The body is larger than allowed here.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    ja: '内容は圧縮していないUTF-8の application/json で送信してください。',
    en: 'Send the body as application/json, as plain UTF-8.',
  },
  NO_SESSION: {
    status: 401,
    ja: 'ログインしていないか、ログインの有効期限が切れました。',
    en: 'Nobody is signed in, or no longer.',
  },
  NO_VALID_KEY: {
    status: 401,
    ja: 'ログインするか、有効なAPIキーを Authorization: Bearer dk_... で送信してください。',
    en: 'Sign in, or send Authorization: Bearer dk_... with a live API key.',
  },
  SESSION_ONLY: {
    status: 403,
    ja: 'この操作はログインした方だけが行えます。APIキーでは行えません。',
    en: 'This is for those who signed in, not for API keys.',
  },
  FOREIGN_ORIGIN: {
    status: 403,
    ja: 'ほかのサイトのページから送信されました。',
    en: 'This was sent by a page of another site.',
  },
  CSRF_TOKEN_MISSING_OR_WRONG: {
    status: 403,
    ja: 'セッションが変わりました。ページを再読み込みしてください。',
    en: 'Your session has changed: send its csrfToken as X-Csrf-Token with what changes something.',
  },
  NOT_IN_ACCESS_TABLE: {
    status: 403,
    ja: 'この操作は誰にも許可されていません。',
    en: 'Nobody has been given access to this route.',
  },
  WRONG_STAGE: {
    status: 403,
    ja: 'ログインの手順がまだ終わっていません。',
    en: 'This is not for the stage {stage} of the session.',
  },
  SECOND_STEP_REQUIRED: {
    status: 403,
    ja: '通話・利用状況・利用明細を見るには、確認コードなどの2段階目の確認が必要です。',
    en: 'Calls, usage and statements ask for a second step, with a contact that codes can be sent to.',
  },
  READ_ONLY_VIEW: {
    status: 403,
    ja: 'ほかの方の画面は見るだけです。変更するには、先にその画面を終了してください。',
    en: "Another's pages can be read, not changed: leave them first.",
  },
  ACCOUNT_OVER: {
    status: 403,
    ja: '解約済みのアカウントでは閲覧のみご利用いただけます。変更はサポートへご連絡ください。',
    en: 'The account is cancelled and over: it can be read, not changed. Support helps with anything else.',
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    ja: 'この操作を行う権限がありません。',
    en: 'The role {role} may not do this.',
  },
  TOO_MANY_CONNECTIONS: {
    status: 429,
    ja: 'このアドレスからの要求が多すぎます。',
    en: 'This address has too many requests under way.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    ja: '同時に表示している処理が多すぎます。ほかの画面を閉じてください。',
    en: 'Too much is being watched already: let something end first.',
  },
  READ_MODEL_BEHIND: {
    status: 503,
    ja: '直前の変更がまだ反映されていません。少し待ってからもう一度お試しください。',
    en: 'Event {position} does not count in the answers here yet. Ask again.',
  },
  TOO_BUSY: {
    status: 503,
    ja: 'ログインが集中しています。何も変わっていません。しばらくしてからもう一度お試しください。',
    en: 'Too many people sign in at this moment. Nothing was done; try again.',
  },
  TOO_MUCH_AT_ONCE: {
    status: 503,
    ja: 'ただいま処理が混み合っています。しばらくしてからもう一度お試しください。',
    en: 'Too much is being worked on at this moment. Nothing was done; try again.',
  },
  TOO_MUCH_WORK: {
    status: 422,
    ja: 'このファイルは処理に時間がかかりすぎます。分割してください。何も変わっていません。',
    en: 'This takes longer than anything may. Split it into smaller files; nothing was changed.',
  },
  DISK_FULL: {
    status: 507,
    ja: '保存する空きがありません。何も失われていません。空きができてから同じファイルを送信してください。',
    en: 'There is no room for it. Nothing is lost: send the same file again when there is room.',
  },
  INTERNAL_ERROR: {
    status: 500,
    ja: 'システムで問題が発生しました。',
    en: 'Something went wrong here; the request id leads to the log.',
  },
});

/** Codes of a store that takes no writes, of whichever kind. */
export const storeRefusal = {
  status: 503,
  ja: 'ただいま書き込みができません。何も変わっていません。しばらくしてからもう一度お試しください。',
  en: 'The store takes no writes at the moment. Nothing was done; try again.',
} as const;

/** What can be wrong with a body, a header or a path as a whole. */
export const bodyProblems = defineProblems({
  INVALID_JSON: { named: true, ja: 'JSONとして読み取れません。', en: 'is not valid JSON' },
  BODY_INCOMPLETE: { named: true, ja: '最後まで届きませんでした。', en: 'broke off before its end' },
  NOT_DECODED: { ja: 'UTF-8のパーセント符号化ではありません。', en: 'is not percent-encoded UTF-8' },
  NOT_UTF8_TEXT: { ja: 'UTF-8のテキストではありません。', en: 'must be UTF-8 text' },
  REASON_MISSING: {
    ja: '変更する理由を入力してください。',
    en: 'is required: say why you change this',
  },
  KEY_MISSING: {
    ja: '必要です。同じキーの同じ要求は一度だけ行われます。',
    en: 'is required: the same key makes the same request one effect for ever',
  },
  GIVEN_BY_APPROVAL: {
    ja: '承認に含まれているため、指定できません。',
    en: 'is given by the approval: leave it out',
  },
  NOT_A_POSITION: {
    ja: '操作の応答にあった位置（整数）を1回だけ指定してください。',
    en: 'must be the position that a command was answered with: a whole number, once',
  },
});
