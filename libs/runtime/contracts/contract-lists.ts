import type { Order } from '#contracts';
import { BusinessDay, Instant, Money } from '#kernel';
import type { Clock } from '#ports';
import type { Facts } from '../engine/facts.js';
import type { Page } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { type AllOrdersRequest, allOrderRows } from './contracts.queries.js';
import type { OrderSummaryView, PurchaseView } from './contracts.shapes.js';
import { feesOf, grossOf } from './order-costs.js';
import { type PurchasesRequest, purchasePage } from './purchases.queries.js';

/** Lists of what was ordered and cancelled, from the read models. */
export class ContractLists {
  constructor(
    private readonly clock: Clock,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  /** Orders of all accounts, the newest first. */
  async allOrders(request: AllOrdersRequest): Promise<Page<OrderSummaryView>> {
    const { rows, next } = await allOrderRows(this.readModels, request);
    const policies = await this.facts.policies();
    return {
      rows: rows.map(({ account, name, order_id: order, circle, state, placed_at: placedAt, ...of }) => ({
        ...{ order, account, accountName: name ?? account, circle: circle || null, state },
        refusal: of.refused === null ? null : refusalView({ code: of.refused, missing: of.missing }),
        placedAt: Instant.text(placedAt),
        items: of.lines.map(({ product, nameJa, nameEn, quantity }) => ({
          ...{ product, nameJa, nameEn, quantity },
        })),
        due: Money.text(grossOf(feesOf({ order, lines: of.lines, placedAt }, policies))),
      })),
      next,
    };
  }

  /** Purchases and cancellations, newest first, a row for each fee. */
  purchases(request: PurchasesRequest): Promise<Page<PurchaseView>> {
    return purchasePage(this.readModels, request, BusinessDay.of(this.clock.now()));
  }
}

export const refusalView = ({ code, missing }: NonNullable<Order['refusal']>) => ({
  code,
  missing: missing === null ? null : Money.text(missing),
});
