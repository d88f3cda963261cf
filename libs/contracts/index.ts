export * from './account.js';
export * from './account.refusals.js';
export * from './book/allotting.js';
export * from './book/book.js';
export * from './book/book.refusals.js';
export * from './book/book.state.js';
export * from './book/cancelling.js';
export type { Measured } from './book/measure.events.js';
export { billedIn, measureOf } from './book/measuring.js';
export type { OrderLine } from './book/order.events.js';
export {
  asksWhoBuys,
  BUYERS,
  type Buyer,
  isAccountOnly,
  isDevice,
  isOfAccount,
  type OrderedGroup,
  type OrderedItem,
  type PlaceOrder,
  withShipping,
} from './book/order-rules.js';
export * from './book/ordering.js';
export * from './book/prices.js';
export * from './book/shipping.events.js';
export * from './book/shipping.js';
export * from './book/shipping-days.js';
export type { SomeUnits } from './book/units.js';
export * from './cart/cart.events.js';
export * from './cart/cart.js';
export * from './cart/cart.refusals.js';
export * from './catalogue/price-list.js';
export * from './catalogue/product.js';
export * from './issuer.js';
export * from './kept-refusal.js';
export * from './notices/notice.js';
export * from './notices/notice-texts.js';
export * from './notices/shipped-notice.js';
export * from './numbers/number.js';
export * from './numbers/number-stock.js';
export * from './numbers/vba-group.js';
export * from './parties/fields.js';
export * from './parties/papers.js';
export * from './parties/party.events.js';
export * from './parties/party.js';
export * from './parties/party.refusals.js';
export * from './parties/pictures.js';
export * from './parties/terms-of-service.js';
export * from './tariff-version.js';
