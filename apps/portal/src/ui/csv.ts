import { csvText } from '#kernel/csv';

export const csvBlob = (rows: readonly (readonly string[])[]): Blob =>
  new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' });
