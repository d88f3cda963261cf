import {
  type AccountId,
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
  type Outcome,
  rejected,
} from '#kernel';
import type { BankRow, ReceivingAccount } from '../bank/bank-file.js';

/** Events of `virtualAccount-<number>`: a number that the bank lent us, and whose transfers come to it. */
export const virtualAccountEvents = defineEvents(
  { context: 'payments', stream: 'virtualAccount-<number>' },
  {
    VirtualAccountAssigned: event(
      { number: fact.text, account: fact.id<AccountId>() },
      {
        word: {
          ja: '振込専用口座（仮想口座）をアカウントに割り当てた。',
          en: 'A virtual account of the bank was given to an account.',
        },
        sentence: {
          ja: '振込専用口座 {number} をアカウント {account} に割り当てた。',
          en: 'Virtual account {number} was given to account {account}.',
        },
      },
    ),
  },
);
export type VirtualAccountEvent = EventOf<typeof virtualAccountEvents>;

export const virtualAccountRefusals = defineRefusals({
  VIRTUAL_ACCOUNT_TAKEN: {
    status: 409,
    field: 'number',
    ja: 'この振込専用口座は、別のアカウントのものです。遅れて届く振込のため、割り当ては変えられません。',
    en: 'The virtual account is another account’s: because of late transfers it stays so for ever.',
  },
});
type VirtualAccountRejection = CodeOf<typeof virtualAccountRefusals>;

/** Why a command may have nothing to do. */
const virtualAccountUnchanged = defineUnchanged({
  ASSIGNED_ALREADY: { ja: '既に割り当ててあります。', en: 'it is given to this account already' },
});

export interface VirtualAccountState {
  readonly account: AccountId | null;
}
export type VirtualAccountCommand = {
  readonly type: 'AssignVirtualAccount';
  readonly now: Instant;
  readonly number: string;
  readonly account: AccountId;
};

export const virtualAccountStream = (number: string): string => `virtualAccount-${number}`;

function decide(
  { now: at, number, account }: VirtualAccountCommand,
  state: VirtualAccountState,
): Outcome<VirtualAccountEvent, VirtualAccountRejection> {
  if (state.account === account) return nothing(virtualAccountUnchanged.ASSIGNED_ALREADY);
  if (state.account !== null) return rejected(virtualAccountRefusals.VIRTUAL_ACCOUNT_TAKEN);
  return happened<VirtualAccountEvent>({ type: 'VirtualAccountAssigned', at, number, account });
}

export const virtualAccount: Decider<
  VirtualAccountCommand,
  VirtualAccountEvent,
  VirtualAccountState,
  VirtualAccountRejection
> = {
  name: 'virtualAccount',
  fresh: () => ({ account: null }),
  decide,
  evolve: (_state, { account }) => ({ account }),
};

/** Where a bank writes the virtual account of a deposit: branch and number, ten digits (FIELD 6.4). */
export type VirtualAccountPlace = 'none' | 'payer-code' | 'payer-name' | 'account';

/** The virtual account that a deposit came to, and what is left of the payer's name. */
export function virtualAccountOf(
  place: VirtualAccountPlace,
  { payerCode, payer }: Pick<BankRow, 'payerCode' | 'payer'>,
  { branch, number }: ReceivingAccount,
  own: ReceivingAccount,
): { readonly virtualAccount: string | null; readonly payer: string } {
  switch (place) {
    case 'payer-code':
      return { virtualAccount: /^(?!0+$)\d{10}$/.test(payerCode) ? payerCode : null, payer };
    case 'payer-name': {
      const [, digits, name = ''] = /^(\d{10}) *(.*)$/.exec(payer) ?? [];
      return digits === undefined ? { virtualAccount: null, payer } : { virtualAccount: digits, payer: name };
    }
    case 'account': {
      const isOwn = branch === own.branch && number === own.number;
      return { virtualAccount: isOwn ? null : `${branch}${number}`, payer };
    }
    default:
      return { virtualAccount: null, payer };
  }
}
