import {
  type AccountCommand,
  accountStream,
  type NumberClaim,
  type NumberCommand,
  type NumberRejection,
  numberClaim,
  numberEvents,
  numberRefusals,
  numberStream,
  standingOf,
} from '#contracts';
import { type AccountId, type Rejection, rejection } from '#kernel';
import { stepOf } from '../engine/command-log.js';
import { beforeNextDecision, DECIDED_AT_MOST } from '../engine/decide-again.js';
import type { Facts } from '../engine/facts.js';
import { engineRefusals } from '../engine/refusals.js';
import type { CommandRunner } from '../engine/run-command.js';
import { runningAccount } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';

export const runningNumber = { decider: numberClaim, codec: numberEvents.codec };

/** How often a claim of another process that is not assigned yet is looked at again: about a second. */
const PATIENCE = 12;

type Claimed =
  | { readonly kind: 'claimed'; readonly claims: readonly NumberClaim[] }
  | { readonly kind: 'refused'; readonly rejection: Rejection };

/**
 * A number goes to an account in two streams: claimed in its own, assigned in the account's. What is claimed
 * and not assigned belongs to nobody yet: to an opening under way, or to one that was refused or killed. So
 * a claim ends in this order, whoever ends it: the account withdraws it (which fails when the number has been
 * assigned, and makes an assignment under way fail), then the number is released. Killed in between, the next
 * one who wants the number goes on from there.
 */
export class NumberClaims {
  constructor(
    private readonly runner: CommandRunner,
    private readonly facts: Facts,
  ) {}

  /** One request at a time for a number. Always in one order, so that no two wait for each other. */
  async alone<T>(numbers: readonly string[], work: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const number of [...numbers].sort())
        releases.push(await this.runner.lock.acquire(`claims ${number}`));
      return await work();
    } finally {
      for (const release of releases) release();
    }
  }

  /**
   * Claims all numbers for the account, or none of them: what is claimed stands until it is assigned or given
   * back. The caller is `alone` with them. One that another account has is found before any is claimed.
   */
  async take(account: AccountId, numbers: readonly string[], caller: Caller): Promise<Claimed> {
    for (const number of numbers)
      if ((await this.look(account, number)).standing === 'taken') return taken(number);
    const byNumber = new Map<string, NumberClaim>();
    // In one order for everybody: who has the first number comes first to the others too.
    for (const number of [...numbers].sort()) {
      const claimed = await this.claim(account, number, caller);
      if (claimed.kind === 'refused') {
        await this.giveBack(account, [...byNumber.values()], caller);
        return claimed;
      }
      for (const claim of claimed.claims) byNumber.set(number, claim);
    }
    return { kind: 'claimed', claims: numbers.map(number => byNumber.get(number)!) };
  }

  /** Ends claims, but not those whose numbers the account has. */
  async giveBack(account: AccountId, claims: readonly NumberClaim[], caller: Caller): Promise<void> {
    const now = () => this.runner.clock.now();
    for (const { number, claim } of claims) {
      const withdrawn = await this.runner.run(
        runningAccount,
        accountStream(account),
        (): AccountCommand => ({ type: 'WithdrawClaim', now: now(), account, number, claim }),
        { withdraw: number, claim },
        stepOf(caller, `number/${number}/withdraw/${claim}`),
      );
      if (withdrawn.kind === 'rejected') continue;
      await this.runner.run(
        runningNumber,
        numberStream(number),
        (): NumberCommand => ({ type: 'ReleaseNumber', now: now(), number, account, claim }),
        { release: number, claim },
        stepOf(caller, `number/${number}/release/${claim}`),
      );
    }
  }

  /** Ends the claim of a number that the account has: first in its stream, then in the number's. */
  async takeBack(account: AccountId, number: string, caller: Caller): Promise<void> {
    const { state } = await this.runner.loadNewest(runningNumber, numberStream(number));
    if (state.owner !== account) return;
    const [now, { claims: claim }] = [() => this.runner.clock.now(), state];
    await this.runner.run(
      runningAccount,
      accountStream(account),
      (): AccountCommand => ({ type: 'UnassignNumber', now: now(), number, claim }),
      { unassign: number, claim },
      stepOf(caller, `number/${number}/unassign/${claim}`),
    );
    await this.runner.run(
      runningNumber,
      numberStream(number),
      (): NumberCommand => ({ type: 'ReleaseNumber', now: now(), number, account, claim }),
      { release: number, claim },
      stepOf(caller, `number/${number}/release/${claim}`),
    );
  }

  private async claim(account: AccountId, number: string, caller: Caller): Promise<Claimed> {
    let waited = 0;
    for (let tried = 0; tried < DECIDED_AT_MOST + PATIENCE; tried++) {
      const { owner, claim, standing } = await this.look(account, number);
      if (standing === 'taken') return taken(number);
      if (standing === 'own') return { kind: 'claimed', claims: [{ number, claim }] };
      if (owner === null) {
        const stock = await this.facts.numberStock(number);
        const now = () => this.runner.clock.now();
        const done = await this.runner.run(
          runningNumber,
          numberStream(number),
          (): NumberCommand => ({ type: 'ClaimNumber', now: now(), number, account, stock }),
          { claim: number, account },
          stepOf(caller, `number/${number}/claim/${claim + 1}`),
        );
        if (done.kind === 'rejected' && BARRED.has(done.rejection.code))
          return { kind: 'refused', rejection: done.rejection };
      } else if (standing === 'under way' && this.runner.shared && waited < PATIENCE) {
        await beforeNextDecision(++waited);
      } else {
        await this.giveBack(owner, [{ number, claim }], caller);
      }
    }
    return { kind: 'refused', rejection: OVERTAKEN };
  }

  /** Whose a number is, as its own stream and that of its claimant say now. */
  private async look(account: AccountId, number: string) {
    const { state } = await this.runner.loadNewest(runningNumber, numberStream(number));
    const { owner, claims: claim, order } = state;
    if (owner === null) return { owner, claim, standing: 'free' as const };
    const holder = await this.runner.loadNewest(runningAccount, accountStream(owner));
    const standing = standingOf({ number, claim }, holder.state);
    if (standing === 'withdrawn') return { owner, claim, standing };
    // What an order claims is the order's, until it has ended one way or the other.
    if (standing === 'pending' && order !== null) return { owner, claim, standing: 'taken' as const };
    if (owner === account) return { owner, claim, standing: 'own' as const };
    return { owner, claim, standing: standing === 'assigned' ? ('taken' as const) : ('under way' as const) };
  }
}

/** Why a number that nobody owns cannot be had now: asking again changes nothing. */
const BARRED: ReadonlySet<string> = new Set<NumberRejection>([
  'NUMBER_WITHDRAWN',
  'NUMBER_QUARANTINED',
  'NUMBER_RESERVED',
]);

const taken = (number: string): Claimed => ({
  kind: 'refused',
  rejection: rejection(numberRefusals.NUMBER_TAKEN, { number }),
});

/** Others want the same numbers all the time. */
export const OVERTAKEN = rejection(engineRefusals.TOO_MANY_CONFLICTS);
