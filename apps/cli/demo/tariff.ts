/** Prices of the example: invented, of the size of real ones. */

type Area = readonly [prefix: string, place: string];
const AREAS: readonly Area[] = [
  ['011', '札幌'],
  ['017', '青森'],
  ['018', '秋田'],
  ['019', '盛岡'],
  ['022', '仙台'],
  ['023', '山形'],
  ['024', '福島'],
  ['025', '新潟'],
  ['026', '長野'],
  ['027', '前橋'],
  ['028', '宇都宮'],
  ['029', '水戸'],
  ['03', '東京'],
  ['042', '立川'],
  ['043', '千葉'],
  ['044', '川崎'],
  ['045', '横浜'],
  ['048', 'さいたま'],
  ['052', '名古屋'],
  ['053', '浜松'],
  ['054', '静岡'],
  ['06', '大阪'],
  ['072', '堺'],
  ['075', '京都'],
  ['076', '金沢'],
  ['077', '大津'],
  ['078', '神戸'],
  ['082', '広島'],
  ['083', '下関'],
  ['086', '岡山'],
  ['087', '高松'],
  ['088', '徳島・高知'],
  ['089', '松山'],
  ['092', '福岡'],
  ['093', '北九州'],
  ['095', '長崎'],
  ['096', '熊本'],
  ['097', '大分'],
  ['098', '那覇'],
  ['099', '鹿児島'],
  ['0', 'その他の地域'],
];

/** Yen per minute, charged by the second from the first 30 seconds on. */
const COUNTRIES: readonly (readonly [code: string, country: string, perMinute: string])[] = [
  ['1', 'アメリカ・カナダ', '9'],
  ['1808', 'アメリカ（ハワイ）', '9'],
  ['33', 'フランス', '20'],
  ['34', 'スペイン', '24'],
  ['39', 'イタリア', '24'],
  ['44', 'イギリス', '20'],
  ['49', 'ドイツ', '20'],
  ['52', 'メキシコ', '45'],
  ['55', 'ブラジル', '30'],
  ['60', 'マレーシア', '25'],
  ['61', 'オーストラリア', '20'],
  ['62', 'インドネシア', '45'],
  ['63', 'フィリピン', '35'],
  ['64', 'ニュージーランド', '25'],
  ['65', 'シンガポール', '20'],
  ['66', 'タイ', '25'],
  ['7', 'ロシア', '44'],
  ['82', '韓国', '15'],
  ['84', 'ベトナム', '35'],
  ['86', '中国', '18'],
  ['852', '香港', '15'],
  ['853', 'マカオ', '35'],
  ['886', '台湾', '15'],
  ['91', 'インド', '40'],
  ['971', 'アラブ首長国連邦', '50'],
];

export const DEMO_COUNTRIES: readonly string[] = COUNTRIES.map(([code]) => code);
export const DEMO_AREAS: readonly string[] = AREAS.map(([prefix]) => prefix).filter(
  prefix => prefix.length > 1,
);

interface Price {
  readonly price: string;
  readonly per: number;
  readonly first: number;
  readonly next: number;
}

const HEADER =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from,' +
  'days,from_time,to_time,tax,direction';

function row(
  tariff: string,
  prefix: string,
  destination: string,
  category: string,
  price: Price,
  more = ',,,standard,out',
): string {
  const { per, first, next } = price;
  const where = [tariff, prefix, destination, category];
  return [...where, 0, price.price, per, first, next, '2020-01-01', more].join(',');
}

interface Plan {
  readonly fixed: Price;
  readonly mobileDay: Price;
  readonly mobileNight: Price;
  readonly freeDial: Price;
}

const minutes = (price: string): Price => ({ price, per: 60, first: 60, next: 60 });
const PLANS: Record<'std' | 'biz', Plan> = {
  std: {
    fixed: { price: '8', per: 180, first: 180, next: 180 },
    mobileDay: minutes('16'),
    mobileNight: minutes('14'),
    freeDial: minutes('3'),
  },
  biz: {
    fixed: { price: '7.5', per: 180, first: 180, next: 180 },
    mobileDay: { price: '15', per: 60, first: 30, next: 30 },
    mobileNight: { price: '13', per: 60, first: 30, next: 30 },
    freeDial: minutes('2.5'),
  },
};

const DAY = ',08:00,23:00,standard,out';
const NIGHT = ',23:00,08:00,standard,out';

function rowsOf(tariff: 'std' | 'biz'): string[] {
  const plan = PLANS[tariff];
  const nothing: Price = { price: '0', per: 180, first: 180, next: 180 };
  const mobiles = ['070', '080', '090'].flatMap(prefix => [
    row(tariff, prefix, '携帯電話（昼）', '携帯通話', plan.mobileDay, DAY),
    row(tariff, prefix, '携帯電話（夜）', '携帯通話', plan.mobileNight, NIGHT),
  ]);
  return [
    ...AREAS.map(([prefix, place]) => row(tariff, prefix, place, '一般通話', plan.fixed)),
    row(tariff, '050', 'IP電話', 'IP通話', { price: '8', per: 180, first: 180, next: 180 }),
    ...mobiles,
    row(tariff, '0120', 'フリーダイヤル', '一般通話', nothing),
    row(tariff, '0800', 'フリーダイヤル', '一般通話', nothing),
    row(tariff, '0570', 'ナビダイヤル', '一般通話', minutes('10')),
    row(tariff, '104', '番号案内', '一般通話', { price: '200', per: 3600, first: 3600, next: 3600 }),
    row(tariff, '117', '時報', '一般通話', plan.fixed),
    row(tariff, '177', '天気予報', '一般通話', plan.fixed),
    row(tariff, '0120', '着信課金', '着信課金', plan.freeDial, ',,,standard,in'),
    ...COUNTRIES.map(([code, country, price]) =>
      row(
        tariff,
        `010${code}`,
        country,
        '国際通話',
        { price, per: 60, first: 30, next: 6 },
        ',,,export_exempt,out',
      ),
    ),
  ];
}

/** tariff.csv of the example: two tariffs of 70 and more prefixes each. */
export const DEMO_TARIFF = `${[HEADER, ...rowsOf('std'), ...rowsOf('biz')].join('\n')}\n`;
