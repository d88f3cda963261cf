import type { SlipNumber } from '#ports';

export interface Chain {
  readonly code: string;
  /** `pay_cvs` of the agency. */
  readonly payCvs: string;
  readonly ja: string;
  readonly en: string;
  /** What `pay_no1` and `pay_no2` are at its till. */
  readonly numbers: readonly SlipNumber['kind'][];
}

/** As public shop plugins name them (`pay_cvs`). */
export const CHAINS: readonly Chain[] = [
  { code: 'seven_eleven', payCvs: 'D001', ja: 'セブン-イレブン', en: 'Seven-Eleven', numbers: ['voucher'] },
  { code: 'lawson', payCvs: 'D002', ja: 'ローソン', en: 'Lawson', numbers: ['receipt', 'confirmation'] },
  {
    code: 'familymart',
    payCvs: 'D030',
    ja: 'ファミリーマート',
    en: 'FamilyMart',
    numbers: ['order', 'company'],
  },
  {
    code: 'ministop',
    payCvs: 'D050',
    ja: 'ミニストップ',
    en: 'Ministop',
    numbers: ['receipt', 'confirmation'],
  },
  { code: 'seicomart', payCvs: 'D015', ja: 'セイコーマート', en: 'Seicomart', numbers: ['receipt'] },
  {
    code: 'daily_yamazaki',
    payCvs: 'D060',
    ja: 'デイリーヤマザキ',
    en: 'Daily Yamazaki',
    numbers: ['online'],
  },
];
