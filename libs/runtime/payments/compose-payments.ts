import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Sealing } from '../parties/sealing.js';
import type { Prepaid } from '../prepaid/prepaid.service.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { LogFollower } from '../projecting/log-follower.js';
import type { ReadModels } from '../projecting/read-models.js';
import { Cards } from './cards.js';
import { DepositBooking } from './deposit-booking.js';
import { DepositIntake } from './deposit-intake.js';
import { Deposits } from './deposits.service.js';
import { OwnBank } from './own-bank.js';
import type { PaymentPorts } from './payment-process.js';
import { Payments } from './payments.service.js';
import { PrepaidSettingsService } from './prepaid-settings.service.js';
import { Recharging } from './recharging.js';
import { WatchedAccounts } from './watched-accounts.js';

interface Parts {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly wallets: Wallets;
  readonly sealing: Sealing;
  readonly prepaid: Pick<Prepaid, 'creditPayment' | 'takeBackCharge'>;
  readonly others: LogFollower | undefined;
}

/** What charges prepaid value: by order of a customer, and by itself when a balance is low. */
export function composePayments(parts: Parts, ports: PaymentPorts) {
  const { runner, readModels, facts, prepaid, wallets } = parts;
  const cards = new Cards(runner);
  const bank = new OwnBank(runner, readModels, facts);
  const payments = new Payments(runner, readModels, facts, prepaid, cards, bank, ports);
  const booking = new DepositBooking(runner, facts, prepaid, payments.process);
  const intake = new DepositIntake(runner, booking);
  const deposits = new Deposits({ ...parts, bank, booking, intake });
  const watched = new WatchedAccounts(readModels, parts.others);
  const paying = { ...parts, cards, payments, watched };
  const recharging = new Recharging(paying);
  wallets.onChange = account => recharging.soon(account);
  const prepaidSettings = new PrepaidSettingsService({ ...paying, recharging });
  return {
    services: { payments, deposits, prepaidSettings, recharging },
    async idle(): Promise<void> {
      await payments.idle();
      await recharging.idle();
    },
  };
}
