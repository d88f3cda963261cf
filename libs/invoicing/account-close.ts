import {
  assertNever,
  BusinessMonth,
  type Codec,
  canonicalJson,
  type Decider,
  happened,
  Instant,
  Money,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
  type TaxCategory,
} from '#kernel';
import type { InvoiceDocument } from './invoice-document.js';
import type { CloseFigures } from './invoice-draft.js';

/**
 * Events of `close-<account>_<yyyy-mm>`: the close of one account's month. What is to be issued and booked is
 * written down before it is booked, so that a close that breaks off anywhere goes on with the same invoice,
 * byte for byte.
 */
export type AccountCloseEvent =
  | {
      readonly type: 'CloseDrafted';
      readonly at: Instant;
      readonly account: string;
      readonly month: BusinessMonth;
      /** null: nothing to bill, no number taken. */
      readonly document: InvoiceDocument | null;
      readonly figures: CloseFigures;
    }
  | {
      readonly type: 'MonthClosed';
      readonly at: Instant;
      readonly account: string;
      readonly month: BusinessMonth;
      readonly invoice: string | null;
      readonly total: Money;
    };

export type AccountCloseCommand =
  | {
      readonly type: 'DraftClose';
      readonly now: Instant;
      readonly account: string;
      readonly month: BusinessMonth;
      readonly document: InvoiceDocument | null;
      readonly figures: CloseFigures;
    }
  | {
      readonly type: 'FinishClose';
      readonly now: Instant;
      /** What the wallet booked: of several drafts the one that counts. */
      readonly booked: BookedDraft;
    };

/** What a draft says besides whose it is and when it was drawn. */
export interface BookedDraft {
  /** null: nothing to bill, no number taken. */
  readonly document: InvoiceDocument | null;
  readonly figures: CloseFigures;
}

/** In the order in which they are tested. */
export const ACCOUNT_CLOSE_REJECTIONS = ['MONTH_IS_CLOSED', 'CLOSE_NOT_DRAFTED'] as const;
export type AccountCloseRejection = (typeof ACCOUNT_CLOSE_REJECTIONS)[number];

export interface AccountCloseState {
  readonly drafts: number;
  readonly draft: Extract<AccountCloseEvent, { type: 'CloseDrafted' }> | null;
  readonly closed: boolean;
}

export const accountCloseStream = (account: string, month: BusinessMonth): string =>
  `close-${account}_${BusinessMonth.text(month)}`;

const isSame = (one: BookedDraft, other: BookedDraft): boolean =>
  canonicalJson([one.document, one.figures]) === canonicalJson([other.document, other.figures]);

type Decision = Outcome<AccountCloseEvent, AccountCloseRejection>;

function decide(command: AccountCloseCommand, state: AccountCloseState): Decision {
  const { draft } = state;
  switch (command.type) {
    case 'DraftClose': {
      if (state.closed) return rejected('MONTH_IS_CLOSED', 'The month of this account is closed.');
      const { now: at, account, month, document, figures } = command;
      if (draft && isSame(draft, { document, figures }))
        return nothing('this close is drafted like this already');
      return happened<AccountCloseEvent>({ type: 'CloseDrafted', at, account, month, document, figures });
    }
    case 'FinishClose': {
      if (!draft) return rejected('CLOSE_NOT_DRAFTED', 'There is no drafted close to finish.');
      if (state.closed) return nothing('the month is closed already');
      const { account, month } = draft;
      const { document, figures } = command.booked;
      const of = { at: command.now, account, month };
      const { total } = figures;
      const closed = { type: 'MonthClosed', ...of, invoice: document?.number ?? null, total } as const;
      if (isSame(draft, command.booked)) return happened<AccountCloseEvent>(closed);
      // Another close drafted after the booking: the stream ends with what counts all the same.
      return happened<AccountCloseEvent>({ type: 'CloseDrafted', ...of, document, figures }, closed);
    }
    default:
      return assertNever(command);
  }
}

const initial: AccountCloseState = { drafts: 0, draft: null, closed: false };

export const accountClose: Decider<
  AccountCloseCommand,
  AccountCloseEvent,
  AccountCloseState,
  AccountCloseRejection
> = {
  name: 'accountClose',
  initial,
  fresh: () => initial,
  decide,
  evolve: (state, event) =>
    event.type === 'CloseDrafted'
      ? { ...state, drafts: state.drafts + 1, draft: event }
      : { ...state, closed: true },
};

interface StoredDiscount {
  readonly taxCategory: TaxCategory;
  readonly taxRate: number;
  readonly net: string;
  readonly tax: string;
}

interface Stored {
  readonly at: string;
  readonly account: string;
  readonly month: string;
  readonly document: InvoiceDocument | null;
  readonly basis: { readonly net: string; readonly tax: string };
  readonly discounts: readonly StoredDiscount[];
  readonly total: string;
  readonly invoice: string | null;
}

const commonOf = (d: Stored): { at: Instant; account: string; month: BusinessMonth } => ({
  at: Instant.parse(d.at),
  account: d.account,
  month: BusinessMonth.parse(d.month),
});

function decodeDraft(d: Stored): AccountCloseEvent {
  const basis = { net: Money.parse(d.basis.net), tax: Money.parse(d.basis.tax) };
  const discounts = d.discounts.map(part => ({
    ...part,
    net: Money.parse(part.net),
    tax: Money.parse(part.tax),
  }));
  const figures = { basis, discounts, total: Money.parse(d.total) };
  return { type: 'CloseDrafted', ...commonOf(d), document: d.document, figures };
}

export const accountCloseCodec: Codec<AccountCloseEvent> = {
  secrets: nothingSecretIn('invoicing.CloseDrafted.v1', 'invoicing.MonthClosed.v1'),
  occurredAt: event => event.at,
  encode(event) {
    const { account } = event;
    const at = Instant.text(event.at);
    const month = BusinessMonth.text(event.month);
    switch (event.type) {
      case 'CloseDrafted': {
        const { basis, discounts, total } = event.figures;
        const figures = {
          basis: { net: Money.text(basis.net), tax: Money.text(basis.tax) },
          discounts: discounts.map(d => ({ ...d, net: Money.text(d.net), tax: Money.text(d.tax) })),
          total: Money.text(total),
        };
        return {
          type: 'invoicing.CloseDrafted.v1',
          data: { at, account, month, document: event.document, ...figures },
        };
      }
      case 'MonthClosed':
        return {
          type: 'invoicing.MonthClosed.v1',
          data: { at, account, month, invoice: event.invoice, total: Money.text(event.total) },
        };
      default:
        return assertNever(event);
    }
  },
  decode(type, data) {
    if (type === 'invoicing.CloseDrafted.v1') return decodeDraft(data as Stored);
    if (type !== 'invoicing.MonthClosed.v1')
      throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    const stored = data as Stored;
    return {
      type: 'MonthClosed',
      ...commonOf(stored),
      invoice: stored.invoice,
      total: Money.parse(stored.total),
    };
  },
};
