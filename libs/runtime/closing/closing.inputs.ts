import type { z } from 'zod';
import {
  accountId,
  businessDay,
  businessMonth,
  described,
  type Given,
  money,
  words,
} from '../engine/inputs.js';

/** By date, amount and counterparty, ranges, any of them together (J-12). All bounds are inclusive. */
export const invoiceSearch = {
  account: described(accountId.optional(), {
    ja: 'このアカウントのものだけ。',
    en: 'Only of this account.',
  }),
  month: businessMonth.optional(),
  from: described(businessDay.optional(), {
    ja: '請求日がこの日以降。',
    en: 'First date of an invoice.',
  }),
  to: described(businessDay.optional(), { ja: '請求日がこの日以前。', en: 'Last date of an invoice.' }),
  least: described(money.optional(), {
    ja: '合計（税込、円）がこの額以上。',
    en: 'Smallest total in yen, tax included.',
  }),
  most: described(money.optional(), {
    ja: '合計（税込、円）がこの額以下。',
    en: 'Largest total in yen, tax included.',
  }),
  counterparty: described(words(100).optional(), {
    ja: 'アカウントの名称またはIDの一部。',
    en: 'Part of the name or id of the account.',
  }),
};
export type InvoiceSearch = Given<z.output<z.ZodObject<typeof invoiceSearch>>>;
