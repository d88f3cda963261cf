export * from './methods.js';
export * from './payment/evidence.js';
export * from './payment/payment.events.js';
export * from './payment/payment.js';
export * from './payment/payment.refusals.js';
export * from './payment/payment.state.js';
