import type { CartEvent } from '#contracts';
import { type AccountId, column, type Instant, projection, table } from '#kernel';

const cartOrdersTable = table({
  name: 'cart_orders',
  columns: {
    account: column.text<AccountId>(),
    order_id: 'text',
    circle: 'text',
    ordered_at: column.integer<Instant>(),
    /** The cart has not been told yet what became of it. */
    open: column.integer<0 | 1>(),
  },
  key: ['account', 'order_id'],
  indexes: [['open', 'ordered_at']],
});

/** Carts that became an order: a process that ended in between leaves them open. */
export const carts = projection({
  name: 'carts',
  version: 1,
  tables: [cartOrdersTable],
  handles: ['contracts.CartOrdered.v1', 'contracts.CartOrderCompleted.v1', 'contracts.CartOrderRefused.v1'],
  apply({ event }, rows) {
    const e = event as Extract<CartEvent, { readonly order: string }>;
    const { account, order: order_id } = e;
    if (e.type !== 'CartOrdered') rows.merge('cart_orders', { account, order_id }, { set: { open: 0 } });
    else
      rows.insert('cart_orders', {
        ...{ account, order_id, circle: e.circle ?? '', ordered_at: e.at, open: 1 },
      });
  },
});
