import { EMERGENCY_NUMBERS } from '#kernel';
import { setOfTexts, wholeNumber } from './kinds.js';

export const callPolicies = {
  'calls.emergency-numbers': setOfTexts({
    unit: 'none',
    form: /^\d{3,5}(,\d{3,5})*$/,
    standard: [...EMERGENCY_NUMBERS].join(','),
    about: {
      ja: '緊急通報の番号。通話の開始日から、発信の制限・資金の確保・課金の対象としない',
      en: 'numbers to which calls are never blocked, held for or charged, from the day the call begins on',
    },
  }),
  'calls.max-duration-s': wholeNumber({
    unit: 'seconds',
    form: /^[1-9]\d{0,5}$/,
    standard: '14400',
    about: {
      ja: '通話の最長時間。月末をまたぐ通話のため、締めは月が終わってからこの時間だけ待つ',
      en: 'longest possible call: a close waits so long after the month for running calls',
    },
  }),
  'contracts.cut-off-ms': wholeNumber({
    unit: 'milliseconds',
    form: /^\d{1,8}$/,
    standard: '79200000',
    about: {
      ja:
        '月末日の申込受付の終わり。午前0時からのミリ秒で、その時刻を含む（22:00）。' +
        '申込はまだ受け付けないため、効果はない',
      en:
        'end of the application day on the last day of a month, ms after midnight, inclusive (22:00); ' +
        'of no effect yet: nothing takes applications',
    },
  }),
};
