import { readdirSync, readFileSync } from 'node:fs';
import { STORED_TYPES } from '../engine/codecs.js';
import { describeEvent } from './event-sentences.js';
import { groupedAmount, sentenceOf } from './sentence.js';

const FOLDER = 'test/golden/events';
const types = readdirSync(FOLDER).map(name => name.replace(/\.json$/, ''));
const dataOf = (type: string): unknown =>
  (JSON.parse(readFileSync(`${FOLDER}/${type}.json`, 'utf8')) as { data: unknown }).data;

describe('what an event says', () => {
  it.each(types)('is a whole sentence of both languages for the golden sample of %s', type => {
    const { ja, en } = describeEvent(type, dataOf(type));
    for (const text of [ja, en]) expect(text).not.toMatch(/[{}[\]]|undefined|null|\|/);
    expect(ja).toMatch(/[ぁ-ん]/);
    expect(en).toMatch(/[a-z]{2}/);
    expect([ja, en]).not.toContain(STORED_TYPES.get(type)!.en);
  });

  it.each([
    [
      'ledger.CallCharged.v1',
      'A call from 05012345678 to 0312345678 at 2026-10-05 12:00:00 (一般通話, 東京, 0:01:00.0) was charged: ' +
        '8 yen and 0.8 yen tax; 0.3 yen is owed.',
    ],
    ['contracts.TariffPublished.v1', 'Version 2 of tariff std was published with 2 row(s).'],
    ['rating.CdrSuspended.v2', 'was suspended: UNKNOWN_ACCOUNT, field account: there is no account B9'],
    ['rating.CdrSuspended.v1', 'Line 7 of 2026-10-01.csv was suspended: UNKNOWN_ACCOUNT, field account'],
    ['rating.CdrImportCompleted.v1', '6 charged, 3 free, 1 duplicates, 1 suspended.'],
  ])('%s names its money, numbers and lines', (type, part) => {
    expect(describeEvent(type, dataOf(type)).en).toContain(part);
  });

  it('says the problem of a line in the language of its reader', () =>
    expect(describeEvent('rating.CdrSuspended.v2', dataOf('rating.CdrSuspended.v2')).ja).toMatch(
      /項目 account: アカウント B9 は登録されていません。$/,
    ));

  it('says which way an adjustment went', () => {
    const adjusted = (amount: string) =>
      describeEvent('ledger.Adjusted.v1', { adjustment: 'AD1', amount, reason: 'お詫び', approvedBy: null });
    expect(adjusted('1234567.5')).toEqual({
      ja: '調整金 AD1: 1,234,567.5円 を加えた。理由: お詫び',
      en: 'Adjustment AD1: 1,234,567.5 yen was added. Reason: お詫び',
    });
    expect(adjusted('-20').en).toBe('Adjustment AD1: 20 yen was taken. Reason: お詫び');
  });

  it('tells a type that has no sentence by its name', () => {
    expect(describeEvent('shop.Sold.v1', {})).toEqual({ ja: 'shop.Sold.v1', en: 'shop.Sold.v1' });
  });
});

describe('a sentence', () => {
  it('is refused when the event lacks what it names', () => {
    expect(() => sentenceOf('{a.b} yen', { a: 1 }, 'en')).toThrow('a.b');
    expect(() => sentenceOf('{a|wrong}', { a: 1 }, 'en')).toThrow('wrong');
  });

  it.each([
    ['1234567.5', '1,234,567.5'],
    ['-1000', '-1,000'],
    ['999', '999'],
    ['0.0001', '0.0001'],
  ])('writes %s as %s', (text, grouped) => expect(groupedAmount(text)).toBe(grouped));
});
