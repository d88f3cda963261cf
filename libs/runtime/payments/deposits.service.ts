import { accountRefusals } from '#contracts';
import { type AccountId, BusinessDay, canonicalJson, Instant, MoneyTotal, problem, rejected } from '#kernel';
import {
  accountText,
  type BankDayCommand,
  type BankFile,
  type BankRow,
  type BankStatement,
  bankDay,
  bankDayEvents,
  bankDayStream,
  bankFileProblems,
  type DepositCommand,
  type DepositCounts,
  type DepositFileCommand,
  depositFile,
  depositFileEvents,
  depositFileStream,
  depositsOf,
  isAmbiguous,
  type KnownDeposit,
  matchDeposit,
  payerKey,
  type ReceivingAccount,
  type VirtualAccountCommand,
  type VirtualAccountPlace,
  virtualAccount,
  virtualAccountEvents,
  virtualAccountOf,
  virtualAccountStream,
} from '#payments';
import { told } from '../catalogue/heavy-tasks.js';
import { answered } from '../engine/answered.js';
import { derived, sha256, stepOf } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import { KeyedLock } from '../engine/keyed-lock.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Sealing } from '../parties/sealing.js';
import type { Answer, Caller, Faults, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { DepositBooking } from './deposit-booking.js';
import { readDepositFile } from './deposit-csv.js';
import { DepositOrders } from './deposit-orders.js';
import type { DepositFileInput, GivenVirtualAccount, ResolvedDeposit } from './deposits.inputs.js';
import type { DepositList } from './deposits.projection.js';
import { depositFilePage, depositPage, openDeposits } from './deposits.queries.js';
import type {
  DepositFileView,
  DepositView,
  ResolvedDepositView,
  VirtualAccountView,
} from './deposits.shapes.js';
import { type OwnBank, receivingAccount } from './own-bank.js';
import { depositServiceRefusals } from './refusals.js';

const runningFile = { decider: depositFile, codec: depositFileEvents.codec };
const runningDay = { decider: bankDay, codec: bankDayEvents.codec };
const runningVirtualAccount = { decider: virtualAccount, codec: virtualAccountEvents.codec };

/** A cancellation looks for its deposit on so many days before its own. */
const CANCELLED_WITHIN_DAYS = 10;

/** What an import works with. */
interface Import {
  readonly file: string;
  readonly format: BankFile['format'];
  readonly own: ReceivingAccount;
  readonly place: VirtualAccountPlace;
  readonly orders: DepositOrders;
  readonly caller: Caller;
  readonly counts: { -readonly [Name in keyof DepositCounts]: number };
}

/** A row as its day knows it. What is taken back in the same breath pays nothing. */
type KnownRow = KnownDeposit & { readonly isTakenBack: boolean };

/** A file that cannot be read: nothing of it was imported. */
export interface RefusedDeposits {
  readonly kind: 'faults';
  readonly faults: Faults;
}

/** A row with what it says of the virtual account, and the one form of its payer. */
const tellingRows = (rows: readonly BankRow[]) =>
  rows.map(row => ({ ...row, asWritten: row.payer, payer: payerKey(row.payer) || row.payer }));
type TellingBankRow = ReturnType<typeof tellingRows>[number];

/**
 * Money that came to the provider's own bank account: imported from files of the bank, matched with orders,
 * booked. A file that comes again, files that overlap and rows that come again change nothing: each deposit
 * is decided on in its own stream, and which there are in that of its account and day.
 */
export class Deposits {
  /** Imports take their turns: the second of two deposits sees what became of the first. */
  private readonly turn = new KeyedLock();

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly sealing: Sealing,
    private readonly bank: OwnBank,
    private readonly booking: DepositBooking,
  ) {}

  private readonly now = () => this.runner.clock.now();

  /** Imports a file as a whole or not at all. Sent again after it broke off, it goes on where it stopped. */
  importFile(
    { name, bytes }: DepositFileInput,
    caller: Caller,
  ): Promise<RefusedDeposits | Answer<DepositFileView>> {
    return this.turn.run('import', async () => {
      const account = await this.bank.account();
      if (!account) return rejected(depositServiceRefusals.NO_BANK_ACCOUNT);
      const today = BusinessDay.of(this.now());
      const own = receivingAccount(account);
      const place = await this.facts.policy('payment.virtual-accounts', today);
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
    const counts = { rows: rows.length, fresh: 0, matched: 0, ambiguous: 0, unknown: 0, cancelled: 0 };
    const orders = new DepositOrders(this.runner, this.readModels, this.sealing);
    await orders.lookUp({ from, to });
    const doing: Import = { file, format, own, place, orders, caller, counts };
    for (const statement of statements) await this.importStatement(statement, doing);
    const done = await this.ofFile(
      file,
      () => ({ type: 'CompleteFile', now: this.now(), counts }),
      derived(caller, `depositFile/${file}/complete`),
    );
    if (done.kind !== 'done') return done;
    const { rows: _rows, ...found } = counts;
    const { state } = await this.runner.loadNewest(runningFile, depositFileStream(file));
    const times = { takenAt: Instant.text(state.takenAt!), completedAt: Instant.text(state.completedAt!) };
    const period = { from: BusinessDay.text(from), to: BusinessDay.text(to), ...times };
    return answered(done, {
      ...{ file, name, format, rows: rows.length, sum: MoneyTotal.text(sum) },
      ...period,
      ...found,
    });
  }

  private ofFile(file: string, command: () => DepositFileCommand, caller: Caller) {
    return this.runner.run(runningFile, depositFileStream(file), command, { depositFile: file }, caller);
  }

  private async importStatement({ account, rows }: BankStatement, doing: Import): Promise<void> {
    const byDay = Map.groupBy(tellingRows(rows), ({ day }) => day);
    for (const [day, ofDay] of [...byDay].sort(([one], [other]) => one - other)) {
      const list = (): BankDayCommand => ({
        type: 'ListDeposits',
        now: this.now(),
        ...{ file: doing.file, format: doing.format, account, day, rows: ofDay },
      });
      const stream = bankDayStream(account, day);
      await this.ofDay(stream, list, `list/${doing.file}`, doing.caller);
      const { state } = await this.runner.loadNewest(runningDay, stream);
      const known = depositsOf(state, doing.format, ofDay);
      // What is taken back is there before it is taken back.
      for (const isCancellation of [false, true])
        for (const [index, row] of ofDay.entries()) {
          const one = known[index]!;
          const isTakenBack = state.takenBack.has(one.deposit);
          if (row.isCancellation === isCancellation)
            await this.importRow(row, { ...one, isTakenBack }, account, doing);
        }
    }
  }

  private ofDay(stream: string, command: () => BankDayCommand, step: string, caller: Caller) {
    const by = derived(caller, `${stream}/${step}`);
    return this.runner.run(runningDay, stream, command, { [step]: stream }, by);
  }

  private async importRow(
    row: TellingBankRow,
    known: KnownRow,
    account: ReceivingAccount,
    doing: Import,
  ): Promise<void> {
    const { counts, file, caller } = doing;
    const isFresh = known.file === file;
    if (isFresh) counts.fresh++;
    if (row.isCancellation) {
      const original = known.cancels ?? (await this.originalOf(row, known.deposit, account, caller));
      if (isFresh) counts.cancelled++;
      if (original !== undefined) {
        await this.takeBack(original, known.deposit, caller);
        return;
      }
    }
    const list = await this.see(row, known, account, doing);
    if (isFresh && !row.isCancellation && !known.isTakenBack) counts[list]++;
  }

  /** The deposit of an earlier day that a cancellation takes back. */
  private async originalOf(
    { day, amount, payer }: TellingBankRow,
    cancellation: string,
    account: ReceivingAccount,
    caller: Caller,
  ): Promise<string | undefined> {
    const streams = Array.from({ length: CANCELLED_WITHIN_DAYS }, (_, before) =>
      bankDayStream(account, BusinessDay.plus(day, -1 - before)),
    );
    for (const stream of streams) {
      const { takenBack } = await this.runner.look(runningDay, stream);
      const paired = [...takenBack].find(([, by]) => by === cancellation);
      if (paired) return paired[0];
    }
    for (const stream of streams) {
      const { deposits } = await this.runner.look(runningDay, stream);
      if (deposits.size === 0) continue;
      const pair = (): BankDayCommand => ({
        type: 'PairCancellation',
        now: this.now(),
        ...{ cancellation, amount, payer },
      });
      const done = await this.ofDay(stream, pair, `pair/${cancellation}`, caller);
      if (done.kind !== 'done') continue;
      const [event] = done.events;
      if (event?.type === 'CancellationPaired') return event.deposit;
    }
    return undefined;
  }

  private async takeBack(deposit: string, cancellation: string, caller: Caller): Promise<void> {
    const command = (): DepositCommand => ({ type: 'TakeBackDeposit', now: this.now(), cancellation });
    await this.booking.step(deposit, command, `take-back/${cancellation}`, caller);
  }

  /** Sees a deposit, decides what it pays, and books it. */
  private async see(
    row: TellingBankRow,
    { deposit, twin, isTakenBack }: KnownRow,
    account: ReceivingAccount,
    { file, format, own, place, orders, caller }: Import,
  ): Promise<'matched' | 'ambiguous' | 'unknown'> {
    const { number, day, amount, isCancellation, payerBank, remark, record, payerCode } = row;
    const written = { payerCode, payer: row.asWritten };
    const { virtualAccount: virtual, payer } = virtualAccountOf(place, written, account, own);
    const ownerOfAccount = virtual === null ? null : await this.ownerOf(virtual);
    const facts = { amount, payer, ownerOfAccount, isCancellation, twin };
    const before = await this.booking.state(deposit);
    // What was taken back already pays nothing.
    const match = await (isTakenBack ? matchDeposit(facts, []) : orders.match(facts, day));
    const command = (): DepositCommand => ({
      type: 'SeeDeposit',
      now: this.now(),
      ...{ deposit, file, record, format, receivedAt: accountText(account), number, day, amount },
      ...{ payer, payerBank, remark, virtualAccount: virtual, isCancellation, twin, match },
    });
    if (!before.told) await this.booking.step(deposit, command, 'see', caller);
    const { phase, why } = await this.booking.goOn(deposit, caller);
    if (phase !== 'parked' || why === null) return 'matched';
    return isAmbiguous(why) ? 'ambiguous' : 'unknown';
  }

  private async ownerOf(number: string): Promise<AccountId | null> {
    return (await this.runner.look(runningVirtualAccount, virtualAccountStream(number))).account;
  }

  files(request: PageRequest): Promise<Page<DepositFileView>> {
    return depositFilePage(this.readModels, request);
  }

  list(list: DepositList, request: PageRequest): Promise<Page<DepositView>> {
    return depositPage(this.readModels, list, request);
  }

  /** What staff decide of a deposit; it is booked at once. */
  async resolve(input: ResolvedDeposit, caller: Caller): Promise<Answer<ResolvedDepositView>> {
    const done = await this.booking.resolve(input, caller);
    if (done.kind !== 'done') return done;
    const { deposit } = input;
    const { outcome, lot, goes } = await this.booking.goOn(deposit, caller);
    return answered(done, { deposit, end: input.end, account: goes?.account ?? null, outcome, lot });
  }

  open(limit: number, after = ''): Promise<string[]> {
    return openDeposits(this.readModels, { limit, after });
  }

  async goOn(deposit: string, caller: Caller): Promise<void> {
    await this.booking.goOn(deposit, caller);
  }

  async giveVirtualAccount(
    { number, account }: GivenVirtualAccount,
    caller: Caller,
  ): Promise<Answer<VirtualAccountView>> {
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const command = (): VirtualAccountCommand => ({
      type: 'AssignVirtualAccount',
      now: this.now(),
      ...{ number, account },
    });
    const body = { virtualAccount: number, account };
    const stream = virtualAccountStream(number);
    const done = await this.runner.run(runningVirtualAccount, stream, command, body, caller);
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
