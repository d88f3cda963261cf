import { Controller, Inject, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { type InvoiceDocument, statementCsv } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth } from '#kernel';
import { type Caller, type InvoiceRow, listInvoices, type Page, type Product } from '#runtime';
import { ShowAccount } from '../../use-cases/accounts.js';
import { ShowCatalogue } from '../../use-cases/catalogue.js';
import { ListInvoices, ShowInvoice, ShowStatement, WatchClose } from '../../use-cases/closing.js';
import { PRODUCT } from '../../use-cases/tokens.js';
import { API } from '../access.guard.js';
import { maySeeInvoice, scopeOf } from '../access.js';
import { found } from '../answer.js';
import { Now } from '../clock.js';
import { EventStreams } from '../event-stream.js';
import { accountId, businessMonth, words } from '../fields.js';
import type { Principal } from '../principal.js';
import { From, FromPath, FromQuery, Who } from '../request.js';
import { Route } from '../route.js';
import { RouteOf } from '../use-case.controller.js';

const language = z.enum(['ja', 'en']).default('ja').meta({ description: 'Japanese is the one that counts.' });
const StatementForm = z.strictObject({ format: z.enum(['json', 'csv', 'pdf']).default('json'), language });
const PdfForm = z.strictObject({
  decimals: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Amounts with decimals; sums of printed whole yen may differ by their rounding.' }),
  language,
});

/** A file to save; `name` is ASCII. */
const download = (bytes: Uint8Array, type: string, name: string): StreamableFile =>
  new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });

/** The papers of a month, for whom they are, and its close as it goes on. */
@Controller(API)
export class ClosingController {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: EventStreams,
    private readonly clock: Now,
    @Inject(PRODUCT) private readonly product: Product,
  ) {}

  @RouteOf(ShowStatement, { query: StatementForm, produces: ['text/csv', 'application/pdf'] })
  async statement(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('month', businessMonth) month: BusinessMonth,
    @FromQuery(StatementForm) { format, language: words }: z.output<typeof StatementForm>,
    @From() caller: Caller,
  ): Promise<object> {
    const statement = found(await this.queries.execute(new ShowStatement({ account, month })), 'STATEMENT');
    if (format === 'json') return statement;
    const file = `statement-${account}-${BusinessMonth.text(month)}.${format}`;
    if (format === 'csv') {
      return download(Buffer.from(statementCsv(statement, words)), 'text/csv; charset=utf-8', file);
    }
    const [recipient, { issuer }] = await Promise.all([
      this.queries.execute(new ShowAccount({ account })),
      this.queries.execute(new ShowCatalogue({})),
    ]);
    const name = recipient?.name ?? account;
    const meta = { recipient: words === 'ja' ? `${name} 御中` : name, issuer: issuer.name, language: words };
    return download(
      await this.product.work.run(caller.actor.id, 'statementPdf', statement, meta),
      'application/pdf',
      file,
    );
  }

  @RouteOf(ListInvoices, { query: listInvoices.input })
  async invoices(
    @FromQuery(listInvoices.input) filter: z.output<typeof listInvoices.input>,
    @Who() who: Principal,
  ): Promise<Page<InvoiceRow>> {
    const own = { ...filter, account: scopeOf(who, filter.account) };
    const page = await this.queries.execute(new ListInvoices(own));
    const today = this.today();
    return { rows: page.rows.filter(row => maySeeInvoice(who, row, today)), next: page.next };
  }

  @RouteOf(ShowInvoice)
  async invoice(
    @FromPath('number', words(50)) number: string,
    @Who() who: Principal,
  ): Promise<InvoiceDocument> {
    const document = await this.queries.execute(new ShowInvoice({ number }));
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

  @RouteOf(WatchClose, { produces: ['text/event-stream'] })
  async progress(
    @FromPath('month', businessMonth) month: BusinessMonth,
    @Res() response: Response,
  ): Promise<void> {
    await this.streams.answer(response, async watcher => ({
      report: await this.queries.execute(new WatchClose({ month }, watcher)),
    }));
  }

  private today(): string {
    return BusinessDay.text(BusinessDay.of(this.clock.now()));
  }
}
