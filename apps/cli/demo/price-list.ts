import { stringify } from 'yaml';

/** Products and prices of the example: every kind that a cloud PBX sells, at invented prices. */

type Fields = Readonly<Record<string, string | number | boolean | readonly string[]>>;
/** Net, in yen: `500`, `0.5`; '' for none. */
type Row = readonly [
  code: string,
  kind: string,
  ja: string,
  en: string,
  monthly: string,
  initial: string,
  more?: Fields,
];

const said = (description_ja: string, description_en: string): Fields => ({ description_ja, description_en });

const TERMINALS: readonly Row[] = [
  ...([
    ['unique.extension', 'unique', '内線端末', 'Extension terminal', '500', '1000'],
    ['unique.smartphone', 'unique', 'スマートフォン', 'Smartphone', '500', '1000'],
    ['unique.softphone', 'unique', 'ソフトフォン', 'Softphone', '500', '1000'],
  ] as const),
  [
    ...(['unique.ymobile', 'unique', 'ワイモバイル', 'Y!mobile', '900', '3000'] as const),
    {
      campaign: true,
      corporate_only: true,
      capabilities: ['not_whispered_to'],
      ...said(
        'ワイモバイルの端末を内線にします。法人契約のみ。',
        'A Y!mobile handset as an extension; companies only.',
      ),
    },
  ],
  [
    ...(['unique.transfer', 'unique', '発着転送', 'Call and receive transfer', '700', '1000'] as const),
    said('携帯電話で03などの番号を使えます。', 'Use 03 and other numbers from a mobile phone.'),
  ],
  [
    ...(['unique.from-transfer', 'unique', 'フロム発着（逆転送）', 'From transfer', '900', '1000'] as const),
    said('発着転送に加え、着信時に相手の番号を表示します。', 'As the transfer, and shows who calls.'),
  ],
  ['unique.video', 'unique', 'ビデオ電話', 'Video phone', '800', '1000', { campaign: true }],
];

const LINES: readonly Row[] = [
  [
    ...(['fax', 'fax', 'クラウドFAX', 'Cloud FAX', '980', '1500'] as const),
    { capabilities: ['adds_fax'], ...said('同時送受信1チャネルを含みます。', 'Includes one FAX channel.') },
  ],
  [
    ...([
      'fax.channel',
      'fax_channel',
      'クラウドFAX追加チャネル',
      'Cloud FAX channel',
      '500',
      '500',
    ] as const),
    { capabilities: ['adds_fax'] },
  ],
  [
    ...(['trunk2', 'trunk', 'SIPトランク2', 'SIP trunk 2', '2000', '3000'] as const),
    {
      most: 29,
      capabilities: ['adds_call'],
      ...said('同時通話1を含みます。', 'Includes one simultaneous call.'),
    },
  ],
  [
    ...(['trunk2.channel', 'trunk_channel', 'SIPトランク2追加チャネル', 'SIP trunk 2 channel'] as const),
    ...(['800', '500', { most: 29, capabilities: ['adds_call'] }] as const),
  ],
];

const GEOGRAPHIC = ['03', '06', '011', '022', '045', '052', '092', '098'];
const NUMBERS: readonly Row[] = [
  [
    ...(['number.domestic', 'number', '国内電話番号', 'Domestic number', '300', '1000'] as const),
    { for_numbers: GEOGRAPHIC },
  ],
  ['number.050', 'number', '国内電話番号（050）', '050 number', '150', '300', { for_numbers: ['050'] }],
  [
    ...(['number.toll-free', 'number', 'フリーコール', 'Toll-free number', '1500', '2000'] as const),
    { for_numbers: ['0120', '0800'] },
  ],
  ['number.navi', 'number', 'ナビダイヤル', 'Navi-dial number', '5000', '10000', { for_numbers: ['0570'] }],
  [
    ...(['number.special', 'number', '特殊番号', 'Special number', '3000', '5000'] as const),
    { for_numbers: ['special'] },
  ],
];

const COUNTRIES: readonly (readonly [code: string, ja: string, en: string, monthly: string])[] = [
  ['us', 'アメリカ合衆国', 'United States', '500'],
  ['ca', 'カナダ', 'Canada', '500'],
  ['gb', 'イギリス', 'United Kingdom', '600'],
  ['fr', 'フランス', 'France', '600'],
  ['de', 'ドイツ', 'Germany', '700'],
  ['hk', '香港', 'Hong Kong', '1500'],
  ['sg', 'シンガポール', 'Singapore', '1500'],
  ['kr', '韓国', 'South Korea', '1800'],
  ['au', 'オーストラリア', 'Australia', '900'],
  ['br', 'ブラジル', 'Brazil', '1200'],
];
const OVERSEAS: readonly Row[] = [
  ...COUNTRIES.map(([code, ja, en, monthly]): Row => {
    const groups = { for_numbers: [code.toUpperCase()] };
    return [`vba.${code}`, 'vba_number', `海外電話番号（${ja}）`, `Number of ${en}`, monthly, '1000', groups];
  }),
  [
    ...(['vba.us.toll-free', 'vba_number', '海外電話番号（アメリカ合衆国・着信課金）'] as const),
    ...([
      'Toll-free number of the United States',
      '1200',
      '1000',
      { for_numbers: ['US.toll_free'] },
    ] as const),
  ],
];

const ROOM = { capabilities: ['makes_unique', 'not_a_terminal'] };
const OPTIONS: readonly Row[] = [
  ['option.conference', 'option', '会議室', 'Conference room', '1000', '500', ROOM],
  ['option.sorting', 'option', '発信仕分', 'Outgoing sorting', '500', '500', ROOM],
  ['option.ivr', 'option', 'IVR', 'IVR', '1500', '1000', ROOM],
  [
    ...(['option.recording', 'option', '全通話録音', 'Recording of all calls', '1000', '1000'] as const),
    { single: true, capabilities: ['records_calls'] },
  ],
  ['option.monitoring', 'option', 'モニタリング', 'Monitoring', '500', '500', { capabilities: ['allotted'] }],
  [
    'option.whispering',
    'option',
    'ウィスパリング',
    'Whispering',
    '800',
    '500',
    { capabilities: ['allotted'] },
  ],
  ['oem-server', 'account_option', 'OEMサーバー', 'OEM server', '30000', '50000', { single: true }],
  [
    ...(['invoice.posting', 'invoice_posting', '請求書発送', 'Invoice by post', '100', ''] as const),
    {
      single: true,
      per_sheets: 10,
      ...said('10枚ごとの料金です。日割はありません。', 'Per 10 sheets; not pro-rated.'),
    },
  ],
];

const DEVICES: readonly Row[] = [
  ['device.phone', 'device', 'IP電話機', 'IP telephone', '', '9800'],
  ['device.video-phone', 'device', 'ビデオ電話機', 'Video telephone', '', '24800'],
  ['device.router', 'device', 'FAX用VoIPルーター', 'VoIP router for FAX', '', '14800'],
  ['device.headset', 'device', 'ヘッドセット', 'Headset', '', '4980'],
  ['shipping.domestic', 'shipping', '国内配送料', 'Domestic shipping', '', '800'],
];

const CHARGES: readonly Row[] = [
  ['charge.universal-service', 'per_number', 'ユニバーサルサービス料', 'Universal-service charge', '2', ''],
  ['charge.relay-service', 'per_number', '電話リレーサービス料', 'Relay-service charge', '1', ''],
  ['charge.recording', 'recording_gb', '録音データ保存（1GB）', 'Recordings kept, per GB', '500', ''],
];

const product = ([code, kind, name_ja, name_en, monthly, initial, more]: Row): Fields => ({
  ...{ code, kind, name_ja, name_en },
  ...(monthly !== '' && { monthly: Number(monthly) }),
  ...(initial !== '' && { initial: Number(initial) }),
  ...more,
});

/** The price list of the example as a catalogue file. 072 and 078 have no price, so nobody can order them. */
export const DEMO_PRICE_LIST = stringify(
  {
    price_lists: [
      {
        name: 'standard',
        valid_from: '2020-01-01',
        products: [TERMINALS, LINES, NUMBERS, OVERSEAS, OPTIONS, DEVICES, CHARGES].flat().map(product),
      },
    ],
  },
  // A list that several products share is written out for each.
  { aliasDuplicateObjects: false },
);
