import { texts, wholeNumber, wordsByText } from './kinds.js';

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
  'numbers.plan': wordsByText({
    unit: 'none',
    form: /^(0\d{1,9}(\/\d{1,2})?=(domestic|free_call|navi_dial|special|overseas|mobile|none)(,(?!$)|$))*$/,
    standard:
      '010=overseas,0120=free_call,0800=free_call,0570=navi_dial,' +
      '060/11=mobile,070/11=mobile,080/11=mobile,090/11=mobile,020/11=none',
    about: {
      ja:
        '電話番号の先頭（/のあとは桁数）と番号種別。最も長く一致するものを使い、' +
        'どれにも一致しない番号は国内番号。' +
        'none：販売しない。在庫に登録する日のものを使う（060は2026年5月から携帯電話）',
      en:
        'how numbers begin (with / and how many digits they have), and what they are sold as: the longest ' +
        'beginning counts, all others are domestic; none: nobody sells them. ' +
        'That of the day on which numbers come into stock holds ' +
        '(060: mobile telephones since 2026-05)',
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
