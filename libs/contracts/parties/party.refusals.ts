import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

export const partyRefusals = defineRefusals({
  ACCOUNT_ERASED: {
    status: 409,
    ja: 'このアカウントの個人情報は消去されています。',
    en: 'The personal data of this account were erased.',
  },
  ACCOUNT_CLOSED: {
    status: 409,
    ja: 'このアカウントは閉鎖されています。',
    en: 'This account is closed.',
  },
  PARTY_CHANGED_MEANWHILE: {
    status: 409,
    ja: '別の画面で変更されました。内容を確認して、もう一度保存してください。',
    en: 'It was changed elsewhere meanwhile. Look at it and save again.',
  },
  EMERGENCY_NUMBER_OURS: {
    status: 422,
    field: 'phone',
    ja: '緊急連絡先には、当社以外の電話番号を入力してください。',
    en: 'The emergency contact must be a number that we do not supply.',
  },
  PAPER_DATE_REQUIRED: {
    status: 422,
    field: 'issuedOn',
    ja: 'この書類は発行日を入力してください。',
    en: 'Say on which day this paper was issued.',
  },
  PAPER_TOO_OLD: {
    status: 422,
    field: 'issuedOn',
    ja: '発行から3か月以内の書類が必要です。',
    en: 'This paper must have been issued within three months.',
  },
  PAPER_EXPIRED: {
    status: 422,
    field: 'validUntil',
    ja: '書類の有効期限が切れています。',
    en: 'The paper is no longer valid.',
  },
  TOO_MANY_PAPERS: {
    status: 409,
    ja: '確認待ちの書類が多すぎます。確認が終わってから、もう一度アップロードしてください。',
    en: 'Too many papers are waiting already. Upload again when they have been looked at.',
  },
  NO_SUCH_PAPER: {
    status: 404,
    ja: 'その本人確認書類はありません。',
    en: 'There is no such identity paper.',
  },
  PAPER_DECIDED: {
    status: 409,
    ja: 'この書類は確認済みです。',
    en: 'This paper has been decided on already.',
  },
});

/** Why a command may have nothing to do. */
export const partyUnchanged = defineUnchanged({
  SAME_DATA: { ja: '変更された項目はありません。', en: 'it says this already' },
  SAME_ADDRESSES: {
    ja: 'メールアドレスは、既にこのとおりです。',
    en: 'these are its addresses already',
  },
  DECIDED_SO: { ja: 'この書類は、既にそのように確認済みです。', en: 'this was decided already' },
  ERASED_BEFORE: { ja: '個人情報は、既に消去されています。', en: 'it was erased already' },
  CLOSED_BEFORE: { ja: 'アカウントは、既に閉鎖されています。', en: 'it is closed already' },
  CHARGED_BEFORE: { ja: '手数料は、既に引き落とされています。', en: 'the fee was debited already' },
  SET_SO: { ja: '既にこの設定です。', en: 'it is set so already' },
});
export type PartyRejection = CodeOf<typeof partyRefusals>;
