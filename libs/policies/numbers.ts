import { texts, wholeNumber } from './kinds.js';

/** How long numbers are kept for carts, and after their end for nobody. */
export const numberPolicies = {
  'numbers.reserved-min': wholeNumber({
    unit: 'minutes',
    form: /^[1-9]\d{0,3}$/,
    standard: '30',
    about: {
      ja: 'カートに入れた電話番号を確保しておく時間（CAT-23）',
      en: 'a number in a cart is kept for it so long (CAT-23)',
    },
  }),
  'numbers.quarantine-days': wholeNumber({
    unit: 'days',
    form: /^\d{1,4}$/,
    standard: '180',
    about: {
      ja: '解約した電話番号を、誰にも割り当てずにおく日数。終了日の翌日から数える',
      en: 'days after its last one on which a number belongs to nobody',
    },
  }),
  'numbers.reaching-020': texts({
    unit: 'none',
    form: /^[A-Z]{2,8}(,[A-Z]{2,8})*$/,
    standard: 'KD,ST',
    about: {
      ja: '020番号との発着信ができる電話番号の種別の先頭（CAT-20）',
      en: 'how the kinds of numbers begin that reach 020 numbers (CAT-20)',
    },
  }),
};
