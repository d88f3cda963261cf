import fc from 'fast-check';
import { AMOUNT_PATTERN, amountText } from './amount-text.js';
import { Money } from './money.js';

it.each([
  ['1000', '1000'],
  ['1,000', '1000'],
  ['1,234,567.5', '1234567.5'],
  ['１，０００', '1000'],
  ['１，０００円', '1000'],
  ['￥１，０００', '1000'],
  ['¥1,000', '1000'],
  ['¥ 1 000', '1000'],
  ['￥　１　０００．５　円', '1000.5'],
  ['-¥500', '-500'],
  ['¥-500', '-500'],
  ['－５００', '-500'],
  ['−500', '-500'],
  [' 12.5 円 ', '12.5'],
  ['0.5', '0.5'],
  ['007', '007'],
  ['1.000', '1.000'],
  ['1.000,00', null],
  ['1,00', null],
  ['1,0000', null],
  ['10,00,000', null],
  ['0,100', null],
  ['1000,000', null],
  ['1,000 000', null],
  ['1,000,', null],
  ['--5', null],
  ['-¥-5', null],
  ['1e3', null],
  ['+5', null],
  ['.5', null],
  ['5.', null],
  ['¥', null],
  ['1.00001', null],
  ['1234567890123456', null],
  ['10²', null],
  ['①', null],
  ['½', null],
  ['1\n000', null],
  ['▲500', null],
  ['千円', null],
  ['円', null],
  ['', null],
])('reads %j as people type it: %j', (typed, plain) => expect(amountText(typed)).toBe(plain));

it('reads every amount as it is written for people, in either width', () => {
  const units = fc.integer({ min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 });
  const wide = (text: string) =>
    text.replace(/[,\-.0-9]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  fc.assert(
    fc.property(units, n => {
      const amount = Money.fromUnits(n);
      for (const said of [Money.text(amount), Money.display(amount), `¥${Money.display(amount)}`])
        for (const typed of [said, wide(said), `${said}円`]) expect(Money.typed(typed)).toBe(amount);
    }),
  );
});

it('takes whatever the API says that it takes', () => {
  const most = 900_719_925_474;
  fc.assert(
    fc.property(fc.stringMatching(new RegExp(AMOUNT_PATTERN)), typed => {
      const plain = amountText(typed);
      expect(plain).toMatch(/^-?\d{1,15}(\.\d{1,4})?$/);
      if (Math.abs(Number(plain)) < most) expect(Money.typed(typed)).toBe(Money.of(plain!));
    }),
  );
});
