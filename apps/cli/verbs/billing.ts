import type { InvoiceDocument } from '#invoicing';
import { BusinessDay, BusinessMonth } from '#kernel';
import { ListInvoices, ReconcileMonth, RunClose, ShowCatalogue, ShowInvoice, ShowStatement } from '#nest';
import type { AccountClose, CloseReport, SuspenseFigures } from '#runtime';
import { allRows, answered, type Call } from '../call.js';
import { Refused, WrongUsage } from '../failure.js';
import { writeWhole } from '../files.js';
import type { Finding, Output, Pieces } from '../output.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import { type Column, grouped, pairs, Table } from '../text.js';

const FORMATS = ['table', 'csv', 'json', 'pdf'] as const;

const CLOSES: readonly Column[] = [
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'outcome', head: { ja: '結果', en: 'outcome' } },
  { key: 'invoice', head: { ja: '請求書No.', en: 'invoice' } },
  { key: 'net', head: { ja: '税抜', en: 'net' }, kind: 'money' },
  { key: 'tax', head: { ja: '税', en: 'tax' }, kind: 'money' },
  { key: 'total', head: { ja: '請求額', en: 'total' }, kind: 'money' },
  { key: 'roundingDifference', head: { ja: '端数調整', en: 'rounding' }, kind: 'money' },
];

const INVOICES: readonly Column[] = [
  { key: 'number', head: { ja: '請求書No.', en: 'number' } },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'month', head: { ja: '請求月', en: 'month' } },
  { key: 'date', head: { ja: '請求日', en: 'date' } },
  { key: 'kind', head: { ja: '種類', en: 'kind' } },
  { key: 'subject', head: { ja: '件名', en: 'subject' } },
  { key: 'total', head: { ja: '請求額', en: 'total' }, kind: 'money' },
  { key: 'availableFrom', head: { ja: '公開日', en: 'available from' } },
];

const LINES: readonly Column[] = [
  { key: 'item', head: { ja: '項目', en: 'item' } },
  { key: 'content', head: { ja: '内容', en: 'content' } },
  { key: 'tax', head: { ja: '課税区分', en: 'tax' } },
  { key: 'unitPrice', head: { ja: '単価(税抜)', en: 'unit price' }, kind: 'count' },
  { key: 'quantity', head: { ja: '個数', en: 'quantity' }, kind: 'count' },
  { key: 'net', head: { ja: '価格(税抜)', en: 'net' }, kind: 'count' },
];

const DIFFERENCES: readonly Column[] = [
  { key: 'check', head: { ja: '照合', en: 'check' } },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'message', head: { ja: '内容', en: 'message' } },
  { key: 'expected', head: { ja: '期待', en: 'expected' }, kind: 'money' },
  { key: 'found', head: { ja: '実際', en: 'found' }, kind: 'money' },
  { key: 'positions', head: { ja: 'イベント', en: 'events' } },
];

/** A paper or a table: to `--out`, else to stdout; bytes never to a terminal. */
export async function deliver(call: Call, pieces: Pieces['pieces'], binary: boolean): Promise<Output> {
  const out = call.text('out');
  if (out === undefined) {
    if (binary && call.json) throw new WrongUsage('--json with a PDF needs --out FILE');
    if (binary && call.io.terminal.out) throw new WrongUsage('a PDF is not for a terminal: give --out FILE');
    return { kind: 'pieces', pieces };
  }
  const bytes = await writeWhole(call.path(out), pieces);
  return {
    kind: 'document',
    value: { file: out, bytes },
    human: () => call.say(`${out} に書き込みました (${bytes} バイト)\n`, `wrote ${out} (${bytes} bytes)\n`),
  };
}

async function statement(call: Call): Promise<Output> {
  const account = call.account();
  const month = call.month();
  const format = call.choice('format', FORMATS, call.json ? 'json' : 'table');
  if (call.json && format !== 'json' && format !== 'pdf')
    throw new WrongUsage(`--json does not go with --format ${format}`);
  const view = await call.product.accounts.get(account);
  const found = view && (await call.ask(new ShowStatement({ account, month })));
  if (!found) throw new Refused('NO_SUCH_ACCOUNT', `there is no account ${account}`);
  const { statementCsv, statementTable } = await import('#invoicing');
  switch (format) {
    case 'json':
      return deliver(call, [`${JSON.stringify(found)}\n`], false);
    case 'csv':
      return deliver(call, [statementCsv(found, call.language)], false);
    case 'table':
      return deliver(call, [statementTable(found, call.language)], false);
    case 'pdf': {
      const { renderStatementPdf } = await import('#adapters/pdf');
      const issuer = (await call.ask(new ShowCatalogue({}))).issuer.name;
      const { language } = call;
      return deliver(
        call,
        [await renderStatementPdf(found, { recipient: view.name, issuer, language })],
        true,
      );
    }
  }
}

const OUTCOMES: Record<AccountClose['outcome'], { ja: string; en: string }> = {
  closed: { ja: '締めました', en: 'closed' },
  already_closed: { ja: '前回までに締め済み', en: 'closed before' },
  would_close: { ja: '締める予定', en: 'would close' },
  nothing_to_bill: { ja: '請求なし', en: 'nothing to bill' },
  refused: { ja: '拒否', en: 'refused' },
};

/** `請求書 3 通、返還請求書 1 通`: a paper below zero is a return invoice (適格返還請求書). */
function papersText(call: Call, { invoices, accounts }: CloseReport): string {
  const returns = accounts.filter(row => row.outcome !== 'refused' && row.total.startsWith('-')).length;
  const ordinary = call.say(`請求書 ${invoices - returns} 通`, `${invoices - returns} invoices`);
  if (returns === 0) return ordinary;
  const back = call.say(`返還請求書 ${returns} 通`, `${returns} return invoices`);
  return invoices === returns ? back : `${ordinary}${call.say('、', ', ')}${back}`;
}

function closeText(call: Call, report: CloseReport): string {
  const total = grouped(report.total);
  const papers = papersText(call, report);
  const before = report.accounts.filter(row => row.outcome === 'already_closed').length;
  const head = call.say(
    `${report.month}${report.dryRun ? '（試算）' : ''}: ${papers}、合計 ${total} 円` +
      `${before > 0 ? `（前回までに締め済みの ${before} 件を含む）` : ''}\n`,
    `${report.month}${report.dryRun ? ' (dry run)' : ''}: ${papers}, ${total} yen in all` +
      `${before > 0 ? ` (with ${before} closed before)` : ''}\n`,
  );
  const waits = suspenseText(call, report.suspense);
  if (report.accounts.length === 0) return head + waits;
  const rows = report.accounts.map(row => ({ ...row, outcome: OUTCOMES[row.outcome][call.language] }));
  return `${new Table(CLOSES, call.language).lines(rows)}\n${head}${waits}`;
}

/** What the month is closed without: the lines of call files that nobody could charge yet. */
function suspenseText(call: Call, { lines, priced, net, tax, unread }: SuspenseFigures): string {
  const text: string[] = [];
  if (lines > 0)
    text.push(
      call.say(
        `保留リスト: この月の通話 ${lines} 件（料金の分かる ${priced} 件で税抜 ${net} 円、税 ${tax} 円）\n`,
        `on the suspense list: ${lines} lines of the month (${priced} priced: ${net} yen net, ${tax} tax)\n`,
      ),
    );
  if (unread > 0)
    text.push(
      call.say(
        `保留リスト: どの月か読み取れない行が ${unread} 件残っています\n`,
        `on the suspense list: ${unread} lines whose month cannot be told\n`,
      ),
    );
  return text.join('');
}

function closeFinding(report: CloseReport): Finding | undefined {
  const refused = report.accounts.filter(row => row.outcome === 'refused');
  if (refused.length === 0) return undefined;
  const reasons = refused.map(({ account, rejection }) => `${account} ${rejection?.code ?? ''}`.trim());
  return { code: 'CLOSE_INCOMPLETE', message: `not closed: ${reasons.join(', ')}` };
}

async function close(call: Call): Promise<Output> {
  const month = call.month();
  const account = call.accountIfAny();
  const dryRun = call.flag('dry-run');
  const id = `close/${BusinessMonth.text(month)}${account ? `/${account}` : ''}`;
  const caller = call.caller(id);
  const input = { month, account, dryRun, force: call.flag('force'), reason: caller.actor.reason };
  const answer = await withProgress(call.io, progress => call.do(new RunClose(input, caller, { progress })));
  const output = answered(answer, report => closeText(call, report));
  return answer.kind === 'done' ? { ...output, finding: closeFinding(answer.value) } : output;
}

async function invoiceOf(call: Call): Promise<InvoiceDocument> {
  const number = call.arg(0);
  const document = await call.ask(new ShowInvoice({ number }));
  if (!document) throw new Refused('NO_SUCH_INVOICE', `there is no invoice ${number}`);
  return document;
}

async function showInvoice(call: Call): Promise<Output> {
  const document = await invoiceOf(call);
  const { printInvoice } = await import('#invoicing');
  const paper = printInvoice(document, { decimals: !call.flag('whole-yen'), language: call.language });
  const human = (): string =>
    [
      `${paper.title}${paper.subtitle === '' ? '' : ` (${paper.subtitle})`}\n\n`,
      `${paper.recipient.join('\n')}\n\n${paper.issuer.join('\n')}\n\n`,
      pairs(paper.head.map(({ label, text }) => [label, text])),
      `\n${new Table(LINES, call.language).lines(paper.rows)}\n`,
      pairs(paper.totals.map(({ label, text }) => [label, text])),
      `\n${paper.notes.join('\n')}\n`,
    ].join('');
  return { kind: 'document', value: document, human };
}

async function pdfInvoice(call: Call): Promise<Output> {
  const document = await invoiceOf(call);
  const { renderInvoicePdf } = await import('#adapters/pdf');
  const options = { decimals: !call.flag('whole-yen'), language: call.language };
  return deliver(call, [await renderInvoicePdf(document, options)], true);
}

/** J-12: by date, amount and counterparty, in ranges, any of them together. */
function invoiceSearch(call: Call) {
  const account = call.accountIfAny();
  const month = call.monthIfAny();
  const day = (option: string) => {
    const text = call.text(option);
    return text === undefined ? undefined : BusinessDay.parse(text, `--${option}`);
  };
  const yen = (option: string) => (call.text(option) === undefined ? undefined : call.money(option));
  const [from, to, least, most] = [day('from'), day('to'), yen('least'), yen('most')];
  return { account, month, from, to, least, most, counterparty: call.text('counterparty') };
}

async function listInvoices(call: Call): Promise<Output> {
  const filter = invoiceSearch(call);
  await call.knownAccountIfAny();
  const rows = allRows(
    page => call.ask(new ListInvoices({ ...page, ...filter })),
    call.countIfAny('limit', 1),
  );
  return {
    kind: 'list',
    rows,
    columns: INVOICES,
    empty: { ja: '請求書はありません。', en: 'There is no invoice.' },
  };
}

async function reconcile(call: Call): Promise<Output> {
  const month = call.month();
  const { rows, suspense } = await call.ask(new ReconcileMonth({ month }));
  // No difference of the books, and named all the same: on no invoice until somebody has dealt with it.
  await call.io.err(suspenseText(call, suspense));
  const message = `${rows.length} differences in ${BusinessMonth.text(month)}`;
  return {
    kind: 'list',
    rows,
    columns: DIFFERENCES,
    empty: { ja: '差異はありません。', en: 'All agree: no difference.' },
    finding: () => (rows.length === 0 ? undefined : { code: 'DIFFERENCES_FOUND', message }),
  };
}

export const billingVerbs: Verbs = (program, add) => {
  add(program, {
    usage: 'statement',
    about: "an account's usage statement of a month (ご利用明細)",
    store: 'read',
    options: command =>
      command
        .requiredOption('--account <account>', 'whose calls')
        .requiredOption('--month <month>', 'YYYY-MM')
        .option('--format <format>', `${FORMATS.join(', ')} (default: table)`)
        .option('--out <file>', 'write to a file'),
    run: statement,
  });
  add(program, {
    usage: 'close',
    about: 'close a month: invoices, rounding, books; run it again and it goes on where it was',
    store: 'write',
    writes: { id: true },
    options: command =>
      command
        .requiredOption('--month <month>', 'YYYY-MM')
        .option('--account <account>', 'only this account')
        .option('--dry-run', 'only say what would be done, refusals included')
        .option('--force', 'before the longest possible call has ended; needs --reason'),
    run: close,
  });
  const invoice = program.command('invoice').description('issued invoices');
  add(invoice, {
    usage: 'list',
    about: 'list or search the invoices: by date, amount and counterparty, in ranges, together',
    store: 'read',
    options: command =>
      command
        .option('--account <account>', 'only of this account')
        .option('--month <month>', 'only of this month, YYYY-MM')
        .option('--from <date>', 'dated on this day or later, YYYY-MM-DD')
        .option('--to <date>', 'dated on this day or earlier')
        .option('--least <yen>', 'total of at least so much')
        .option('--most <yen>', 'total of at most so much')
        .option('--counterparty <text>', 'part of the name or id of the account')
        .option('--limit <n>', 'at most so many'),
    run: listInvoices,
  });
  add(invoice, {
    usage: 'show <number>',
    about: 'show an invoice',
    store: 'read',
    options: command => command.option('--whole-yen', 'amounts without decimals (小数なし)'),
    run: showInvoice,
  });
  add(invoice, {
    usage: 'pdf <number>',
    about: 'an invoice as PDF, to a file or a pipe',
    store: 'read',
    options: command =>
      command
        .option('--out <file>', 'write to a file')
        .option('--whole-yen', 'amounts without decimals (小数なし)'),
    run: pdfInvoice,
  });
  add(program, {
    usage: 'reconcile',
    about: 'compare calls, ledger, statements and invoices of a month; exit code 1 when they differ',
    store: 'read',
    options: command => command.requiredOption('--month <month>', 'YYYY-MM'),
    run: reconcile,
  });
};
