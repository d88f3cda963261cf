export * from './account.js';
export * from './issuer.js';
export * from './number-claim.js';
export * from './tariff-version.js';
