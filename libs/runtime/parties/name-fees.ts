import { type PartyCommand, partyStream } from '#contracts';
import { type AccountId, BusinessDay, BusinessMonth, type Instant } from '#kernel';
import type { Fee, WalletCommand } from '#ledger';
import { policyInForce, policyOf } from '#policies';
import { derived } from '../engine/command-log.js';
import { type Facts, runningParty, taxRateOf } from '../engine/facts.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';

/** The fee of a change of name (INF-04): fixed by the approval, debited once, owed where funds are short. */
export class NameFees {
  constructor(
    private readonly wallets: Wallets,
    private readonly facts: Facts,
  ) {}

  /** What it costs on a day. */
  async onDay(day: BusinessDay) {
    const policies = await this.facts.policies();
    const { validFrom } = policyInForce(policies, 'contracts.name-change-fee', day);
    return {
      fee: policyOf(policies, 'contracts.name-change-fee', day),
      feeSince: validFrom === 'standard' ? null : BusinessDay.parse(validFrom),
    };
  }

  /** Debits what was approved and is not charged yet, each once, whoever asks and however often. */
  async charge(account: AccountId, caller: Caller): Promise<void> {
    const { runner } = this.wallets;
    const { state } = await runner.loadNewest(runningParty, partyStream(account));
    for (const { paper, fee, approvedAt, charged } of state.nameChanges) {
      if (charged) continue;
      const step = `name-change/${account}/${paper}`;
      if (fee > 0) await this.debit(account, { paper, fee, approvedAt }, derived(caller, `${step}/debit`));
      const command = (): PartyCommand => ({
        type: 'ChargeNameChange',
        now: runner.clock.now(),
        ...{ account, paper },
      });
      const done = derived(caller, `${step}/charged`);
      await runner.run(runningParty, partyStream(account), command, { charged: paper }, done);
    }
  }

  private async debit(
    account: AccountId,
    of: { readonly paper: string; readonly fee: Fee['net']; readonly approvedAt: Instant },
    caller: Caller,
  ): Promise<void> {
    const { paper, fee: net, approvedAt } = of;
    const day = BusinessDay.of(approvedAt);
    const taxRate = taxRateOf(await this.facts.policies(), 'standard', day);
    const fee: Fee = {
      debit: debitOfNameChange(paper),
      ...{ kind: 'other', category: '名義変更手数料', taxCategory: 'standard', taxRate, net },
    };
    const command = (): WalletCommand => ({
      type: 'DebitFees',
      now: this.wallets.runner.clock.now(),
      ...{ fees: [fee], billingMonth: BusinessMonth.ofDay(day) },
    });
    const done = await this.wallets.run(account, command, { nameChange: paper }, caller);
    if (done.kind === 'rejected')
      throw new Error(`the fee of name change ${paper} is refused: ${done.rejection.code}`);
  }
}

/** Names the debit for ever: `explain` leads from it to its paper. */
export const debitOfNameChange = (paper: string): string => `name-change-${paper}`;
