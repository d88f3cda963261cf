import {
  assertNever,
  BusinessMonth,
  type CodeOf,
  canonicalJson,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  olderForm,
  rejected,
  type ValuesOf,
} from '#kernel';
import { taxedSumFact } from '#ledger';
import type { InvoiceDocument } from './invoice-document.js';
import { type CloseFigures, closeFigures } from './invoice-draft.js';

const draftedV1 = {
  account: fact.text,
  month: fact.month,
  document: fact.orNull(fact.json<InvoiceDocument>('invoice document')),
  figures: fact.inline({
    basis: closeFigures.basis,
    discounts: fact.listOf(taxedSumFact),
    total: fact.money,
  }),
};
const DRAFTED = {
  ja: 'アカウント {account} の {month} の締めを書き留めた[（請求書 {document.number}、合計 {document.total|yen}）]。',
  en:
    'The close of {month} for account {account} was written down[: invoice {document.number}, ' +
    'total {document.total|yen}].',
};

/** Before it was told, a discount was always of the month that was closed. */
function figuresOfV1({ month, figures }: ValuesOf<typeof draftedV1>): CloseFigures {
  const discounts = figures.discounts.map(sums => ({ usageMonth: month, ...sums }));
  return { ...figures, discounts, rates: [] };
}

/**
 * Events of `close-<account>_<yyyy-mm>`: the close of one account's month. What is to be issued and booked is
 * written down before it is booked, so that a close that breaks off anywhere goes on with the same invoice,
 * byte for byte.
 */
export const accountCloseEvents = defineEvents(
  { context: 'invoicing', stream: 'close-<account>_<yyyy-mm>' },
  {
    CloseDrafted: event(
      {
        account: fact.text,
        month: fact.month,
        /** null: nothing to bill, no number taken. */
        document: fact.orNull(fact.json<InvoiceDocument>('invoice document')),
        figures: fact.inline(closeFigures),
      },
      {
        word: {
          ja: '締めの内容を記帳前に書き留めた。',
          en: 'What is to be issued and booked was written down before it is booked.',
        },
        sentence: DRAFTED,
      },
      { version: 2, older: [olderForm(1, draftedV1, DRAFTED, e => ({ ...e, figures: figuresOfV1(e) }))] },
    ),
    MonthClosed: event(
      { account: fact.text, month: fact.month, invoice: fact.orNull(fact.text), total: fact.money },
      {
        word: { ja: 'アカウントの月締めが終わった。', en: "The account's month is closed." },
        sentence: {
          ja: 'アカウント {account} の {month} を締めた[（請求書 {invoice}、{total|yen}）]。',
          en: 'Account {account} is closed for {month}[ with invoice {invoice}, {total|yen}].',
        },
      },
    ),
  },
);
export type AccountCloseEvent = EventOf<typeof accountCloseEvents>;

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

/** What a draft says besides whose it is and when it was composed. */
export interface BookedDraft {
  /** null: nothing to bill, no number taken. */
  readonly document: InvoiceDocument | null;
  readonly figures: CloseFigures;
}

/** In the order in which they are tested. */
export const accountCloseRefusals = defineRefusals({
  MONTH_IS_CLOSED: {
    status: 409,
    ja: 'このアカウントのこの月は既に締められています。',
    en: 'The month of this account is closed.',
  },
  CLOSE_NOT_DRAFTED: {
    status: 409,
    ja: '締めの準備ができていません。',
    en: 'There is no drafted close to finish.',
  },
});

/** Why a command may have nothing to do. */
const accountCloseUnchanged = defineUnchanged({
  DRAFTED_LIKE_THIS: {
    ja: 'この締めの下書きは、既にこのとおりです。',
    en: 'this close is drafted like this already',
  },
  MONTH_CLOSED_BEFORE: { ja: 'この月は、既に締め済みです。', en: 'the month is closed already' },
});
export type AccountCloseRejection = CodeOf<typeof accountCloseRefusals>;

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
      if (state.closed) return rejected(accountCloseRefusals.MONTH_IS_CLOSED);
      const { now: at, account, month, document, figures } = command;
      if (draft && isSame(draft, { document, figures }))
        return nothing(accountCloseUnchanged.DRAFTED_LIKE_THIS);
      return happened<AccountCloseEvent>({ type: 'CloseDrafted', at, account, month, document, figures });
    }
    case 'FinishClose': {
      if (!draft) return rejected(accountCloseRefusals.CLOSE_NOT_DRAFTED);
      if (state.closed) return nothing(accountCloseUnchanged.MONTH_CLOSED_BEFORE);
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
  fresh: () => initial,
  decide,
  evolve: (state, event) =>
    event.type === 'CloseDrafted'
      ? { ...state, drafts: state.drafts + 1, draft: event }
      : { ...state, closed: true },
};
