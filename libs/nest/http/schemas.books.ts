import { z } from 'zod';
import { TAX_CATEGORIES } from '#kernel';
import { count, date, month, shape, text, yen } from './shapes.js';

// What the API answers about statements, invoices, closes and the books.

const rejection = z.object({
  code: text,
  message: text,
  messageJa: text,
  details: z.record(text, text).optional(),
});
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
export const InvoiceSummary = shape(
  'InvoiceSummary',
  z.object({
    number: text,
    account: text,
    month,
    date,
    kind: z.enum(['invoice', 'return']).meta({ description: 'return: 適格返還請求書, a total below zero.' }),
    subject: text,
    total: yen,
    availableFrom: date,
  }),
);
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
export const CloseMonthRow = z.object({
  account: text,
  outcome: z.enum(['closed', 'already_closed', 'would_close', 'nothing_to_bill', 'refused']),
  invoice: text.nullable(),
  net: yen,
  tax: yen,
  total: yen,
  roundingDifference: yen,
  rejection: rejection.nullable(),
});
const suspended = { lines: count, priced: count, net: yen, tax: yen, unread: count };
export const CloseReport = shape(
  'CloseReport',
  z.object({
    month,
    dryRun: z.boolean(),
    accounts: z.array(CloseMonthRow),
    invoices: count,
    total: yen,
    suspense: z
      .object(suspended)
      .meta({ description: 'Lines of the month that wait on the suspense list; no invoice has them.' }),
  }),
);
const Difference = shape(
  'Difference',
  z.object({
    check: text,
    account: text.nullable(),
    message: text,
    expected: text,
    found: text,
    positions: z.array(count),
  }),
);
export const Reconciliation = shape(
  'Reconciliation',
  z.object({
    rows: z.array(Difference),
    suspense: z
      .object({
        ...suspended,
        accounts: z.array(z.object({ account: text.nullable(), ...suspended, positions: z.array(count) })),
      })
      .meta({ description: 'What waits on the suspense list: no difference, and on no invoice either.' }),
  }),
);
export const Explanation = shape(
  'Explanation',
  z
    .object({
      id: text,
      what: text,
      whatJa: text,
      amount: yen.nullable(),
      facts: z.record(text, text),
      events: z.array(z.object({ position: count, type: text, stream: text, hash: text })),
      causes: z.array(z.looseObject({ id: text, what: text })),
    })
    .meta({ description: 'An amount and its causes, each an explanation again.' }),
);
export const AuditFinding = shape(
  'AuditFinding',
  z.object({ ok: z.boolean(), events: count, problems: z.array(text), head: text }),
);
