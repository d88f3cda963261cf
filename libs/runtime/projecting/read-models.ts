import type { Projection, RowsOf } from '#kernel';
import type { ReadStore } from '#ports';
import { accounts } from '../accounts/accounts.projection.js';
import { staffActs } from '../audit/staff-acts.projection.js';
import { timeline } from '../audit/timeline.projection.js';
import { priceLists } from '../catalogue/price-lists.projection.js';
import { tariffs } from '../catalogue/tariffs.projection.js';
import { closes } from '../closing/closes.projection.js';
import { invoices } from '../closing/invoices.projection.js';
import { carts } from '../contracts/carts.projection.js';
import { contracts } from '../contracts/contracts.projection.js';
import { shipments } from '../contracts/shipments.projection.js';
import { circleList, uniqueList } from '../identity/circles.projection.js';
import { logins } from '../identity/logins.projection.js';
import { sessions } from '../identity/sessions.projection.js';
import { imports } from '../imports/imports.projection.js';
import { apiKeys } from '../keys/api-keys.projection.js';
import { notices } from '../notices/notices.projection.js';
import { numberStock } from '../numbers/numbers.projection.js';
import { parties } from '../parties/parties.projection.js';
import { deposits } from '../payments/deposits.projection.js';
import { payments } from '../payments/payments.projection.js';
import { prepaidWatch } from '../payments/prepaid-settings.projection.js';
import { journal } from '../prepaid/journal.projection.js';
import { prepaid } from '../prepaid/prepaid.projection.js';
import { calls } from '../reports/calls.projection.js';

const ALL = [
  accounts,
  numberStock,
  parties,
  tariffs,
  contracts,
  carts,
  notices,
  shipments,
  payments,
  deposits,
  prepaidWatch,
  priceLists,
  apiKeys,
  logins,
  sessions,
  circleList,
  uniqueList,
  staffActs,
  timeline,
  imports,
  prepaid,
  calls,
  journal,
  invoices,
  closes,
] as const;

/** Every read model of the product. */
export const PROJECTIONS: readonly Projection[] = ALL;

/** Every table of the read models with its rows, as queries see them: they follow from the projections. */
export type ReadTables = RowsOf<(typeof ALL)[number]['tables'][number]>;

/**
 * The read models of the product: a query that names a table or column which is not there does not compile.
 * Adapters know no table; both drivers give rows in the form of `RowOf`, so any store can be one of these.
 */
export type ReadModels = ReadStore<ReadTables>;
