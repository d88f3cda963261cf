import { z } from 'zod';
import { TAX_CATEGORIES } from '#kernel';
import { count, date, month, pageOf, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const seconds = z.number().meta({ description: 'Talk time in seconds, to the millisecond.' });
const direction = z.enum(['out', 'in']);

const CallRow = shape(
  'Call',
  z.object({
    callId: text,
    direction,
    from: text,
    to: text,
    startedAt: time,
    answeredAt: time.nullable(),
    endedAt: time,
    durationMs: count,
    hangupCause: text,
    category: text,
    destination: text,
    chargedSeconds: count,
    net: yen,
    tax: yen,
    taxCategory: z.enum(TAX_CATEGORIES),
    billingMonth: month,
    position: count,
  }),
);
export type CallRow = ViewOf<typeof CallRow>;

const ListedCall = shape(
  'ListedCall',
  z.object({
    ...CallRow.shape,
    reversed: z.boolean().meta({ description: 'Taken back since: what it cost was given back.' }),
  }),
);
export type ListedCall = ViewOf<typeof ListedCall>;

/** `net` is yen without tax. */
const figures = { calls: count, seconds, net: yen };
const CallFigures = shape('CallFigures', z.object(figures));
export type CallFigures = ViewOf<typeof CallFigures>;

export const CallPage = shape(
  'CallPage',
  z.object({
    ...pageOf(ListedCall).shape,
    total: CallFigures.nullable().meta({
      description: 'Of the whole search: all calls and talk; the money without what was taken back.',
    }),
  }),
);
/** `total` is null unless it was asked for. */
export type CallPage = ViewOf<typeof CallPage>;

/** Yen without tax per class of destination. */
const byClass = { calls: count, domestic: yen, mobile: yen, overseas: yen, subtotal: yen };
/** 電話番号明細 (CDR-03): one row per own number and direction. */
export const NumberStatement = shape(
  'NumberStatement',
  z.object({
    rows: z.array(z.object({ number: text, direction, ...byClass })),
    total: z.object(byClass),
  }),
);
export type NumberStatement = ViewOf<typeof NumberStatement>;
export type NumberFigures = NumberStatement['total'];

/** 通話先明細 (CDR-04): own number x prefix x unit x price; the unit is empty when it is unknown. */
export const DestinationStatement = shape(
  'DestinationStatement',
  z.object({
    rows: z.array(
      z.object({
        number: text,
        direction,
        prefix: text,
        destination: text,
        category: text,
        unitSeconds: text.meta({ description: '課金単位(秒): the seconds that the price is agreed for.' }),
        unitPrice: text.meta({ description: '単価: yen per unit, without tax.' }),
        calls: count,
        seconds,
        subtotal: yen,
      }),
    ),
    total: z.object({ calls: count, seconds, subtotal: yen }),
  }),
);
export type DestinationStatement = ViewOf<typeof DestinationStatement>;
export type DestinationRow = DestinationStatement['rows'][number];

/** Answered calls of a month by day and category; every day of the month is there. */
export const UsageByDay = shape(
  'UsageByDay',
  z.object({
    month,
    categories: z.array(text),
    days: z.array(z.object({ day: date, categories: z.record(text, CallFigures) })),
    total: CallFigures,
  }),
);
export type UsageByDay = ViewOf<typeof UsageByDay>;

/** `charged` has adjustments upward, too; `spent` is all else that left the wallet, less what came back. */
const BalancePoint = z.object({ day: date, posted: yen, charged: yen, spent: yen, expired: yen });
export type BalancePoint = ViewOf<typeof BalancePoint>;
export const BalanceHistory = shape(
  'BalanceHistory',
  z.object({
    points: z.array(BalancePoint).meta({
      description: 'Ends of business days: posted = that of the day before + charged - spent - expired.',
    }),
  }),
);

const byKind = {
  paid: yen.meta({ description: 'Bought by customers.' }),
  bonus: yen.meta({ description: 'Given free of charge.' }),
  all: yen,
};
export const UnusedBalanceReport = shape(
  'UnusedBalance',
  z.object({
    asOf: date,
    total: z.object(byKind),
    byIssueDay: z.array(z.object({ issuedOn: date, ...byKind })),
    byAge: z.array(
      z.object({
        days: z
          .int()
          .nullable()
          .meta({
            description:
              'Days from that day to the last usable day, at most; null: more. ' +
              '-1: worthless, its breakage is yet to be booked.',
          }),
        ...byKind,
      }),
    ),
  }),
);
export type UnusedBalanceView = ViewOf<typeof UnusedBalanceReport>;
