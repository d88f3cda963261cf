import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import type { CallFacts, ChargeMethod } from '#ledger';
import {
  type Answer,
  type Caller,
  type CloseReport,
  type ImportReport,
  importCalls,
  type Product,
  perform,
  publishTariffs,
  runClose,
} from '#runtime';
import { Step } from './journey-step.js';

/** A call of a journey. */
export interface JourneyCall {
  readonly id: string;
  readonly account: string;
  readonly to: string;
  /** Start and answer. */
  readonly at: string;
  /** Talk time; 0: not answered. */
  readonly seconds: number;
}

const TARIFF_HEADER = [
  ...['tariff', 'prefix', 'destination', 'category', 'connect_fee', 'price', 'per_s'],
  ...['first_increment_s', 'increment_s', 'valid_from', 'tax'],
].join();
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
/** The own number of every account that a journey opens: 050 and eight digits made of its id. */
const numberOf = (account: string): string =>
  `050${String([...account].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 100_000_000, 7)).padStart(8, '0')}`;

function callOf({ id, account, to, at, seconds }: JourneyCall): CallFacts {
  const startedAt = Instant.parse(at);
  const number = numberOf(account);
  return {
    callId: id,
    direction: 'out',
    number,
    from: number,
    to,
    startedAt,
    answeredAt: seconds === 0 ? null : startedAt,
    endedAt: Instant.plusMs(startedAt, seconds === 0 ? 20_000 : seconds * 1000),
    durationMs: seconds * 1000,
    hangupCause: seconds === 0 ? 'NO_ANSWER' : 'NORMAL_CLEARING',
  };
}

function lineOf(journeyCall: JourneyCall): string {
  const call = callOf(journeyCall);
  const times = [
    Instant.text(call.startedAt),
    call.answeredAt === null ? '' : Instant.text(call.answeredAt),
    Instant.text(call.endedAt),
  ];
  const parties = [call.callId, journeyCall.account, call.number, call.direction, call.from, call.to];
  return [...parties, ...times, call.hangupCause].join(',');
}

/**
 * What people and machines ask of the product, in the words of a journey. Amounts are decimal texts in yen.
 */
export class JourneyApi {
  private requests = 0;

  constructor(
    private readonly product: Product,
    private readonly directory: string,
  ) {}

  private get caller(): Caller {
    const commandId = `journey-${++this.requests}`;
    return { actor: { id: 'staff:tanaka', reason: 'journey' }, commandId };
  }

  private step<Value>(take: (caller: Caller) => Promise<Answer<Value>>): Step<Value> {
    const { caller } = this;
    return new Step(this.product, () => take(caller));
  }

  /** Rows of tariff.csv without the header: `prefix,category,price,per_s,tax`, charged by started `per_s`. */
  async tariff(...rows: readonly string[]): Promise<void> {
    const lines = rows.map(row => {
      const [prefix, category, price, perS, tax] = row.split(',');
      return `std,${prefix},例,${category},0,${price},${perS},${perS},${perS},2020-01-01,${tax}`;
    });
    const file = { file: 'tariff.csv', text: `${[TARIFF_HEADER, ...lines].join('\n')}\n` };
    const { problems } = await perform(this.product, publishTariffs, file, this.caller);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  }

  /** Opens an account with one number, on the first tariff. */
  openAccount(account: string, openedOn: string, incomingDiscount = '0') {
    const input = {
      account: parseAccountId(account),
      name: `株式会社${account}`,
      openedOn: BusinessDay.parse(openedOn),
      numbers: [numberOf(account)],
      tariff: 'std',
      incomingDiscount: Money.of(incomingDiscount),
    };
    return this.step(caller => this.product.accounts.open(input, caller));
  }

  charge(account: string, amount: string, method: ChargeMethod, given: { lot?: string; at?: string } = {}) {
    const input = {
      account: parseAccountId(account),
      amount: Money.of(amount),
      method,
      ...(given.lot === undefined ? null : { lot: given.lot }),
      ...(given.at === undefined ? null : { at: Instant.parse(given.at) }),
    };
    return this.step(caller => this.product.prepaid.charge(input, caller));
  }

  hold(account: string, hold: string, amount: string) {
    const input = { account: parseAccountId(account), hold, amount: Money.of(amount), purpose: 'call' };
    return this.step(caller => this.product.prepaid.hold(input, caller));
  }

  settle(hold: string, call: JourneyCall) {
    const input = { account: parseAccountId(call.account), hold, call: callOf(call) };
    return this.step(caller => this.product.prepaid.settleHold(input, caller));
  }

  adjust(account: string, adjustment: string, amount: string, approvedBy: string | null = null) {
    const input = { adjustment, amount: Money.of(amount), reason: '調整', approvedBy };
    return this.step(caller =>
      this.product.prepaid.adjust({ account: parseAccountId(account), ...input }, caller),
    );
  }

  reverse(account: string, debit: string, reversal: string) {
    const input = { account: parseAccountId(account), reversal, debit, reason: '誤請求' };
    return this.step(caller => this.product.prepaid.reverse(input, caller));
  }

  expireDue(account: string) {
    return this.step(caller => this.product.prepaid.expireDue(parseAccountId(account), caller));
  }

  /** A call file with these calls. */
  calls(...calls: readonly JourneyCall[]): Step<ImportReport> {
    return this.step(async caller => {
      const path = join(this.directory, `${caller.commandId}.csv`);
      writeFileSync(path, `${[HEADER, ...calls.map(lineOf)].join('\n')}\n`);
      const input = { path, format: 'csv', encoding: 'utf-8' } as const;
      const value = await perform(this.product, importCalls, input, caller);
      return { kind: 'done', value, position: (await this.product.health()).head, replayed: false };
    });
  }

  /** `forced`: why it is closed before the longest possible call has ended. */
  close(month: string, account?: string, forced?: string): Step<CloseReport> {
    const input = {
      month: BusinessMonth.parse(month),
      dryRun: false,
      account: account === undefined ? undefined : parseAccountId(account),
      force: forced !== undefined,
      reason: forced,
    };
    return this.step(caller => perform(this.product, runClose, input, caller));
  }

  /** Posted, held, available and owed, as texts; optionally as of an instant. */
  async balance(account: string, asOf?: string) {
    const at = asOf === undefined ? undefined : Instant.parse(asOf);
    const { posted, held, available, receivable } = (await this.product.prepaid.balance(
      parseAccountId(account),
      at,
    ))!;
    return { posted, held, available, receivable };
  }
}
