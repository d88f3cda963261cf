import {
  blockOf,
  type Certificate,
  mayBeStocked,
  type NumberBlockEvent,
  type NumberCategory,
  type NumberEvent,
  suffixOf,
  type VbaGroupEvent,
} from '#contracts';
import { type AccountId, BusinessDay, column, Instant, projection, type RowOf, table } from '#kernel';

/** What came into stock: a row for a range, never one for each of a million numbers (ADR 0021). */
const rangesTable = table({
  name: 'number_ranges',
  columns: {
    block: 'text',
    first_suffix: 'integer',
    last_suffix: 'integer',
    category: column.text<NumberCategory>(),
    kind: 'text',
    product: 'text',
    region: 'text',
    city: 'text',
    area_code: 'text',
    /** Where the range stands in a random order. */
    shuffle: 'integer',
  },
  key: ['block', 'first_suffix'],
  indexes: [['shuffle', 'block', 'first_suffix']],
});

/** How much of a block is gone: a search passes by those that are sold out. Never more than is true. */
const blocksTable = table({
  name: 'number_blocks',
  columns: { block: 'text', stocked: 'integer', sold: 'integer' },
  key: ['block'],
});

/** Numbers to which something happened. What it is at an instant follows from these cells and the instant. */
const numbersTable = table({
  name: 'stock_numbers',
  columns: {
    number: 'text',
    block: 'text',
    suffix: 'integer',
    owner: column.textOrNull<AccountId>(),
    reserved_for: column.textOrNull<AccountId>(),
    reserved_until: column.integer<Instant>(),
    free_on: column.integer<BusinessDay>(),
    withdrawn: 'integer',
    why: 'text?',
  },
  key: ['number'],
  indexes: [['block', 'suffix']],
});

const groupsTable = table({
  name: 'vba_groups',
  columns: {
    group_id: 'text',
    country: 'text',
    state: 'text',
    city: 'text',
    area_code: 'text',
    toll_free: 'integer',
    certificate: column.textOrNull<Certificate>(),
    product: 'text',
    numbers: 'integer',
    sold: 'integer',
  },
  key: ['group_id'],
  indexes: [['country', 'state', 'city']],
});

const groupCartsTable = table({
  name: 'vba_carts',
  columns: {
    group_id: 'text',
    cart: 'text',
    quantity: 'integer',
    until: column.integer<Instant>(),
  },
  key: ['group_id', 'cart'],
});

/** Long over: columns that are compared hold no null. */
const NEVER = Instant.fromEpochMs(0);
const NO_DAY = BusinessDay.of(NEVER);

/** FNV-1a: the same on every machine, and no two neighbours alike. */
function shuffled(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 1;
}

/** What is in stock, and what became of it: for searches and lists. Decisions read the streams. */
export const numberStock = projection({
  name: 'number-stock',
  version: 1,
  tables: [rangesTable, blocksTable, numbersTable, groupsTable, groupCartsTable],
  handles: [
    'contracts.NumbersStocked.v1',
    'contracts.NumberClaimed.v1',
    'contracts.NumberReleased.v1',
    'contracts.NumberReserved.v1',
    'contracts.NumberUnreserved.v1',
    'contracts.NumberEnded.v1',
    'contracts.NumberWithdrawn.v1',
    'contracts.NumberRestocked.v1',
    'contracts.VbaGroupStocked.v1',
    'contracts.VbaNumbersReserved.v1',
    'contracts.VbaNumbersClaimed.v1',
    'contracts.VbaNumbersReturned.v1',
  ],
  apply({ event }, rows) {
    const e = event as NumberBlockEvent | NumberEvent | VbaGroupEvent;
    if (e.type === 'NumbersStocked') {
      const { block, first, last, category, kind, product, region, city, areaCode } = e;
      const [first_suffix, last_suffix] = [suffixOf(first), suffixOf(last)];
      const facts = { category, kind, product, region, city, area_code: areaCode };
      rows.insert('number_ranges', { block, first_suffix, last_suffix, ...facts, shuffle: shuffled(first) });
      rows.merge('number_blocks', { block }, { add: { stocked: last_suffix - first_suffix + 1 } });
      return;
    }
    if ('group' in e) {
      const key = { group_id: e.group };
      switch (e.type) {
        case 'VbaGroupStocked': {
          const { country, state, city, areaCode, tollFree, certificate, product, numbers } = e;
          const place = { country, state, city, area_code: areaCode };
          const set = { ...place, toll_free: tollFree ? 1 : 0, certificate, product, numbers };
          rows.merge('vba_groups', key, { set });
          return;
        }
        case 'VbaNumbersReserved': {
          const { cart, quantity, until } = e;
          rows.merge('vba_carts', { ...key, cart }, { set: { quantity, until } });
          return;
        }
        case 'VbaNumbersClaimed':
          rows.merge('vba_groups', key, { add: { sold: e.quantity } });
          return;
        case 'VbaNumbersReturned':
          rows.merge('vba_groups', key, { add: { sold: -e.quantity } });
          return;
      }
    }
    const { number } = e;
    // Extensions and services are assigned too; they are in no block and never for sale.
    if (!mayBeStocked(number)) return;
    const block = blockOf(number);
    const place = { block, suffix: suffixOf(number) };
    const put = (set: Partial<RowOf<typeof numbersTable>>) =>
      rows.merge('stock_numbers', { number }, { set: { ...place, ...set } });
    const sold = (count: number) => rows.merge('number_blocks', { block }, { add: { sold: count } });
    switch (e.type) {
      case 'NumberClaimed':
        put({ owner: e.account, free_on: NO_DAY });
        if (e.product !== undefined) sold(1);
        break;
      case 'NumberReleased':
        put({ owner: null });
        if (e.product !== undefined) sold(-1);
        break;
      case 'NumberEnded':
        put({ owner: null, reserved_for: null, reserved_until: NEVER, free_on: e.freeOn });
        if (e.product !== undefined) sold(-1);
        break;
      case 'NumberReserved':
        put({ reserved_for: e.account, reserved_until: e.until });
        break;
      case 'NumberUnreserved':
        put({ reserved_for: null, reserved_until: NEVER });
        break;
      case 'NumberWithdrawn':
        put({ reserved_for: null, reserved_until: NEVER, withdrawn: 1, why: e.why });
        sold(1);
        break;
      case 'NumberRestocked':
        put({ withdrawn: 0, why: null });
        sold(-1);
        break;
    }
  },
});
