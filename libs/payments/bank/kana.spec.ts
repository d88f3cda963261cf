import fc from 'fast-check';
import { bankBytes } from '../../../test/support/bank-files.js';
import { payerKey, payerTest, readBankText } from './kana.js';

const isPayer = (payer: string, name: string): boolean => payerTest(payer)(payerKey(name));

describe('half-width text of banks (JIS X 0201)', () => {
  it('is what Shift_JIS makes of it, byte by byte', () => {
    const bytes = Uint8Array.from({ length: 63 }, (_, i) => 0xa1 + i);
    expect(readBankText(bytes)).toBe(new TextDecoder('shift_jis').decode(bytes));
    expect(readBankText(Uint8Array.of(0x41, 0x5c, 0x20))).toBe('A¥');
    expect(readBankText(Uint8Array.of(0x41, 0x90))).toEqual({ byte: 0x90 });
    expect(readBankText(Uint8Array.of(0x0a))).toEqual({ byte: 0x0a });
  });

  it('is written as it is read', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'ｱｲｳﾞﾟ｡ｰ¥A9 -()')).map(all => all.join('').trimEnd()),
        text => {
          expect(readBankText(bankBytes(text)!)).toBe(text);
        },
      ),
    ));

  it('has no kanji', () => expect(bankBytes('台帳')).toBeUndefined());
});

describe('one payer, written in many ways', () => {
  it.each([
    ['ｶ)ｱｵｿﾞﾗｼﾖｳｼﾞ', 'カブシキガイシャアオゾラショウジ'],
    ['ｱｵｿﾞﾗｼﾖｳｼﾞ(ｶ', 'アオゾラショウジ'],
    ['ｱｵｿﾞﾗｼﾖｳｼﾞ(ｶ)ﾄｳｷﾖｳｼﾃﾝ', 'アオゾラショウジ　トウキョウシテン'],
    ['ｱｵｿﾞﾗ ｼﾖｰｼﾞ', 'アオゾラショジ'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ　タロウ'],
    ['ﾔﾏﾀﾞﾀﾛｳ', 'やまだ　たろう'],
    ['ﾕ)ﾎﾟﾌﾟﾗ', 'ユウゲンガイシャ　ポプラ'],
    ['ｲ)ｷｯﾄ', 'イリョウホウジン　キット'],
  ])('%s is %s', (payer, name) => expect(isPayer(payer, name)).toBe(true));

  it.each([
    ['ﾔﾏﾀﾞ ｼﾞﾛｳ', 'ヤマダ　タロウ'],
    ['ｱｵｿﾞﾗ', 'アオゾラショウジ'],
    ['ｶ)', 'カブシキガイシャ'],
    ['', ''],
  ])('%s is not %s', (payer, name) => expect(isPayer(payer, name)).toBe(false));

  it('was cut where it fills the field of 48 bytes', () => {
    const name = 'カブシキガイシャニホンコクサイデンシツウシンシステムカイハツケンキュウジョ';
    const whole = 'ｶﾌﾞｼｷｶﾞｲｼﾔﾆﾎﾝｺｸｻｲﾃﾞﾝｼﾂｳｼﾝｼｽﾃﾑｶｲﾊﾂｹﾝｷﾕｳｼﾞﾖ';
    expect(isPayer(whole.slice(0, 40), name)).toBe(false);
    expect(payerKey(whole)).toBe(payerKey(name));
    const long = `${name}${name}`;
    expect(isPayer(`${whole}${whole}`.slice(0, 48), long)).toBe(true);
  });
});
