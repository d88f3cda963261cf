import { FILE_TASKS, type HeavyTasks } from '#runtime';

/** All heavy work of the product. What draws papers is loaded with the first one. */
export const HEAVY_TASKS: HeavyTasks = {
  ...FILE_TASKS,
  invoicePdf: async (document, options) =>
    (await import('#adapters/pdf')).renderInvoicePdf(document, options),
  statementPdf: async (statement, meta) =>
    (await import('#adapters/pdf')).renderStatementPdf(statement, meta),
};
