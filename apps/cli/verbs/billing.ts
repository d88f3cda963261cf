import type { InvoiceDocument } from '#invoicing';
import { BusinessMonth } from '#kernel';
import {
  ListInvoices,
  ReconcileMonth,
  RunClose,
  ShowAccount,
  ShowCatalogue,
  ShowInvoice,
  ShowStatement,
} from '#nest';
import { type AccountClose, type CloseReport, noSuch, type SuspenseFigures } from '#runtime';
import { Refused, WrongUsage } from '../failure.js';
import { writeWhole } from '../files.js';
import { asDocument, type Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Finding, Output, Pieces } from '../output.js';
import { usageProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import { type Column, grouped, pairs, Table } from '../text.js';
import { inputOf, listVerb, verbOf } from '../use-case-verb.js';
import { INVOICE_KINDS } from '../words.js';

export const OUT = option('--out <file>', { ja: 'ファイルに書き込む', en: 'write to a file' });
const WHOLE_YEN = option('--whole-yen', {
  ja: '金額を整数で示す（小数なし）',
  en: 'amounts without decimals (小数なし)',
});

const FORMATS = ['table', 'csv', 'json', 'pdf'] as const;
const FORMAT = option('--format <format>', {
  ja: `${FORMATS.join(', ')}（省略時は table）`,
  en: `${FORMATS.join(', ')} (default: table)`,
});

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
  { key: 'kind', head: { ja: '種類', en: 'kind' }, valuesInJapanese: INVOICE_KINDS },
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
export async function deliver(
  invocation: Invocation,
  pieces: Pieces['pieces'],
  binary: boolean,
): Promise<Output> {
  const out = invocation.text('out');
  if (out === undefined) {
    if (binary && invocation.json) throw WrongUsage.of(usageProblems.JSON_WITH_PDF);
    if (binary && invocation.io.terminal.out) throw WrongUsage.of(usageProblems.PDF_ON_TERMINAL);
    return { kind: 'pieces', pieces };
  }
  const bytes = await writeWhole(invocation.path(out), pieces);
  return {
    kind: 'document',
    value: { file: out, bytes },
    human: () =>
      invocation.say(`${out} に書き込みました (${bytes} バイト)\n`, `wrote ${out} (${bytes} bytes)\n`),
  };
}

async function statement(invocation: Invocation): Promise<Output> {
  const input = inputOf(invocation, ShowStatement.useCase);
  const { account } = input;
  const format = invocation.choice('format', FORMATS, invocation.json ? 'json' : 'table');
  if (invocation.json && format !== 'json' && format !== 'pdf')
    throw WrongUsage.of(usageProblems.JSON_WITH_FORMAT, { format });
  const view = await invocation.ask(new ShowAccount({ account }));
  const found = view && (await invocation.ask(new ShowStatement(input)));
  if (!found) throw Refused.of(noSuch('ACCOUNT', { account }));
  const { statementCsv, statementTable } = await import('#invoicing');
  switch (format) {
    case 'json':
      return deliver(invocation, [`${JSON.stringify(found)}\n`], false);
    case 'csv':
      return deliver(invocation, [statementCsv(found, invocation.language)], false);
    case 'table':
      return deliver(invocation, [statementTable(found, invocation.language)], false);
    case 'pdf': {
      const { renderStatementPdf } = await import('#adapters/pdf');
      const issuer = (await invocation.ask(new ShowCatalogue({}))).issuer.name;
      const { language } = invocation;
      return deliver(
        invocation,
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
function papersText(invocation: Invocation, { invoices, accounts }: CloseReport): string {
  const returns = accounts.filter(row => row.outcome !== 'refused' && row.total.startsWith('-')).length;
  const ordinary = invocation.say(`請求書 ${invoices - returns} 通`, `${invoices - returns} invoices`);
  if (returns === 0) return ordinary;
  const back = invocation.say(`返還請求書 ${returns} 通`, `${returns} return invoices`);
  return invoices === returns ? back : `${ordinary}${invocation.say('、', ', ')}${back}`;
}

function closeText(invocation: Invocation, report: CloseReport): string {
  const total = grouped(report.total);
  const papers = papersText(invocation, report);
  const before = report.accounts.filter(row => row.outcome === 'already_closed').length;
  const head = invocation.say(
    `${report.month}${report.dryRun ? '（試算）' : ''}: ${papers}、合計 ${total} 円` +
      `${before > 0 ? `（前回までに締め済みの ${before} 件を含む）` : ''}\n`,
    `${report.month}${report.dryRun ? ' (dry run)' : ''}: ${papers}, ${total} yen in all` +
      `${before > 0 ? ` (with ${before} closed before)` : ''}\n`,
  );
  const waits = suspenseText(invocation, report.suspense);
  if (report.accounts.length === 0) return head + waits;
  const rows = report.accounts.map(row => ({ ...row, outcome: OUTCOMES[row.outcome][invocation.language] }));
  return `${new Table(CLOSES, invocation.language).lines(rows)}\n${head}${waits}`;
}

/** What the month is closed without: the lines of call files that nobody could charge yet. */
function suspenseText(invocation: Invocation, { lines, priced, net, tax, unread }: SuspenseFigures): string {
  const text: string[] = [];
  if (lines > 0)
    text.push(
      invocation.say(
        `保留リスト: この月の通話 ${lines} 件（料金の分かる ${priced} 件で税抜 ${net} 円、税 ${tax} 円）\n`,
        `on the suspense list: ${lines} lines of the month (${priced} priced: ${net} yen net, ${tax} tax)\n`,
      ),
    );
  if (unread > 0)
    text.push(
      invocation.say(
        `保留リスト: どの月か読み取れない行が ${unread} 件残っています\n`,
        `on the suspense list: ${unread} lines whose month cannot be told\n`,
      ),
    );
  return text.join('');
}

function closeFinding(invocation: Invocation, report: CloseReport): Finding | undefined {
  const refused = report.accounts.filter(row => row.outcome === 'refused');
  if (refused.length === 0) return undefined;
  const reasons = refused.map(({ account, rejection }) => `${account} ${rejection?.code ?? ''}`.trim());
  const message = invocation.say(
    `締められませんでした：${reasons.join('、')}`,
    `not closed: ${reasons.join(', ')}`,
  );
  return { code: 'CLOSE_INCOMPLETE', message };
}

async function close(invocation: Invocation): Promise<Output> {
  const input = inputOf(invocation, RunClose.useCase);
  const { month, account } = input;
  const caller = invocation.caller(`close/${BusinessMonth.text(month)}${account ? `/${account}` : ''}`);
  const answer = await withProgress(invocation.io, progress =>
    invocation.do(new RunClose(input, caller, { progress })),
  );
  const output = asDocument(answer, report => closeText(invocation, report));
  return answer.kind === 'done' ? { ...output, finding: closeFinding(invocation, answer.value) } : output;
}

async function invoiceOf(invocation: Invocation): Promise<InvoiceDocument> {
  const number = invocation.arg(0);
  const document = await invocation.ask(new ShowInvoice({ number }));
  if (!document) throw Refused.of(noSuch('INVOICE', { number }));
  return document;
}

async function showInvoice(invocation: Invocation): Promise<Output> {
  const document = await invoiceOf(invocation);
  const { printInvoice } = await import('#invoicing');
  const paper = printInvoice(document, {
    decimals: !invocation.flag('whole-yen'),
    language: invocation.language,
  });
  const human = (): string =>
    [
      `${paper.title}${paper.subtitle === '' ? '' : ` (${paper.subtitle})`}\n\n`,
      `${paper.recipient.join('\n')}\n\n${paper.issuer.join('\n')}\n\n`,
      pairs(paper.head.map(({ label, text }) => [label, text])),
      `\n${new Table(LINES, invocation.language).lines(paper.rows)}\n`,
      pairs(paper.totals.map(({ label, text }) => [label, text])),
      `\n${paper.notes.join('\n')}\n`,
    ].join('');
  return { kind: 'document', value: document, human };
}

async function pdfInvoice(invocation: Invocation): Promise<Output> {
  const document = await invoiceOf(invocation);
  const { renderInvoicePdf } = await import('#adapters/pdf');
  const options = { decimals: !invocation.flag('whole-yen'), language: invocation.language };
  return deliver(invocation, [await renderInvoicePdf(document, options)], true);
}

async function reconcile(invocation: Invocation): Promise<Output> {
  const month = invocation.month();
  const { rows, suspense } = await invocation.ask(new ReconcileMonth({ month }));
  // No difference of the books, and named all the same: on no invoice until somebody has dealt with it.
  await invocation.io.err(suspenseText(invocation, suspense));
  const message = invocation.say(
    `${BusinessMonth.text(month)} に差異が ${rows.length} 件あります`,
    `${rows.length} differences in ${BusinessMonth.text(month)}`,
  );
  return {
    kind: 'list',
    rows: invocation.json
      ? rows
      : rows.map(row => ({ ...row, message: invocation.say(row.messageJa, row.message) })),
    columns: DIFFERENCES,
    empty: { ja: '差異はありません。', en: 'All agree: no difference.' },
    finding: () => (rows.length === 0 ? undefined : { code: 'DIFFERENCES_FOUND', message }),
  };
}

export const billingVerbs: Verbs = (program, add, group) => {
  add(program, {
    ...verbOf(ShowStatement, [FORMAT, OUT]),
    run: statement,
  });
  add(program, { ...verbOf(RunClose), run: close });
  const invoice = group('invoice', { ja: '発行した請求書', en: 'issued invoices' });
  add(
    invoice,
    listVerb(ListInvoices, {
      columns: INVOICES,
      empty: { ja: '請求書はありません。', en: 'There is no invoice.' },
    }),
  );
  add(invoice, {
    ...verbOf(ShowInvoice),
    options: [WHOLE_YEN],
    run: showInvoice,
  });
  add(invoice, {
    usage: 'pdf <number>',
    about: { ja: '請求書のPDF（ファイルまたはパイプへ）', en: 'An invoice as PDF, to a file or a pipe' },
    store: 'read',
    options: [OUT, WHOLE_YEN],
    run: pdfInvoice,
  });
  add(program, { ...verbOf(ReconcileMonth), run: reconcile });
};
