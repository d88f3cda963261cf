import { z } from 'zod';
import { MAIL_WISHES } from '#payments';
import { accountText, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const wish = z.enum(MAIL_WISHES);
const KeptCard = z.object({
  card: text,
  brand: text,
  lastFour: text.meta({ description: 'The last four digits; the number is with the gateway only.' }),
  keptAt: time,
  lastUsedAt: time,
  switchedOff: z.boolean().meta({
    description:
      'It was refused too often in a row: it is not charged by itself until the settings are saved.',
  }),
});
export type KeptCardView = z.output<typeof KeptCard>;

export const PrepaidSettingsShape = shape(
  'PrepaidSettings',
  z.object({
    account: accountText,
    alert: wish,
    alertAmounts: z.array(yen),
    alertMails: z.string().meta({ description: 'Addresses, separated by commas.' }),
    recharge: z.boolean(),
    trigger: yen.nullable(),
    amount: yen.nullable(),
    limit: yen.nullable(),
    card: text.nullable(),
    limitAlert: wish,
    limitMails: z.string().meta({ description: 'Addresses, separated by commas.' }),
    cards: z.array(KeptCard),
    recharging: z.boolean().meta({ description: 'A card is charged when the balance is low.' }),
    inFlight: text.nullable().meta({ description: 'The payment that is under way.' }),
    monthTotal: yen.meta({ description: 'Auto-recharges of this month; what failed does not count.' }),
    stoppedUntil: time.nullable().meta({ description: 'The limit of the month stops it until then.' }),
    nextAt: time.nullable().meta({ description: 'The earliest time of the next one; null: at once.' }),
  }),
);
export type PrepaidSettingsView = ViewOf<typeof PrepaidSettingsShape>;
