import {
  type NoticeCommand,
  type NotTold,
  notice,
  noticeEvents,
  noticeStream,
  readMails,
  settlementMails,
  type ToldOf,
} from '#contracts';
import { type AccountId, BusinessDay, DAY_MS, Instant, InvalidInput } from '#kernel';
import { accountOfWallet } from '#ledger';
import type { PaymentState } from '#payments';
import { MessageNotSent } from '#ports';
import type { Contracts } from '../contracts/contracts.service.js';
import type { OrderProcess } from '../contracts/order-process.js';
import { decodeEvent, streamKind } from '../engine/codecs.js';
import { derived, sha256 } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import { messageId } from '../identity/message-ids.js';
import { styleOf } from '../identity/messenger.js';
import type { IdentityPorts } from '../identity/tools.js';
import type { Parties } from '../parties/parties.service.js';
import { runningPayment } from '../payments/payment-process.js';
import type { PrepaidSettingsService } from '../payments/prepaid-settings.service.js';
import type { Caller } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { noticeOf } from './notice-of.js';
import { noticesDue } from './notices.queries.js';
import type { ToldEvent, ToldNotice } from './told-notice.js';

const runningNotice = { decider: notice, codec: noticeEvents.codec };

/** Planned at once; those behind them come with the next planning. */
const PLANNED_AT_ONCE = 1_000;

/** One mail per command, whoever plans it and whenever. */
const noticeIdOf = (commandId: string): string => sha256(`notice/${commandId}`).slice(0, 32);

interface OfAccount {
  readonly account: AccountId;
}

interface Parts {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly identity: Identity;
  readonly parties: Parties;
  readonly contracts: Contracts;
  readonly orders: OrderProcess;
  readonly prepaidSettings: Pick<PrepaidSettingsService, 'mails'>;
  /** Undefined in a process that sends nothing: it plans nothing either. */
  readonly ports: IdentityPorts | undefined;
}

/** Where the told events stand. */
export interface NoticeDue {
  readonly notice: string;
  readonly position: number;
}

/**
 * Tells customers by mail what happened. What is to be told follows from the log, one mail per command; that
 * it was handed over is an event of its own, so that it is done once. Killed between the two, the same mail
 * goes out again under the same id. The address is opened for the mail and stands in no event.
 */
export class Notices {
  constructor(private readonly parts: Parts) {}

  /** What is to be told now: nothing of long ago, as in a log that was filled with the past. */
  async due(): Promise<NoticeDue[]> {
    const { ports, facts, runner, readModels } = this.parts;
    if (!ports) return [];
    const now = runner.clock.now();
    const days = await facts.policy('contracts.notices-within-days', BusinessDay.of(now));
    const rows = await noticesDue(readModels, Instant.plusMs(now, -days * DAY_MS), PLANNED_AT_ONCE);
    return rows.map(({ command_id, position }) => ({ notice: noticeIdOf(command_id), position }));
  }

  /**
   * Tells of the command whose event stands at a position, unless that was done.
   * @throws MessageNotSent when the same mail may pass later
   */
  async tell(position: number, caller: Caller): Promise<void> {
    const { runner } = this.parts;
    for await (const { meta } of runner.events.readAll({ from: position, limit: 1 })) {
      const command = meta.commandId;
      const id = noticeIdOf(command);
      const { state } = await runner.loadNewest(runningNotice, noticeStream(id));
      if (!state.done) await this.tellOf(id, command, { ...caller, correlationId: meta.correlationId });
    }
  }

  private async tellOf(id: string, command: string, caller: Caller): Promise<void> {
    const { account, events, payment } = await this.eventsOf(command);
    const told = account && (await this.noticeOf(account, events, payment));
    if (!account || !told) return;
    const of = { notice: id, account, command, about: told.about };
    const addresses = await this.addresses(account, told.to);
    if (typeof addresses === 'string')
      return this.record(
        { type: 'LeaveNotice', why: addresses },
        { ...of, address: 0, addresses: 0 },
        caller,
      );
    for (const [at, to] of addresses.entries()) {
      const nth = { ...of, address: at + 1, addresses: addresses.length };
      const { state } = await this.parts.runner.load(runningNotice, noticeStream(id));
      if (state.through >= nth.address) continue;
      const why = await this.send(told, { account, to, id: messageId('notice', id, String(nth.address)) });
      await this.record(why ? { type: 'LeaveNotice', why } : { type: 'TellSent' }, nth, caller);
    }
  }

  /** The events of a command, and whose they are. */
  private async eventsOf(command: string) {
    const { runner } = this.parts;
    const known = (await runner.events.findCommands([command])).get(command);
    const events: ToldEvent[] = [];
    let account: AccountId | undefined;
    let payment: PaymentState | undefined;
    if (known === undefined) return { account, events, payment };
    for await (const stored of runner.events.readAll({ from: known.firstPosition, limit: known.count })) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as ToldEvent;
      events.push(event);
      const { stream } = stored;
      if (streamKind(stream) === 'payment') payment = await this.paymentOf(stream);
      const of = streamKind(stream) === 'wallet' ? accountOfWallet(stream) : (event as OfAccount).account;
      account ??= of ?? payment?.order?.account;
    }
    return { account, events, payment };
  }

  private async paymentOf(stream: string): Promise<PaymentState> {
    return (await this.parts.runner.loadNewest(runningPayment, stream)).state;
  }

  private async noticeOf(
    account: AccountId,
    events: readonly ToldEvent[],
    payment: PaymentState | undefined,
  ): Promise<ToldNotice | undefined> {
    const { orders, contracts, ports } = this.parts;
    return noticeOf(events, {
      payment,
      book: await orders.book(account),
      portal: ports!.publicUrl,
      order: order => contracts.order(account, order),
    });
  }

  /** Opened for this mail, or why there is none. */
  private async addresses(account: AccountId, to: ToldNotice['to']): Promise<readonly string[] | NotTold> {
    const { parties, prepaidSettings, ports } = this.parts;
    if (to === 'nobody') return 'told_elsewhere';
    if (!ports!.kinds.includes('mail')) return 'no_sender';
    const mails = await parties.mailsOf(account);
    if (mails === 'erased') return 'erased';
    const wished = () => prepaidSettings.mails(account);
    const list =
      to === 'billing'
        ? settlementMails(mails)
        : readMails(to === 'contract' ? mails.contract : (await wished())[to]);
    return list.length > 0 ? list : 'no_address';
  }

  /** Why the next system did not take it over, for good; undefined when it did. */
  private async send(
    told: ToldNotice,
    { account, to, id }: { readonly account: AccountId; readonly to: string; readonly id: string },
  ): Promise<NotTold | undefined> {
    const { identity, facts, ports } = this.parts;
    const language = told.language ?? (await identity.logins.languageOf(account));
    const { subject, text } = told.write(await styleOf(facts, language));
    try {
      await ports!.sender.send({ kind: 'mail', to, subject, text, language, id });
      return undefined;
    } catch (error) {
      const isFinal = error instanceof MessageNotSent ? !error.retryable : error instanceof InvalidInput;
      if (isFinal) return 'not_taken';
      throw error;
    }
  }

  private async record(
    what: { readonly type: 'TellSent' } | { readonly type: 'LeaveNotice'; readonly why: NotTold },
    of: ToldOf,
    caller: Caller,
  ): Promise<void> {
    const { runner } = this.parts;
    const command = (): NoticeCommand => ({ ...what, now: runner.clock.now(), of });
    const { notice: id, address } = of;
    const step = derived(caller, `notice/${id}/${address}`);
    await runner.run(runningNotice, noticeStream(id), command, { notice: id, address }, step);
  }
}
