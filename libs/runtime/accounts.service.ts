import {
  type AccountCommand,
  type AccountState,
  accountStream,
  numberClaim,
  numberCodec,
  numberStream,
} from '#contracts';
import { type AccountId, BusinessDay, Money, parsePhoneNumber } from '#kernel';
import type { ReadStore } from '#ports';
import { derived } from './command-log.js';
import type { Facts } from './facts.js';
import { keyOfCursor, limitOf, pageOf } from './paging.js';
import type { AccountService, AccountView, Answer, Caller, Page, PageRequest } from './product.js';
import type { CommandRunner } from './run-command.js';
import { runningAccount } from './wallets.js';

const runningNumber = { decider: numberClaim, codec: numberCodec };

interface AccountRow {
  account: AccountId;
  name: string;
  opened_on: BusinessDay;
  tariff: string;
  incoming_discount: Money;
  revision: number;
}

export class Accounts implements AccountService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadStore,
    private readonly facts: Facts,
  ) {}

  async open(input: Parameters<AccountService['open']>[0], caller: Caller): Promise<Answer<AccountView>> {
    const numbers = input.numbers.map(number => parsePhoneNumber(number));
    const { account, name, openedOn, tariff, incomingDiscount } = input;
    const body = { open: account, name, openedOn, numbers, tariff, incomingDiscount };
    const command = (): AccountCommand => ({
      type: 'OpenAccount',
      now: this.runner.clock.now(),
      account,
      name,
      openedOn,
      numbers,
      tariff,
      incomingDiscount,
    });
    const { state } = await this.runner.load(runningAccount, accountStream(account));
    const before = runningAccount.decider.decide(command(), state);
    const known = (await this.runner.events.findCommands([caller.commandId])).size > 0;
    if (before.kind === 'rejected' && !known) return before;
    if (!known) {
      if (!(await this.facts.tariff(tariff))) return noTariff(tariff);
      const refused = await this.claim(account, numbers, caller);
      if (refused) return refused;
    }
    return this.run(account, command, body, caller);
  }

  async assignNumber(account: AccountId, number: string, caller: Caller): Promise<Answer<AccountView>> {
    parsePhoneNumber(number);
    if (!(await this.facts.account(account))) return noAccount;
    const refused = await this.claim(account, [number], caller);
    if (refused) return refused;
    const command = (): AccountCommand => ({ type: 'AssignNumber', now: this.runner.clock.now(), number });
    return this.run(account, command, { assignNumber: account, number }, caller);
  }

  async assignTariff(account: AccountId, tariff: string, caller: Caller): Promise<Answer<AccountView>> {
    if (!(await this.facts.tariff(tariff))) return noTariff(tariff);
    const command = (): AccountCommand => ({ type: 'AssignTariff', now: this.runner.clock.now(), tariff });
    return this.run(account, command, { assignTariff: account, tariff }, caller);
  }

  agreeIncomingDiscount(account: AccountId, perMinute: Money, caller: Caller): Promise<Answer<AccountView>> {
    const command = (): AccountCommand => ({
      type: 'AgreeIncomingDiscount',
      now: this.runner.clock.now(),
      perMinute,
    });
    return this.run(account, command, { agreeIncomingDiscount: account, perMinute }, caller);
  }

  async get(account: AccountId): Promise<AccountView | undefined> {
    const state = await this.facts.account(account);
    return state ? viewOf(state, await this.facts.accountRevision(account)) : undefined;
  }

  async list(request?: PageRequest & { search?: string }): Promise<Page<AccountView>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 1);
    const { db } = this.readModels;
    let query = db
      .selectFrom('accounts')
      .selectAll()
      .orderBy('account')
      .limit(limit + 1);
    if (after) query = query.where('account', '>', after[0]);
    const search = request?.search?.trim();
    if (search) {
      const like = `%${search.replace(/[\\%_]/g, found => `\\${found}`)}%`;
      query = query.where(({ eb, or, exists, selectFrom }) =>
        or([
          eb('account', 'like', like),
          eb('name', 'like', like),
          exists(
            selectFrom('account_numbers')
              .select('number')
              .whereRef('account_numbers.account', '=', 'accounts.account')
              .where('number', 'like', like),
          ),
        ]),
      );
    }
    const found = (await query.execute()) as AccountRow[];
    const numbers = await this.numbersOf(found.map(row => row.account));
    return pageOf(
      found,
      limit,
      row => ({
        account: row.account,
        name: row.name,
        openedOn: BusinessDay.text(row.opened_on),
        tariff: row.tariff,
        incomingDiscount: Money.text(row.incoming_discount),
        numbers: numbers.get(row.account) ?? [],
        revision: row.revision,
      }),
      row => [row.account],
    );
  }

  private async numbersOf(accounts: readonly AccountId[]): Promise<Map<string, string[]>> {
    const byAccount = new Map<string, string[]>();
    if (accounts.length === 0) return byAccount;
    const found = await this.readModels.db
      .selectFrom('account_numbers')
      .select(['account', 'number'])
      .where('account', 'in', accounts)
      .orderBy('position')
      .execute();
    for (const { account, number } of found as { account: string; number: string }[]) {
      const list = byAccount.get(account);
      if (list) list.push(number);
      else byAccount.set(account, [number]);
    }
    return byAccount;
  }

  /** Claims numbers for the account, one stream each; undefined when all are its own now. */
  private async claim(
    account: AccountId,
    numbers: readonly string[],
    caller: Caller,
  ): Promise<Answer<never> | undefined> {
    for (const number of numbers) {
      const claimed = await this.runner.run(
        runningNumber,
        numberStream(number),
        () => ({ type: 'ClaimNumber', now: this.runner.clock.now(), number, account }),
        { claim: number, account },
        derived(caller, `${caller.commandId}/number/${number}`),
      );
      if (claimed.kind === 'rejected')
        return { kind: 'rejected', rejection: { ...claimed.rejection, details: { number } } };
    }
    return undefined;
  }

  private async run(
    account: AccountId,
    command: () => AccountCommand,
    body: unknown,
    caller: Caller,
  ): Promise<Answer<AccountView>> {
    const done = await this.runner.run(runningAccount, accountStream(account), command, body, caller);
    if (done.kind !== 'done') return done;
    const value = (await this.get(account))!;
    return { kind: 'done', value, position: done.position, replayed: done.replayed };
  }
}

const noAccount: Answer<never> = {
  kind: 'rejected',
  rejection: { code: 'NO_SUCH_ACCOUNT', message: 'there is no such account' },
};
const noTariff = (tariff: string): Answer<never> => ({
  kind: 'rejected',
  rejection: {
    code: 'NO_SUCH_TARIFF',
    message: 'there is no such tariff; import it first',
    details: { tariff },
  },
});

const viewOf = (state: Extract<AccountState, { phase: 'open' }>, revision: number): AccountView => ({
  account: state.account,
  name: state.name,
  openedOn: BusinessDay.text(state.openedOn),
  tariff: state.tariff,
  incomingDiscount: Money.text(state.incomingDiscount),
  numbers: state.numbers,
  revision,
});
