import { readFileSync } from 'node:fs';
import { Instant } from '#kernel';
import { specOf } from '#testing';
import {
  CLOCK_STREAM,
  type ClockCommand,
  type ClockEvent,
  clockEvents,
  clockRefusals,
  clockTrust,
} from './clock-acts.js';

const now = Instant.parse('2028-01-05T09:30:00.000+09:00');
const believed = Instant.parse('2026-12-01T09:30:00.000+09:00');
const mistrust: ClockCommand = { type: 'MistrustClock', now, why: 'jumped', believed };
const mistrusted: ClockEvent = { type: 'ClockMistrusted', at: now, why: 'jumped', shown: now, believed };
const confirm = (why: string | undefined, doubted = false): ClockCommand => ({
  ...{ type: 'ConfirmClock', now, by: 'staff:tanaka', why, doubted },
});
const confirmed: ClockEvent = {
  type: 'ClockConfirmed',
  at: now,
  shown: now,
  by: 'staff:tanaka',
  why: 'checked',
};
const { given } = specOf(clockTrust);

describe('doubts of a clock', () => {
  it('are told once, however many processes have them', () => {
    given().when(mistrust).then(mistrusted);
    given(mistrusted).when(mistrust).thenNothing('it is known already');
  });

  it('are over when it is right again', () => {
    const right = { type: 'FindClockRight', now } as const;
    given(mistrusted).when(right).then({ type: 'ClockFoundRight', at: now, shown: now });
    given().when(right).thenNothing('nobody doubted it');
  });

  it('are over when a person confirms the clock, with who and why', () =>
    given(mistrusted).when(confirm(' checked ')).then(confirmed));

  it('of this process alone can be confirmed too', () =>
    given().when(confirm('checked', true)).then(confirmed));

  it('need a reason to be put aside: REASON_REQUIRED', () => {
    given(mistrusted).when(confirm(' ')).thenRejected('REASON_REQUIRED');
    expect([Object.keys(clockRefusals), CLOCK_STREAM]).toEqual([['REASON_REQUIRED'], 'clock']);
  });

  it('that nobody has need no confirmation', () =>
    given(mistrusted, confirmed).when(confirm('again')).thenNothing('the clock is trusted'));
});

describe('a stored doubt of a build that believed fractions of a millisecond', () => {
  const file = 'test/golden/fields/operations.ClockMistrusted.v1.believed.json';
  const { type, data } = JSON.parse(readFileSync(file, 'utf8'));
  it.each([
    ['05.361201904', '05.361'],
    ['05.361.2019042968', '05.361'],
    ['05.000.25', '05.000'],
    ['05.361', '05.361'],
  ])('is read: %s as %s', (seconds, read) => {
    const believed = `2026-12-05T10:00:${seconds}+09:00`;
    const happening = clockEvents.codec.decode(type, { ...data, believed });
    const expected = Instant.parse(`2026-12-05T10:00:${read}+09:00`);
    expect(happening).toMatchObject({ type: 'ClockMistrusted', believed: expected });
  });
  it('as it lies in a log', () =>
    expect(clockEvents.codec.decode(type, data)).toMatchObject({
      believed: Instant.parse('2026-12-05T10:00:05.361+09:00'),
    }));
});
