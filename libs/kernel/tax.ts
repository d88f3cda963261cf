/** How a line is taxed (DECISIONS: Money). 課税 10 %, 軽減 8 %, 免税 (international calls, J-05), 不課税. */
export const TAX_CATEGORIES = ['standard', 'reduced', 'export_exempt', 'out_of_scope'] as const;
export type TaxCategory = (typeof TAX_CATEGORIES)[number];

export const isTaxCategory = (text: string): text is TaxCategory =>
  (TAX_CATEGORIES as readonly string[]).includes(text);

/** A tax rate in hundredths of a percent: 10 % is 1000. Zero for export-exempt and out-of-scope lines. */
export type BasisPoints = number;
export const BASIS_POINTS_IN_ONE = 10_000;
