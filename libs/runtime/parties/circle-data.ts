import { accountRefusals, changedFields, type PartyData, type PartyState } from '#contracts';
import { circleRefusals } from '#identity';
import { type AccountId, Instant, rejected } from '#kernel';
import { answered } from '../engine/answered.js';
import type { Facts } from '../engine/facts.js';
import type { Answer, Caller } from '../product.views.js';
import type { ChangeOfCircle } from './parties.inputs.js';
import type { CircleDataView } from './parties.shapes.js';
import type { SealedParty } from './sealed-party.js';

/**
 * Who uses a circle, who is in charge of it and where it is (ACC-19): people, so sealed with the key of its
 * account, and gone with it.
 */
export class CircleData {
  constructor(
    private readonly sealing: SealedParty,
    private readonly facts: Facts,
  ) {}

  private async view(account: AccountId, state: PartyState, circle: string): Promise<CircleDataView> {
    const known = state.circles.get(circle);
    const data = known ? await this.sealing.read<PartyData>(account, known.data) : null;
    return { circle, data, changedAt: known ? Instant.text(known.at) : null };
  }

  /** Undefined: there is no such circle. */
  async of(account: AccountId, circle: string): Promise<CircleDataView | undefined> {
    if (!(await this.facts.hasCircle(account, circle))) return undefined;
    return this.view(account, await this.sealing.state(account), circle);
  }

  /** Of every circle of which something is known. */
  async all(account: AccountId): Promise<{ rows: CircleDataView[] }> {
    const state = await this.sealing.state(account);
    const circles = [...state.circles.keys()];
    return { rows: await Promise.all(circles.map(circle => this.view(account, state, circle))) };
  }

  /** All of it at once: what is left out is empty from now on. */
  async change(
    { account, circle, ...given }: ChangeOfCircle,
    caller: Caller,
  ): Promise<Answer<CircleDataView>> {
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    if (!(await this.facts.hasCircle(account, circle))) return rejected(circleRefusals.NO_SUCH_CIRCLE);
    const data: PartyData = { ...given, kind: 'corporate' };
    const done = await this.sealing.write(
      account,
      'circle',
      data,
      caller,
      async (reference, state, now) => {
        const known = state.circles.get(circle)?.data ?? null;
        const before = await this.sealing.read<PartyData>(account, known);
        const fields = changedFields(before, data).filter(field => field !== 'kind');
        const follows = known?.ref ?? null;
        return { type: 'ChangeCircleData', now, account, circle, data: reference, fields, follows };
      },
      { circle },
    );
    if (done.kind !== 'done') return done;
    return answered(done, await this.view(account, await this.sealing.state(account), circle));
  }
}
