import { z } from 'zod';
import { accountText, count, date, shape, text, type ViewOf, yen } from '../engine/shapes.js';

export const Account = shape(
  'Account',
  z.object({
    account: accountText,
    name: text,
    openedOn: date,
    tariff: text,
    /** 着割, yen per minute; '0' without one. */
    incomingDiscount: yen,
    numbers: z.array(text),
    /** Revision of the account's stream: the ETag. */
    revision: count,
  }),
);
export type AccountView = ViewOf<typeof Account>;
