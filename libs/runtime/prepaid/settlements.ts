import { type AccountId, Money } from '#kernel';
import { accountOfWallet, type CallFacts, type WalletEvent } from '#ledger';
import { type Cdr, canonicalCdr, foldedNumber } from '#rating';
import { derived, eventsOfCommand, KEY_REUSED, sha256 } from '../engine/command-log.js';
import type { Executed } from '../engine/run-command.js';
import { type CallPricing, callCommandId } from '../imports/call-pricing.js';
import type { Answer, Caller } from '../product.js';
import type { Wallets } from './wallets.js';

type EndOfCall = Extract<WalletEvent, { type: 'CallCharged' | 'CallNoted' }>;

const endOfCall = (events: readonly WalletEvent[]): EndOfCall | undefined =>
  events.find((e): e is EndOfCall => e.type === 'CallCharged' || e.type === 'CallNoted');

/** Calls that have ended, settled against what was held for them. */
export class Settlements {
  constructor(
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
  ) {}

  /**
   * The call's own id is the command's: a live settlement and the same call's CDR are one charge. Whichever
   * comes first charges; the settlement frees its hold also when it finds the call charged, with the same
   * body or another.
   */
  async settle(
    input: { account: AccountId; hold: string; call: CallFacts },
    caller: Caller,
  ): Promise<Answer<{ hold: string; net: string; tax: string; category: string }>> {
    const { account, hold, call } = input;
    const cdr = cdrOf(account, call);
    const asked = await this.pricing.priceForSettlement(cdr);
    const untrusted = asked.kind === 'rejected' ? await this.wallets.clockRefusal(cdr.endedAt) : undefined;
    const priced = untrusted ? ({ kind: 'rejected', rejection: untrusted } as const) : asked;
    const bodyHash = sha256(canonicalCdr(cdr));
    const settling = derived(caller, callCommandId(call.callId));
    // What was charged once stands, whatever its price would be now.
    const done =
      priced.kind === 'rejected'
        ? ((await this.wallets.runner.recorded<WalletEvent>(settling.commandId, bodyHash)) ?? priced)
        : await this.wallets.lock(account, () =>
            this.wallets.runAlone(account, () => priced.command(hold), bodyHash, settling),
          );
    if (isKnown(done)) await this.freeHold(account, hold, call.callId, settling);
    if (done.kind !== 'done') return done;
    const end = endOfCall(done.events);
    const charged = end?.type === 'CallCharged' ? end : undefined;
    const value = {
      hold: end?.hold ?? hold,
      net: Money.text(charged?.net ?? Money.zero),
      tax: Money.text(charged?.tax ?? Money.zero),
      category: end?.category ?? '',
    };
    return { kind: 'done', value, position: done.position, replayed: done.replayed };
  }

  /**
   * Frees the hold of a call that was charged before. A call has one hold: when its charge was settled from
   * one, or this was asked for another before, the hold that is named now belongs to somebody else and stays.
   */
  private async freeHold(account: AccountId, hold: string, callId: string, caller: Caller): Promise<void> {
    const { events } = this.wallets.runner;
    const commandId = callCommandId(callId);
    const known = (await events.findCommands([commandId])).get(commandId);
    if (known && accountOfWallet(known.stream) === account) {
      const end = endOfCall((await eventsOfCommand(events, known)) as WalletEvent[]);
      if (end && end.hold !== null) return;
    }
    await this.wallets.freeHoldOfCall(account, hold, callId, caller);
  }
}

const isKnown = (answer: Executed<WalletEvent>): boolean =>
  (answer.kind === 'done' && answer.replayed) ||
  (answer.kind === 'rejected' && answer.rejection.code === KEY_REUSED.code);

export const cdrOf = (account: AccountId, call: CallFacts): Cdr => ({
  callId: call.callId,
  account,
  number: foldedNumber(call.number),
  direction: call.direction,
  from: call.from,
  to: call.to,
  startedAt: call.startedAt,
  answeredAt: call.answeredAt,
  endedAt: call.endedAt,
  hangupCause: call.hangupCause,
});
