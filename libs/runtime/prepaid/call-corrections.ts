import { type AccountId, Instant, InvalidInput, Money, rejected, taxOf } from '#kernel';
import { type CallFacts, entryKey, type WalletCommand, type WalletEvent, walletRefusals } from '#ledger';
import type { EventStore } from '#ports';
import { talkMs, timesProblem } from '#rating';
import { decodeEvent } from '../engine/codecs.js';
import type { CallPricing } from '../imports/call-pricing.js';
import { DebitBatch } from '../imports/debit-batch.js';
import { itemOf } from '../imports/suspense.js';
import type { Answer, Caller } from '../product.views.js';
import { entriesOf } from './call-entries.js';
import { isSameRecord } from './corrections.js';
import type { CorrectedCallView, CorrectionPreview } from './prepaid.shapes.js';
import { prepaidRefusals } from './refusals.js';
import { cdrOf } from './settlements.js';
import type { Wallets } from './wallets.js';

type CallEvent = Extract<WalletEvent, { type: 'CallDebited' | 'CallNoted' }>;

export interface Correction {
  readonly account: AccountId;
  /** The call id. */
  readonly call: string;
  /** What was wrong; what is left out stays as it was recorded. */
  readonly changes: Partial<Omit<CallFacts, 'callId' | 'durationMs'>>;
}

const NO_SUCH_CALL = rejected(prepaidRefusals.NO_SUCH_DEBIT);
const SAME_RECORD = rejected(prepaidRefusals.SAME_RECORD);

/** A reversing entry and a new one, under the same call id (DECISIONS: Calls). */
export class CallCorrections {
  constructor(
    private readonly events: EventStore,
    private readonly wallets: Wallets,
    private readonly pricing: CallPricing,
  ) {}

  /** @param reverse takes the standing entry back; the hash makes the record a part of what was asked */
  async correct(
    { account, call, changes }: Correction,
    caller: Caller,
    reverse: (record: string) => Promise<Answer<unknown>>,
  ): Promise<Answer<CorrectedCallView>> {
    const entries = await entriesOf(this.events, call);
    if (!entries.at(-1)?.stream.startsWith(`wallet-${account}_`)) return NO_SUCH_CALL;
    const { event: recorded } = await this.newest(call);
    const cdr = cdrOf(account, corrected(recorded.call, changes));
    const priced = await this.pricing.priceForSettlement(cdr);
    if (priced.kind === 'rejected') return priced;
    const item = itemOf(cdr, priced.command(null));
    const hashes = [item.bodyHash, ...(item.formerHashes?.() ?? [])];
    const same = entries.findLastIndex(({ bodyHash }) => hashes.includes(bodyHash));
    // Asked again: it stands as it was asked for.
    if (same > 0 && same === entries.length - 1) return this.standing(call, true);
    if (same >= 0) return SAME_RECORD;
    const reversed = await reverse(item.bodyHash);
    if (reversed.kind === 'rejected' && reversed.rejection.code !== 'ALREADY_REVERSED') return reversed;
    const [result] = await new DebitBatch(this.wallets, [item], caller).run();
    if (typeof result === 'object') return { kind: 'rejected', rejection: result.refused };
    if (result === 'other_body') return rejected(walletRefusals.NOT_REVERSED, { call });
    return this.standing(call, false);
  }

  /** What `correct` would do; nothing is written. */
  async preview({ account, call, changes }: Correction): Promise<Answer<CorrectionPreview>> {
    const entries = await entriesOf(this.events, call);
    if (!entries.at(-1)?.stream.startsWith(`wallet-${account}_`)) return NO_SUCH_CALL;
    const { event, entry, position } = await this.newest(call);
    const { callId, startedAt, answeredAt, endedAt, hangupCause: _, ...facts } = event.call;
    const segment = await this.wallets.lock(account, () => this.wallets.segment(account));
    const reversed = segment?.state.phase === 'open' && segment.state.reversed.has(entryKey(call, entry));
    let next: CorrectionPreview['corrected'] = null;
    if (Object.keys(changes).length > 0) {
      const facts = corrected(event.call, changes);
      const cdr = cdrOf(account, facts);
      const priced = await this.pricing.priceForSettlement(cdr);
      if (priced.kind === 'rejected') return priced;
      const item = itemOf(cdr, priced.command(null));
      if (entries.some(({ bodyHash }) => isSameRecord(item, bodyHash))) return SAME_RECORD;
      next = { durationMs: facts.durationMs, ...pricedAs(item.command) };
    }
    const times = {
      startedAt: Instant.text(startedAt),
      answeredAt: answeredAt === null ? null : Instant.text(answeredAt),
      endedAt: Instant.text(endedAt),
    };
    const recorded = { ...facts, ...times, category: event.category, ...costOf(event) };
    const value = { callId, entry, reversed, ...recorded, corrected: next };
    return { kind: 'done', value, position, replayed: false };
  }

  private async standing(callId: string, replayed: boolean): Promise<Answer<CorrectedCallView>> {
    const { event, entry, position } = await this.newest(callId);
    const value = { callId, entry, category: event.category, ...costOf(event) };
    return { kind: 'done', value, position, replayed };
  }

  /** The newest entry of a call, as its event tells it. @throws Error when there is none: a bug */
  private async newest(callId: string): Promise<{ event: CallEvent; entry: number; position: number }> {
    const entries = await entriesOf(this.events, callId);
    const { firstPosition, count } = entries.at(-1)!;
    for await (const stored of this.events.readAll({ from: firstPosition, limit: count })) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      if (event.type === 'CallDebited' || event.type === 'CallNoted')
        return { event, entry: entries.length, position: firstPosition + count - 1 };
    }
    throw new Error(`the newest entry of call ${callId} has no call`);
  }
}

/** What a call costs; nothing when it is only noted. */
function costOf(event: CallEvent): { net: string; tax: string } {
  const { net, tax } = event.type === 'CallDebited' ? event : { net: Money.zero, tax: Money.zero };
  return { net: Money.text(net), tax: Money.text(tax) };
}

/** The same of a call that is not recorded yet. */
function pricedAs(command: WalletCommand): { category: string; net: string; tax: string } {
  if (command.type === 'NoteCall') return { category: command.category, net: '0', tax: '0' };
  if (command.type !== 'DebitCall') throw new Error(`a call is not priced by ${command.type}`);
  const { category, net, taxRate } = command;
  return { category, net: Money.text(net), tax: Money.text(taxOf(net, taxRate)) };
}

/** @throws InvalidInput for times that are in no order */
function corrected(before: CallFacts, changes: Correction['changes']): CallFacts {
  const call = { ...before, ...changes };
  const problem = timesProblem(call.startedAt, call.answeredAt, call.endedAt);
  if (problem) throw new InvalidInput(problem.field, problem.problem);
  return { ...call, durationMs: talkMs(call) };
}
