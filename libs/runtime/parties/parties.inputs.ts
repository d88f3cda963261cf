import { z } from 'zod';
import {
  DATA_PARTS,
  formProblemKinds,
  formProblems,
  PAPER_KINDS,
  PARTY_KINDS,
  type PartyData,
  PREFECTURES,
  readAddressKana,
  readContactNumber,
  readKana,
  readMails,
  readPostalCode,
} from '#contracts';
import { InvalidInput, valueProblems } from '#kernel';
import { circleId } from '../contracts/contracts.inputs.js';
import { accountId, businessDay, described, saying, words } from '../engine/inputs.js';

/** A text of people with a rule of its own; empty where it may be left out. */
const field = (read: (text: string) => string, most: number, ja: string, en: string, example: string) =>
  described(
    z
      .string()
      .max(most)
      .default('')
      .transform((text, context): string => {
        if (text.trim() === '') return '';
        try {
          return read(text);
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          context.addIssue({ code: 'custom', message: error.problem, params: { said: error.said } });
          return z.NEVER;
        }
      }),
    { ja, en, short: example },
  );
const asWritten = (text: string): string => text.trim().normalize('NFC');
const plain = (most: number, ja: string, en: string) => field(asWritten, most, ja, en, 'text');
const kana = (ja: string, en: string) => field(readKana, 100, ja, en, 'kana');
const addressKana = (ja: string, en: string) => field(readAddressKana, 200, ja, en, 'kana');

/** Contract, billing or shipping data as a form sends them: the whole part, each field by its rule. */
const partyData = z.strictObject({
  kind: described(z.enum(PARTY_KINDS), { ja: '個人または法人。', en: 'A person or a company.' }),
  name: plain(100, 'お名前・会社名。', 'Name of the person or the company.'),
  nameKana: kana('お名前・会社名のカナ（全角カタカナ）。', 'The name in full-width katakana.'),
  department: plain(100, '部署・役職。', 'Department and title.'),
  departmentKana: kana('部署・役職のカナ。', 'Department and title in katakana.'),
  person: plain(100, '担当者（法人は必須）。', 'Person in charge; required of a company.'),
  personKana: kana('担当者のカナ（法人は必須）。', 'Person in charge in katakana.'),
  postalCode: field(
    readPostalCode,
    20,
    '郵便番号。半角数字7桁、海外は0000000。',
    'Postal code: 7 digits, 0000000 abroad.',
    'digits',
  ),
  prefecture: described(z.enum(['', ...PREFECTURES]).default(''), {
    ja: '都道府県。海外は「海外」。',
    en: 'Prefecture; 海外 for an address abroad.',
    short: 'name',
  }),
  city: plain(100, '市区町村。', 'City.'),
  cityKana: kana('市区町村のカナ。', 'City in katakana.'),
  street: plain(200, '番地・建物名。', 'Street and building.'),
  streetKana: addressKana('番地・建物名のカナ。', 'Street and building in katakana.'),
  phone: field(
    readContactNumber,
    40,
    '電話番号。契約者情報では緊急連絡先（当社以外の番号）。',
    'Phone; of contract data the emergency contact, not one of our numbers.',
    'number',
  ),
  fax: field(readContactNumber, 40, 'FAX番号。', 'FAX number.', 'number'),
  remarks: plain(500, '備考。', 'Remarks.'),
});

export const part = described(z.enum(DATA_PARTS), {
  ja: 'contract=契約者情報、billing=請求先情報、shipping=送付先情報、delivery=機器の配送先。',
  en: 'Whose data: of the contract, the billing, the shipping, or the delivery of devices.',
});

const atTheirFields = (data: PartyData, context: z.RefinementCtx): void => {
  for (const { field: name, why } of formProblems(data))
    context.addIssue({
      code: 'custom',
      path: [name],
      ...(why === 'ABROAD_TOGETHER'
        ? saying(formProblemKinds[why], { abroad: '0000000' })
        : saying(formProblemKinds[why])),
    });
};

const { kind: _, ...ofCircle } = partyData.shape;
/** A circle has a person in charge, whoever uses it (ACC-19). */
export const changeOfCircle = z
  .strictObject({ account: accountId, circle: circleId, ...ofCircle })
  .superRefine((data, context) => atTheirFields({ ...data, kind: 'corporate' }, context));
export type ChangeOfCircle = z.output<typeof changeOfCircle>;

/** The rules of the form as a whole, each at its field. */
export const changeOfParty = z
  .strictObject({ account: accountId, part, ...partyData.shape })
  .superRefine(atTheirFields);
export type ChangeOfParty = z.output<typeof changeOfParty>;

/** Addresses with commas, so many at most; empty without any. */
export const mailList = (ja: string, en: string, most?: number) =>
  field(text => readMails(text, most).join(','), 1000, ja, en, 'addresses');
const mails = (ja: string, en: string) => mailList(ja, en);
export const changeOfMails = z.strictObject({
  account: accountId,
  contract: mails('契約者のメールアドレス。カンマ区切り。', 'Mail of the contract, separated by commas.'),
  billing: mails(
    '請求先のメールアドレス。決済の連絡は最初の1件だけに送られる。',
    'Mail of the billing; of several only the first is told of settlements.',
  ),
  shipping: mails('送付先のメールアドレス。', 'Mail of the shipping.'),
});
export type ChangeOfMails = z.output<typeof changeOfMails>;

export const paperId = words(40);
/** Of the paper, not of the upload. */
const paperDay = businessDay.nullable().default(null);
export const newPaper = z.strictObject({
  account: accountId,
  kind: described(z.enum(PAPER_KINDS), { ja: '書類の種類。', en: 'What paper it is.' }),
  issuedOn: paperDay,
  validUntil: paperDay,
  picture: z.custom<Uint8Array>(given => given instanceof Uint8Array, saying(valueProblems.REQUIRED)),
});
export type NewPaper = z.output<typeof newPaper>;
