import { type CodeOf, common, defineRefusals, defineUnchanged } from '#kernel';

export const accountRefusals = defineRefusals({
  NO_SUCH_ACCOUNT: {
    status: 404,
    ja: 'そのアカウントはありません。',
    en: 'There is no such account.',
  },
  ACCOUNT_EXISTS: {
    status: 409,
    field: 'account',
    ja: 'アカウント {account} は既に使われています。',
    en: 'Account {account} exists already.',
  },
  NAME_REQUIRED: common.NAME_REQUIRED,
  DISCOUNT_NEGATIVE: {
    status: 422,
    ja: '着割に負の値は指定できません。',
    en: 'The incoming-time discount cannot be negative.',
  },
  CLAIM_WITHDRAWN: {
    status: 409,
    ja: '電話番号の確保から時間が経ちすぎました。もう一度お試しください。',
    en: 'The number was claimed too long ago. Try again.',
  },
  NUMBER_ASSIGNED: {
    status: 409,
    ja: 'この電話番号はアカウントに割り当てられています。',
    en: 'The number is assigned to the account.',
  },
});

/** Why a command may have nothing to do. */
export const accountUnchanged = defineUnchanged({
  WITHDRAWN_BEFORE: {
    ja: 'この電話番号の確保は、既に取り消されています。',
    en: 'this claim was withdrawn already',
  },
  ASSIGNED_TO_THIS: {
    ja: 'この電話番号は、既にこのアカウントに割り当てられています。',
    en: 'the number is assigned to this account already',
  },
  NUMBER_NOT_ASSIGNED: {
    ja: 'この電話番号は、このアカウントに割り当てられていません。',
    en: 'the account does not have this number',
  },
  SAME_TARIFF: {
    ja: 'このアカウントの料金表は、既にこのとおりです。',
    en: 'the account has this tariff already',
  },
  SAME_PRICE_LIST: {
    ja: 'このアカウントの価格表は、既にこのとおりです。',
    en: 'the account has this price list already',
  },
  SAME_DISCOUNT: { ja: '着割は、既にこのとおりです。', en: 'this discount is agreed already' },
});
export type AccountRejection = CodeOf<typeof accountRefusals>;
