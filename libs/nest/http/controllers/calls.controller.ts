import { Controller, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Request } from 'express';
import { z } from 'zod';
import type { AccountId } from '#kernel';
import {
  type CallPage,
  type ListedCall,
  listCalls,
  showDestinationStatement,
  showNumberStatement,
  showUsage,
} from '#runtime';
import {
  ListCalls,
  ShowDestinationStatement,
  ShowNumberStatement,
  ShowUsage,
} from '../../use-cases/reports.js';
import { API } from '../access.guard.js';
import { csvFile, wantsCsv } from '../csv.js';
import { accountId } from '../fields.js';
import { FromPath, FromQuery, Numbers } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

const language = z.enum(['ja', 'en']).default('ja').meta({ description: 'Of the header of the CSV.' });
/** Whose calls, and which of its numbers, say the path and who asks. */
const known = { account: true, numbers: true } as const;
const CallFilter = listCalls.input.omit({ ...known, total: true }).extend({ language });
const NumberFilter = showNumberStatement.input.omit(known).extend({ language });
const DestinationFilter = showDestinationStatement.input.omit(known).extend({ language });
const OfMonth = showUsage.input.omit(known);

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
  constructor(private readonly queries: QueryBus) {}

  @RouteOf(ListCalls, { query: CallFilter, produces: ['text/csv'] })
  async calls(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(CallFilter) filter: z.output<typeof CallFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const { language: inWords, ...search } = filter;
    if (!wantsCsv(request))
      return await this.queries.execute(new ListCalls({ ...search, account, numbers, total: true }));
    const { calls, words } = HEAD[inWords];
    const all = { ...search, account, numbers, total: false, limit: ROWS_AT_ONCE };
    return csvFile(
      `calls-${account}.csv`,
      calls,
      this.lines(all, call => callLine(call, words)),
    );
  }

  private async *lines<Line>(
    search: z.output<typeof listCalls.input>,
    toLine: (call: ListedCall) => Line,
  ): AsyncGenerator<Line> {
    for (let cursor: string | undefined; ; ) {
      const page: CallPage = await this.queries.execute(new ListCalls({ ...search, cursor }));
      yield* page.rows.map(toLine);
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  @RouteOf(ShowNumberStatement, { query: NumberFilter, produces: ['text/csv'] })
  async numberStatement(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(NumberFilter) { language: inWords, ...filter }: z.output<typeof NumberFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const statement = await this.queries.execute(new ShowNumberStatement({ ...filter, account, numbers }));
    if (!wantsCsv(request)) return statement;
    const { numbers: head, total: totalName, words } = HEAD[inWords];
    const rows = statement.rows.map(row => [
      ...[row.number, words[row.direction], row.calls, row.domestic, row.mobile, row.overseas, row.subtotal],
    ]);
    const { calls, domestic, mobile, overseas, subtotal } = statement.total;
    const all = [totalName, '', calls, domestic, mobile, overseas, subtotal];
    return csvFile(`numbers-${account}.csv`, head, [...rows, all]);
  }

  @RouteOf(ShowDestinationStatement, { query: DestinationFilter, produces: ['text/csv'] })
  async destinationStatement(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(DestinationFilter) { language: inWords, ...filter }: z.output<typeof DestinationFilter>,
    @Numbers() numbers: readonly string[] | null,
    @Req() request: Request,
  ): Promise<object> {
    const statement = await this.queries.execute(
      new ShowDestinationStatement({ ...filter, account, numbers }),
    );
    if (!wantsCsv(request)) return statement;
    const { destinations: head, total: totalName, words } = HEAD[inWords];
    const rows = statement.rows.map(row => [
      ...[row.number, words[row.direction], row.prefix, row.destination, row.category],
      ...[row.unitSeconds, row.unitPrice, row.calls, row.seconds, row.subtotal],
    ]);
    const { calls, seconds, subtotal } = statement.total;
    const all = [totalName, '', '', '', '', '', '', calls, seconds, subtotal];
    return csvFile(`destinations-${account}.csv`, head, [...rows, all]);
  }

  @RouteOf(ShowUsage, { query: OfMonth })
  async usage(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(OfMonth) { month }: z.output<typeof OfMonth>,
    @Numbers() numbers: readonly string[] | null,
  ): Promise<object> {
    return await this.queries.execute(new ShowUsage({ account, month, numbers }));
  }
}
