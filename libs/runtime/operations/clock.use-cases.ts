import { z } from 'zod';
import { billing, helpers } from '../engine/roles.js';
import { command, query } from '../engine/use-case.js';
import { ClockView } from './clock.shapes.js';

export const showClock = query({
  route: 'GET /clock',
  about: {
    ja: 'このプロセスが時計を信用しているか、していなければその理由',
    en: 'Whether this process believes its clock, and why not',
  },
  effect: 'read',
  roles: helpers,
  input: z.strictObject({}),
  cli: {
    usage: 'clock show',
    about: {
      ja: '時計が信用されているか（信用されず、失効・締め・月の切り替えが止まっていれば終了コード1）',
      en: 'Whether the clock is trusted; exit code 1 when expiry, closes and turns of a month wait',
    },
  },
  answer: ClockView,
  run: ({ clock }) => clock.state(),
});

/** Expiry, close and the turn of a month wait while a clock cannot be trusted, until a person confirms it. */
export const confirmClock = command({
  route: 'POST /clock/confirm',
  about: {
    ja: '時計が正しいと記録する（時間の経過で起きる処理が再開する）',
    en: 'Say that the clock is right: what time alone causes goes on',
  },
  effect: 'write',
  roles: billing,
  input: z.strictObject({}),
  cli: { usage: 'clock confirm' },
  answer: ClockView,
  unchanged: true,
  refusals: ['REASON_REQUIRED'],
  run: ({ clock }, _, caller) => clock.confirm(caller),
});
