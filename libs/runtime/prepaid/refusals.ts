import { defineRefusals } from '#kernel';

/** Refusals of the prepaid service, beside those of the wallet. */
export const prepaidRefusals = defineRefusals({
  APPROVER_IS_ACTOR: {
    status: 422,
    field: 'X-Approver-Key',
    ja: '自分の操作を自分で承認することはできません。',
    en: 'The approver must be another person than who asks.',
  },
  IN_THE_FUTURE: {
    status: 422,
    field: 'at',
    ja: '未来の日時は指定できません。',
    en: 'That time lies in the future.',
  },
  AMOUNT_TOO_LARGE: {
    status: 422,
    ja: '一度に計上できるのは{most}円までです。',
    en: 'At most {most} yen may be moved at once.',
  },
  NOT_WHOLE_YEN: {
    status: 422,
    field: 'amount',
    ja: '入金額は1円単位で入力してください。',
    en: 'What is paid is whole yen.',
  },
  OUTSIDE_METHOD_LIMITS: {
    status: 422,
    field: 'amount',
    ja: 'この支払方法で一度に計上できるのは{least}～{most}円です。',
    en: 'One payment of this method must lie between {least} and {most} yen.',
  },
  NO_SUCH_DEBIT: {
    status: 404,
    field: 'debit',
    ja: 'その通話または引落しはありません。',
    en: 'This account has no such call or debit.',
  },
  SAME_RECORD: {
    status: 409,
    ja: '通話は既にこの内容で記録されています。',
    en: 'The call was recorded like this before. Nothing was done.',
  },
});
