import { Controller, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Request } from 'express';
import { z } from 'zod';
import { type AccountId, BusinessDay, BusinessMonth } from '#kernel';
import type { BalancePoint, CallPage, CallSearch, ListedCall } from '#runtime';
import { ReportQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { Now } from '../clock.js';
import { csvFile, wantsCsv } from '../csv.js';
import { accountId, businessDay, businessMonth, DEFAULT_LIMIT, given, paging, words } from '../fields.js';
import { FromPath, FromQuery, Numbers } from '../request.js';
import { Route } from '../route.js';
import {
  BalanceHistory,
  CallPage as Calls,
  DestinationStatement,
  NumberStatement,
  UsageByDay,
} from '../schemas.pages.js';

const part = words(40).optional();
const range = {
  from: businessDay.optional().meta({ description: 'First day of the calls, in Japan.' }),
  to: businessDay.optional().meta({ description: 'Last day of the calls, in Japan.' }),
};
const direction = z.enum(['out', 'in']).optional();
const kind = z.enum(['mobile', 'domestic', 'overseas']).optional();
const language = z.enum(['ja', 'en']).default('ja').meta({ description: 'Of the header of the CSV.' });
const CallFilter = z.strictObject({
  ...paging,
  ...range,
  month: businessMonth.optional().meta({ description: 'In place of from and to.' }),
  direction,
  caller: part.meta({ description: 'Part of the number that called.' }),
  callee: part.meta({ description: 'Part of the number that was called.' }),
  number: part.meta({ description: 'Part of either number.' }),
  class: kind.meta({ description: 'Kind of destination (発信先区分).' }),
  scope: z
    .enum(['outside', 'extension'])
    .optional()
    .meta({ description: 'Outside line or extension (外線・内線).' }),
  status: z.enum(['answered', 'missed']).optional(),
  language,
});
const NumberFilter = z.strictObject({
  ...range,
  number: part.meta({ description: 'Part of the own number.' }),
  direction,
  language,
});
const DestinationFilter = z.strictObject({
  ...NumberFilter.shape,
  other: part.meta({ description: 'Part of the number of the other party.' }),
  class: kind,
});
const OfMonth = z.strictObject({ month: businessMonth });
const Days = z.strictObject({
  from: businessDay.optional().meta({ description: '29 days before `to` without it.' }),
  to: businessDay.optional().meta({ description: 'Today without it; at most 400 days after `from`.' }),
});

/** Rows that an export reads at a time. */
const ROWS_AT_ONCE = 1_000;

const HEAD = {
  ja: {
    calls: [
      ...['日時', '発着', '発信元', '発信先', '状態', '応答', '終了', '通話時間(秒)', '種別', '通話先'],
      ...['課金秒数', '料金(税抜)', '消費税', '取消', '通話ID'],
    ],
    numbers: ['電話番号', '発着', '件数', '国内通話料(携帯以外)', '国内通話料(携帯)', '海外', '小計'],
    destinations: [
      ...['電話番号', '発着', 'プレフィックス', '通話先', '種別', '課金単位(秒)', '単価'],
      ...['個数', '総通話時間(秒)', '小計'],
    ],
    total: '合計',
    words: { out: '発信', in: '着信', answered: '応答', missed: '不応答', reversed: '取消' },
  },
  en: {
    calls: [
      ...['start', 'direction', 'from', 'to', 'status', 'answered', 'ended', 'talk seconds', 'category'],
      ...['destination', 'charged seconds', 'net', 'tax', 'taken back', 'call id'],
    ],
    numbers: [
      'number',
      'direction',
      'calls',
      'domestic, not mobile',
      'domestic, mobile',
      'overseas',
      'subtotal',
    ],
    destinations: [
      ...['number', 'direction', 'prefix', 'destination', 'category', 'unit (s)', 'unit price'],
      ...['calls', 'talk seconds', 'subtotal'],
    ],
    total: 'total',
    words: { out: 'outgoing', in: 'incoming', answered: 'answered', missed: 'missed', reversed: 'yes' },
  },
} as const;

const callLine = (call: ListedCall, words: (typeof HEAD)['ja' | 'en']['words']) => [
  ...[call.startedAt, words[call.direction], call.from, call.to],
  ...[call.answeredAt === null ? words.missed : words.answered, call.answeredAt ?? '', call.endedAt],
  ...[call.durationMs / 1000, call.category, call.destination, call.chargedSeconds, call.net, call.tax],
  ...[call.reversed ? words.reversed : '', call.callId],
];

/** Calls and what is made of them: history, statements, curves (CDR-01 to CDR-06). */
@Controller(API)
export class CallsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Now,
  ) {}

  @Route('GET /accounts/:account/calls', {
    summary: 'Calls with their prices, newest first, and the total of the whole search',
    description: 'With `Accept: text/csv` all calls of the search as a file (limit and cursor do not count).',
    query: CallFilter,
    answer: Calls,
    produces: ['text/csv'],
  })
  async calls(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(CallFilter) filter: z.output<typeof CallFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const { limit = DEFAULT_LIMIT, cursor, language: inWords, month, number, ...rest } = filter;
    const days = month === undefined ? {} : daysOf(month);
    const search = given({ ...rest, ...days, party: number, numbers: numbers ?? undefined });
    if (wantsCsv(request)) {
      const { calls, words: known } = HEAD[inWords];
      return csvFile(
        `calls-${account}.csv`,
        calls,
        this.lines(account, search, call => callLine(call, known)),
      );
    }
    const page = { limit, ...given({ cursor }), total: true };
    return await this.queries.execute(new ReportQuery('calls', account, { ...search, ...page }));
  }

  private async *lines<Line>(
    account: AccountId,
    search: CallSearch,
    toLine: (call: ListedCall) => Line,
  ): AsyncGenerator<Line> {
    for (let cursor: string | undefined; ; ) {
      const request = { ...search, limit: ROWS_AT_ONCE, ...(cursor !== undefined && { cursor }) };
      const page: CallPage = await this.queries.execute(new ReportQuery('calls', account, request));
      yield* page.rows.map(toLine);
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  @Route('GET /accounts/:account/number-statement', {
    summary: 'Charges per own number and direction (電話番号明細), without tax',
    query: NumberFilter,
    answer: NumberStatement,
    produces: ['text/csv'],
  })
  async numberStatement(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(NumberFilter) { language: inWords, ...filter }: z.output<typeof NumberFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const search = given({ ...filter, numbers: numbers ?? undefined });
    const statement = await this.queries.execute(new ReportQuery('numberStatement', account, search));
    if (!wantsCsv(request)) return statement;
    const { numbers: head, total: totalName, words: known } = HEAD[inWords];
    const rows = statement.rows.map(row => [
      ...[row.number, known[row.direction], row.calls, row.domestic, row.mobile, row.overseas, row.subtotal],
    ]);
    const { calls, domestic, mobile, overseas, subtotal } = statement.total;
    const all = [totalName, '', calls, domestic, mobile, overseas, subtotal];
    return csvFile(`numbers-${account}.csv`, head, [...rows, all]);
  }

  @Route('GET /accounts/:account/destination-statement', {
    summary: 'Charged calls by own number, prefix, unit and unit price (通話先明細), without tax',
    query: DestinationFilter,
    answer: DestinationStatement,
    produces: ['text/csv'],
  })
  async destinationStatement(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(DestinationFilter) { language: inWords, ...filter }: z.output<typeof DestinationFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const search = given({ ...filter, numbers: numbers ?? undefined });
    const statement = await this.queries.execute(new ReportQuery('destinationStatement', account, search));
    if (!wantsCsv(request)) return statement;
    const { destinations: head, total: totalName, words: known } = HEAD[inWords];
    const rows = statement.rows.map(row => [
      ...[row.number, known[row.direction], row.prefix, row.destination, row.category],
      ...[row.unitSeconds, row.unitPrice, row.calls, row.seconds, row.subtotal],
    ]);
    const { calls, seconds, subtotal } = statement.total;
    const all = [totalName, '', '', '', '', '', '', calls, seconds, subtotal];
    return csvFile(`destinations-${account}.csv`, head, [...rows, all]);
  }

  @Route('GET /accounts/:account/usage', {
    summary: 'Answered calls of a month by day and category',
    query: OfMonth,
    answer: UsageByDay,
  })
  async usage(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(OfMonth) { month }: z.output<typeof OfMonth>,
    @Numbers() numbers: readonly string[] | null,
  ): Promise<object> {
    return await this.queries.execute(new ReportQuery('usage', account, month, numbers ?? undefined));
  }

  @Route('GET /accounts/:account/balance-history', {
    summary: 'What the wallet held at the end of each business day, and what moved it',
    query: Days,
    answer: BalanceHistory,
  })
  async balanceHistory(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Days) { from, to }: z.output<typeof Days>,
  ): Promise<{ points: readonly BalancePoint[] }> {
    const last = to ?? BusinessDay.of(this.clock.now());
    const first = from ?? BusinessDay.plus(last, -29);
    return { points: await this.queries.execute(new ReportQuery('balanceHistory', account, first, last)) };
  }
}

const daysOf = (month: BusinessMonth) => ({
  from: BusinessMonth.firstDay(month),
  to: BusinessMonth.lastDay(month),
});
