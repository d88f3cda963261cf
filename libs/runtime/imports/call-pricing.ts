import { type OpenAccount, tariffAt } from '#contracts';
import { type AccountId, BusinessDay, Money, type Rejection } from '#kernel';
import { type CallFacts, MOST_IN_WALLET, type WalletCommand } from '#ledger';
import { emergencyNumbersOf } from '#policies';
import {
  amountMoney,
  type Cdr,
  isRated,
  NO_RATE,
  type RatedCall,
  rateCall,
  TariffIndex,
  talkMs,
} from '#rating';
import type { NumberDirectory } from '../accounts/own-numbers.js';
import { decodeRows } from '../catalogue/catalogue.service.js';
import { type Facts, taxRateOf } from '../engine/facts.js';
import { BoughtNumbers } from './bought-numbers.js';
import { refusalOfPricing, type SuspendedCall, suspended } from './call-refusals.js';

/** The command id of a call's charge, whoever reports it: switch, settlement or call file. */
export const callCommandId = (callId: string): string => `cdr/${callId}`;

export type Pricing =
  | { readonly kind: 'priced'; readonly command: (hold: string | null) => WalletCommand }
  | SuspendedCall;

interface KnownTariff {
  readonly index: TariffIndex;
  readonly version: number;
}

/**
 * What is needed to price the calls of one moment: taken once per import batch, so that prices do not change
 * within it.
 */
export interface PriceBook {
  price(cdr: Cdr): Pricing;
}

/** Tariffs are indexed once per version and kept. */
export class CallPricing {
  private readonly tariffs = new Map<string, KnownTariff>();

  constructor(
    private readonly facts: Facts,
    /** Asked first: with its answer, the facts of other streams are those of now as well. */
    private readonly ownNumbers: { directory(): Promise<NumberDirectory> },
  ) {}

  /**
   * A price book for the given accounts; unknown accounts are suspended by it.
   * @throws StoreUnavailable when this process cannot find out what others have changed
   */
  async book(accounts: Iterable<AccountId>): Promise<PriceBook> {
    const owners = await this.ownNumbers.directory();
    const known = new Map<string, OpenAccount>();
    const bought = new Map<string, BoughtNumbers>();
    const tariffs = new Map<string, KnownTariff | undefined>();
    for (const account of accounts) {
      const found = await this.facts.account(account);
      if (!found) continue;
      known.set(account, found);
      if (found.bought !== undefined) bought.set(account, await this.boughtBy(found));
      for (const { value: name } of found.tariffs)
        if (!tariffs.has(name)) tariffs.set(name, await this.tariff(name));
    }
    const policies = await this.facts.policies();
    const directory = { ...owners, emergencyNumbers: emergencyNumbersOf(policies) };
    const latest = await this.facts.latest();
    return {
      price(cdr) {
        if (cdr.endedAt > latest) return suspended('IN_THE_FUTURE', 'end');
        const account = known.get(cdr.account);
        if (account === undefined) return suspended('UNKNOWN_ACCOUNT', 'account', { account: cdr.account });
        const misplaced = misplacedCall(cdr, account, directory.ownerOf(cdr.number), bought.get(cdr.account));
        if (misplaced) return misplaced;
        const unserved = bought.get(cdr.account)?.unserved(cdr, policies);
        if (unserved) return unserved;
        const name = tariffAt(account, cdr.startedAt);
        const tariff = tariffs.get(name);
        if (tariff === undefined) return suspended('UNKNOWN_TARIFF', 'account', { tariff: name });
        const rated = ratedOrTooDear(cdr, tariff.index, directory);
        if (rated === TOO_DEAR)
          return suspended('SUM_OUT_OF_RANGE', 'to', { most: Money.text(MOST_IN_WALLET) });
        if (rated === NO_RATE) return suspended('NO_RATE', 'to');
        if (!isRated(rated)) return suspended('UNREADABLE_NUMBER', 'to');
        const rate = taxRateOf(policies, rated.tax, BusinessDay.of(cdr.startedAt));
        return { kind: 'priced', command: hold => walletCommand(cdr, rated, tariff, rate, hold) };
      },
    };
  }

  /** For a single call that is settled live. */
  async priceForSettlement(
    cdr: Cdr,
  ): Promise<Extract<Pricing, { kind: 'priced' }> | { kind: 'rejected'; rejection: Rejection }> {
    const priced = (await this.book([cdr.account])).price(cdr);
    if (priced.kind === 'priced') return priced;
    return { kind: 'rejected', rejection: refusalOfPricing(priced.reason, priced.values) };
  }

  private async boughtBy({ account, bought = new Set() }: OpenAccount): Promise<BoughtNumbers> {
    const [book, circles] = [await this.facts.book(account), await this.facts.circles(account)];
    return new BoughtNumbers(bought, book, circles);
  }

  private async tariff(name: string): Promise<KnownTariff | undefined> {
    const published = await this.facts.tariff(name);
    if (!published) return undefined;
    const kept = this.tariffs.get(name);
    if (kept?.version === published.version) return kept;
    const fresh = { index: new TariffIndex(name, decodeRows(published.rows)), version: published.version };
    this.tariffs.set(name, fresh);
    return fresh;
  }
}

const TOO_DEAR = Symbol('too dear');

/** A tariff of millions per second must not end the import of everybody's calls. */
function ratedOrTooDear(
  ...given: Parameters<typeof rateCall>
): ReturnType<typeof rateCall> | typeof TOO_DEAR {
  try {
    const rated = rateCall(...given);
    if (typeof rated === 'object' && rated.priced !== null) amountMoney(rated.priced);
    return rated;
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEAR;
    throw error;
  }
}

/** A call that is not this account's, or not of a time in which it existed. */
function misplacedCall(
  cdr: Cdr,
  account: OpenAccount,
  owner: AccountId | undefined,
  bought: BoughtNumbers | undefined,
): Pricing | undefined {
  if (BusinessDay.of(cdr.startedAt) < account.openedOn) {
    return suspended('BEFORE_FIRST_DAY', 'start', { day: BusinessDay.text(account.openedOn) });
  }
  if (owner === undefined || owner === cdr.account || bought?.isOwn(cdr)) return undefined;
  return suspended('NUMBER_OF_ANOTHER_ACCOUNT', 'number', { account: cdr.account });
}

const factsOf = (cdr: Cdr): CallFacts => ({
  callId: cdr.callId,
  direction: cdr.direction,
  number: cdr.number,
  from: cdr.from,
  to: cdr.to,
  startedAt: cdr.startedAt,
  answeredAt: cdr.answeredAt,
  endedAt: cdr.endedAt,
  durationMs: talkMs(cdr),
  hangupCause: cdr.hangupCause,
});

function walletCommand(
  cdr: Cdr,
  rated: RatedCall,
  tariff: KnownTariff,
  taxRate: number,
  hold: string | null,
): WalletCommand {
  const call = factsOf(cdr);
  const now = cdr.endedAt;
  const { kind, priced, category } = rated;
  if (kind !== 'outgoing' && (kind !== 'incoming' || priced === null)) {
    return { type: 'NoteCall', now, call, why: kind, category, hold };
  }
  const { row, chargedSeconds, increments } = priced!;
  return {
    type: 'DebitCall',
    now,
    call,
    price: {
      tariff: tariff.index.name,
      tariffVersion: tariff.version,
      tariffRow: row.line,
      prefix: row.prefix,
      destination: row.destination,
      chargedSeconds,
      increments,
    },
    category,
    taxCategory: rated.tax,
    taxRate,
    net: amountMoney(priced!),
    hold,
  };
}
