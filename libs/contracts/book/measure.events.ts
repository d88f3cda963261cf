import { type AccountId, type EventOf, event, fact, type TaxCategory } from '#kernel';

// What of a contract is measured month by month: what is kept of recordings, the sheets of an invoice.

export const measureEvents = {
  ContractMeasured: event(
    {
      account: fact.id<AccountId>(),
      contract: fact.text,
      /** Of the recordings; of the invoice that was posted. */
      month: fact.month,
      what: fact.oneOf('recording_bytes', 'invoice_sheets'),
      /** The most so far of the month. */
      amount: fact.whole,
      /** Reached before this; the first is in the monthly fee. */
      unitsBefore: fact.whole,
      units: fact.whole,
      /** What each further unit costs, net, by the list in force on the first of the month. */
      net: fact.money,
      nameJa: fact.text,
      nameEn: fact.text,
      taxCategory: fact.id<TaxCategory>(),
      priceList: fact.text,
      priceVersion: fact.whole,
    },
    {
      word: {
        ja: '契約の月間の最大値（録音の保存容量、請求書の枚数）を記録した。',
        en: 'A new peak of what is measured of a contract: recordings kept, sheets of an invoice.',
      },
      sentence: {
        ja: '契約 {contract} の {month} の {what|code} は {amount}（{units}単位、1単位 {net|yen}）。',
        en: 'Contract {contract}, {month}: {what|code} {amount}, {units} unit(s) at {net|yen}.',
      },
    },
  ),
};
export type MeasureEvent = EventOf<{ declared: typeof measureEvents }>;
/** A peak as the book keeps it. */
export type Measured = Omit<MeasureEvent, 'type' | 'account'>;
