import {
  accountStream,
  type Book,
  blockOf,
  bookEvents,
  bookStream,
  contractBook,
  type DataReference,
  deliveryOf,
  ISSUER_STREAM,
  type IssuerProfile,
  isHolderOver,
  issuer,
  issuerEvents,
  mayBeStocked,
  type NumberStock,
  numberBlock,
  numberBlockEvents,
  numberBlockStream,
  type OpenAccount,
  type PaperKind,
  type PriceListState,
  type PriceListVersion,
  party,
  partyEvents,
  partyStream,
  priceList,
  priceListAt,
  priceListEvents,
  priceListOn,
  priceListStream,
  STANDARD_PRICE_LIST,
  stockedAs,
  type TariffState,
  tariffEvents,
  tariffStream,
  tariffVersion,
  UNREGISTERED_ISSUER,
  type VbaGroupFacts,
  vbaGroup,
  vbaGroupEvents,
  vbaGroupStream,
} from '#contracts';
import { type CirclesState, circleEvents, circles, circlesStream } from '#identity';
import { type AccountId, BusinessDay, Instant, type TaxCategory } from '#kernel';
import { prepaidSettings, prepaidSettingsEvents } from '#payments';
import {
  POLICY_STREAM,
  type PolicyInForce,
  type PolicyName,
  type PolicyState,
  type PolicyValue,
  policyDecisions,
  policyEvents,
  policyInForce,
  policyOf,
} from '#policies';
import { NO_STREAM } from '#ports';
import { runningAccount } from '../prepaid/wallets.js';
import type { CommandRunner } from './run-command.js';

export const runningPolicy = { decider: policyDecisions, codec: policyEvents.codec };
export const runningIssuer = { decider: issuer, codec: issuerEvents.codec };
export const runningNumberBlock = { decider: numberBlock, codec: numberBlockEvents.codec };
export const runningVbaGroup = { decider: vbaGroup, codec: vbaGroupEvents.codec };
export const runningTariff = { decider: tariffVersion, codec: tariffEvents.codec };
export const runningParty = { decider: party, codec: partyEvents.codec };
export const runningPriceList = { decider: priceList, codec: priceListEvents.codec };
export const runningBook = { decider: contractBook, codec: bookEvents.codec };
export const runningPrepaidSettings = { decider: prepaidSettings, codec: prepaidSettingsEvents.codec };
export const runningCircles = { decider: circles, codec: circleEvents.codec };

/** The outside facts that commands carry, read from their own streams: never from a read model. */
export class Facts {
  constructor(
    private readonly runner: CommandRunner,
    /** Without it the clock is believed. */
    private readonly trust?: { latest(): Instant },
  ) {}

  async account(account: AccountId): Promise<OpenAccount | undefined> {
    const { state } = await this.runner.load(runningAccount, accountStream(account));
    return state.phase === 'open' ? state : undefined;
  }

  /** Where devices of an account go, by reference; null: nothing of it is known. */
  async deliveryOf(account: AccountId): Promise<DataReference | null> {
    return deliveryOf(await this.runner.look(runningParty, partyStream(account)));
  }

  async accountRevision(account: AccountId): Promise<number> {
    return (await this.runner.load(runningAccount, accountStream(account))).revision;
  }

  /** What an account ordered, has in contract, ends and had. */
  async book(account: AccountId): Promise<Book> {
    return (await this.runner.load(runningBook, bookStream(account), { absentToo: true })).state;
  }

  /** The same as it stands in the log at this moment: asked before somebody is turned away. */
  async newestBook(account: AccountId): Promise<Book> {
    return (await this.runner.loadNewest(runningBook, bookStream(account))).state;
  }

  /** Whether money can still be taken for an account: it is there, not past its last day and not closed. */
  async takesMoney(account: AccountId): Promise<boolean> {
    if (!(await this.account(account))) return false;
    const today = BusinessDay.of(this.runner.clock.now());
    const whole = { circle: null, unique: null };
    if (isHolderOver(await this.newestBook(account), whole, today)) return false;
    return (await this.runner.loadNewest(runningParty, partyStream(account))).state.closedAt === null;
  }

  async hasCircle(account: AccountId, circle: string): Promise<boolean> {
    return (await this.circles(account)).circles.some(one => one.circle === circle);
  }

  /** Its circles, their uniques, and which numbers these have and had. */
  async circles(account: AccountId): Promise<CirclesState> {
    return (await this.runner.load(runningCircles, circlesStream(account))).state;
  }

  async issuer(): Promise<IssuerProfile> {
    const { state } = await this.runner.load(runningIssuer, ISSUER_STREAM, { absentToo: true });
    return state.profile ?? UNREGISTERED_ISSUER;
  }

  /** Every decision asks for them, also where none was ever set. */
  async policies(): Promise<PolicyState> {
    return (await this.runner.load(runningPolicy, POLICY_STREAM, { absentToo: true })).state;
  }

  /** The value of a policy on a day. */
  async policy<Name extends PolicyName>(name: Name, day: BusinessDay): Promise<PolicyValue<Name>> {
    return policyOf(await this.policies(), name, day);
  }

  /** Where the value of a policy on a day comes from. */
  async policyInForce(name: PolicyName, day: BusinessDay): Promise<PolicyInForce> {
    return policyInForce(await this.policies(), name, day);
  }

  /**
   * The last instant at which something can have happened by now. A wallet's time never goes back: one call
   * or payment with a wrong year would let all its lots expire, for good.
   */
  async latest(): Promise<Instant> {
    const now = this.trust?.latest() ?? this.runner.clock.now();
    const ahead = await this.policy('clock.ahead-at-most-s', BusinessDay.of(now));
    return Instant.plusMs(now, ahead * 1000);
  }

  /** What a number is sold as; null when it never came into stock. */
  async numberStock(number: string): Promise<NumberStock | null> {
    if (!mayBeStocked(number)) return null;
    const stream = numberBlockStream(blockOf(number));
    const { state, revision } = await this.runner.loadNewest(runningNumberBlock, stream);
    // Anybody may ask for numbers that there are not.
    if (revision === NO_STREAM) this.runner.forget(stream);
    return stockedAs(state, number);
  }

  /** What a group of overseas numbers is; null: there is none. */
  async vbaGroup(group: string): Promise<VbaGroupFacts | null> {
    return (await this.runner.look(runningVbaGroup, vbaGroupStream(group))).facts;
  }

  /** Who buys: whether it is a company, and the kinds of its identity papers that staff have approved. */
  async partyOf(
    account: AccountId,
  ): Promise<{ readonly isCompany: boolean; readonly papers: readonly PaperKind[] }> {
    const { state } = await this.runner.loadNewest(runningParty, partyStream(account));
    const papers = state.papers.filter(one => one.state === 'approved').map(({ kind }) => kind);
    return { isCompany: state.kind === 'corporate', papers };
  }

  async tariff(tariff: string): Promise<TariffState | undefined> {
    const { state } = await this.runner.load(runningTariff, tariffStream(tariff));
    return state.version === 0 ? undefined : state;
  }

  /** The price list of an account at an instant, and its version in force on the day of it. */
  async pricesOf(
    account: AccountId,
    at: Instant,
  ): Promise<{ readonly priceList: string; readonly version: PriceListVersion | undefined }> {
    const open = await this.account(account);
    const priceList = open ? priceListAt(open, at) : STANDARD_PRICE_LIST;
    const list = await this.priceList(priceList);
    return { priceList, version: list && priceListOn(list, BusinessDay.of(at)) };
  }

  async priceList(name: string): Promise<PriceListState | undefined> {
    const { state } = await this.runner.load(runningPriceList, priceListStream(name));
    return state.versions.length === 0 ? undefined : state;
  }
}

/** The tax rate of a line by its category on a day, in 1/100 percent. */
export function taxRateOf(policies: PolicyState, category: TaxCategory, day: BusinessDay): number {
  if (category === 'standard') return policyOf(policies, 'tax.standard-bp', day);
  if (category === 'reduced') return policyOf(policies, 'tax.reduced-bp', day);
  return 0;
}
