import { z } from 'zod';
import { ASKED_AGAIN, DATA_PARTS, PAPER_KINDS, PARTY_KINDS, PICTURE_TYPES } from '#contracts';
import { accountText, count, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const kind = z.enum(PARTY_KINDS);

export const PartyDataShape = shape(
  'PartyData',
  z.object({
    kind,
    name: text,
    nameKana: text,
    department: text,
    departmentKana: text,
    person: text,
    personKana: text,
    postalCode: text,
    prefecture: text,
    city: text,
    cityKana: text,
    street: text,
    streetKana: text,
    phone: text,
    fax: text,
    remarks: text,
  }),
);

export const CircleDataShape = shape(
  'CircleData',
  z.object({
    circle: text,
    data: PartyDataShape.nullable().meta({ description: 'null: nothing is known, or it was erased.' }),
    changedAt: time.nullable(),
  }),
);
export type CircleDataView = ViewOf<typeof CircleDataShape>;

const PartyMailsShape = shape('PartyMails', z.object({ contract: text, billing: text, shipping: text }));

const paper = {
  paper: text,
  kind: z.enum(PAPER_KINDS),
  state: z.enum(['waiting', 'approved', 'asked_again']),
  why: z.enum(ASKED_AGAIN).nullable(),
  uploadedAt: time,
  decidedAt: time.nullable(),
};
export const IdentityPaperShape = shape(
  'IdentityPaper',
  z.object({ ...paper, format: z.enum(PICTURE_TYPES), bytes: count }),
);
export type IdentityPaperView = ViewOf<typeof IdentityPaperShape>;

/** One of the list of all accounts. */
export const ListedPaper = shape('ListedPaper', z.object({ account: accountText, ...paper }));
export type ListedPaperView = ViewOf<typeof ListedPaper>;

export const Party = shape(
  'Party',
  z.object({
    account: accountText,
    representativeCircle: text.nullable().meta({ description: 'The first circle of the account.' }),
    contract: PartyDataShape.nullable(),
    billing: PartyDataShape.nullable(),
    shipping: PartyDataShape.nullable(),
    delivery: PartyDataShape.nullable().meta({ description: 'Where ordered devices go.' }),
    mails: PartyMailsShape,
    settlementMail: text
      .nullable()
      .meta({ description: 'Who is told of settlements: the first for billing.' }),
    papers: z.array(IdentityPaperShape),
    paperDue: z
      .boolean()
      .meta({ description: 'Name or address changed, and no identity paper was sent since.' }),
    nameChangeFee: yen.meta({ description: 'Net, of a change of name, debited when its paper is approved.' }),
    promotionMails: z.boolean(),
    circleStatement: z.boolean().meta({ description: 'Whether statements are shown per circle.' }),
    closedAt: time.nullable(),
    erasedAt: time.nullable().meta({ description: 'When the personal data were erased.' }),
    changedAt: z.object(Object.fromEntries([...DATA_PARTS, 'mails'].map(part => [part, time.nullable()]))),
  }),
);
export type PartyView = ViewOf<typeof Party>;

export const ErasedAccount = shape('ErasedAccount', z.object({ account: accountText, erasedAt: time }));
export type ErasedAccountView = ViewOf<typeof ErasedAccount>;
