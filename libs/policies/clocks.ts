import { wholeNumber } from './kinds.js';

/** How far a clock is believed. */
export const clockPolicies = {
  'clock.ahead-at-most-s': wholeNumber({
    unit: 'seconds',
    form: /^\d{1,5}$/,
    standard: '300',
    about: {
      ja: '他の機器の時計の進みを許す秒数。これより先の時刻の通話・入金は受け付けない',
      en:
        "seconds by which another machine's clock may be ahead of ours; later calls and payments are " +
        'refused',
    },
  }),
  'clock.jump-at-most-min': wholeNumber({
    unit: 'minutes',
    form: /^[1-9]\d{0,4}$/,
    standard: '10',
    about: {
      ja: '時刻の急な変化を許す分数。これを超えると、時刻だけで起きる処理は人の確認を待つ',
      en: 'minutes by which the time of day may jump; beyond, what time alone causes waits for a person',
    },
  }),
  'clock.ahead-of-log-at-most-days': wholeNumber({
    unit: 'days',
    form: /^[1-9]\d{0,3}$/,
    standard: '40',
    about: {
      ja: '起動時に、時計が最新の記録より進んでいてよい日数。これを超えると、同じく人の確認を待つ',
      en: 'days by which the clock may be ahead of the newest event at a start; beyond, the same',
    },
  }),
};
