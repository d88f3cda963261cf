import { type AccountId, Money } from '#kernel';
import { accountOfWallet, type CallFacts, type WalletEvent } from '#ledger';
import { type Cdr, canonicalCdr, foldedNumber } from '#rating';
import { answered } from '../engine/answered.js';
import { derived, eventsOfCommand, KEY_REUSED, sha256 } from '../engine/command-log.js';
import type { Executed } from '../engine/run-command.js';
import { type CallPricing, callCommandId, type Pricing } from '../imports/call-pricing.js';
import { itemOf } from '../imports/suspense.js';
import type { Answer, Caller } from '../product.views.js';
import { entriesOf, entryCommandId } from './call-entries.js';
import { Corrections, isSameRecord } from './corrections.js';
import type { SettledHoldView } from './prepaid.shapes.js';
import type { Wallets } from './wallets.js';

type EndOfCall = Extract<WalletEvent, { type: 'CallDebited' | 'CallNoted' }>;

const endOfCall = (events: readonly WalletEvent[]): EndOfCall | undefined =>
  events.find((e): e is EndOfCall => e.type === 'CallDebited' || e.type === 'CallNoted');

/** A call that has ended, and the hold that was made for it. */
export interface EndedCall {
  readonly account: AccountId;
  readonly hold: string;
  readonly call: CallFacts;
}

/** Calls that have ended, settled against what was held for them. */
export class Settlements {
  constructor(
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
  ) {}

  /**
   * The call's own id is the command's: a live settlement and the same call's CDR are one debit. Whichever
   * comes first debits; the settlement frees its hold also when it finds the call debited, with the same
   * body or another. After a reversal it corrects the call as a call file would.
   */
  async settle({ account, hold, call }: EndedCall, caller: Caller): Promise<Answer<SettledHoldView>> {
    const cdr = cdrOf(account, call);
    const asked = await this.pricing.priceForSettlement(cdr);
    const untrusted = asked.kind === 'rejected' ? await this.wallets.clockRefusal(cdr.endedAt) : undefined;
    const priced = untrusted ? ({ kind: 'rejected', rejection: untrusted } as const) : asked;
    const bodyHash = sha256(canonicalCdr(cdr));
    const settling = derived(caller, callCommandId(call.callId));
    // What was debited once stands, whatever its price would be now.
    const first =
      priced.kind === 'rejected'
        ? ((await this.wallets.runner.recorded<WalletEvent>(settling.commandId, bodyHash)) ?? priced)
        : await this.wallets.lock(account, () =>
            this.wallets.runAlone(account, () => priced.command(hold), bodyHash, settling),
          );
    const done =
      priced.kind === 'priced' && isOtherBody(first)
        ? await this.corrected(cdr, priced, hold, settling, first)
        : first;
    if (isKnown(done)) await this.freeHold(account, hold, call.callId, settling);
    if (done.kind !== 'done') return done;
    const end = endOfCall(done.events);
    const debited = end?.type === 'CallDebited' ? end : undefined;
    const value = {
      hold: end?.hold ?? hold,
      net: Money.text(debited?.net ?? Money.zero),
      tax: Money.text(debited?.tax ?? Money.zero),
      category: end?.category ?? '',
    };
    return answered(done, value);
  }

  /**
   * What is settled says something else than the record that came first: as of a call file, it is the next
   * entry of a call that was taken back, a record that came before, or in conflict.
   */
  private async corrected(
    cdr: Cdr,
    priced: Extract<Pricing, { kind: 'priced' }>,
    hold: string,
    settling: Caller,
    inConflict: Executed<WalletEvent>,
  ): Promise<Executed<WalletEvent>> {
    const { account, callId } = cdr;
    const found = await new Corrections(this.wallets).of(itemOf(cdr, priced.command(hold)));
    if (found === 'other_body') return inConflict;
    if (found === 'duplicate') {
      const { runner } = this.wallets;
      const item = itemOf(cdr, priced.command(hold));
      const entries = await entriesOf(runner.events, callId);
      const same = entries.findLastIndex(({ bodyHash }) => isSameRecord(item, bodyHash));
      const id = entryCommandId(callId, same + 1);
      return (await runner.recorded<WalletEvent>(id, entries[same]!.bodyHash)) ?? inConflict;
    }
    const { command, commandId, bodyHash } = found;
    const done = await this.wallets.lock(account, () =>
      this.wallets.runAlone(account, () => command, bodyHash, { ...settling, commandId }),
    );
    return done.kind === 'rejected' && done.rejection.code === 'NOT_REVERSED' ? inConflict : done;
  }

  /**
   * Frees the hold that is named for a call that was debited before: the call is over, and nobody else will
   * ever free it. Also a second one, unless the call was settled from it: its name may be in use again.
   */
  private async freeHold(account: AccountId, hold: string, callId: string, caller: Caller): Promise<void> {
    const { events } = this.wallets.runner;
    for (const entry of await entriesOf(events, callId)) {
      if (accountOfWallet(entry.stream) !== account) continue;
      const end = endOfCall((await eventsOfCommand(events, entry)) as WalletEvent[]);
      if (end?.hold === hold) return;
    }
    await this.wallets.freeHoldOfCall(account, hold, callId, caller);
  }
}

const isOtherBody = (answer: Executed<WalletEvent>): boolean =>
  answer.kind === 'rejected' && answer.rejection.code === KEY_REUSED.code;

const isKnown = (answer: Executed<WalletEvent>): boolean =>
  (answer.kind === 'done' && answer.replayed) || isOtherBody(answer);

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
