import { z } from 'zod';
import { DECLINES, GATEWAY_METHODS, GATEWAY_STATES } from '#ports';

/** How the agency and those who ask it speak: JSON, amounts as texts of yen, times in ISO 8601. */

const shortText = z.string().max(200);

export const wireRequest = z.strictObject({
  attempt: shortText,
  method: z.enum(GATEWAY_METHODS),
  amount: z.string().regex(/^[1-9]\d{0,11}$/),
  customer: shortText,
  card: shortText.nullable(),
  keepCard: z.boolean(),
  unattended: z.boolean(),
  chain: shortText.nullable(),
  payableUntil: z.iso.datetime({ offset: true }),
  returnTo: z.string().regex(/^https?:\/\/[\x21-\x7e]{1,1000}$/),
  language: z.enum(['ja', 'en']),
});
export type WireRequest = z.infer<typeof wireRequest>;

const slip = z.object({
  chain: z.string(),
  numbers: z
    .array(
      z.object({
        kind: z.enum(['receipt', 'confirmation', 'company', 'order', 'online', 'phone', 'voucher']),
        value: z.string(),
      }),
    )
    .readonly(),
});

const account = z.object({
  bank: z.string(),
  branch: z.string(),
  kind: z.enum(['ordinary', 'current']),
  number: z.string().regex(/^\d{7}$/),
  holder: z.string(),
});

const keptCard = z.object({ token: z.string(), brand: z.string(), lastFour: z.string().regex(/^\d{4}$/) });

export const wirePayment = z.object({
  payment: z.string(),
  attempt: z.string().nullable(),
  environment: z.enum(['test', 'live']),
  method: z.enum(GATEWAY_METHODS),
  state: z.enum(GATEWAY_STATES),
  amount: z.string(),
  received: z.string(),
  paidAt: z.string().nullable(),
  payer: z.string().nullable(),
  page: z.string().nullable(),
  slip: slip.nullable(),
  account: account.nullable(),
  decline: z.enum(DECLINES).nullable(),
  card: keptCard.nullable(),
  returned: z.string(),
});
export type WirePayment = z.infer<typeof wirePayment>;

export const wireRefund = z.strictObject({
  refund: z.string().min(1).max(200),
  amount: z.string().regex(/^[1-9]\d{0,11}$/),
});

/** Of an answer that is not 2xx: what is wrong, and with which field. */
export const wireProblem = z.object({ code: z.string(), field: z.string(), problem: z.string() });
export type WireProblem = z.infer<typeof wireProblem>;

export const wireNotification = z.object({
  id: z.string().min(1).max(200),
  environment: z.enum(['test', 'live']),
  attempt: z.string().nullable(),
  payment: z.string().min(1).max(200),
});
export type WireNotification = z.infer<typeof wireNotification>;

/** An answer of the agency that is no: its status and what it says. */
export class Refused extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    readonly said: WireProblem,
  ) {
    super(said.code);
  }
}
