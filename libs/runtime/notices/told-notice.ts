import type { ContractEvent, Notice, PartyEvent } from '#contracts';
import type { Language, MessageStyle, MessageText } from '#kernel';
import type { WalletEvent } from '#ledger';
import type { PaymentEvent, PrepaidSettingsEvent } from '#payments';

export type ToldEvent = ContractEvent | PartyEvent | WalletEvent | PaymentEvent | PrepaidSettingsEvent;
export type ToldOfType<Type extends ToldEvent['type']> = Extract<ToldEvent, { readonly type: Type }>;

/** What a mail tells, and to whom it is of interest. */
export interface ToldNotice {
  readonly about: Notice;
  /**
   * `billing`: the first billing address, as of all that is about money (003 p.91). `alert`, `limit`: the
   * lists of the prepaid settings. `nobody`: another mail tells it.
   */
  readonly to: 'billing' | 'contract' | 'alert' | 'limit' | 'nobody';
  /** What the customer wants it in; that of the account without it. */
  readonly language?: Language;
  write(style: MessageStyle): MessageText;
}

export const ofType = <Type extends ToldEvent['type']>(
  events: readonly ToldEvent[],
  type: Type,
): ToldOfType<Type>[] => events.filter((event): event is ToldOfType<Type> => event.type === type);
