import { assertNever, InvalidInput } from './invalid-input.js';

describe('input that is refused, cases that cannot be', () => {
  it('bad input names its field in the message', () => {
    const error = new InvalidInput('amount', 'must be positive');
    expect([error.message, error.code]).toEqual(['amount: must be positive', 'INVALID_INPUT']);
    expect(new InvalidInput('amount', 'x', 'AMOUNT_TOO_LARGE').code).toBe('AMOUNT_TOO_LARGE');
  });

  it('an impossible case shows what it met', () => {
    expect(() => assertNever({ type: 'Unknown' } as never)).toThrow('unexpected: {"type":"Unknown"}');
  });
});
