import {
  accountRefusals,
  bookStream,
  type ContractCommand,
  type ContractEvent,
  type Device,
  refundsOpen,
  type Shipment,
  type ShippingTerms,
} from '#contracts';
import { type AccountId, type Instant, rejected } from '#kernel';
import { answered } from '../engine/answered.js';
import { derived } from '../engine/command-log.js';
import { type Facts, runningBook } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Parties } from '../parties/parties.service.js';
import type { Prepaid } from '../prepaid/prepaid.service.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { DeliveredDevices, ReturnedDevice, ShippedDevices } from './devices.inputs.js';
import type { ListedShipmentView, ShipmentView, TakenBackDeviceView } from './devices.shapes.js';
import type { OrderProcess } from './order-process.js';
import { shipmentPage } from './shipments.queries.js';
import { shipmentView } from './shipments.view.js';
import { shippingTermsAt } from './terms.js';

interface OthersOfDevices {
  readonly orders: OrderProcess;
  readonly prepaid: Prepaid;
  readonly parties: Parties;
}
type OfShipment = { readonly account: AccountId; readonly shipment: string };

/** The name of the reversal that pays a device back: once, whoever tries. */
const refundOf = (device: string): string => `refund-${device}`;

/** What becomes of devices that were bought: shipped, arrived, replaced, paid back (DEV-03 to 10). */
export class Devices {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly others: OthersOfDevices,
  ) {}

  private readonly now = (): Instant => this.runner.clock.now();

  /** Of all accounts, the oldest first. */
  shipments(state: Shipment['state'], request: PageRequest): Promise<Page<ListedShipmentView>> {
    return shipmentPage(this.readModels, state, request);
  }

  /** A shipment and where it goes. */
  async shipment({ account, shipment }: OfShipment): Promise<ShipmentView | undefined> {
    const book = await this.others.orders.book(account);
    const known = book.shipments.get(shipment);
    if (!known) return undefined;
    const address = await this.others.parties.address(account, known.delivery.address);
    return { account, order: known.order, ...shipmentView(book, known), address };
  }

  ship(input: ShippedDevices, caller: Caller): Promise<Answer<ShipmentView>> {
    const { account: _, ...shipped } = input;
    return this.moved(input, terms => ({ type: 'ShipDevices', now: this.now(), ...shipped, terms }), caller);
  }

  deliver(input: DeliveredDevices, caller: Caller): Promise<Answer<ShipmentView>> {
    const { account: _, ...arrived } = input;
    return this.moved(
      input,
      terms => ({ type: 'DeliverDevices', now: this.now(), ...arrived, terms }),
      caller,
    );
  }

  private async moved(
    input: OfShipment,
    command: (terms: ShippingTerms) => ContractCommand,
    caller: Caller,
  ): Promise<Answer<ShipmentView>> {
    const done = await this.act(input.account, command, { ...input }, caller);
    return done.kind === 'done' ? answered(done, (await this.shipment(input))!) : done;
  }

  private async act(
    account: AccountId,
    command: (terms: ShippingTerms) => ContractCommand,
    body: object,
    caller: Caller,
  ): Promise<Executed<ContractEvent>> {
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const terms = await shippingTermsAt(this.facts, this.now());
    return this.runner.run(runningBook, bookStream(account), () => command(terms), body, caller);
  }

  /**
   * Takes a device back, as a return or under its guarantee. What is paid back goes to the balance right
   * after the decision; killed in between, a job does it.
   */
  async takeBack(
    under: 'return' | 'warranty',
    { account, device, reportedAt, ...input }: ReturnedDevice,
    caller: Caller,
  ): Promise<Answer<TakenBackDeviceView>> {
    const command = (terms: ShippingTerms): ContractCommand => ({
      type: 'TakeBackDevice',
      now: this.now(),
      ...{ device, under, ...input, reportedAt: reportedAt ?? this.now(), terms },
    });
    const body = { takeBack: device, account, under, ...input, reportedAt: reportedAt ?? null };
    const done = await this.act(account, command, body, caller);
    if (done.kind !== 'done') return done;
    const { order, outcome } = taken(done.events);
    if (outcome === 'refunded') await this.goOnWithRefunds(account, order, caller);
    const opened = done.events.find(event => event.type === 'ShipmentOpened');
    return answered(done, {
      ...{ device, order, outcome, shipment: opened?.shipment ?? null },
      reversal: outcome === 'refunded' ? refundOf(device) : null,
    });
  }

  /** Pays back what was granted of an order: each device's debit is reversed in full, once. */
  async goOnWithRefunds(account: AccountId, order: string, caller: Caller): Promise<void> {
    const book = await this.others.orders.book(account);
    for (const device of refundsOpen(book, order)) await this.refund(account, device, caller);
  }

  private async refund(account: AccountId, { device, nameJa, net }: Device, caller: Caller): Promise<void> {
    const reversal = refundOf(device);
    const step = (name: string) => derived(caller, `refund/${account}/${device}/${name}`);
    if (net !== 0) {
      const asked = { account, reversal, debit: device, reason: `機器の返金: ${nameJa}` };
      const done = await this.others.prepaid.reverse(asked, step('reverse'));
      // Staff may have taken the debit back by hand: then the money is there already.
      const isBack = done.kind !== 'rejected' || done.rejection.code === 'ALREADY_REVERSED';
      if (!isBack) throw new Error(`device ${device} cannot be paid back: ${done.rejection.code}`);
    }
    const command = (): ContractCommand => ({ type: 'FinishRefund', now: this.now(), device, reversal });
    const body = { refunded: device };
    const done = await this.runner.run(runningBook, bookStream(account), command, body, step('finish'));
    if (done.kind === 'rejected') throw new Error(`${device} is not refunded: ${done.rejection.code}`);
  }
}

function taken(events: readonly ContractEvent[]) {
  const event = events.find(one => one.type === 'DeviceTakenBack');
  if (!event) throw new Error('a device came back, and no event says so');
  return event;
}
