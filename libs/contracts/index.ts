export * from './account.js';
export * from './catalogue/price-list.js';
export * from './catalogue/product.js';
export * from './issuer.js';
export * from './number-claim.js';
export * from './tariff-version.js';
