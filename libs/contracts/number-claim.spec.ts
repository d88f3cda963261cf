import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type NumberCommand,
  type NumberEvent,
  numberClaim,
  numberRefusals,
  numberStream,
} from './number-claim.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const claim = (account: string): NumberCommand => ({
  type: 'ClaimNumber',
  now,
  number: '05012345678',
  account: account as AccountId,
});
const release = (account: string, claims: number): NumberCommand => ({
  ...claim(account),
  type: 'ReleaseNumber',
  claim: claims,
});
const event = (type: NumberEvent['type'], account = 'A1'): NumberEvent => ({
  type,
  at: now,
  number: '05012345678',
  account: account as AccountId,
});
const claimed = event('NumberClaimed');
const released = event('NumberReleased');
const { given } = specOf(numberClaim);

describe('a telephone number', () => {
  it('belongs to the account that claims it first', () => given().when(claim('A1')).then(claimed));

  it('belongs to it once', () =>
    given(claimed).when(claim('A1')).thenNothing('the number belongs to this account already'));

  it('belongs to one account at a time: NUMBER_TAKEN', () => {
    given(claimed).when(claim('B2')).thenRejected('NUMBER_TAKEN');
    expect(Object.keys(numberRefusals)).toEqual(['NUMBER_TAKEN']);
    expect(numberStream('05012345678')).toBe('number-05012345678');
  });

  it('is released by the account that has it, and free for any other one', () => {
    given(claimed).when(release('A1', 1)).then(released);
    given(claimed, released).when(claim('B2')).then(event('NumberClaimed', 'B2'));
  });

  it.each([
    ['of another account', [claimed], release('B2', 1)],
    ['that was released', [claimed, released], release('A1', 1)],
    ['before the one that holds now', [claimed, released, claimed], release('A1', 1)],
  ] as const)('keeps its owner when a claim ends %s', (_, events, command) =>
    given(...events)
      .when(command)
      .thenNothing('this claim has ended already'),
  );
});
