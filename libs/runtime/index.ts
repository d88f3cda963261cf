export type { AuditTools } from './audit.service.js';
export { decodeEvent } from './codecs.js';
export * from './compose-product.js';
export * from './product.js';
export { catchUp, changesOf, nextRebuild, PROJECTIONS, standing } from './projections.js';
