import {
  type InvoiceDocument,
  type InvoicePrintOptions,
  printInvoice,
  printStatement,
  type UsageStatement,
} from '#invoicing';
import { BusinessDay, BusinessMonth, type Language } from '#kernel';

export { charactersOfPapers } from './faces.js';

import { layoutInvoice } from './invoice-layout.js';
import { renderPdf } from './render.js';
import { layoutStatement, type StatementParties } from './statement-layout.js';

export interface StatementMeta extends StatementParties {
  readonly language: Language;
}

/**
 * An issued invoice as an A4 PDF, with or without decimals, in Japanese or English. The same document and
 * options give the same bytes, today and in ten years with this version.
 */
export function renderInvoicePdf(
  document: InvoiceDocument,
  options: InvoicePrintOptions,
): Promise<Uint8Array> {
  const paper = printInvoice(document, options);
  const info = {
    title: `${paper.title} ${document.number}`,
    author: document.issuer.name,
    date: document.issueDate,
    language: options.language,
  };
  return renderPdf(info, measure => layoutInvoice(paper, measure));
}

/** A usage statement as an A4 PDF, dated the last day of its month. */
export function renderStatementPdf(statement: UsageStatement, meta: StatementMeta): Promise<Uint8Array> {
  const paper = printStatement(statement, meta.language);
  const info = {
    title: `${paper.title} ${statement.account}`,
    author: meta.issuer,
    date: BusinessDay.text(BusinessMonth.lastDay(BusinessMonth.parse(statement.month))),
    language: meta.language,
  };
  return renderPdf(info, measure => layoutStatement(paper, statement.account, meta, measure));
}
