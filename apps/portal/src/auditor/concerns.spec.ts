import { accountOf, explainedBy } from './concerns.js';

describe('what an event concerns', () => {
  it.each([
    ['wallet-A-1_2026-10', {}, 'A-1'],
    ['account-A1', {}, 'A1'],
    ['close-A1_2026-10', {}, 'A1'],
    ['invoice-202610-000001', { account: 'A2' }, 'A2'],
    ['number-0312345678', { account: 'A3' }, 'A3'],
    ['issuer', {}, undefined],
    ['issuer', { account: 5 }, undefined],
  ])('in the stream %s with %j is the account %s', (stream, data, account) =>
    expect(accountOf({ stream, data })).toBe(account),
  );

  it.each([
    ['invoice-202610-000001', {}, '202610-000001'],
    ['wallet-A1_2026-10', { call: { callId: 'c1' }, lot: 'L1' }, 'c1'],
    ['wallet-A1_2026-10', { lot: 'L1' }, 'L1'],
    ['wallet-A1_2026-10', { adjustment: 'adj-1' }, 'adj-1'],
    ['wallet-A1_2026-10', { net: '5' }, undefined],
    ['import-1', { call: { callId: 'c1' } }, undefined],
  ])('in the stream %s with %j is explained as %s', (stream, data, id) =>
    expect(explainedBy({ stream, data })).toBe(id),
  );
});
