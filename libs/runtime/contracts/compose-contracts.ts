import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Numbers } from '../numbers/numbers.service.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { ReadModels } from '../projecting/read-models.js';
import { Carts } from './cart.service.js';
import { ContractEnds } from './contract-ends.js';
import { Contracts } from './contracts.service.js';
import { MonthlyFees } from './monthly-fees.js';
import { OrderProcess } from './order-process.js';
import { Units } from './units.service.js';

interface Parts {
  readonly runner: CommandRunner;
  readonly readModels: ReadModels;
  readonly facts: Facts;
  readonly wallets: Wallets;
  readonly numbers: Numbers;
  readonly identity: Identity;
}

/** What customers buy, pay every month and cancel. */
export function composeContracts({ runner, readModels, facts, wallets, numbers, identity }: Parts) {
  const orders = new OrderProcess(runner, wallets, facts, numbers, identity);
  const fees = new MonthlyFees(wallets, readModels, facts, orders);
  const ends = new ContractEnds(runner, orders, numbers, identity, facts);
  const contracts = new Contracts(runner, wallets, readModels, facts, identity, orders, fees, ends);
  const units = new Units(runner, contracts, facts, identity, orders);
  const carts = new Carts(runner, facts, identity, contracts, numbers);
  return { orders, fees, services: { contracts, units, carts } };
}
