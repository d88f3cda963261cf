/**
 * Numbers that the example sells: of blocks that nobody in Japan has (zeros follow the area code), and abroad
 * of those that are kept for films and examples.
 */
const DOMESTIC: readonly (readonly [area: string, region: string, city: string])[] = [
  ['03', '東京都', '千代田区'],
  ['06', '大阪府', '大阪市'],
  ['011', '北海道', '札幌市'],
  ['022', '宮城県', '仙台市'],
  ['045', '神奈川県', '横浜市'],
  ['052', '愛知県', '名古屋市'],
  ['092', '福岡県', '福岡市'],
  ['098', '沖縄県', '那覇市'],
];

/** The ten digits of a national number, up to its last four. */
const blockOf = (area: string): string => area.padEnd(6, '0');
const row = (...fields: string[]): string => `${fields.join(',')}\n`;

/** A thousand numbers of each place; a few that are easy to remember are special ones (CAT-16). */
const domestic = DOMESTIC.flatMap(([area, region, city], i) => {
  const block = blockOf(area);
  const kind = ['KDU', 'STA', 'KDI', 'KVA'][i % 4]!;
  const of = (first: string, last: string, product: string, category: string) =>
    row(block + first, block + last, kind, product, region, city, area, category);
  const special = ['03', '06', '052', '092'].includes(area);
  return [
    of('2000', '2999', 'number.domestic', 'domestic'),
    ...(special ? [of('5555', '5555', 'number.special', 'special')] : []),
    ...(special ? [of('8888', '8888', 'number.special', 'special')] : []),
  ];
});

export const DEMO_NUMBERS =
  'first,last,kind,product,region,city,area_code,category\n' +
  domestic.join('') +
  row('05000002000', '05000002999', 'STA', 'number.050', '', '', '050', 'domestic') +
  row('0120000200', '0120000299', 'UCA', 'number.toll-free', '', '', '0120', 'free_call') +
  row('08000000200', '08000000299', 'UCA', 'number.toll-free', '', '', '0800', 'free_call') +
  row('0570000200', '0570000299', 'UCA', 'number.navi', '', '', '0570', 'navi_dial') +
  row('01012125550100', '01012125550199', 'DWA', 'vba.us', '北米', 'アメリカ', '0101212', 'overseas') +
  row('010442079460000', '010442079460999', 'DWA', 'vba.gb', 'ヨーロッパ', 'イギリス', '0104420', 'overseas');

export const DEMO_VBA_GROUPS =
  'group,country,state,city,area_code,toll_free,certificate,product,stock\n' +
  row('de-berlin', 'GERMANY', '', 'BERLIN', '0104930', 'no', 'NATIONAL', 'vba.de', '507') +
  row('de-munich', 'GERMANY', '', 'MUNICH', '0104989', 'no', 'NATIONAL', 'vba.de', '12') +
  row('gb-aberdeen', 'UNITED KINGDOM', '', 'ABERDEEN', '010441224', 'no', '', 'vba.gb', '40') +
  row('sg-singapore', 'SINGAPORE', '', '', '01065', 'no', 'LOCAL', 'vba.sg', '3') +
  row('us-new-york', 'UNITED STATES', 'NEW YORK', 'NEW YORK', '0101212', 'no', '', 'vba.us', '5524') +
  row('us-los-angeles', 'UNITED STATES', 'CALIFORNIA', 'LOS ANGELES', '0101213', 'no', '', 'vba.us', '210') +
  row('us-toll-free', 'UNITED STATES', '', '', '0101800', 'yes', 'WORLDWIDE', 'vba.us.toll-free', '0');
