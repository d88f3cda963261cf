export * from './accounts/accounts.use-cases.js';
export type { AuditTools } from './audit/audit.service.js';
export * from './audit/audit.use-cases.js';
export * from './audit/event-log.use-cases.js';
export { describeEvent } from './audit/event-sentences.js';
export * from './catalogue/catalogue.use-cases.js';
export { FILE_TASKS, type HeavyTasks } from './catalogue/heavy-tasks.js';
export * from './closing/closing.use-cases.js';
export * from './compose-product.js';
export { decodeEvent, STORED_TYPES } from './engine/codecs.js';
export * from './engine/inputs.js';
export { readyFor } from './engine/ready-for.js';
export { requestRefusals } from './engine/refusals.js';
export * from './engine/roles.js';
export { said } from './engine/said.shapes.js';
export * from './engine/shapes.js';
export * from './engine/use-case.js';
export * from './identity/approvals.use-cases.js';
export * from './identity/circles.use-cases.js';
export type { Identity } from './identity/identity.service.js';
export type * from './identity/identity.types.js';
export * from './identity/logins.use-cases.js';
export * from './identity/passwords.use-cases.js';
export * from './identity/second-step.use-cases.js';
export * from './identity/security.use-cases.js';
export * from './identity/sessions.use-cases.js';
export { callerOf } from './identity/sign-in.service.js';
export * from './identity/staff.use-cases.js';
export type { IdentityPorts } from './identity/tools.js';
export * from './imports/cdr.use-cases.js';
export * from './jobs/jobs.use-cases.js';
export { type JobFacts, type JobRules, type PlannedJob, planJobs } from './jobs/plan-jobs.js';
export * from './jobs/run-jobs.js';
export * from './keys/keys.use-cases.js';
export { trustOf, untrusted } from './operations/clock.service.js';
export * from './operations/clock.use-cases.js';
export * from './prepaid/charges.use-cases.js';
export * from './prepaid/holds.use-cases.js';
export * from './prepaid/prepaid.use-cases.js';
export * from './prepaid/reversals.use-cases.js';
export * from './product.js';
export {
  type CopyOptions,
  type CopyReport,
  type CopyTarget,
  copyLog,
} from './projecting/copy-log.js';
export { LogFollower } from './projecting/log-follower.js';
export { PositionWatch, untilReadable } from './projecting/position-watch.js';
export { catchUp, changesOf, nextRebuild, standing } from './projecting/projections.js';
export { PROJECTIONS } from './projecting/read-models.js';
export { rebuildBeside } from './projecting/rebuild-beside.js';
export * from './projecting/run-projections.js';
export type * from './projecting/run-projections.types.js';
export { REFUSALS, type RefusalCode, refusalOf, type Sought } from './refusals.js';
export * from './reports/reports.use-cases.js';
