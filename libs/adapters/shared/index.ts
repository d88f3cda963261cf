export * from './check-request.js';
export * from './job-rules.js';
export * from './read-tables.js';
export * from './sealed-personal-data.js';
export * from './send-by-kind.js';
export * from './subscribe-by-reading.js';
