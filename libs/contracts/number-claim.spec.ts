import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  NUMBER_REJECTIONS,
  type NumberCommand,
  type NumberEvent,
  numberClaim,
  numberStream,
} from './number-claim.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const claim = (account: string): NumberCommand => ({
  type: 'ClaimNumber',
  now,
  number: '05012345678',
  account: account as AccountId,
});
const claimed: NumberEvent = {
  type: 'NumberClaimed',
  at: now,
  number: '05012345678',
  account: 'A1' as AccountId,
};
const { given } = specOf(numberClaim);

describe('a telephone number', () => {
  it('belongs to the account that claims it first', () => given().when(claim('A1')).then(claimed));

  it('belongs to it once', () =>
    given(claimed).when(claim('A1')).thenNothing('the number belongs to this account already'));

  it('belongs to one account at a time: NUMBER_TAKEN', () => {
    given(claimed).when(claim('B2')).thenRejected('NUMBER_TAKEN');
    expect(NUMBER_REJECTIONS).toEqual(['NUMBER_TAKEN']);
    expect(numberStream('05012345678')).toBe('number-05012345678');
  });
});
