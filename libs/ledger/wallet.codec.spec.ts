import { readdirSync, readFileSync } from 'node:fs';
import { Instant } from '#kernel';
import { WALLET_STORED_TYPES, type WalletEvent } from './index.js';
import { walletCodec } from './wallet.codec.js';
import { LEDGER_EVENT_TYPES } from './wallet.stored.js';

const FOLDER = 'test/golden/events';
const sample = (type: string): { type: string; data: { at: string } } =>
  JSON.parse(readFileSync(`${FOLDER}/${type}.json`, 'utf8'));

describe('stored wallet events', () => {
  it.each(LEDGER_EVENT_TYPES)('%s is read and written as in its golden sample, byte for byte', type => {
    const { type: named, data } = sample(type);
    const event = walletCodec.decode(named, data);
    const again = walletCodec.encode(event);
    expect(named).toBe(type);
    expect(again.type).toBe(type);
    expect(JSON.stringify(again.data)).toBe(JSON.stringify(data));
    expect(WALLET_STORED_TYPES[event.type]).toBe(type);
  });

  it.each(['ledger.LotCredited.v1', 'ledger.Adjusted.v1'])(
    '%s tells its issue instant only where it was before the decision, byte for byte',
    type => {
      const { data } = JSON.parse(readFileSync(`test/golden/fields/${type}.issuedAt.json`, 'utf8'));
      const event = walletCodec.decode(type, data);
      expect(event).toMatchObject({ issuedAt: Instant.parse(data.issuedAt) });
      expect(JSON.stringify(walletCodec.encode(event).data)).toBe(JSON.stringify(data));
      expect(walletCodec.decode(type, sample(type).data)).not.toHaveProperty('issuedAt');
    },
  );

  it('have no sample that is not read any more', () => {
    const kept = readdirSync(FOLDER).filter(name => name.startsWith('ledger.'));
    expect(kept.sort()).toEqual(LEDGER_EVENT_TYPES.map(type => `${type}.json`).sort());
  });

  it('become the domain: money in units, times as instants, the rest as it was', () => {
    const { type, data } = sample('ledger.CallCharged.v1');
    const event = walletCodec.decode(type, data) as Extract<WalletEvent, { type: 'CallCharged' }>;
    expect(event).toMatchObject({
      type: 'CallCharged',
      net: 80_000,
      tax: 8_000,
      taxRate: 1000,
      billingMonth: 2026 * 12 + 9,
      parts: [{ lot: 'L1', kind: 'paid', amount: 85_000 }],
    });
    expect(event.call.endedAt - event.call.startedAt).toBe(60_000);
  });

  it('occurred when they were decided', () => {
    const { type, data } = sample('ledger.LotCredited.v1');
    const event = walletCodec.decode(type, data);
    expect(walletCodec.occurredAt(event)).toBe(event.at);
  });

  it.each(['ledger.LotCredited.v2', 'ledger.Unknown.v1', 'LotCredited', ''])('refuse the type "%s"', type =>
    expect(() => walletCodec.decode(type, {})).toThrow(`unknown stored event type: ${type}`),
  );
});
