import { accountRefusals } from '#contracts';
import { type AccountId, BusinessDay, type Instant, rejected } from '#kernel';
import {
  type DepositCommand,
  type DepositOutcome,
  type DepositState,
  deposit as depositDecider,
  depositEvents,
  depositStream,
  type NamedOrder,
  type ToldDeposit,
} from '#payments';
import { derived } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Prepaid } from '../prepaid/prepaid.service.js';
import type { Caller } from '../product.views.js';
import { awaits, isByTransfer } from './deposit-orders.js';
import type { ResolvedDeposit } from './deposits.inputs.js';
import type { PaymentProcess } from './payment-process.js';

const runningDeposit = { decider: depositDecider, codec: depositEvents.codec };

interface Booked {
  readonly outcome: DepositOutcome;
  readonly lot: string | null;
}

/**
 * What is decided of a deposit is done: it becomes evidence of its payment, or a lot of an account. Each step
 * is a command with an id of the deposit, so whoever goes on after a crash does it once.
 */
export class DepositBooking {
  constructor(
    private readonly runner: CommandRunner,
    private readonly facts: Facts,
    private readonly prepaid: Pick<Prepaid, 'creditPayment'>,
    private readonly process: PaymentProcess,
  ) {}

  private readonly now = (): Instant => this.runner.clock.now();

  async state(deposit: string): Promise<DepositState> {
    return (await this.runner.loadNewest(runningDeposit, depositStream(deposit))).state;
  }

  run(deposit: string, command: () => DepositCommand, body: object, caller: Caller) {
    return this.runner.run(runningDeposit, depositStream(deposit), command, body, caller);
  }

  /** A step that is done once, whoever does it. */
  step(deposit: string, command: () => DepositCommand, step: string, caller: Caller) {
    const by = derived(caller, `deposit/${deposit}/${step}`);
    return this.run(deposit, command, { [step]: deposit }, by);
  }

  /** Takes a deposit of which it is known where it goes as far as its lot, or as what it is. */
  async goOn(deposit: string, caller: Caller): Promise<DepositState> {
    const { told, phase, goes } = await this.state(deposit);
    if (!told || phase !== 'matched' || !goes) return this.state(deposit);
    const { end, payment, account } = goes;
    const booked: Booked =
      end === 'order'
        ? await this.forOrder(told, payment!, caller)
        : end === 'account'
          ? await this.forAccount(told, account!, caller)
          : { outcome: end, lot: null };
    const command = (): DepositCommand => ({ type: 'SettleDeposit', now: this.now(), ...booked });
    await this.step(deposit, command, `settle/${end}`, caller);
    return this.state(deposit);
  }

  /** The bank tells a day: it counts from its beginning, but not from what is still to come. */
  private paidAt({ day }: ToldDeposit): Instant {
    return Math.min(BusinessDay.start(day), this.now()) as Instant;
  }

  private async forOrder(told: ToldDeposit, payment: string, caller: Caller): Promise<Booked> {
    const { deposit, amount } = told;
    const state = await this.process.takeDeposit(
      payment,
      { deposit, amount, paidAt: this.paidAt(told) },
      caller,
    );
    if (state.parked.some(({ reference }) => reference === deposit)) return { outcome: 'parked', lot: null };
    if (state.phase === 'completed' && state.accepted?.reference === deposit)
      return { outcome: 'lot', lot: state.accepted.lot };
    throw new Error(`deposit ${deposit} was not booked for payment ${payment}`);
  }

  private async forAccount(told: ToldDeposit, account: AccountId, caller: Caller): Promise<Booked> {
    const { deposit: lot, amount } = told;
    const step = derived(caller, `deposit/${lot}/credit`);
    const credit = { account, amount, lot, at: this.paidAt(told), method: 'bank_transfer' as const };
    const done = await this.prepaid.creditPayment(credit, step);
    if (done.kind === 'rejected') throw new Error(`${lot} cannot be credited: ${done.rejection.code}`);
    return { outcome: 'lot', lot };
  }

  private async orderNamed(payment: string, day: BusinessDay): Promise<NamedOrder | null> {
    const state = await this.process.state(payment);
    if (!state.order) return null;
    const { account, amount, orderedAt } = state.order;
    // What came before its order was ordered is of that order all the same, when staff say so.
    const counted = Math.max(day, BusinessDay.of(orderedAt)) as BusinessDay;
    return { account, amount, isByTransfer: isByTransfer(state), isPayable: awaits(state, counted) };
  }

  /** What staff decide of a deposit. */
  async resolve(input: ResolvedDeposit, caller: Caller) {
    const { deposit, end, payment = null, account = null, reason } = input;
    const { told } = await this.state(deposit);
    if (account !== null && end === 'account' && !(await this.facts.account(account)))
      return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const order = payment === null || !told ? null : await this.orderNamed(payment, told.day);
    const accountIsOpen = account !== null && (await this.facts.takesMoney(account));
    const command = (): DepositCommand => ({
      type: 'ResolveDeposit',
      now: this.now(),
      ...{ end, payment, order, account, accountIsOpen, reason },
    });
    return this.run(deposit, command, { resolve: deposit, end, payment, account, reason }, caller);
  }
}
