import { Controller, Inject, Res, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { type InvoiceDocument, statementCsv } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth } from '#kernel';
import type { Caller, CloseReport, InvoiceRow, Page, Product } from '#runtime';
import { CatalogueQuery, ClosingCommand, ClosingQuery } from '../../envelopes.js';
import { ShowAccount } from '../../use-cases/accounts.js';
import { PRODUCT } from '../../use-cases/tokens.js';
import { API } from '../access.guard.js';
import { maySeeInvoice, scopeOf } from '../access.js';
import { answered, found, type UnchangedBody } from '../answer.js';
import { Now } from '../clock.js';
import {
  accountId,
  businessDay,
  businessMonth,
  DEFAULT_LIMIT,
  given,
  money,
  paging,
  words,
} from '../fields.js';
import type { Principal } from '../principal.js';
import { From, FromBody, FromPath, FromQuery, Who } from '../request.js';
import { Route } from '../route.js';
import {
  Invoice,
  InvoiceSummary,
  Reconciliation,
  CloseReport as Report,
  Statement,
} from '../schemas.books.js';
import { pageOf } from '../shapes.js';

const language = z.enum(['ja', 'en']).default('ja').meta({ description: 'Japanese is the one that counts.' });
const StatementForm = z.strictObject({ format: z.enum(['json', 'csv', 'pdf']).default('json'), language });
const InvoiceFilter = z.strictObject({
  ...paging,
  account: accountId.optional(),
  month: businessMonth.optional(),
  from: businessDay.optional().meta({ description: 'First date of an invoice.' }),
  to: businessDay.optional().meta({ description: 'Last date of an invoice.' }),
  least: money.optional().meta({ description: 'Smallest total in yen, tax included.' }),
  most: money.optional().meta({ description: 'Largest total in yen, tax included.' }),
  counterparty: words(100).optional().meta({ description: 'Part of the name or id of the account.' }),
});
const PdfForm = z.strictObject({
  decimals: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Amounts with decimals; sums of printed whole yen may differ by their rounding.' }),
  language,
});
const Closing = z.strictObject({
  month: businessMonth,
  account: accountId.optional().meta({ description: 'Every account without it.' }),
  dryRun: z
    .boolean()
    .default(false)
    .meta({ description: 'Say what would be done, refusals included; do nothing.' }),
  force: z.boolean().default(false).meta({
    description: 'Close before the longest possible call of the month can have ended; needs a reason.',
  }),
  reason: words(500).optional().meta({ description: 'Why it is forced; kept on an event.' }),
});

/** A file to save; `name` is ASCII. */
const download = (bytes: Uint8Array, type: string, name: string): StreamableFile =>
  new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });

@Controller(API)
export class ClosingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Now,
    @Inject(PRODUCT) private readonly product: Product,
  ) {}

  @Route('GET /accounts/:account/statements/:month', {
    summary: 'Usage statement (利用明細) of a month: counts, times and amounts per category, with a total',
    query: StatementForm,
    answer: Statement,
    produces: ['text/csv', 'application/pdf'],
    refusals: ['NO_SUCH_STATEMENT'],
  })
  async statement(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('month', businessMonth) month: BusinessMonth,
    @FromQuery(StatementForm) { format, language: words }: z.output<typeof StatementForm>,
    @From() caller: Caller,
  ): Promise<object> {
    const statement = found(
      await this.queries.execute(new ClosingQuery('statement', account, month)),
      'STATEMENT',
    );
    if (format === 'json') return statement;
    const file = `statement-${account}-${BusinessMonth.text(month)}.${format}`;
    if (format === 'csv') {
      return download(Buffer.from(statementCsv(statement, words)), 'text/csv; charset=utf-8', file);
    }
    const [recipient, issuer] = await Promise.all([
      this.queries.execute(new ShowAccount({ account })),
      this.queries.execute(new CatalogueQuery('issuer')),
    ]);
    const name = recipient?.name ?? account;
    const meta = { recipient: words === 'ja' ? `${name} 御中` : name, issuer: issuer.name, language: words };
    return download(
      await this.product.work.run(caller.actor.id, 'statementPdf', statement, meta),
      'application/pdf',
      file,
    );
  }

  @Route('GET /invoices', {
    summary: 'Invoices, newest first; a customer sees its own from their first day',
    description: 'Searched by date, amount and counterparty, in ranges, any of them together (J-12).',
    query: InvoiceFilter,
    answer: pageOf(InvoiceSummary),
  })
  async invoices(
    @FromQuery(InvoiceFilter) query: z.output<typeof InvoiceFilter>,
    @Who() who: Principal,
  ): Promise<Page<InvoiceRow>> {
    const { limit = DEFAULT_LIMIT, account: asked, ...search } = query;
    const account = scopeOf(who, asked);
    const page = await this.queries.execute(
      new ClosingQuery('invoices', { limit, ...given({ account, ...search }) }),
    );
    const today = this.today();
    return { rows: page.rows.filter(row => maySeeInvoice(who, row, today)), next: page.next };
  }

  @Route('GET /invoices/:number', {
    summary: 'One invoice, complete',
    answer: Invoice,
    refusals: ['NO_SUCH_INVOICE'],
  })
  async invoice(
    @FromPath('number', words(50)) number: string,
    @Who() who: Principal,
  ): Promise<InvoiceDocument> {
    const document = await this.queries.execute(new ClosingQuery('invoice', number));
    // The same answer for what is not there, not yet there, and someone else's.
    return found(document && maySeeInvoice(who, document, this.today()) ? document : undefined, 'INVOICE');
  }

  @Route('GET /invoices/:number/pdf', {
    summary: 'The invoice as PDF; the same invoice gives the same bytes',
    query: PdfForm,
    produces: ['application/pdf'],
    refusals: ['NO_SUCH_INVOICE'],
  })
  async invoicePdf(
    @FromPath('number', words(50)) number: string,
    @FromQuery(PdfForm) form: z.output<typeof PdfForm>,
    @Who() who: Principal,
    @From() caller: Caller,
  ): Promise<StreamableFile> {
    const document = await this.invoice(number, who);
    const options = { decimals: form.decimals === 'true', language: form.language };
    return download(
      await this.product.work.run(caller.actor.id, 'invoicePdf', document, options),
      'application/pdf',
      `invoice-${document.number}.pdf`,
    );
  }

  @Route('POST /closes', {
    summary: 'Close a month: provably once, however often it is run',
    body: Closing,
    answer: Report,
    unchanged: true,
    refusals: ['NO_SUCH_ACCOUNT', 'MONTH_NOT_OVER', 'CLOSE_TOO_EARLY', 'REASON_REQUIRED'],
  })
  async close(
    @FromBody(Closing) { month, account, dryRun, force, reason }: z.output<typeof Closing>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CloseReport | UnchangedBody> {
    const input = {
      ...{ month, dryRun },
      ...(account !== undefined && { account }),
      ...(force && { forced: reason ?? '' }),
    };
    return answered(await this.commands.execute(new ClosingCommand('run', input, caller)), response);
  }

  @Route('GET /reconciliations/:month', {
    summary: 'Differences between call records, ledger, statements and invoices; none when all agree',
    description:
      'Lines of call files that wait on the suspense list are no difference; they are named apart.',
    answer: Reconciliation,
  })
  async reconcile(@FromPath('month', businessMonth) month: BusinessMonth): Promise<object> {
    const [rows, suspense] = await Promise.all([
      this.queries.execute(new ClosingQuery('reconcile', month)),
      this.queries.execute(new ClosingQuery('suspended', month)),
    ]);
    return { rows, suspense };
  }

  private today(): string {
    return BusinessDay.text(BusinessDay.of(this.clock.now()));
  }
}
