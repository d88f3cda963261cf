import { z } from 'zod';
import { TAX_CATEGORIES } from '#kernel';
import {
  accountText,
  count,
  date,
  month,
  pageOf,
  shape,
  text,
  time,
  type ViewOf,
  yen,
} from '../engine/shapes.js';

const figures = { calls: count, duration: text.meta({ example: '28:49:53.5' }), amount: yen };
export const Statement = shape(
  'Statement',
  z.object({
    account: text,
    month,
    incomingDiscountPerMinute: yen,
    rows: z.array(z.object({ category: text, ...figures })),
    total: z.object(figures),
    incomingDiscount: z.object(figures),
    unansweredNotCounted: count,
  }),
);

export const InvoiceRow = shape(
  'InvoiceSummary',
  z.object({
    number: text,
    account: accountText,
    month,
    date,
    kind: z.enum(['invoice', 'return']).meta({ description: 'return: 適格返還請求書, a total below zero.' }),
    subject: text,
    total: yen,
    availableFrom: date,
  }),
);
/** `availableFrom`: the first day on which customers may have it (3rd business day of the next month). */
export type InvoiceRow = ViewOf<typeof InvoiceRow>;

const taxed = {
  taxCategory: z.enum(TAX_CATEGORIES),
  taxRate: count.meta({ description: 'Basis points: 10 % is 1000.' }),
};
export const Invoice = shape(
  'Invoice',
  z
    .looseObject({
      kind: z.literal('return').optional().meta({ description: 'A return invoice (適格返還請求書).' }),
      corrects: z
        .array(z.object({ month, invoices: z.array(text) }))
        .optional()
        .meta({ description: 'Earlier months that something is given back of, and their invoices.' }),
      number: text,
      account: text,
      month,
      issueDate: date,
      subject: text,
      issuer: z.looseObject({ name: text, address: text, registrationNumber: text }),
      recipient: z.looseObject({ name: text, honorific: text }),
      period: z.object({ from: date, to: date }),
      lines: z.array(
        z.looseObject({ category: text, item: text, content: text, quantity: count, ...taxed, net: yen }),
      ),
      subtotals: z.array(z.object({ ...taxed, net: yen, tax: yen })),
      net: yen,
      tax: yen,
      total: yen,
      availableFrom: date,
      payment: text.meta({ description: 'How it is paid, as printed.' }),
    })
    .meta({
      description: 'A qualified invoice (適格請求書) with issuer, recipient, lines and tax per rate.',
    }),
);

const rejection = z.object({
  code: text,
  message: text,
  messageJa: text,
  details: z.record(text, text).optional(),
});
export const AccountClose = z.object({
  account: accountText,
  outcome: z.enum(['closed', 'already_closed', 'would_close', 'nothing_to_bill', 'refused']),
  invoice: text.nullable(),
  net: yen,
  tax: yen,
  total: yen,
  roundingDifference: yen,
  rejection: rejection.nullable(),
});
export type AccountClose = ViewOf<typeof AccountClose>;
export type RejectionView = ViewOf<typeof rejection>;

/** `priced`: how many of the lines a tariff prices by now. `unread`: not even the month can be told. */
const suspended = { lines: count, priced: count, net: yen, tax: yen, unread: count };
const Suspended = z
  .object(suspended)
  .meta({ description: 'Lines of the month that wait on the suspense list; no invoice has them.' });
/** Lines of call files that wait on the suspense list: neither statement nor invoice has them. */
export type SuspenseFigures = ViewOf<typeof Suspended>;

export const CloseReport = shape(
  'CloseReport',
  z.object({
    month,
    dryRun: z.boolean(),
    accounts: z.array(AccountClose),
    invoices: count,
    total: yen,
    suspense: Suspended,
  }),
);
export type CloseReport = ViewOf<typeof CloseReport>;

const Difference = shape(
  'Difference',
  z.object({
    check: text,
    account: text.nullable(),
    message: text,
    messageJa: text,
    expected: text,
    found: text,
    positions: z.array(count),
  }),
);
export type Difference = ViewOf<typeof Difference>;

const MonthSuspense = z
  .object({
    ...suspended,
    accounts: z.array(z.object({ account: text.nullable(), ...suspended, positions: z.array(count) })),
  })
  .meta({ description: 'What waits on the suspense list: no difference, and on no invoice either.' });
/** The same, and by account: ids ascending, last, with null, the lines whose account cannot be told. */
export type MonthSuspense = ViewOf<typeof MonthSuspense>;

export const Reconciliation = shape(
  'Reconciliation',
  z.object({ rows: z.array(Difference), suspense: MonthSuspense }),
);

/** Accounts that the month is closed for, and those of them that are; `total` is theirs, tax included. */
const closeMonth = {
  month,
  state: z.enum(['open', 'partly_closed', 'closed']),
  over: z.boolean().meta({ description: 'The month is over: it can be closed.' }),
  accounts: count,
  closed: count,
  invoices: count,
  total: yen,
  closedAt: time.nullable(),
};
export const CloseMonth = shape('CloseMonth', z.object(closeMonth));
export type CloseMonth = ViewOf<typeof CloseMonth>;
export const MonthReport = shape('MonthReport', z.object({ ...closeMonth, ...pageOf(AccountClose).shape }));
export type MonthReport = ViewOf<typeof MonthReport>;
