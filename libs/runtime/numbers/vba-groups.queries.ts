import { sql } from 'kysely';
import type { Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { PriceOf } from './number-prices.js';
import type { VbaGroupView } from './numbers.shapes.js';

/** How a search for groups is narrowed down (VBA-02). */
export interface VbaFilter {
  readonly country?: string;
  readonly state?: string;
  readonly city?: string;
  readonly tollFree?: boolean;
  /** From 1 on; in place of a cursor. */
  readonly page?: number;
}

/** Groups with what is in stock of each now, by place (VBA-02 to VBA-05). */
export async function vbaGroupPage(
  { db }: ReadModels,
  request: PageRequest & VbaFilter,
  now: Instant,
  priceOf: PriceOf,
) {
  const { country, state, city, tollFree, page: nth = 1 } = request;
  const limit = limitOf(request);
  const after = keyOfCursor<[string, string, string, string]>(request, 4);
  const kept = sql<number>`coalesce((select sum(c.quantity) from vba_carts c
    where c.group_id = vba_groups.group_id and c.until > ${now}), 0)`;
  const fitting = db
    .selectFrom('vba_groups')
    .$if(country !== undefined, query => query.where('country', '=', country!))
    .$if(state !== undefined, query => query.where('state', '=', state!))
    .$if(city !== undefined, query => query.where('city', '=', city!))
    .$if(tollFree !== undefined, query => query.where('toll_free', '=', tollFree ? 1 : 0));
  const found = await fitting
    .selectAll()
    .select(kept.as('kept'))
    .$if(after !== undefined, query =>
      query.where(sql<boolean>`(country, state, city, group_id) > (${sql.join(after ?? [])})`),
    )
    .orderBy('country')
    .orderBy('state')
    .orderBy('city')
    .orderBy('group_id')
    .limit(limit + 1)
    .offset((nth - 1) * limit)
    .execute();
  const { total } = await fitting.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const page = pageOf(
    found,
    limit,
    (row): VbaGroupView => ({
      group: row.group_id,
      country: row.country,
      state: row.state,
      city: row.city,
      areaCode: row.area_code,
      tollFree: row.toll_free === 1,
      certificate: row.certificate,
      product: row.product,
      ...priceOf(row.product),
      stock: row.numbers - row.sold - Number(row.kept),
    }),
    row => [row.country, row.state, row.city, row.group_id],
  );
  return { ...page, total: Number(total) };
}

/** Countries and their states that groups are of; whether any of theirs asks for papers. */
export async function vbaCountries({ db }: ReadModels) {
  const rows = await db
    .selectFrom('vba_groups')
    .select(['country', 'state', sql<number>`count(certificate)`.as('papers')])
    .groupBy(['country', 'state'])
    .orderBy('country')
    .orderBy('state')
    .execute();
  return rows.map(({ country, state, papers }) => ({ country, state, certificate: Number(papers) > 0 }));
}
