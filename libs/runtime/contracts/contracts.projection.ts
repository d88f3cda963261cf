import { type ContractEvent, has, type OrderLine, type ProductKind } from '#contracts';
import {
  type AccountId,
  type BusinessDay,
  column,
  type Instant,
  type Money,
  projection,
  table,
} from '#kernel';

const contractsTable = table({
  name: 'contracts',
  columns: {
    account: column.text<AccountId>(),
    contract: 'text',
    order_id: 'text',
    product: 'text',
    kind: column.text<ProductKind>(),
    name_ja: 'text',
    name_en: 'text',
    circle: 'text',
    unique_id: column.textOrNull<string>(),
    number: column.textOrNull<string>(),
    reaches_020: column.integer<0 | 1>(),
    monthly: column.integer<Money>(),
    initial: column.integer<Money>(),
    since: column.integer<BusinessDay>(),
    begun_at: column.integer<Instant>(),
    ends_on: column.integerOrNull<BusinessDay>(),
    undo_until: column.integerOrNull<Instant>(),
    /** The position of the cancellation that holds. */
    cancelled_by: 'integer?',
    ended: 'integer',
    position: 'integer',
  },
  key: ['account', 'contract'],
  indexes: [['ended', 'ends_on'], ['account', 'position'], ['contract']],
});

const ordersTable = table({
  name: 'orders',
  columns: {
    account: column.text<AccountId>(),
    order_id: 'text',
    circle: 'text',
    state: column.text<'placed' | 'refused' | 'completed' | 'settled'>(),
    placed_at: column.integer<Instant>(),
    lines: 'text',
    price_list: 'text',
    price_version: 'integer',
    /** Why it came to nothing, and what the balance lacked for it. */
    refused: 'text?',
    missing: column.integerOrNull<Money>(),
    /** Something of it is left to do. */
    open: column.integer<0 | 1>(),
    position: 'integer',
  },
  key: ['account', 'order_id'],
  indexes: [['account', 'position'], ['open'], ['position']],
});

type Fee = 'monthly' | 'initial' | 'device' | 'cancel';

/** What is said of a row of the history beyond its contract or order: fees begin, a cancellation ends. */
const purchasesTable = table({
  name: 'purchases',
  columns: {
    account: column.text<AccountId>(),
    position: 'integer',
    /** Fees of one event, in their order. */
    line: 'integer',
    class: column.text<Fee>(),
    at: column.integer<Instant>(),
    /** Of what is bought once the order, else the contract; the other is empty. */
    order_id: 'text',
    contract: 'text',
    ends_on: column.integerOrNull<BusinessDay>(),
  },
  key: ['account', 'position', 'line'],
});

const linesText = (lines: readonly OrderLine[]): string => JSON.stringify(lines);

const isOnce = ({ monthly }: OrderLine): boolean => monthly === null;

/** Contracts, orders and the history of both, for lists; decisions read the contract book. */
export const contracts = projection({
  name: 'contracts',
  version: 4,
  tables: [contractsTable, ordersTable, purchasesTable],
  handles: [
    'contracts.OrderPlaced.v1',
    'contracts.OrderRefused.v1',
    'contracts.OrderCleared.v1',
    'contracts.OrderCompleted.v1',
    'contracts.OrderSettled.v1',
    'contracts.ContractBegun.v1',
    'contracts.CancellationAccepted.v1',
    'contracts.CancellationUndone.v1',
    'contracts.ContractEnded.v1',
  ],
  apply({ event, position }, rows) {
    const e = event as ContractEvent;
    const { account } = e;
    const bought = (line: number, fee: Fee) => ({
      ...{ account, position, line, class: fee, at: e.at, order_id: '', contract: '', ends_on: null },
    });
    switch (e.type) {
      case 'OrderPlaced':
        rows.insert('orders', {
          ...{ account, order_id: e.order, circle: e.circle ?? '', state: 'placed', placed_at: e.at },
          ...{
            lines: linesText(e.lines),
            price_list: e.priceList,
            price_version: e.priceVersion,
            ...{ refused: null, missing: null, open: 1, position },
          },
        });
        e.lines.forEach((line, at) => {
          if (isOnce(line)) rows.insert('purchases', { ...bought(at, 'device'), order_id: e.order });
        });
        break;
      case 'OrderRefused':
        rows.merge(
          'orders',
          { account, order_id: e.order },
          {
            set: { state: 'refused', refused: e.code, missing: e.missing },
          },
        );
        break;
      case 'OrderCleared':
        rows.merge('orders', { account, order_id: e.order }, { set: { open: 0 } });
        break;
      case 'OrderCompleted':
        rows.merge('orders', { account, order_id: e.order }, { set: { state: 'completed' } });
        break;
      case 'OrderSettled':
        rows.merge('orders', { account, order_id: e.order }, { set: { state: 'settled', open: 0 } });
        break;
      case 'ContractBegun':
        rows.insert('contracts', {
          ...{ account, contract: e.contract, order_id: e.order, product: e.product, kind: e.kind },
          ...{ name_ja: e.nameJa, name_en: e.nameEn, circle: e.circle ?? '', unique_id: e.unique },
          reaches_020: has(e, 'reaches_020') ? 1 : 0,
          ...{ number: e.number, monthly: e.monthly, initial: e.initial, since: e.since },
          ...{ begun_at: e.at, ends_on: null, undo_until: null, cancelled_by: null, ended: 0, position },
        });
        rows.insert('purchases', { ...bought(0, 'monthly'), contract: e.contract });
        if (e.initial > 0) rows.insert('purchases', { ...bought(1, 'initial'), contract: e.contract });
        break;
      case 'CancellationAccepted':
        rows.merge(
          'contracts',
          { account, contract: e.contract },
          { set: { ends_on: e.endsOn, undo_until: e.undoUntil, cancelled_by: position } },
        );
        rows.insert('purchases', { ...bought(0, 'cancel'), contract: e.contract, ends_on: e.endsOn });
        break;
      case 'CancellationUndone':
        rows.merge(
          'contracts',
          { account, contract: e.contract },
          { set: { ends_on: null, undo_until: null, cancelled_by: null } },
        );
        break;
      case 'ContractEnded':
        rows.merge('contracts', { account, contract: e.contract }, { set: { ended: 1 } });
        break;
    }
  },
});
