import { z } from 'zod';
import { Money } from '#kernel';
import { accountId, businessDay, described, money, phoneNumber, words } from '../engine/inputs.js';

export const newAccount = z.strictObject({
  account: accountId,
  name: words(200),
  // Not "today" by default: the same request sent again after midnight must be the same request.
  openedOn: businessDay,
  numbers: z.array(phoneNumber).max(1000).default([]),
  tariff: words(100),
  incomingDiscount: described(money.default(Money.zero), {
    ja: '着割。着信通話1分あたりの円。',
    en: '着割: yen per minute of incoming talk.',
  }),
});
/** Numbers in any way of writing them. */
export type NewAccount = Omit<z.output<typeof newAccount>, 'numbers'> & {
  readonly numbers: readonly string[];
};
