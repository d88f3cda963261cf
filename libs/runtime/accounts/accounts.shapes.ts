import { z } from 'zod';
import { accountText, count, date, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

export const Account = shape(
  'Account',
  z.object({
    account: accountText,
    name: text,
    openedOn: date,
    tariff: text,
    priceList: text,
    /** 着割, yen per minute; '0' without one. */
    incomingDiscount: yen,
    numbers: z.array(text),
    suspendedSince: time.nullable().meta({
      description: 'From when on the service is suspended for what is owed; null: it is not.',
    }),
    /** Revision of the account's stream: the ETag. */
    revision: count,
  }),
);
export type AccountView = ViewOf<typeof Account>;

export const Note = shape(
  'Note',
  z.object({
    at: time,
    by: text.meta({ description: 'Who wrote it, as the log names people.' }),
    text,
    position: count,
  }),
);
export type NoteView = ViewOf<typeof Note>;
