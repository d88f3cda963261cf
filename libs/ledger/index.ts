export * from './wallet.events.js';
