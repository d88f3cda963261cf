import {
  assertNever,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  rejected,
} from '#kernel';
import { type InvoiceDocument, invoiceJson } from './invoice-document.js';

/**
 * Events of `invoice-<number>`. The whole document is the fact: it can be printed again without any other
 * record.
 */
export const invoiceEvents = defineEvents(
  { context: 'invoicing', stream: 'invoice-<number>' },
  {
    InvoiceIssued: event(
      { document: fact.json<InvoiceDocument>('invoice document') },
      {
        word: { ja: '請求書を発行した。', en: 'The invoice was issued; the whole document is the fact.' },
        sentence: {
          ja: '{document.recipient.name} 宛ての請求書 {document.number}（{document.total|yen}）を発行した。',
          en: 'Invoice {document.number} to {document.recipient.name} was issued: {document.total|yen}.',
        },
      },
    ),
  },
);
export type InvoiceEvent = EventOf<typeof invoiceEvents>;

export type InvoiceCommand = {
  readonly type: 'IssueInvoice';
  readonly now: Instant;
  readonly document: InvoiceDocument;
};

/** In the order in which they are tested. */
export const invoiceRefusals = defineRefusals({
  INVOICE_ALREADY_ISSUED: {
    status: 409,
    ja: '請求書{number}は、別の内容で既に発行されています。',
    en: 'Invoice {number} is issued with other content.',
  },
});

/** Why a command may have nothing to do. */
const invoiceUnchanged = defineUnchanged({
  SAME_INVOICE: { ja: 'この請求書は、既に発行されています。', en: 'this invoice is issued' },
});
export type InvoiceRejection = CodeOf<typeof invoiceRefusals>;

export type InvoiceState =
  | { readonly phase: 'none' }
  | { readonly phase: 'issued'; readonly document: InvoiceDocument };

export const invoiceStream = (number: string): string => `invoice-${number}`;

const initial: InvoiceState = { phase: 'none' };

/** An invoice is never edited (J-02): the same document again is done already, another one is refused. */
function issue(command: InvoiceCommand, state: InvoiceState) {
  if (state.phase === 'none') {
    return happened<InvoiceEvent>({ type: 'InvoiceIssued', at: command.now, document: command.document });
  }
  if (invoiceJson(state.document) === invoiceJson(command.document))
    return nothing(invoiceUnchanged.SAME_INVOICE);
  return rejected(invoiceRefusals.INVOICE_ALREADY_ISSUED, {
    number: state.document.number,
  });
}

export const invoice: Decider<InvoiceCommand, InvoiceEvent, InvoiceState, InvoiceRejection> = {
  name: 'invoice',
  fresh: () => initial,
  decide(command, state) {
    switch (command.type) {
      case 'IssueInvoice':
        return issue(command, state);
      default:
        return assertNever(command.type);
    }
  },
  evolve(_state, event) {
    switch (event.type) {
      case 'InvoiceIssued':
        return { phase: 'issued', document: event.document };
      default:
        return assertNever(event.type);
    }
  },
};
