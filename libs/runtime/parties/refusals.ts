import { defineRefusals } from '#kernel';

/** Refusals of what is done with personal data, beside those of the party itself. */
export const partyServiceRefusals = defineRefusals({
  PICTURE_TOO_LARGE: {
    status: 413,
    field: 'body',
    ja: '画像は10MB以下にしてください。',
    en: 'A picture has ten megabytes at most.',
  },
  NOT_A_PICTURE: {
    status: 422,
    field: 'body',
    ja: 'jpg、png、gif の画像ではありません。PDFは使えません。',
    en: 'This is no picture of the kinds jpg, png and gif.',
  },
  ERASURE_NEEDS_APPROVAL: {
    status: 422,
    field: 'X-Approver-Key',
    ja: '個人情報の消去には、別の担当者の承認が必要です。',
    en: 'Erasing personal data needs the approval of a second person.',
  },
});
