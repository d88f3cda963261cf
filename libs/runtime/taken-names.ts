import type { AccountId, Rejection } from '#kernel';
import type { EventStore, ReadStore } from '#ports';
import type { Caller } from './product.js';
import type { RecentNames } from './recent-names.js';

/**
 * Names of lots and adjustments stay taken for ever: they stand in the history, and `explain` must lead to
 * one thing. A wallet refuses the lots that it still has by itself; a spent lot leaves it.
 */
export class TakenNames {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadStore,
    /** What the read models may not have yet; none where they change together with the log. */
    private readonly recent: RecentNames | undefined,
  ) {}

  /** Why a new lot may not have this name; undefined when it may, or when this very request named it. */
  async lot(account: AccountId, lot: string, caller: Caller): Promise<Rejection | undefined> {
    if (!(await this.isLot(account, lot)) || (await this.isKnown(caller))) return undefined;
    return { code: 'LOT_EXISTS', message: 'the account had a lot with this id', details: { lot } };
  }

  /** Why a new adjustment may not have this name. One that adds value is a lot of the same name. */
  async adjustment(account: AccountId, adjustment: string, caller: Caller): Promise<Rejection | undefined> {
    const asLot = await this.lot(account, adjustment, caller);
    if (asLot) return asLot;
    const lately = await this.recent?.has(account, 'adjustment', adjustment);
    const known = await this.readModels.db
      .selectFrom('prepaid_history')
      .select('position')
      .where('account', '=', account)
      .where('ref', '=', adjustment)
      .where('item', '=', 'adjustment')
      .executeTakeFirst();
    if ((!known && !lately) || (await this.isKnown(caller))) return undefined;
    return {
      code: 'ADJUSTMENT_EXISTS',
      message: 'the account had an adjustment with this id',
      details: { adjustment },
    };
  }

  private async isLot(account: AccountId, lot: string): Promise<boolean> {
    // First: what is forgotten here meanwhile is in the read models by then.
    if (await this.recent?.has(account, 'lot', lot)) return true;
    const known = await this.readModels.db
      .selectFrom('lots')
      .select('lot')
      .where('account', '=', account)
      .where('lot', '=', lot)
      .executeTakeFirst();
    return known !== undefined;
  }

  /** Whether this very request was carried out before: its answer stands, whatever holds now. */
  async isKnown(caller: Caller): Promise<boolean> {
    return (await this.events.findCommands([caller.commandId])).size > 0;
  }
}
