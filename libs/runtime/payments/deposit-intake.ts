import { type AccountId, BusinessDay } from '#kernel';
import {
  accountText,
  type BankDayCommand,
  type BankRow,
  type BankStatement,
  bankDay,
  bankDayEvents,
  bankDayStream,
  type DepositCommand,
  type DepositCounts,
  type DepositFormat,
  depositsOf,
  isAmbiguous,
  type KnownDeposit,
  matchDeposit,
  payerKey,
  type ReceivingAccount,
  type VirtualAccountPlace,
  virtualAccount,
  virtualAccountEvents,
  virtualAccountOf,
  virtualAccountStream,
} from '#payments';
import { derived } from '../engine/command-log.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import type { DepositBooking } from './deposit-booking.js';
import type { DepositOrders } from './deposit-orders.js';

const runningDay = { decider: bankDay, codec: bankDayEvents.codec };
export const runningVirtualAccount = { decider: virtualAccount, codec: virtualAccountEvents.codec };

/** A cancellation looks for its deposit on so many days before its own. */
const CANCELLED_WITHIN_DAYS = 10;

/** What is taken in, and with what. */
export interface Intake {
  /** The file, or the one request, that tells of it. */
  readonly file: string;
  readonly format: DepositFormat;
  readonly own: ReceivingAccount;
  readonly place: VirtualAccountPlace;
  readonly orders: DepositOrders;
  readonly caller: Caller;
  readonly counts: { -readonly [Name in keyof DepositCounts]: number };
}

/** A row as its day knows it. What is taken back in the same breath pays nothing. */
type KnownRow = KnownDeposit & { readonly isTakenBack: boolean };

/** A row with what it says of the virtual account, and the one form of its payer. */
const tellingRows = (rows: readonly BankRow[]) =>
  rows.map(row => ({ ...row, asWritten: row.payer, payer: payerKey(row.payer) || row.payer }));
type TellingBankRow = ReturnType<typeof tellingRows>[number];

/**
 * Takes in what a bank tells: which deposits there are, day by day, what each pays, and what was taken back.
 * Whoever does it again, after a crash or at the same moment, does it once.
 */
export class DepositIntake {
  constructor(
    private readonly runner: CommandRunner,
    private readonly booking: DepositBooking,
  ) {}

  private readonly now = () => this.runner.clock.now();

  async statement({ account, rows }: BankStatement, doing: Intake): Promise<void> {
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
    doing: Intake,
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
    { file, format, own, place, orders, caller }: Intake,
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

  /** Takes in one deposit, in a command of its own. @returns its id, once it is known what it pays */
  async one(
    row: BankRow,
    body: object,
    doing: Intake,
  ): Promise<{ readonly done: Executed<unknown>; readonly deposit: string | undefined }> {
    const { file, format, own, caller } = doing;
    const rows = tellingRows([row]);
    const { day } = row;
    const stream = bankDayStream(own, day);
    const list = (): BankDayCommand => ({
      type: 'ListDeposits',
      now: this.now(),
      ...{ file, format, account: own, day, rows },
    });
    const done = await this.runner.run(runningDay, stream, list, body, caller);
    if (done.kind !== 'done') return { done, deposit: undefined };
    const { state } = await this.runner.loadNewest(runningDay, stream);
    const [known] = depositsOf(state, format, rows);
    const isTakenBack = state.takenBack.has(known!.deposit);
    await this.see(rows[0]!, { ...known!, isTakenBack }, own, doing);
    return { done, deposit: known!.deposit };
  }

  private async ownerOf(number: string): Promise<AccountId | null> {
    return (await this.runner.look(runningVirtualAccount, virtualAccountStream(number))).account;
  }
}
