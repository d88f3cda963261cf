import { z } from 'zod';
import { PARKED_FOR, PAYMENT_METHODS } from '#payments';
import { accountText, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const PHASES = ['open', 'accepted', 'completed', 'cancelled', 'expired'] as const;
/** What the customer sees, and what comes next. */
export const STANDINGS = [
  'confirming',
  'waits_for_customer',
  'waits_for_money',
  'may_try_again',
  'checking',
  'accepted',
  'completed',
  'cancelled',
  'expired',
] as const;

const method = z.enum(PAYMENT_METHODS);
const listed = {
  payment: text,
  account: accountText,
  method,
  amount: yen,
  phase: z.enum(PHASES),
  orderedAt: time,
  payableUntil: time,
  lot: text.nullable().meta({ description: 'The lot that it became.' }),
  recharge: z.boolean().meta({ description: 'A registered card was charged by itself.' }),
};
export const ListedPayment = shape('ListedPayment', z.object(listed));
export type ListedPaymentView = ViewOf<typeof ListedPayment>;

const TransferAccount = z.object({
  bank: text,
  branch: text,
  kind: z.enum(['ordinary', 'current']),
  number: text,
  holder: text,
});

export const Payment = shape(
  'Payment',
  z.object({
    ...listed,
    standing: z.enum(STANDINGS).meta({
      description:
        'confirming: the gateway has not answered yet. waits_for_customer: `page` is to be opened. ' +
        'waits_for_money: a slip or an account was issued. may_try_again: the last attempt failed. ' +
        'checking: money came in that staff look at.',
    }),
    returned: yen.meta({ description: 'What went back to whoever paid: its value is taken back.' }),
    decline: text.nullable().meta({ description: 'Why the last attempt came to nothing.' }),
    page: text.nullable().meta({ description: "The gateway's page, while it can be paid there." }),
    chain: text.nullable(),
    numbers: z.array(z.object({ kind: text, value: text })).meta({
      description: 'What is typed into the machine of the shop.',
    }),
    transferTo: TransferAccount.nullable(),
  }),
);
export type PaymentView = ViewOf<typeof Payment>;

export const ParkedMoney = shape(
  'ParkedMoney',
  z.object({
    parked: text,
    payment: text,
    account: accountText,
    method,
    gateway: text,
    reference: text.meta({ description: "The gateway's id of the payment." }),
    amount: yen.meta({ description: 'What came in.' }),
    ordered: yen.meta({ description: 'What was ordered.' }),
    why: z.enum(PARKED_FOR),
    open: z.boolean().meta({ description: 'Staff have yet to decide.' }),
    parkedAt: time,
  }),
);
export type ParkedMoneyView = ViewOf<typeof ParkedMoney>;

export const PaymentWays = shape(
  'PaymentWays',
  z.object({
    ways: z.array(
      z.object({
        method,
        least: yen,
        most: yen,
        chains: z.array(z.object({ code: text, ja: text, en: text })),
        keepsCards: z.boolean().meta({ description: 'A card that is typed can be registered.' }),
      }),
    ),
    expiryDays: z
      .int()
      .meta({ description: 'So many days value that is bought today lasts, from the day after.' }),
  }),
);
export type PaymentWaysView = ViewOf<typeof PaymentWays>;

export const HeardNotification = shape('HeardNotification', z.object({ payment: text }));
export type HeardView = ViewOf<typeof HeardNotification>;
