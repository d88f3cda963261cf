import { accountRefusals } from '#contracts';
import { BusinessDay, canonicalJson, Instant, Money, MoneyTotal, problem, rejected } from '#kernel';
import {
  accountText,
  type BankFile,
  type BankStatement,
  bankFileProblems,
  type DepositFileCommand,
  depositFile,
  depositFileEvents,
  depositFileStream,
  isAmbiguous,
  type ReceivingAccount,
  type VirtualAccountCommand,
  type VirtualAccountPlace,
  virtualAccountStream,
} from '#payments';
import { told } from '../catalogue/heavy-tasks.js';
import { answered } from '../engine/answered.js';
import { derived, sha256, stepOf } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import { KeyedLock } from '../engine/keyed-lock.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Sealing } from '../parties/sealing.js';
import { prepaidRefusals } from '../prepaid/refusals.js';
import type { Answer, Caller, Faults, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { DepositBooking } from './deposit-booking.js';
import { readDepositFile } from './deposit-csv.js';
import { type DepositIntake, type Intake, runningVirtualAccount } from './deposit-intake.js';
import { DepositOrders } from './deposit-orders.js';
import type {
  DepositFileInput,
  GivenVirtualAccount,
  NewDeposit,
  ResolvedDeposit,
} from './deposits.inputs.js';
import type { DepositList } from './deposits.projection.js';
import { depositFilePage, depositPage, openDeposits } from './deposits.queries.js';
import type {
  DepositFileView,
  DepositView,
  RegisteredDepositView,
  ResolvedDepositView,
  VirtualAccountView,
} from './deposits.shapes.js';
import { type OwnBank, receivingAccount } from './own-bank.js';
import { depositServiceRefusals } from './refusals.js';

const runningFile = { decider: depositFile, codec: depositFileEvents.codec };

const NOTHING_COUNTED = { rows: 0, fresh: 0, matched: 0, ambiguous: 0, unknown: 0, cancelled: 0 };

/** A file that cannot be read: nothing of it was imported. */
export interface RefusedDeposits {
  readonly kind: 'faults';
  readonly faults: Faults;
}

interface Parts {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly sealing: Sealing;
  readonly bank: OwnBank;
  readonly booking: DepositBooking;
  readonly intake: DepositIntake;
}

/**
 * Money that came to the provider's own bank account: imported from files of the bank, matched with orders,
 * booked. A file that comes again, files that overlap and rows that come again change nothing: each deposit
 * is decided on in its own stream, and which there are in that of its account and day.
 */
export class Deposits {
  /** Imports take their turns: the second of two deposits sees what became of the first. */
  private readonly turn = new KeyedLock();

  constructor(private readonly of: Parts) {}

  private readonly now = () => this.of.runner.clock.now();

  /** Imports a file as a whole or not at all. Sent again after it broke off, it goes on where it stopped. */
  importFile(
    { name, bytes }: DepositFileInput,
    caller: Caller,
  ): Promise<RefusedDeposits | Answer<DepositFileView>> {
    return this.turn.run('import', async () => {
      const account = await this.of.bank.account();
      if (!account) return rejected(depositServiceRefusals.NO_BANK_ACCOUNT);
      const today = BusinessDay.of(this.now());
      const own = receivingAccount(account);
      const place = await this.of.facts.policy('payment.virtual-accounts', today);
      const read = readDepositFile(bytes, own, today);
      const foreign = read.statements.filter(({ account: of }) => !isOurs(of, own, place));
      const faults = [
        ...read.faults,
        ...foreign.map(({ record, account: of }) => ({
          ...{ record, field: 'accountNumber' },
          problem: problem(bankFileProblems.NOT_OWN_ACCOUNT, { account: accountText(of) }),
        })),
      ];
      if (faults.length > 0)
        return {
          kind: 'faults',
          faults: told(faults.map(({ record: line, ...fault }) => ({ ...fault, line, file: name }))),
        };
      return this.importRead(read, { name, own, place }, caller);
    });
  }

  private async importRead(
    read: BankFile,
    { name, own, place }: { name: string; own: ReceivingAccount; place: VirtualAccountPlace },
    caller: Caller,
  ): Promise<Answer<DepositFileView>> {
    const { format, statements } = read;
    const file = sha256(canonicalJson({ format, statements })).slice(0, 16);
    const rows = statements.flatMap(one => one.rows);
    const [from, to] = periodOf(statements, BusinessDay.of(this.now()));
    const sum = MoneyTotal.sum(rows.filter(row => !row.isCancellation).map(({ amount }) => amount));
    const taken = await this.ofFile(
      file,
      () => ({
        type: 'TakeFile',
        now: this.now(),
        ...{ file, name, format, rows: rows.length, sum, from, to },
      }),
      stepOf(caller, 'deposits/take'),
    );
    if (taken.kind === 'rejected') return taken;
    const counts = { ...NOTHING_COUNTED, rows: rows.length };
    const orders = await this.ordersOf(from, to);
    const doing: Intake = { file, format, own, place, orders, caller, counts };
    for (const statement of statements) await this.of.intake.statement(statement, doing);
    const done = await this.ofFile(
      file,
      () => ({ type: 'CompleteFile', now: this.now(), counts }),
      derived(caller, `depositFile/${file}/complete`),
    );
    if (done.kind !== 'done') return done;
    const { rows: _rows, ...found } = counts;
    const { state } = await this.of.runner.loadNewest(runningFile, depositFileStream(file));
    const times = { takenAt: Instant.text(state.takenAt!), completedAt: Instant.text(state.completedAt!) };
    const period = { from: BusinessDay.text(from), to: BusinessDay.text(to), ...times };
    return answered(done, {
      ...{ file, name, format, rows: rows.length, sum: MoneyTotal.text(sum) },
      ...period,
      ...found,
    });
  }

  private async ordersOf(from: BusinessDay, to: BusinessDay): Promise<DepositOrders> {
    const orders = new DepositOrders(this.of.runner, this.of.readModels, this.of.sealing);
    await orders.lookUp({ from, to });
    return orders;
  }

  private ofFile(file: string, command: () => DepositFileCommand, caller: Caller) {
    return this.of.runner.run(runningFile, depositFileStream(file), command, { depositFile: file }, caller);
  }

  /**
   * A deposit that staff saw at the bank. The same request twice is one; a file that tells of it later does
   * not book it again.
   */
  register(input: NewDeposit, caller: Caller): Promise<Answer<RegisteredDepositView>> {
    return this.turn.run('import', async () => {
      const account = await this.of.bank.account();
      if (!account) return rejected(depositServiceRefusals.NO_BANK_ACCOUNT);
      const { day, amount, payer, reason: remark } = input;
      if (day > BusinessDay.of(this.now())) return rejected(prepaidRefusals.IN_THE_FUTURE);
      const own = receivingAccount(account);
      const number = sha256(caller.commandId).slice(0, 16);
      const orders = await this.ordersOf(day, day);
      const of = { file: number, format: 'manual', own, place: 'none', orders, caller } as const;
      const told = { record: 1, number, day, amount, payer, remark };
      const row = { ...told, isCancellation: false, payerCode: '', payerBank: '' };
      const body = { deposit: BusinessDay.text(day), amount: Money.text(amount), payer };
      const { done, deposit } = await this.of.intake.one(row, body, {
        ...of,
        counts: { ...NOTHING_COUNTED },
      });
      if (done.kind !== 'done' || deposit === undefined)
        return done as Exclude<typeof done, { kind: 'done' }>;
      const { phase, why, goes, lot } = await this.of.booking.state(deposit);
      const waits = phase === 'parked' && why !== null;
      const list = waits ? (isAmbiguous(why) ? 'ambiguous' : 'unknown') : 'matched';
      const { account: whose = null, payment = null } = goes ?? {};
      return answered(done, { deposit, list, why, account: whose, payment, lot });
    });
  }

  files(request: PageRequest): Promise<Page<DepositFileView>> {
    return depositFilePage(this.of.readModels, request);
  }

  list(list: DepositList, request: PageRequest): Promise<Page<DepositView>> {
    return depositPage(this.of.readModels, list, request);
  }

  /** What staff decide of a deposit; it is booked at once. */
  async resolve(input: ResolvedDeposit, caller: Caller): Promise<Answer<ResolvedDepositView>> {
    const done = await this.of.booking.resolve(input, caller);
    if (done.kind !== 'done') return done;
    const { deposit } = input;
    const { outcome, lot, goes } = await this.of.booking.goOn(deposit, caller);
    return answered(done, { deposit, end: input.end, account: goes?.account ?? null, outcome, lot });
  }

  open(limit: number, after = ''): Promise<string[]> {
    return openDeposits(this.of.readModels, { limit, after });
  }

  async goOn(deposit: string, caller: Caller): Promise<void> {
    await this.of.booking.goOn(deposit, caller);
  }

  async giveVirtualAccount(
    { number, account }: GivenVirtualAccount,
    caller: Caller,
  ): Promise<Answer<VirtualAccountView>> {
    if (!(await this.of.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const command = (): VirtualAccountCommand => ({
      type: 'AssignVirtualAccount',
      now: this.now(),
      ...{ number, account },
    });
    const body = { virtualAccount: number, account };
    const stream = virtualAccountStream(number);
    const done = await this.of.runner.run(runningVirtualAccount, stream, command, body, caller);
    return done.kind === 'done' ? answered(done, { number, account }) : done;
  }
}

/** Whether a statement is of our own account, or of a virtual one at the same bank. */
function isOurs(of: ReceivingAccount, own: ReceivingAccount, place: VirtualAccountPlace): boolean {
  if (place === 'account') return of.bank === own.bank;
  return accountText(of) === accountText(own);
}

function periodOf(statements: readonly BankStatement[], today: BusinessDay): [BusinessDay, BusinessDay] {
  const days = statements.flatMap(({ from, to }) => [from, to]);
  if (days.length === 0) return [today, today];
  return [Math.min(...days) as BusinessDay, Math.max(...days) as BusinessDay];
}
