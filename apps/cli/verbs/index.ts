import type { Verbs } from '../program.js';
import { accountVerbs } from './account.js';
import { allotmentVerbs } from './allotments.js';
import { auditVerbs } from './audit.js';
import { billingVerbs } from './billing.js';
import { cartVerbs } from './cart.js';
import { catalogueVerbs } from './catalogue.js';
import { cdrVerbs } from './cdr.js';
import { clockVerbs } from './clock.js';
import { contractVerbs } from './contracts.js';
import { depositVerbs } from './deposits.js';
import { deviceVerbs } from './devices.js';
import { jobVerbs } from './jobs.js';
import { keyVerbs } from './key.js';
import { loginVerbs } from './login.js';
import { migrateStoreVerbs } from './migrate-store.js';
import { numberVerbs } from './number.js';
import { prepaidVerbs } from './prepaid.js';
import { priceVerbs } from './price.js';
import { rateVerbs } from './rate.js';
import { serveVerbs } from './serve.js';
import { staffVerbs } from './staff.js';
import { storeVerbs } from './store.js';

/** All verbs, in the order of the help. */
export const VERBS: readonly Verbs[] = [
  serveVerbs,
  catalogueVerbs,
  numberVerbs,
  priceVerbs,
  rateVerbs,
  cdrVerbs,
  accountVerbs,
  cartVerbs,
  contractVerbs,
  deviceVerbs,
  depositVerbs,
  allotmentVerbs,
  prepaidVerbs,
  billingVerbs,
  auditVerbs,
  keyVerbs,
  staffVerbs,
  loginVerbs,
  jobVerbs,
  clockVerbs,
  storeVerbs,
  migrateStoreVerbs,
];
