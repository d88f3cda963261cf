export * from './close-run.js';
export * from './draw-invoice.js';
export * from './invoice.js';
export * from './invoice-document.js';
export * from './invoice-draft.js';
export * from './numbering.js';
export * from './statement.js';
export * from './tax.js';
