import {
  type AccountCommand,
  type AccountEvent,
  type AccountRejection,
  accountRefusals,
  accountStream,
  type NumberClaim,
  type OpenAccount,
  priceListAt,
} from '#contracts';
import {
  type AccountId,
  BusinessDay,
  defineProblems,
  defineRefusals,
  Instant,
  InvalidInput,
  Money,
  PhoneNumber,
  readName,
  rejected,
} from '#kernel';
import { answered } from '../engine/answered.js';
import { decodeEvent } from '../engine/codecs.js';
import { DECIDED_AT_MOST } from '../engine/decide-again.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { runningAccount, type Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { NewAccount } from './accounts.inputs.js';
import { accountPage } from './accounts.queries.js';
import type { AccountView, NoteView } from './accounts.shapes.js';
import { NumberClaims, OVERTAKEN } from './number-claims.js';

/** What is done with numbers once they are claimed. */
interface Wanted {
  readonly account: AccountId;
  readonly command: (claims: readonly NumberClaim[]) => AccountCommand;
  readonly body: unknown;
  /** Why it would be refused whatever becomes of the numbers. */
  readonly refusal: () => Promise<Answer<never> | undefined>;
}

export class Accounts {
  private readonly claims: NumberClaims;

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly wallets: Pick<Wallets, 'suspendedSince'>,
  ) {
    this.claims = new NumberClaims(runner, facts);
  }

  async open(input: NewAccount, caller: Caller): Promise<Answer<AccountView>> {
    const numbers = input.numbers.map(number => PhoneNumber.parse(number));
    checkDistinct(numbers);
    const name = readName('name', input.name, NAME_LENGTH_MAX, { printed: true });
    const { account, openedOn, tariff, incomingDiscount } = input;
    const body = { open: account, name, openedOn, numbers, tariff, incomingDiscount };
    const command = (claims: readonly NumberClaim[]): AccountCommand => ({
      type: 'OpenAccount',
      now: this.runner.clock.now(),
      account,
      name,
      openedOn,
      numbers: claims,
      tariff,
      incomingDiscount,
    });
    const refusal = async () => {
      const { state } = await this.runner.loadNewest(runningAccount, accountStream(account));
      const before = runningAccount.decider.decide(command([]), state);
      if (before.kind === 'rejected') return before;
      return (await this.facts.tariff(tariff)) ? undefined : noTariff(tariff);
    };
    return this.runWith(numbers, { account, command, body, refusal }, caller);
  }

  async assignNumber(account: AccountId, given: string, caller: Caller): Promise<Answer<AccountView>> {
    const number = PhoneNumber.parse(given);
    const command = (claims: readonly NumberClaim[]): AccountCommand => {
      const { claim = 0 } = claims[0] ?? {};
      return { type: 'AssignNumber', now: this.runner.clock.now(), number, claim };
    };
    const refusal = async () => ((await this.facts.account(account)) ? undefined : noAccount);
    const body = { assignNumber: account, number };
    return this.runWith([number], { account, command, body, refusal }, caller);
  }

  /** Takes a number back from an account that has it; it is free for others then. */
  async unassignNumber(account: AccountId, number: string, caller: Caller): Promise<void> {
    await this.claims.alone([number], () => this.claims.takeBack(account, number, caller));
  }

  async assignTariff(account: AccountId, tariff: string, caller: Caller): Promise<Answer<AccountView>> {
    if (!(await this.facts.tariff(tariff))) return noTariff(tariff);
    const command = (): AccountCommand => ({ type: 'AssignTariff', now: this.runner.clock.now(), tariff });
    return this.run(account, command, { assignTariff: account, tariff }, caller);
  }

  async assignPriceList(account: AccountId, priceList: string, caller: Caller): Promise<Answer<AccountView>> {
    if (!(await this.facts.account(account))) return noAccount;
    if (!(await this.facts.priceList(priceList))) return noPriceList(priceList);
    const command = (): AccountCommand => ({
      type: 'AssignPriceList',
      now: this.runner.clock.now(),
      priceList,
    });
    return this.run(account, command, { assignPriceList: account, priceList }, caller);
  }

  agreeIncomingDiscount(account: AccountId, perMinute: Money, caller: Caller): Promise<Answer<AccountView>> {
    const command = (): AccountCommand => ({
      type: 'AgreeIncomingDiscount',
      now: this.runner.clock.now(),
      perMinute,
    });
    return this.run(account, command, { agreeIncomingDiscount: account, perMinute }, caller);
  }

  /** Keeps what staff have to know about this customer; for good, and for staff only. */
  async addNote(account: AccountId, text: string, caller: Caller): Promise<Answer<NoteView>> {
    const command = (): AccountCommand => ({ type: 'NoteAccount', now: this.runner.clock.now(), text });
    const stream = accountStream(account);
    const done = await this.runner.run(runningAccount, stream, command, { note: account, text }, caller);
    if (done.kind !== 'done') return done;
    const { position, replayed, events } = done;
    const value = { at: Instant.text(events[0]!.at), by: caller.actor.id, text, position };
    return { kind: 'done', value, position, replayed };
  }

  /** Newest first; of the account's own stream, so never behind. */
  async notes(account: AccountId): Promise<readonly NoteView[]> {
    const notes: NoteView[] = [];
    for await (const { stream, type, data, meta, position } of this.runner.events.readStream(
      accountStream(account),
    )) {
      const event = decodeEvent(stream, type, data) as AccountEvent;
      if (event.type !== 'AccountNoted') continue;
      notes.push({ at: Instant.text(event.at), by: meta.actor, text: event.text, position });
    }
    return notes.reverse();
  }

  async get(account: AccountId): Promise<AccountView | undefined> {
    const state = await this.facts.account(account);
    if (!state) return undefined;
    const [now, suspended] = [this.runner.clock.now(), await this.wallets.suspendedSince(account)];
    return {
      ...viewOf(state, await this.facts.accountRevision(account)),
      priceList: priceListAt(state, now),
      suspendedSince: suspended === null ? null : Instant.text(suspended),
    };
  }

  /** Whether there is such an account, by its own stream: a read model may not know it yet. */
  async known(account: AccountId): Promise<boolean> {
    return (await this.facts.account(account)) !== undefined;
  }

  /** Search by part of name, id or number; ids ascending. */
  list(request?: PageRequest & { search?: string }): Promise<Page<AccountView>> {
    return accountPage(this.readModels, request);
  }

  /**
   * A command that gives numbers to the account: they are claimed, then the command is run, and what it does
   * not get is given back. Killed in between, the same request goes on with the claims it finds.
   */
  private runWith(numbers: readonly string[], wanted: Wanted, caller: Caller): Promise<Answer<AccountView>> {
    const { account, command, body, refusal } = wanted;
    return this.claims.alone(numbers, async () => {
      for (let tried = 0; tried < DECIDED_AT_MOST; tried++) {
        const known = await this.runner.isKnown(caller);
        if (known) return this.run(account, () => command([]), body, caller);
        const refused = await refusal();
        if (refused) return refused;
        const taken = await this.claims.take(account, numbers, caller);
        if (taken.kind === 'refused') return { kind: 'rejected', rejection: taken.rejection };
        const done = await this.run(account, () => command(taken.claims), body, caller);
        if (done.kind !== 'rejected') return done;
        await this.claims.giveBack(account, taken.claims, caller);
        if (done.rejection.code !== ('CLAIM_WITHDRAWN' satisfies AccountRejection)) return done;
      }
      return { kind: 'rejected', rejection: OVERTAKEN };
    });
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
    return answered(done, value);
  }
}

/** @throws InvalidInput for a number that stands there twice, in whichever form */
function checkDistinct(numbers: readonly string[]): void {
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice !== undefined) throw InvalidInput.of('numbers', HOLDS_TWICE, { number: twice });
}

const NAME_LENGTH_MAX = 200;

const { HOLDS_TWICE } = defineProblems({
  HOLDS_TWICE: { ja: '{number} が2回あります。', en: 'holds {number} twice' },
});

/** Refusals of the service, beside those of the deciders. */
export const accountServiceRefusals = defineRefusals({
  NO_SUCH_TARIFF: {
    status: 404,
    field: 'tariff',
    ja: 'その料金表はありません。先に取り込んでください。',
    en: 'There is no such tariff. Import it first.',
  },
  NO_SUCH_PRICE_LIST: {
    status: 404,
    field: 'priceList',
    ja: 'その価格表はありません。または、まだ適用が始まっていません。',
    en: 'There is no such price list, or it does not hold yet.',
  },
});
const noAccount = rejected(accountRefusals.NO_SUCH_ACCOUNT);
const noPriceList = (priceList: string) => rejected(accountServiceRefusals.NO_SUCH_PRICE_LIST, { priceList });
const noTariff = (tariff: string) => rejected(accountServiceRefusals.NO_SUCH_TARIFF, { tariff });

const viewOf = (state: OpenAccount, revision: number) => ({
  account: state.account,
  name: state.name,
  openedOn: BusinessDay.text(state.openedOn),
  tariff: state.tariff,
  incomingDiscount: Money.text(state.incomingDiscount),
  numbers: state.numbers,
  revision,
});
