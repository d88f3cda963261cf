import { Instant, PhoneNumber } from '#kernel';
import {
  amountText,
  type Cdr,
  type Directory,
  directoryOfTariff,
  kindOfCall,
  NO_RATE,
  rateCall,
} from './index.js';
import { call, NOON, STD, tariffOf } from './rating.fixture.js';

describe('what a call is', () => {
  const directory: Directory = { isOwnNumber: n => n === '05099998888' || n === '0312340000' };
  const kindOf = (to: string, seconds: string | null, at = NOON, among = directory) =>
    kindOfCall(call(to, seconds, at), PhoneNumber.read(to), among);
  it.each([
    ['110', 'emergency'],
    ['118', 'emergency'],
    ['119', 'emergency'],
    ['184110', 'emergency'],
    ['117', 'outgoing'],
    ['104', 'outgoing'],
    ['171', 'outgoing'],
    ['11', 'internal'],
    ['201', 'internal'],
    ['1001', 'internal'],
    ['11001', 'internal'],
    ['110011', 'outgoing'],
    ['*8', 'internal'],
    ['#9110', 'outgoing'],
    ['05099998888', 'internal'],
    ['+815099998888', 'internal'],
    ['18605099998888', 'internal'],
    ['0312340000', 'internal'],
    ['0312340001', 'outgoing'],
  ])('%s is %s', (to, kind) => expect(kindOf(to, '10')).toBe(kind));

  it('knows an emergency call before it asks whether it was answered', () => {
    expect(kindOf('119', null)).toBe('emergency');
    expect(kindOf('1001', null)).toBe('unanswered');
  });

  it('asks which numbers are emergency numbers on the day of the call', () => {
    const [old, now] = [new Set(['110']), new Set(['110', '112'])];
    const dated: Directory = { ...directory, emergencyNumbers: at => (at < NOON ? old : now) };
    const kindAt = (to: string, at: Instant) => kindOf(to, '10', at, dated);
    expect(kindAt('112', Instant.plusMs(NOON, -1))).toBe('outgoing');
    expect(kindAt('112', NOON)).toBe('emergency');
    expect(kindAt('119', NOON)).toBe('outgoing');
    expect(kindAt('110', Instant.plusMs(NOON, -1))).toBe('emergency');
  });

  it('counts no call of an emergency call that nobody answered', () => {
    const missed = rateCall(call('119', null), STD, directory);
    expect(missed).toMatchObject({ kind: 'unanswered', category: '緊急通報', priced: null, durationMs: 0 });
  });

  it('never prices an emergency call, though the tariff has a row for it', () => {
    const tariff = tariffOf('1 50 60 60 60');
    expect(rateCall(call('110', '100'), tariff, directory)).toMatchObject({
      kind: 'emergency',
      priced: null,
    });
    expect(rateCall(call('110', '100'), tariff, directoryOfTariff(tariff))).toMatchObject({ priced: null });
  });

  it('prices a short number where the tariff has it and there is no directory', () => {
    const tariff = tariffOf('15 50 60 60 60');
    expect(rateCall(call('1555', '10'), tariff, directoryOfTariff(tariff))).toMatchObject({
      kind: 'outgoing',
    });
    expect(rateCall(call('2555', '10'), tariff, directoryOfTariff(tariff))).toMatchObject({
      kind: 'internal',
    });
  });

  it('refuses to price what no row names, but only when it was answered', () => {
    expect(rateCall(call('0570123456', '10'), STD, directory)).toBe(NO_RATE);
    expect(rateCall(call('0570123456', null), STD, directory)).toMatchObject({
      kind: 'unanswered',
      priced: null,
    });
    expect(rateCall(call('0312345678', null), STD, directory)).toMatchObject({
      kind: 'unanswered',
      category: 'c1',
      durationMs: 0,
    });
  });

  const tariff = tariffOf('0120 3 60 60 60 direction=in', '03 8 180 180 180');
  const incoming = (to: string, number = to): Cdr => ({
    ...call(to, '61'),
    direction: 'in',
    from: '0311112222',
    number,
  });
  it('charges an incoming call where the called number is reverse-charged', () => {
    const rated = rateCall(incoming('0120123456'), tariff, directory);
    expect(typeof rated === 'string' ? rated : amountText(rated.priced!)).toBe('6');
    const behind = rateCall(incoming('05012345678', '0120123456'), tariff, directory);
    expect(typeof behind === 'string' ? behind : amountText(behind.priced!)).toBe('6');
  });

  it('leaves any other incoming call free, also when the number has an outgoing price', () => {
    expect(rateCall(incoming('0311110000'), tariff, directory)).toMatchObject({
      kind: 'incoming',
      priced: null,
      durationMs: 61_000,
    });
  });
});
