import {
  type AccountCommand,
  accountStream,
  type NumberCommand,
  numberClaim,
  numberEvents,
  numberStream,
  type OpenAccount,
} from '#contracts';
import {
  type AccountId,
  BusinessDay,
  charactersIn,
  InvalidInput,
  Money,
  PhoneNumber,
  type Rejection,
  textProblem,
} from '#kernel';
import type { ReadStore } from '#ports';
import { stepOf } from './command-log.js';
import type { Facts } from './facts.js';
import { keyOfCursor, limitOf, pageOf } from './paging.js';
import type { AccountService, AccountView, Answer, Caller, Page, PageRequest } from './product.js';
import type { CommandRunner } from './run-command.js';
import { holdsNumber, holdsText } from './text-search.js';
import { runningAccount } from './wallets.js';

const runningNumber = { decider: numberClaim, codec: numberEvents.codec };

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
    const numbers = input.numbers.map(number => PhoneNumber.parse(number));
    checkDistinct(numbers);
    checkName(input.name);
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
    const known = await this.runner.isKnown(caller);
    if (before.kind === 'rejected' && !known) return before;
    if (!known) {
      if (!(await this.facts.tariff(tariff))) return noTariff(tariff);
      const refused = await this.claim(account, numbers, caller);
      if (refused) return refused;
    }
    return this.run(account, command, body, caller);
  }

  async assignNumber(account: AccountId, given: string, caller: Caller): Promise<Answer<AccountView>> {
    const number = PhoneNumber.parse(given);
    if (!(await this.facts.account(account))) return noAccount;
    const known = await this.runner.isKnown(caller);
    const refused = known ? undefined : await this.claim(account, [number], caller);
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

  async known(account: AccountId): Promise<boolean> {
    return (await this.facts.account(account)) !== undefined;
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
      const holds = (column: string) => holdsText(column, search);
      query = query.where(({ or, exists, selectFrom }) =>
        or([
          holds('account'),
          holds('name'),
          exists(
            selectFrom('account_numbers')
              .select('number')
              .whereRef('account_numbers.account', '=', 'accounts.account')
              .where(holdsNumber('number', search)),
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

  /**
   * Claims numbers for the account, one stream each; undefined when all are its own now. Looked at before
   * the first is claimed, so that a refusal leaves none behind.
   */
  private async claim(
    account: AccountId,
    numbers: readonly string[],
    caller: Caller,
  ): Promise<Answer<never> | undefined> {
    const claims = numbers.map(number => ({
      number,
      stream: numberStream(number),
      command: (): NumberCommand => ({ type: 'ClaimNumber', now: this.runner.clock.now(), number, account }),
    }));
    for (const { number, stream, command } of claims) {
      const { state } = await this.runner.load(runningNumber, stream);
      const looked = runningNumber.decider.decide(command(), state);
      if (looked.kind === 'rejected') return taken(looked.rejection, number);
    }
    for (const { number, stream, command } of claims) {
      const claimed = await this.runner.run(
        runningNumber,
        stream,
        command,
        { claim: number, account },
        stepOf(caller, `number/${number}`),
      );
      if (claimed.kind === 'rejected') return taken(claimed.rejection, number);
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

/** @throws InvalidInput for a number that stands there twice, in whichever form */
function checkDistinct(numbers: readonly string[]): void {
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice !== undefined) throw new InvalidInput('numbers', `holds ${twice} twice`);
}

const NAME_LENGTH_MAX = 200;

/** A name is printed on one line of an invoice. @throws InvalidInput */
function checkName(name: string): void {
  if (charactersIn(name) > NAME_LENGTH_MAX)
    throw new InvalidInput('name', `must have at most ${NAME_LENGTH_MAX} characters`);
  const hidden = textProblem(name);
  if (hidden !== undefined) throw new InvalidInput('name', hidden);
}

const taken = (rejection: Rejection, number: string): Answer<never> => ({
  kind: 'rejected',
  rejection: { ...rejection, details: { number } },
});
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

const viewOf = (state: OpenAccount, revision: number): AccountView => ({
  account: state.account,
  name: state.name,
  openedOn: BusinessDay.text(state.openedOn),
  tariff: state.tariff,
  incomingDiscount: Money.text(state.incomingDiscount),
  numbers: state.numbers,
  revision,
});
