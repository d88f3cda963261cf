import { z } from 'zod';
import type { AccountId, BusinessDay, Money } from '#kernel';
import { accountText, count, date, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';

export const Account = shape(
  'Account',
  z.object({
    account: accountText,
    name: text,
    openedOn: date,
    tariff: text,
    /** 着割, yen per minute; '0' without one. */
    incomingDiscount: yen,
    numbers: z.array(text),
    /** Revision of the account's stream: the ETag. */
    revision: count,
  }),
);
export type AccountView = ViewOf<typeof Account>;

export const Note = shape(
  'Note',
  z.object({
    at: time,
    by: text.meta({ description: 'Who wrote it, as the log names people.' }),
    text,
    position: count,
  }),
);
export type NoteView = ViewOf<typeof Note>;

export interface AccountService {
  open(
    input: {
      account: AccountId;
      name: string;
      openedOn: BusinessDay;
      numbers: readonly string[];
      tariff: string;
      incomingDiscount: Money;
    },
    caller: Caller,
  ): Promise<Answer<AccountView>>;
  assignNumber(account: AccountId, number: string, caller: Caller): Promise<Answer<AccountView>>;
  assignTariff(account: AccountId, tariff: string, caller: Caller): Promise<Answer<AccountView>>;
  agreeIncomingDiscount(account: AccountId, perMinute: Money, caller: Caller): Promise<Answer<AccountView>>;
  get(account: AccountId): Promise<AccountView | undefined>;
  /** Whether there is such an account, by its own stream: a read model may not know it yet. */
  known(account: AccountId): Promise<boolean>;
  /** Keeps what staff have to know about this customer; for good, and for staff only. */
  addNote(account: AccountId, text: string, caller: Caller): Promise<Answer<NoteView>>;
  /** Newest first; of the account's own stream, so never behind. */
  notes(account: AccountId): Promise<readonly NoteView[]>;
  /** Search by part of name, id or number; ids ascending. */
  list(request?: PageRequest & { search?: string }): Promise<Page<AccountView>>;
}
