import {
  accountRefusals,
  type Book,
  billedIn,
  bookRefusals,
  bookStream,
  type Contract,
  type ContractCommand,
  type Measured,
  measureOf,
} from '#contracts';
import { type AccountId, BusinessMonth, Money, rejected } from '#kernel';
import { openMonth, type WalletCommand, walletRefusals } from '#ledger';
import { answered } from '../engine/answered.js';
import { derived } from '../engine/command-log.js';
import { type Facts, runningBook, taxRateOf } from '../engine/facts.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller } from '../product.views.js';
import type { NewMeasurement } from './contracts.inputs.js';
import type { MeasurementView } from './contracts.shapes.js';
import { type ContractFee, feesAt } from './order-costs.js';

const MB = 1_000_000;

/** One unit, one debit of this name, for ever. */
const debitOf = ({ contract, month }: Measured, unit: number): string =>
  `${contract}-${BusinessMonth.text(month)}-unit${unit}`;

/** No invoice has so many sheets: a figure above it is a slip of the hand. */
const INVOICE_UNITS_AT_MOST = 1_000;

/**
 * Fees of what is measured of a contract. The peak of a month counts, so a higher report debits the units
 * that it reaches and that were not reached before, each once for ever.
 */
export class MeasuredFees {
  constructor(
    private readonly wallets: Wallets,
    private readonly facts: Facts,
  ) {}

  async measure(input: NewMeasurement, caller: Caller): Promise<Answer<MeasurementView>> {
    const { account, contract, month, amount } = input;
    const { runner } = this.wallets;
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const book = await this.facts.book(account);
    const known = book.contracts.get(contract);
    if (!known) return rejected(bookRefusals.NO_SUCH_CONTRACT, { contract });
    if (!(await runner.isKnown(caller))) {
      const closed = await this.closed(account, known, month);
      if (closed) return closed;
    }
    const terms = await this.terms(account, known, month);
    const command = (): ContractCommand => ({
      type: 'MeasureContract',
      now: runner.clock.now(),
      ...{ account, contract, month, amount, ...terms },
    });
    const body = { measure: contract, month: BusinessMonth.text(month), amount };
    const done = await runner.run(runningBook, bookStream(account), command, body, caller);
    if (done.kind === 'rejected') return done;
    // Also what an earlier report left, whose process ended before it was debited.
    const refused = await this.charge(account, caller);
    if (refused) return refused;
    if (done.kind === 'nothing') return done;
    const [event] = done.events;
    if (event?.type !== 'ContractMeasured') throw new Error('a measurement is one event');
    const { what, units, unitsBefore } = event;
    const value = { contract, month: BusinessMonth.text(month), what, amount, units };
    return answered(done, { ...value, charged: units - unitsBefore, net: Money.text(event.net) });
  }

  /** What belongs to a month that is closed can no longer be measured. */
  private async closed(account: AccountId, contract: Contract, month: BusinessMonth) {
    const what = measureOf(contract);
    const segment = await this.wallets.lock(account, () => this.wallets.segment(account));
    if (what === null || !segment || segment.state.phase === 'unopened') return undefined;
    const billed = billedIn({ what, month });
    const open = openMonth(segment.state, billed);
    if (open === billed) return undefined;
    const details = { month: BusinessMonth.text(billed), open: BusinessMonth.text(open) };
    return rejected(walletRefusals.MONTH_CLOSED, details);
  }

  /** Size and price of a unit by the rules and the list in force on the first of the month. */
  private async terms(account: AccountId, contract: Contract, month: BusinessMonth) {
    const { priceList, version } = await this.facts.pricesOf(account, feesAt(month));
    const day = BusinessMonth.firstDay(month);
    const ofRecording = measureOf(contract) === 'recording_bytes';
    const product = version?.products.find(({ kind, code }) =>
      ofRecording ? kind === 'recording_gb' : code === contract.product,
    );
    const { nameJa, nameEn, taxCategory, monthly } = product ?? { ...contract, monthly: null };
    const unitMb = await this.facts.policy('contracts.recording-unit-mb', day);
    return {
      per: ofRecording ? unitMb * MB : (product?.perSheets ?? null),
      mostUnits: ofRecording
        ? await this.facts.policy('contracts.recording-units-at-most', day)
        : INVOICE_UNITS_AT_MOST,
      priced: {
        ...{ net: monthly ?? Money.zero, nameJa, nameEn, taxCategory, priceList },
        priceVersion: version?.version ?? 0,
      },
    };
  }

  /** The fees of what was measured that belong to a month, in the order of the reports. */
  async fees(book: Book, month: BusinessMonth): Promise<ContractFee[]> {
    const measured = book.measured.filter(one => billedIn(one) === month);
    if (measured.length === 0) return [];
    const policies = await this.facts.policies();
    const day = BusinessMonth.firstDay(month);
    return measured.flatMap(one => {
      const { net, nameJa, nameEn, taxCategory, what, units, unitsBefore } = one;
      const fee: Omit<ContractFee, 'debit'> = {
        ...{ kind: 'recurring', category: nameJa, taxCategory, net, unitPrice: net, days: '' },
        taxRate: taxRateOf(policies, taxCategory, day),
        name: { ja: nameJa, en: nameEn },
        of: what,
      };
      const further = Array.from({ length: units - unitsBefore }, (_, at) => unitsBefore + at + 1);
      return further.map(unit => ({ ...fee, debit: debitOf(one, unit) }));
    });
  }

  /** Debits what was measured and is not debited yet. */
  async charge(account: AccountId, caller: Caller) {
    const book = await this.facts.book(account);
    for (const month of new Set(book.measured.map(billedIn)))
      for (const fee of await this.missing(book, month)) {
        const command = (): WalletCommand => ({
          type: 'DebitFees',
          now: this.wallets.runner.clock.now(),
          ...{ fees: [fee], billingMonth: month },
        });
        const step = derived(caller, stepOfFee(account, fee));
        const done = await this.wallets.run(account, command, { fee: fee.debit }, step);
        if (done.kind === 'rejected') return done;
      }
    return undefined;
  }

  async missing(book: Book, month: BusinessMonth): Promise<ContractFee[]> {
    const missing: ContractFee[] = [];
    for (const fee of await this.fees(book, month)) {
      if (fee.net === 0) continue;
      const commandId = stepOfFee(book.account!, fee);
      const known = await this.wallets.runner.isKnown({ actor: { id: 'close' }, commandId });
      if (!known) missing.push(fee);
    }
    return missing;
  }
}

const stepOfFee = (account: AccountId, { debit }: ContractFee): string => `measured/${account}/${debit}`;
