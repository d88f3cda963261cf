export * from './account.js';
export * from './catalogue/price-list.js';
export * from './catalogue/product.js';
export * from './issuer.js';
export * from './numbers/number.js';
export * from './numbers/number-stock.js';
export * from './numbers/vba-group.js';
export * from './tariff-version.js';
