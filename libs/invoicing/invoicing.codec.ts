import { assertNever, BusinessMonth, type Codec, Instant, Money, nothingSecretIn } from '#kernel';
import type { CloseRunEvent } from './close-run.js';
import type { InvoiceEvent } from './invoice.js';
import type { InvoiceDocument } from './invoice-document.js';
import type { NumberingEvent } from './numbering.js';

/** Stored forms, version 1. A form is never changed: a new version gets a new type and an arm in `decode`. */
interface StoredInvoiceIssuedV1 {
  readonly at: string;
  readonly document: InvoiceDocument;
}
interface StoredInvoiceNumberAssignedV1 {
  readonly at: string;
  readonly month: string;
  readonly account: string;
  readonly number: string;
}
interface StoredCloseRunStartedV1 {
  readonly at: string;
  readonly month: string;
  readonly by: string;
}
interface StoredAccountClosedV1 {
  readonly at: string;
  readonly account: string;
  readonly invoice: string | null;
  readonly total: string;
}
interface StoredCloseRunCompletedV1 {
  readonly at: string;
  readonly accounts: number;
  readonly invoices: number;
  readonly total: string;
}

/** Every stored type of this lib, for the event catalogue and the golden samples. */
export const INVOICING_EVENT_TYPES = [
  'invoicing.InvoiceIssued.v1',
  'invoicing.InvoiceNumberAssigned.v1',
  'invoicing.CloseRunStarted.v1',
  'invoicing.AccountClosed.v1',
  'invoicing.CloseRunCompleted.v1',
  'invoicing.CloseDrafted.v1',
  'invoicing.MonthClosed.v1',
] as const;

function unknownType(type: string): never {
  throw new Error(`unknown stored event type: ${type}`);
}

export const invoiceCodec: Codec<InvoiceEvent> = {
  secrets: nothingSecretIn('invoicing.InvoiceIssued.v1'),
  encode: ({ at, document }) => ({
    type: 'invoicing.InvoiceIssued.v1',
    data: { at: Instant.text(at), document } satisfies StoredInvoiceIssuedV1,
  }),
  decode(type, data) {
    if (type !== 'invoicing.InvoiceIssued.v1') return unknownType(type);
    const { at, document } = data as StoredInvoiceIssuedV1;
    return { type: 'InvoiceIssued', at: Instant.parse(at), document };
  },
  occurredAt: event => event.at,
};

export const numberingCodec: Codec<NumberingEvent> = {
  secrets: nothingSecretIn('invoicing.InvoiceNumberAssigned.v1'),
  encode: ({ at, month, account, number }) => ({
    type: 'invoicing.InvoiceNumberAssigned.v1',
    data: {
      at: Instant.text(at),
      month: BusinessMonth.text(month),
      account,
      number,
    } satisfies StoredInvoiceNumberAssignedV1,
  }),
  decode(type, data) {
    if (type !== 'invoicing.InvoiceNumberAssigned.v1') return unknownType(type);
    const { at, month, account, number } = data as StoredInvoiceNumberAssignedV1;
    return {
      type: 'InvoiceNumberAssigned',
      at: Instant.parse(at),
      month: BusinessMonth.parse(month),
      account,
      number,
    };
  },
  occurredAt: event => event.at,
};

function encodeCloseRun(event: CloseRunEvent): { type: string; data: unknown } {
  const at = Instant.text(event.at);
  switch (event.type) {
    case 'CloseRunStarted': {
      const data: StoredCloseRunStartedV1 = { at, month: BusinessMonth.text(event.month), by: event.by };
      return { type: 'invoicing.CloseRunStarted.v1', data };
    }
    case 'AccountClosed': {
      const { account, invoice } = event;
      const data: StoredAccountClosedV1 = { at, account, invoice, total: Money.text(event.total) };
      return { type: 'invoicing.AccountClosed.v1', data };
    }
    case 'CloseRunCompleted': {
      const { accounts, invoices } = event;
      const data: StoredCloseRunCompletedV1 = { at, accounts, invoices, total: Money.text(event.total) };
      return { type: 'invoicing.CloseRunCompleted.v1', data };
    }
    default:
      return assertNever(event);
  }
}

function decodeCloseRun(type: string, stored: unknown): CloseRunEvent {
  switch (type) {
    case 'invoicing.CloseRunStarted.v1': {
      const { at, month, by } = stored as StoredCloseRunStartedV1;
      return { type: 'CloseRunStarted', at: Instant.parse(at), month: BusinessMonth.parse(month), by };
    }
    case 'invoicing.AccountClosed.v1': {
      const { at, account, invoice, total } = stored as StoredAccountClosedV1;
      return { type: 'AccountClosed', at: Instant.parse(at), account, invoice, total: Money.parse(total) };
    }
    case 'invoicing.CloseRunCompleted.v1': {
      const { at, accounts, invoices, total } = stored as StoredCloseRunCompletedV1;
      return {
        type: 'CloseRunCompleted',
        at: Instant.parse(at),
        accounts,
        invoices,
        total: Money.parse(total),
      };
    }
    default:
      return unknownType(type);
  }
}

export const closeRunCodec: Codec<CloseRunEvent> = {
  secrets: nothingSecretIn(
    'invoicing.CloseRunStarted.v1',
    'invoicing.AccountClosed.v1',
    'invoicing.CloseRunCompleted.v1',
  ),
  encode: encodeCloseRun,
  decode: decodeCloseRun,
  occurredAt: event => event.at,
};
