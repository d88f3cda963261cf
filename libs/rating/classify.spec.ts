import {
  amountText,
  type Cdr,
  classifyCall,
  type Directory,
  dialledDigits,
  directoryOfTariff,
  isEmergencyNumber,
  isExtensionNumber,
  NO_RATE,
  rateCall,
} from './index.js';
import { call, STD, tariffOf } from './rating.fixture.js';

describe('what a call is', () => {
  const directory: Directory = { isOwnNumber: n => n === '05099998888' || n === '0312340000' };
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
  ])('%s is %s', (to, kind) => expect(classifyCall(call(to, '10'), directory)).toBe(kind));

  it('knows an emergency call before it asks whether it was answered', () => {
    expect(classifyCall(call('119', null), directory)).toBe('emergency');
    expect(classifyCall(call('1001', null), directory)).toBe('unanswered');
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
    expect(rated === NO_RATE ? rated : amountText(rated.priced!)).toBe('6');
    const behind = rateCall(incoming('05012345678', '0120123456'), tariff, directory);
    expect(behind === NO_RATE ? behind : amountText(behind.priced!)).toBe('6');
  });

  it('leaves any other incoming call free, also when the number has an outgoing price', () => {
    expect(rateCall(incoming('0311110000'), tariff, directory)).toMatchObject({
      kind: 'incoming',
      priced: null,
      durationMs: 61_000,
    });
  });
});

describe('dialled digits', () => {
  it.each([
    ['0312345678', '0312345678'],
    ['+81312345678', '0312345678'],
    ['+12125550100', '01012125550100'],
    ['1840312345678', '0312345678'],
    ['186+81312345678', '0312345678'],
    ['184', '184'],
    ['18412', '18412'],
    ['184119', '119'],
    ['1001', '1001'],
    ['', ''],
  ])('%s are %s', (dialled, digits) => expect(dialledDigits(dialled)).toBe(digits));

  it('knows 110 only as the whole number', () => {
    expect(['110', '1100', '0110', '11', '112'].map(isEmergencyNumber)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('knows extensions by their length and digits', () => {
    expect(['1', '10', '123456', '12a4', '*', '*8', '177', '277'].map(isExtensionNumber)).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});
