import { readFileSync } from 'node:fs';
import { Instant } from '#kernel';
import { type WalletEvent, walletEvents } from './wallet.events.js';

const FOLDER = 'test/golden/events';
const sample = (type: string): { type: string; data: { at: string } } =>
  JSON.parse(readFileSync(`${FOLDER}/${type}.json`, 'utf8'));

describe('stored wallet events', () => {
  it('become the domain: money in units, times as instants, the rest as it was', () => {
    const { type, data } = sample('ledger.CallCharged.v1');
    const event = walletEvents.codec.decode(type, data) as Extract<WalletEvent, { type: 'CallDebited' }>;
    expect(event).toMatchObject({
      type: 'CallDebited',
      net: 80_000,
      tax: 8_000,
      taxRate: 1000,
      billingMonth: 2026 * 12 + 9,
      parts: [{ lot: 'L1', kind: 'paid', amount: 85_000 }],
    });
    expect(event.call.endedAt - event.call.startedAt).toBe(60_000);
  });

  it('of before know of the months of use what follows from the open months', () => {
    const { type, data } = sample('ledger.WalletOpened.v1');
    const event = walletEvents.codec.decode(type, data) as Extract<WalletEvent, { type: 'WalletOpened' }>;
    const paid = [{ taxCategory: 'standard', taxRate: 1000, net: 245_000, tax: 24_500 }];
    expect(event.carried?.talk).toEqual([
      {
        month: 2026 * 12 + 8,
        incomingCalls: 2,
        incomingDurationMs: 60_000,
        paid,
        granted: [],
        perMinute: null,
      },
    ]);
    expect(event.carried?.netDrawn).toBe(269_500);
  });

  it('of before took back outgoing charged calls, and gave discounts of the month they closed', () => {
    const decoded = (type: string) => walletEvents.codec.decode(type, sample(type).data);
    expect(decoded('ledger.DebitReversed.v1')).toMatchObject({
      call: { direction: 'out', why: null, entry: 1 },
      discounts: [],
      unreturned: 0,
    });
    const granted = decoded('ledger.IncomingDiscountGranted.v1');
    expect(granted).toMatchObject({ usageMonth: 2026 * 12 + 8, billingMonth: 2026 * 12 + 8, revived: [] });
  });

  it.each(['ledger.LotCredited.v1', 'ledger.Adjusted.v1'])(
    '%s tells its issue instant only where it was before the decision, byte for byte',
    type => {
      const { data } = JSON.parse(readFileSync(`test/golden/fields/${type}.issuedAt.json`, 'utf8'));
      const event = walletEvents.codec.decode(type, data);
      expect(event).toMatchObject({ issuedAt: Instant.parse(data.issuedAt) });
      expect(JSON.stringify(walletEvents.codec.encode(event).data)).toBe(JSON.stringify(data));
      expect(walletEvents.codec.decode(type, sample(type).data)).not.toHaveProperty('issuedAt');
    },
  );

  it('ledger.LotCredited.v1 tells who approved it only where somebody had to, byte for byte', () => {
    const type = 'ledger.LotCredited.v1';
    const { data } = JSON.parse(readFileSync(`test/golden/fields/${type}.approvedBy.json`, 'utf8'));
    const event = walletEvents.codec.decode(type, data);
    expect(event).toMatchObject({ approvedBy: 'staff:1f2e3d4c5b6a7988' });
    expect(JSON.stringify(walletEvents.codec.encode(event).data)).toBe(JSON.stringify(data));
    expect(walletEvents.codec.decode(type, sample(type).data)).not.toHaveProperty('approvedBy');
  });

  it('occurred when they were decided', () => {
    const { type, data } = sample('ledger.LotCredited.v1');
    const event = walletEvents.codec.decode(type, data);
    expect(walletEvents.codec.occurredAt(event)).toBe(event.at);
  });

  it.each(['ledger.LotCredited.v2', 'ledger.Unknown.v1', 'LotCredited', ''])('refuse the type "%s"', type =>
    expect(() => walletEvents.codec.decode(type, {})).toThrow(`unknown event type ${type}`),
  );
});
