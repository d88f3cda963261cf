import { type AccountId, BusinessDay, BusinessMonth, Instant } from '#kernel';
import type { EventStore } from '#ports';
import { accountsToClose } from '../closing/closes.queries.js';
import {
  accountsWithEndsDue,
  cartsUnderWay,
  oldestContract,
  ordersUnderWay,
} from '../contracts/contracts.queries.js';
import type { Facts } from '../engine/facts.js';
import type { Notices } from '../notices/notices.service.js';
import { nameChangesLeft } from '../parties/parties.queries.js';
import type { Parties } from '../parties/parties.service.js';
import { openDeposits } from '../payments/deposits.queries.js';
import { openPayments } from '../payments/payments.queries.js';
import { accountsToWatch } from '../payments/prepaid-settings.queries.js';
import { accountsWithLotsDue, debtorsServed } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { JobFacts } from './plan-jobs.js';

/** Older months are a matter for staff. */
const MONTHS_LOOKED_AT = 24;
/** An order, like a fee, is a matter of a moment; one that is this old was left by a process that ended. */
const ORDER_LEFT_MS = 60_000;
/** A sweep that was missed longer ago is made up by the next daily one. */
const MISSED_WITHIN_DAYS = 8;

/** Reads what jobs are planned from. */
export class JobFactsReader {
  private beganOn: BusinessDay | null = null;
  /** A month that is closed for everybody stays so; an account backdated into it is closed by hand. */
  private readonly closed = new Set<BusinessMonth>();

  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly notices: Pick<Notices, 'due'>,
    private readonly parties: Pick<Parties, 'left'>,
  ) {}

  async at(now: Instant): Promise<JobFacts> {
    const beganOn = await this.began();
    if (beganOn === null)
      return {
        ...{ beganOn, openMonths: [], sweepMissed: false, contractsSince: null, endsDue: false },
        ...{ debtors: false, ordersLeft: [], cartsLeft: [], noticesDue: [], nameChangesLeft: [] },
        ...{ paymentsOpen: false, balancesDue: false, orphans: false, erasedLast: null },
      };
    const today = BusinessDay.of(now);
    const missedFrom = Math.max(beganOn, today - MISSED_WITHIN_DAYS) as BusinessDay;
    const openMonths = await this.openMonths(BusinessMonth.ofDay(beganOn), BusinessMonth.of(now));
    const sweepMissed = (await this.withLotsDue(missedFrom, today, 1)).length > 0;
    const endsDue = (await accountsWithEndsDue(this.readModels, today, 1)).length > 0;
    const debtors = (await this.debtorsServed(1)).length > 0;
    const aWhileAgo = Instant.plusMs(now, -ORDER_LEFT_MS);
    const ordersLeft = await ordersUnderWay(this.readModels, aWhileAgo);
    const cartsLeft = await cartsUnderWay(this.readModels, aWhileAgo);
    const names = await nameChangesLeft(this.readModels, aWhileAgo);
    const contractsSince = await oldestContract(this.readModels);
    const noticesDue = await this.notices.due();
    const left = { ordersLeft, cartsLeft, nameChangesLeft: names, ...(await this.parties.left()) };
    const one = { after: '', limit: 1 };
    const open = [await openPayments(this.readModels, one), await openDeposits(this.readModels, one)];
    const paymentsOpen = open.some(found => found.length > 0);
    const balancesDue = (await accountsToWatch(this.readModels, { now, after: '', limit: 1 })).length > 0;
    const due = { paymentsOpen, balancesDue, endsDue, debtors, noticesDue, ...left };
    return { beganOn, openMonths, sweepMissed, contractsSince, ...due };
  }

  private async began(): Promise<BusinessDay | null> {
    if (this.beganOn !== null) return this.beganOn;
    for await (const { meta } of this.events.readAll({ from: 1, limit: 1 }))
      this.beganOn = BusinessDay.of(Instant.parse(meta.recordedAt));
    return this.beganOn;
  }

  private async openMonths(first: BusinessMonth, running: BusinessMonth): Promise<JobFacts['openMonths']> {
    const open: { month: BusinessMonth; longestCallS: number }[] = [];
    const from = Math.max(first, running - MONTHS_LOOKED_AT) as BusinessMonth;
    for (let month = from; month <= running; month = BusinessMonth.plus(month, 1)) {
      if (this.closed.has(month)) continue;
      if (month < running && (await accountsToClose(this.readModels, month, 1)).length === 0) {
        this.closed.add(month);
        continue;
      }
      const longestCallS = await this.facts.policy('calls.max-duration-s', BusinessMonth.lastDay(month));
      open.push({ month, longestCallS });
    }
    return open;
  }

  /** Accounts with value in lots that expired on a day of `from` to the day before `today`, ids ascending. */
  withLotsDue(from: BusinessDay, today: BusinessDay, limit: number, after = ''): Promise<AccountId[]> {
    return accountsWithLotsDue(this.readModels, { from, today, after, limit });
  }

  /** Accounts that owe something and are served all the same, ids ascending. */
  debtorsServed(limit: number, after = ''): Promise<AccountId[]> {
    return debtorsServed(this.readModels, { after, limit });
  }
}
