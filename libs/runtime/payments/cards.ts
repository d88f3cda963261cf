import type { AccountId, Instant } from '#kernel';
import {
  type OrderedPayment,
  type PrepaidSettingsCommand,
  type PrepaidSettingsState,
  prepaidSettingsStream,
} from '#payments';
import type { GatewayPayment } from '#ports';
import { derived } from '../engine/command-log.js';
import { runningPrepaidSettings } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';

/** By what a gateway charges a card. */
export interface ChargedBy {
  readonly gateway: string;
  readonly environment: 'test' | 'live';
  /** Null: the card was removed. */
  readonly token: string | null;
}

/** Cards that gateways keep for customers: what a payment asks of them, and tells them. */
export class Cards {
  constructor(private readonly runner: CommandRunner) {}

  async state(account: AccountId): Promise<PrepaidSettingsState> {
    return (await this.runner.loadNewest(runningPrepaidSettings, prepaidSettingsStream(account))).state;
  }

  run(account: AccountId, command: (now: Instant) => PrepaidSettingsCommand, body: object, caller: Caller) {
    const now = () => command(this.runner.clock.now());
    return this.runner.run(runningPrepaidSettings, prepaidSettingsStream(account), now, body, caller);
  }

  /** Undefined: the account never had such a card. */
  async chargedBy(account: AccountId, card: string): Promise<ChargedBy | undefined> {
    const { cards, forgotten } = await this.state(account);
    const removed = forgotten.get(card);
    return cards.get(card) ?? (removed && { ...removed, token: null });
  }

  /** A payment was made: its card is kept for later, or was used. Told before the money is decided on. */
  async paid(order: OrderedPayment, said: GatewayPayment, gateway: string, caller: Caller): Promise<void> {
    const { account, payment, card, keepsCard } = order;
    if (card !== null) {
      const use = (now: Instant) => ({ type: 'UseCard', now, account, card, payment }) as const;
      await this.run(account, use, { useCard: card, payment }, derived(caller, `card-used/${payment}`));
    } else if (keepsCard && said.card) {
      const kept = { gateway, environment: said.environment, ...said.card };
      const keep = (now: Instant) => ({ type: 'KeepCard', now, account, card: payment, ...kept }) as const;
      await this.run(account, keep, { keepCard: payment }, derived(caller, `card-kept/${payment}`));
    }
  }
}
