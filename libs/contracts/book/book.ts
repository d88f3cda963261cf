import { type AccountId, type Decider, defineEvents, type EventOf } from '#kernel';
import {
  type AllotmentCommand,
  allotmentDecisions,
  allotmentEvents,
  allotmentEvolutions,
} from './allotting.js';
import type { BookRejection, Decision } from './book.refusals.js';
import type { Book } from './book.state.js';
import {
  type CancellationCommand,
  cancellationDecisions,
  cancellationEvents,
  cancellationEvolutions,
} from './cancelling.js';
import { measureEvents } from './measure.events.js';
import { type MeasureContract, measureDecisions, measureEvolutions } from './measuring.js';
import { orderEvents } from './order.events.js';
import { type OrderCommand, orderDecisions, orderEvolutions } from './ordering.js';
import { shippingEvents } from './shipping.events.js';
import { type ShippingCommand, shippingDecisions, shippingEvolutions } from './shipping.js';
import { type UnitsCommand, unitsDecisions } from './units.js';

/**
 * Events of `contracts-<account>`, the contract book (契約台帳) of one account: limits, circles that end with
 * everything in them and the end of the account are decided across its contracts, so they are one stream.
 */
export const bookEvents = defineEvents(
  { context: 'contracts', stream: 'contracts-<account>' },
  { ...orderEvents, ...cancellationEvents, ...shippingEvents, ...measureEvents, ...allotmentEvents },
);
export type ContractEvent = EventOf<typeof bookEvents>;
export type ContractCommand =
  | OrderCommand
  | CancellationCommand
  | UnitsCommand
  | AllotmentCommand
  | ShippingCommand
  | MeasureContract;

type Decide<Command> = (command: Command, book: Book) => Decision<ContractEvent>;
const decisions: {
  readonly [Type in ContractCommand['type']]: Decide<Extract<ContractCommand, { readonly type: Type }>>;
} = {
  ...orderDecisions,
  ...cancellationDecisions,
  ...unitsDecisions,
  ...allotmentDecisions,
  ...shippingDecisions,
  ...measureDecisions,
};

const evolutions: {
  readonly [Type in ContractEvent['type']]: (
    book: Book,
    event: Extract<ContractEvent, { readonly type: Type }>,
  ) => void;
} = {
  ...orderEvolutions,
  ...cancellationEvolutions,
  ...shippingEvolutions,
  ...measureEvolutions,
  ...allotmentEvolutions,
};

function evolve(book: Book, event: ContractEvent): Book {
  const apply = evolutions[event.type] as (book: Book, event: ContractEvent) => void;
  apply(book, event);
  return book.account === null ? { ...book, account: event.account } : book;
}

const fresh = (): Book => ({
  account: null as AccountId | null,
  orders: new Map(),
  contracts: new Map(),
  ofNumber: new Map(),
  ofUnique: new Map(),
  shipments: new Map(),
  devices: new Map(),
  measured: [],
  allotments: new Map(),
  circlesEnd: new Map(),
  accountEndsOn: null,
});

/** What an account ordered, has in contract, ends and had. */
export const contractBook: Decider<ContractCommand, ContractEvent, Book, BookRejection> = {
  name: 'contracts',
  fresh,
  decide: (command, book) => (decisions[command.type] as Decide<ContractCommand>)(command, book),
  evolve,
};
