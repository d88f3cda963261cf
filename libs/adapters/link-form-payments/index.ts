export { type LinkFormPaymentsOptions, openLinkFormPayments } from './link-form-payments.js';
