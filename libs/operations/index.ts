export * from './clock-acts.js';
export * from './job-acts.js';
