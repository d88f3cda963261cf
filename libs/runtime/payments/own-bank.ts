import { type AccountId, BusinessDay } from '#kernel';
import type { Instructions, ReceivingAccount } from '#payments';
import type { OwnBankAccount } from '#policies';
import type { PaymentGateway } from '#ports';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { ReadModels } from '../projecting/read-models.js';
import { virtualAccountGivenTo } from './deposits.queries.js';

/** What an order is paid through where no gateway is asked: the deposit files of the bank tell what came. */
export type PaidThrough = Pick<PaymentGateway, 'name' | 'environment' | 'abilities'>;
export const OWN_BANK: PaidThrough = {
  name: 'bank',
  environment: 'live',
  abilities: [{ method: 'bank_transfer', chains: [] }],
};

/** Where customers transfer to: our own account at a bank, or the virtual one that a customer was given. */
export class OwnBank {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  /** The account of today; null: no transfers are taken. */
  account(): Promise<OwnBankAccount | null> {
    return this.facts.policy('payment.bank-account', BusinessDay.of(this.runner.clock.now()));
  }

  /** What the customer is told; undefined: there is no account any more. */
  async instructions(account: AccountId, attempt: string): Promise<Instructions | undefined> {
    const own = await this.account();
    if (!own) return undefined;
    const virtual = await virtualAccountGivenTo(this.readModels, account);
    const { bankName, bank, branchName, kind, holder } = own;
    const branch = virtual === undefined ? `${branchName}（${own.branch}）` : virtual.slice(0, 3);
    const number = virtual === undefined ? own.number : virtual.slice(3);
    const transferTo = { bank: `${bankName}（${bank}）`, branch, kind, number, holder };
    return { reference: attempt, page: null, chain: null, numbers: [], transferTo };
  }
}

/** As the bank's files name it. */
export const receivingAccount = ({ bank, branch, kind, number }: OwnBankAccount): ReceivingAccount => ({
  ...{ bank, branch, number },
  kind: kind === 'current' ? '2' : '1',
});
