import { z } from 'zod';
import { ASKED_AGAIN, CLOSED_WHY, ERASED_WHY, PARTY_FIELDS } from '#contracts';
import { circleId } from '../contracts/contracts.inputs.js';
import { accountId, DEFAULT_LIMIT, described, given, instant, paging } from '../engine/inputs.js';
import { approvers, caretakers, support } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { type AccessRole, command, query } from '../engine/use-case.js';
import { changeOfCircle, changeOfMails, changeOfParty, newPaper, paperId } from './parties.inputs.js';
import { CircleDataShape, ErasedAccount, IdentityPaperShape, ListedPaper, Party } from './parties.shapes.js';

/**
 * Who reads personal data: whose they are, and staff who serve or bill the customer; no auditor and no
 * machine.
 */
const readers: readonly AccessRole[] = [...caretakers, 'billing', 'approver'];
const CHANGING = ['NO_SUCH_ACCOUNT', 'ACCOUNT_CLOSED', 'ACCOUNT_ERASED'] as const;
const onPaper = { account: accountId, paper: paperId };

export const showParty = query({
  route: 'GET /accounts/:account/party',
  about: { ja: '契約者・請求先・送付先情報', en: 'Contract, billing and shipping data of an account' },
  effect: 'read',
  roles: readers,
  waits: 'log',
  input: z.strictObject({
    account: accountId,
    at: described(instant.optional(), { ja: 'この時点の内容。', en: 'As it was then.', short: 'time' }),
  }),
  cli: { usage: 'account party show <account>' },
  answer: Party,
  sought: 'ACCOUNT',
  run: ({ parties }, { account, at }) => parties.show(account, at),
});

export const changeParty = command({
  route: 'PUT /accounts/:account/party/:part',
  about: {
    ja: '契約者・請求先・送付先情報・機器の配送先の変更（全項目を送る）',
    en: 'Change contract, billing or shipping data or where devices go, the whole part at once',
  },
  effect: 'write',
  roles: caretakers,
  waits: 'log',
  input: changeOfParty,
  cli: { usage: 'account party set <account> <part> <file>', without: [...PARTY_FIELDS] },
  answer: Party,
  unchanged: true,
  refusals: [...CHANGING, 'EMERGENCY_NUMBER_OURS', 'PARTY_CHANGED_MEANWHILE'],
  run: ({ parties }, input, caller) => parties.change(input, caller),
});

export const listCircleData = query({
  route: 'GET /accounts/:account/circle-data',
  about: {
    ja: 'サークルの利用者・担当者・住所（ACC-19、ACC-20）',
    en: 'Who uses the circles of an account, who is in charge of them, and where they are',
  },
  effect: 'read',
  roles: readers,
  waits: 'log',
  input: z.strictObject({ account: accountId }),
  answer: allOf(CircleDataShape),
  run: ({ parties }, { account }) => parties.circles.all(account),
});

export const showCircleData = query({
  route: 'GET /accounts/:account/circles/:circle/data',
  about: { ja: '1つのサークルの利用者・担当者・住所', en: 'The same of one circle' },
  effect: 'read',
  roles: readers,
  waits: 'log',
  input: z.strictObject({ account: accountId, circle: circleId }),
  answer: CircleDataShape,
  sought: 'CIRCLE',
  run: ({ parties }, { account, circle }) => parties.circles.of(account, circle),
});

export const changeCircleData = command({
  route: 'PUT /accounts/:account/circles/:circle/data',
  about: {
    ja: 'サークルの利用者・担当者・住所の変更（全項目を送る）',
    en: 'Change who uses a circle, who is in charge of it and where it is, all of it at once',
  },
  effect: 'write',
  roles: caretakers,
  waits: 'log',
  input: changeOfCircle,
  answer: CircleDataShape,
  unchanged: true,
  refusals: [...CHANGING, 'NO_SUCH_CIRCLE', 'PARTY_CHANGED_MEANWHILE'],
  run: ({ parties }, input, caller) => parties.circles.change(input, caller),
});

export const changeMails = command({
  route: 'PUT /accounts/:account/mails',
  about: {
    ja: 'メールアドレスの変更（契約者・請求先・送付先）',
    en: 'Change the mail addresses of an account',
  },
  effect: 'write',
  roles: caretakers,
  waits: 'log',
  input: changeOfMails,
  answer: Party,
  unchanged: true,
  refusals: [...CHANGING, 'PARTY_CHANGED_MEANWHILE'],
  run: ({ parties }, input, caller) => parties.changeMails(input, caller),
});

export const setPromotionMails = command({
  route: 'PUT /accounts/:account/promotion-mails',
  about: {
    ja: 'プロモーションメールの配信希望（重要なお知らせは必ず届く）',
    en: 'Whether promotion mail is wanted; important mail is sent anyway',
  },
  effect: 'write',
  roles: caretakers,
  input: z.strictObject({ account: accountId, wanted: z.boolean() }),
  answer: Party,
  unchanged: true,
  refusals: CHANGING,
  run: ({ parties }, { account, wanted }, caller) => parties.setPromotionMails(account, wanted, caller),
});

export const setCircleStatement = command({
  route: 'PUT /accounts/:account/circle-statement',
  about: { ja: 'サークル毎の請求明細書の表示', en: 'Whether statements are shown per circle' },
  effect: 'write',
  roles: caretakers,
  input: z.strictObject({ account: accountId, shown: z.boolean() }),
  answer: Party,
  unchanged: true,
  refusals: CHANGING,
  run: ({ parties }, { account, shown }, caller) => parties.setCircleStatement(account, shown, caller),
});

export const uploadPaper = command({
  route: 'POST /accounts/:account/papers',
  byHand: true,
  about: {
    ja: '本人確認書類のアップロード（jpg・png・gif、10MBまで）',
    en: 'Upload an identity paper: a jpg, png or gif of at most 10 MB',
  },
  effect: 'write',
  roles: caretakers,
  waits: 'log',
  input: newPaper,
  answer: IdentityPaperShape,
  status: 201,
  refusals: [
    ...(['PICTURE_TOO_LARGE', 'NOT_A_PICTURE', ...CHANGING, 'PAPER_DATE_REQUIRED'] as const),
    ...(['PAPER_TOO_OLD', 'PAPER_EXPIRED', 'TOO_MANY_PAPERS'] as const),
  ],
  run: ({ parties }, input, caller) => parties.upload(input, caller),
});

export const listPapers = query({
  route: 'GET /papers',
  about: {
    ja: '申込審査：本人確認書類の一覧（古い順）',
    en: 'Identity papers of all accounts, the oldest first',
  },
  effect: 'read',
  roles: support,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    state: described(z.enum(['waiting', 'approved', 'asked_again']).default('waiting'), {
      ja: '状態。',
      en: 'Which of them.',
    }),
  }),
  cli: { usage: 'account papers list' },
  answer: pageOf(ListedPaper),
  run: ({ parties }, { state, ...page }) => parties.papers(state, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const showPicture = query({
  route: 'GET /accounts/:account/papers/:paper/picture',
  byHand: true,
  about: { ja: '本人確認書類の画像', en: 'The picture of an identity paper' },
  effect: 'read',
  roles: readers,
  waits: 'log',
  input: z.strictObject(onPaper),
  sought: 'PAPER',
  run: ({ parties }, { account, paper }) => parties.picture(account, paper),
});

export const approvePaper = command({
  route: 'POST /accounts/:account/papers/:paper/approve',
  about: { ja: '本人確認書類の承認', en: 'Approve an identity paper' },
  effect: 'write',
  roles: support,
  waits: 'log',
  input: z.strictObject(onPaper),
  cli: { usage: 'account papers approve <account> <paper>' },
  answer: IdentityPaperShape,
  unchanged: true,
  refusals: ['NO_SUCH_PAPER', 'PAPER_DECIDED', 'ACCOUNT_CLOSED', 'ACCOUNT_ERASED'],
  run: ({ parties }, { account, paper }, caller) => parties.approve(account, paper, caller),
});

export const askPaperAgain = command({
  route: 'POST /accounts/:account/papers/:paper/ask-again',
  about: { ja: '本人確認書類の再提出の依頼', en: 'Ask for another identity paper in place of this one' },
  effect: 'write',
  roles: support,
  waits: 'log',
  input: z.strictObject({
    ...onPaper,
    why: described(z.enum(ASKED_AGAIN), { ja: '再提出の理由。', en: 'What is wrong with it.' }),
  }),
  cli: { usage: 'account papers ask-again <account> <paper>' },
  answer: IdentityPaperShape,
  unchanged: true,
  refusals: ['NO_SUCH_PAPER', 'PAPER_DECIDED', 'ACCOUNT_CLOSED', 'ACCOUNT_ERASED'],
  run: ({ parties }, { account, paper, why }, caller) => parties.askAgain(account, paper, why, caller),
});

export const closeAccount = command({
  route: 'POST /accounts/:account/close',
  about: { ja: 'アカウントの閉鎖（取り消せない）', en: 'Close an account for ever' },
  effect: 'write',
  roles: support,
  waits: 'log',
  input: z.strictObject({
    account: accountId,
    why: described(z.enum(CLOSED_WHY), { ja: '閉鎖の理由。', en: 'Why it is closed.' }),
  }),
  cli: { usage: 'account close <account>' },
  answer: Party,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'ACCOUNT_ERASED'],
  run: ({ parties }, { account, why }, caller) => parties.close(account, why, caller),
});

export const eraseAccount = command({
  route: 'POST /accounts/:account/erase',
  byHand: true,
  about: {
    ja: 'アカウントの個人情報の消去（鍵の破棄。取り消せない）',
    en: 'Erase the personal data of an account by destroying their key; nobody can undo it',
  },
  effect: 'write',
  roles: approvers,
  waits: 'log',
  input: z.strictObject({
    account: accountId,
    why: described(z.enum(ERASED_WHY), { ja: '消去の理由。', en: 'Why they are erased.' }),
    approvedBy: z.string().nullable(),
  }),
  cli: { usage: 'account erase <account>', without: ['approvedBy'] },
  answer: ErasedAccount,
  unchanged: true,
  refusals: ['ERASURE_NEEDS_APPROVAL', 'APPROVER_IS_ACTOR', 'REASON_REQUIRED', 'NO_SUCH_ACCOUNT'],
  run: ({ parties }, input, caller) => parties.erase(input, caller),
});
