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
};
