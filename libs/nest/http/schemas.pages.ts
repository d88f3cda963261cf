import { z } from 'zod';
import { CloseMonthRow } from './schemas.books.js';
import { Call } from './schemas.js';
import { count, date, month, pageOf, shape, text, time, yen } from './shapes.js';

// What the API answers for pages: searches with totals, statements, curves, the log.

const seconds = z.number().meta({ description: 'Talk time in seconds, to the millisecond.' });
const direction = z.enum(['out', 'in']);
const figures = { calls: count, seconds, net: yen };

export const ListedCall = shape(
  'ListedCall',
  z.object({
    ...Call.shape,
    reversed: z.boolean().meta({ description: 'Taken back since: what it cost was given back.' }),
  }),
);
export const CallFigures = shape('CallFigures', z.object(figures));
export const CallPage = shape(
  'CallPage',
  z.object({
    ...pageOf(ListedCall).shape,
    total: CallFigures.nullable().meta({
      description: 'Of the whole search: all calls and talk; the money without what was taken back.',
    }),
  }),
);
const byClass = { calls: count, domestic: yen, mobile: yen, overseas: yen, subtotal: yen };
export const NumberStatement = shape(
  'NumberStatement',
  z.object({
    rows: z.array(z.object({ number: text, direction, ...byClass })),
    total: z.object(byClass),
  }),
);
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
export const UsageByDay = shape(
  'UsageByDay',
  z.object({
    month,
    categories: z.array(text),
    days: z.array(z.object({ day: date, categories: z.record(text, CallFigures) })),
    total: CallFigures,
  }),
);
export const BalanceHistory = shape(
  'BalanceHistory',
  z.object({
    points: z.array(z.object({ day: date, posted: yen, charged: yen, spent: yen, expired: yen })).meta({
      description: 'Ends of business days: posted = that of the day before + charged - spent - expired.',
    }),
  }),
);
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
export const MonthReport = shape('MonthReport', z.object({ ...closeMonth, ...pageOf(CloseMonthRow).shape }));
const neighbour = count.nullable().meta({ description: 'Position of its neighbour in the stream.' });
const logEvent = {
  position: count,
  stream: text,
  revision: count,
  type: text.meta({ example: 'ledger.LotCredited.v1' }),
  occurredAt: time,
  recordedAt: time,
  actor: text,
  reason: text.nullable(),
  commandId: text,
  correlationId: text,
  hash: text,
  data: z.record(text, z.unknown()).meta({
    description: 'The stored fact; secrets hidden, in lists arrays cut to 50 elements.',
  }),
  descriptionJa: text,
  descriptionEn: text,
};
export const LogEvent = shape('LogEvent', z.object(logEvent));
export const LogEventDetail = shape(
  'LogEventDetail',
  z.object({ ...logEvent, previous: neighbour, next: neighbour }),
);
export const EventType = shape(
  'EventType',
  z.object({ type: text, stream: text, descriptionJa: text, descriptionEn: text }),
);
const tariffRow = z.record(text, text);
export const TariffDiff = shape(
  'TariffDiff',
  z
    .object({
      tariff: text,
      added: z.array(tariffRow),
      removed: z.array(tariffRow),
      changed: z.array(z.object({ from: tariffRow, to: tariffRow, fields: z.array(text) })),
      unchanged: count,
    })
    .meta({ description: 'What the file would change; rows have the columns of tariff.csv.' }),
);
export const TariffDiffs = shape('TariffDiffs', z.object({ tariffs: z.array(TariffDiff) }));
