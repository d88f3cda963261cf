import type { BodyOf, Schemas } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { useAsk } from '../api/questions.js';

export type Party = Schemas['Party'];
export type PartyData = BodyOf<'PUT', '/api/v1/accounts/{account}/party/{part}'>;
export type Paper = Schemas['IdentityPaper'];

export const PARTS = ['contract', 'billing', 'shipping'] as const;
export type Part = (typeof PARTS)[number];

export const PAPER_KINDS = namesOf<Paper['kind']>({
  driving_licence: 1,
  passport: 1,
  residence_card: 1,
  health_insurance_card: 1,
  residence_certificate: 1,
  resident_register_card: 1,
  utility_receipt: 1,
  company_register: 1,
  representative_identity: 1,
  company_notice: 1,
});

/** As the API takes them, the first one aside: none is chosen. */
export const PREFECTURES = namesOf<Exclude<NonNullable<PartyData['prefecture']>, ''>>({
  ...{ 北海道: 1, 青森県: 1, 岩手県: 1, 宮城県: 1, 秋田県: 1, 山形県: 1, 福島県: 1, 茨城県: 1 },
  ...{ 栃木県: 1, 群馬県: 1, 埼玉県: 1, 千葉県: 1, 東京都: 1, 神奈川県: 1, 新潟県: 1, 富山県: 1 },
  ...{ 石川県: 1, 福井県: 1, 山梨県: 1, 長野県: 1, 岐阜県: 1, 静岡県: 1, 愛知県: 1, 三重県: 1 },
  ...{ 滋賀県: 1, 京都府: 1, 大阪府: 1, 兵庫県: 1, 奈良県: 1, 和歌山県: 1, 鳥取県: 1, 島根県: 1 },
  ...{ 岡山県: 1, 広島県: 1, 山口県: 1, 徳島県: 1, 香川県: 1, 愛媛県: 1, 高知県: 1, 福岡県: 1 },
  ...{ 佐賀県: 1, 長崎県: 1, 熊本県: 1, 大分県: 1, 宮崎県: 1, 鹿児島県: 1, 沖縄県: 1, 海外: 1 },
});

export const partyKey = (account: string) => ['party', account] as const;

export const usePartyOf = (account: string) =>
  useAsk(partyKey(account), '/api/v1/accounts/{account}/party', { path: { account } });
