import { defineProblems, defineRefusals } from '#kernel';

/** Refusals of signing in and of looking after logins, beside those of the deciders. */
export const identityRefusals = defineRefusals({
  SIGN_IN_REFUSED: {
    status: 401,
    ja: 'ログインIDまたはパスワードが違うか、ログインが停止されています。',
    en: 'The login id or the password is wrong, or the login is disabled.',
  },
  CURRENT_PASSWORD_WRONG: {
    status: 422,
    field: 'current',
    ja: '現在のパスワードが違います。',
    en: 'The present password is not right.',
  },
  REAUTHENTICATE: {
    status: 403,
    ja: '時間が経ったため、現在のパスワードをもう一度入力してください。',
    en: 'Give the present password once more: it was shown too long ago for this.',
  },
  PASSKEY_REFUSED: {
    status: 422,
    ja: 'パスキーを確認できませんでした。',
    en: 'The passkey did not fit.',
  },
  MESSAGE_NOT_SENT: {
    status: 503,
    ja: '確認コードを送れませんでした。別の方法を選んでください。',
    en: 'The code could not be sent. Choose another way.',
  },
  OWN_LOGIN: {
    status: 409,
    ja: 'これは自分のログインです。「セキュリティ」のページで変更するか、別の管理者に依頼してください。',
    en: 'This is your own login: change it on your security page, or let another admin do it.',
  },
  ADMIN_ONLY: {
    status: 403,
    ja: '担当者のログインを変更できるのは管理者だけです。',
    en: 'Logins of staff are changed by admins only.',
  },
  LOGIN_ID_REQUIRED: {
    status: 422,
    field: 'loginId',
    ja: '担当者にはログインIDが必要です。',
    en: 'Staff need a login id.',
  },
});

/** What can be wrong with what people type in there. */
export const identityProblems = defineProblems({
  CODE_MALFORMED: { named: true, ja: '半角数字6桁で入力してください。', en: 'must be six half-width digits' },
  NOT_A_MAIL_ADDRESS: { ja: 'メールアドレスを入力してください。', en: 'must be a mail address' },
  NOT_A_LABEL: { ja: '1行、60文字以内で入力してください。', en: 'must be 1-60 characters on one line' },
  MAIL_OR_PASSWORD: {
    ja: 'パスワードを決めない場合は必要です。最初のパスワードはメールのリンクから設定されます。',
    en: 'is required without a password: the first one is chosen by a link',
  },
});
