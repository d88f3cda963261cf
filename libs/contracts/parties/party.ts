import {
  type AccountId,
  assertNever,
  BusinessDay,
  type Decider,
  happened,
  type Instant,
  type Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { type DataPart, type PartyField, type PartyKind, type PartyPart, PROVEN_FIELDS } from './fields.js';
import { type AskedAgain, type PaperKind, paperProblem } from './papers.js';
import type { ClosedWhy, ErasedWhy, PartyEvent } from './party.events.js';
import { type PartyRejection, partyRefusals, partyUnchanged } from './party.refusals.js';
import type { PictureType } from './pictures.js';

/** Where data lie, as events carry it. */
export interface DataReference {
  readonly ref: string;
  readonly mac: string;
}

/** What a change of name costs. */
export interface NameFee {
  /** Net. */
  readonly fee: Money;
  /** The first day of the policy that says so; null: its standard. */
  readonly feeSince: BusinessDay | null;
}
/** A change of name that a paper proved (INF-04). */
export interface NameChange extends NameFee {
  readonly paper: string;
  readonly approvedAt: Instant;
  readonly charged: boolean;
}

interface Of {
  readonly now: Instant;
  readonly account: AccountId;
}

export type PartyCommand =
  | (Of & {
      readonly type: 'ChangeData';
      readonly part: DataPart;
      readonly kind: PartyKind;
      readonly data: DataReference;
      readonly fields: readonly PartyField[];
      /** The version that the fields were compared with; null: there was none. */
      readonly follows: string | null;
      /** The emergency contact is a number that we supply (003 p.87). */
      readonly ownNumber: boolean;
    })
  | (Of & {
      /** Who uses a circle, who is in charge of it, and where it is (ACC-19). */
      readonly type: 'ChangeCircleData';
      readonly circle: string;
      readonly data: DataReference;
      readonly fields: readonly PartyField[];
      readonly follows: string | null;
    })
  | (Of & {
      readonly type: 'ChangeMails';
      readonly data: DataReference;
      readonly fields: readonly PartyPart[];
      readonly follows: string | null;
    })
  | (Of & {
      readonly type: 'UploadPaper';
      readonly paper: string;
      readonly kind: PaperKind;
      readonly issuedOn: BusinessDay | null;
      readonly validUntil: BusinessDay | null;
      readonly picture: DataReference;
      readonly format: PictureType;
      readonly bytes: number;
    })
  | (Of & { readonly type: 'ApprovePaper'; readonly paper: string; readonly nameFee: NameFee })
  | (Of & { readonly type: 'ChargeNameChange'; readonly paper: string })
  | (Of & { readonly type: 'AskPaperAgain'; readonly paper: string; readonly why: AskedAgain })
  | (Of & { readonly type: 'SetPromotionMails'; readonly wanted: boolean })
  | (Of & { readonly type: 'SetCircleStatement'; readonly shown: boolean })
  | (Of & { readonly type: 'CloseAccount'; readonly why: ClosedWhy })
  | (Of & { readonly type: 'EraseAccount'; readonly why: ErasedWhy; readonly approvedBy: string });

export interface IdentityPaper {
  readonly paper: string;
  readonly kind: PaperKind;
  readonly state: 'waiting' | 'approved' | 'asked_again';
  readonly why: AskedAgain | null;
  readonly picture: DataReference;
  readonly format: PictureType;
  readonly bytes: number;
  readonly uploadedAt: Instant;
  readonly decidedAt: Instant | null;
}

export interface PartyState {
  readonly contract: DataReference | null;
  /** Of the contract data; null: nobody has said so yet. */
  readonly kind: PartyKind | null;
  readonly billing: DataReference | null;
  readonly shipping: DataReference | null;
  readonly delivery: DataReference | null;
  readonly mails: DataReference | null;
  /** What is known of circles, and since when. */
  readonly circles: ReadonlyMap<string, { readonly data: DataReference; readonly at: Instant }>;
  /** Every version that was ever valid, oldest first, and when it began. */
  readonly versions: readonly {
    readonly part: DataPart | 'circle' | 'mails';
    readonly ref: string;
    readonly at: Instant;
  }[];
  readonly papers: readonly IdentityPaper[];
  readonly promotionMails: boolean;
  readonly circleStatement: boolean;
  /** When contract data last changed that have to be proven by a paper. */
  readonly toProveSince: Instant | null;
  /** When the name last changed; null once a paper proved it. */
  readonly renamedAt: Instant | null;
  readonly nameChanges: readonly NameChange[];
  readonly closedAt: Instant | null;
  readonly erasedAt: Instant | null;
}

export const partyStream = (account: AccountId): string => `party-${account}`;

/** So many papers wait at most: a form cannot fill the store. */
const PAPERS_WAITING_MOST = 20;

/** Whether a new identity paper is due: name or address changed, and none was approved or sent since. */
export const isPaperDue = ({ toProveSince, papers }: PartyState): boolean =>
  toProveSince !== null &&
  !papers.some(({ state, uploadedAt }) => state !== 'asked_again' && uploadedAt >= toProveSince);

/** Where devices go: the address of their own, else that of everything that is sent (DEV-04). */
export const deliveryOf = ({ delivery, shipping }: PartyState): DataReference | null => delivery ?? shipping;

/** Whether an event refers to this record. */
export const refersTo = ({ versions, papers }: PartyState, ref: string): boolean =>
  versions.some(one => one.ref === ref) || papers.some(one => one.picture.ref === ref);

type Decision = Outcome<PartyEvent, PartyRejection>;
type Command<Type extends PartyCommand['type']> = Extract<PartyCommand, { type: Type }>;

const CHANGED = {
  contract: 'ContractDataChanged',
  billing: 'BillingDataChanged',
  shipping: 'ShippingDataChanged',
  delivery: 'DeliveryAddressChanged',
} as const;

function changeData(command: Command<'ChangeData'>, state: PartyState): Decision {
  const { now: at, account, part, data, kind, fields } = command;
  if (command.ownNumber) return rejected(partyRefusals.EMERGENCY_NUMBER_OURS);
  if ((state[part]?.ref ?? null) !== command.follows) return rejected(partyRefusals.PARTY_CHANGED_MEANWHILE);
  if (fields.length === 0) return nothing(partyUnchanged.SAME_DATA);
  return happened<PartyEvent>({ type: CHANGED[part], at, account, data, kind, fields });
}

function changeCircle(command: Command<'ChangeCircleData'>, state: PartyState): Decision {
  const { now: at, account, circle, data, fields } = command;
  if ((state.circles.get(circle)?.data.ref ?? null) !== command.follows)
    return rejected(partyRefusals.PARTY_CHANGED_MEANWHILE);
  if (fields.length === 0) return nothing(partyUnchanged.SAME_DATA);
  return happened<PartyEvent>({ type: 'CircleDataChanged', at, account, circle, data, fields });
}

function changeMails(command: Command<'ChangeMails'>, state: PartyState): Decision {
  const { now: at, account, data, fields } = command;
  if ((state.mails?.ref ?? null) !== command.follows) return rejected(partyRefusals.PARTY_CHANGED_MEANWHILE);
  if (fields.length === 0) return nothing(partyUnchanged.SAME_ADDRESSES);
  return happened<PartyEvent>({ type: 'PartyMailsChanged', at, account, data, fields });
}

const PAPER_REFUSALS = {
  DATE_REQUIRED: partyRefusals.PAPER_DATE_REQUIRED,
  TOO_OLD: partyRefusals.PAPER_TOO_OLD,
  EXPIRED: partyRefusals.PAPER_EXPIRED,
} as const;

function uploadPaper(command: Command<'UploadPaper'>, state: PartyState): Decision {
  const { now: at, account, paper, kind, picture, format, bytes } = command;
  const wrong = paperProblem(kind, command, BusinessDay.of(at));
  if (wrong) return rejected(PAPER_REFUSALS[wrong]);
  if (state.papers.filter(one => one.state === 'waiting').length >= PAPERS_WAITING_MOST)
    return rejected(partyRefusals.TOO_MANY_PAPERS);
  return happened<PartyEvent>({
    type: 'IdentityPaperUploaded',
    at,
    account,
    paper,
    kind,
    picture,
    format,
    bytes,
  });
}

function decidePaper(command: Command<'ApprovePaper' | 'AskPaperAgain'>, state: PartyState): Decision {
  const { now: at, account, paper } = command;
  const known = state.papers.find(one => one.paper === paper);
  if (!known) return rejected(partyRefusals.NO_SUCH_PAPER);
  const wanted = command.type === 'ApprovePaper' ? 'approved' : 'asked_again';
  if (known.state === wanted) return nothing(partyUnchanged.DECIDED_SO);
  if (known.state !== 'waiting') return rejected(partyRefusals.PAPER_DECIDED);
  if (command.type === 'AskPaperAgain')
    return happened<PartyEvent>({ type: 'IdentityPaperAskedAgain', at, account, paper, why: command.why });
  const events: PartyEvent[] = [{ type: 'IdentityPaperApproved', at, account, paper }];
  if (proves(known, state))
    events.push({ type: 'NameChangeApproved', at, account, paper, ...command.nameFee });
  return { kind: 'events', events };
}

/** Whether a paper was sent for the name as it is now. */
const proves = ({ uploadedAt }: IdentityPaper, { renamedAt }: PartyState): boolean =>
  renamedAt !== null && uploadedAt >= renamedAt;

function chargeNameChange(command: Command<'ChargeNameChange'>, state: PartyState): Decision {
  const { now: at, account, paper } = command;
  const known = state.nameChanges.find(one => one.paper === paper);
  if (!known) return rejected(partyRefusals.NO_SUCH_PAPER);
  if (known.charged) return nothing(partyUnchanged.CHARGED_BEFORE);
  return happened<PartyEvent>({ type: 'NameChangeCharged', at, account, paper });
}

function decide(command: PartyCommand, state: PartyState): Decision {
  const { now: at, account } = command;
  if (command.type === 'EraseAccount') {
    if (state.erasedAt !== null) return nothing(partyUnchanged.ERASED_BEFORE);
    const { why, approvedBy } = command;
    return happened<PartyEvent>({ type: 'AccountErased', at, account, why, approvedBy });
  }
  // What was approved is charged, whatever became of the account since.
  if (command.type === 'ChargeNameChange') return chargeNameChange(command, state);
  if (state.erasedAt !== null) return rejected(partyRefusals.ACCOUNT_ERASED);
  if (command.type === 'CloseAccount') {
    if (state.closedAt !== null) return nothing(partyUnchanged.CLOSED_BEFORE);
    return happened<PartyEvent>({ type: 'PartyClosed', at, account, why: command.why });
  }
  if (state.closedAt !== null) return rejected(partyRefusals.ACCOUNT_CLOSED);
  switch (command.type) {
    case 'ChangeData':
      return changeData(command, state);
    case 'ChangeCircleData':
      return changeCircle(command, state);
    case 'ChangeMails':
      return changeMails(command, state);
    case 'UploadPaper':
      return uploadPaper(command, state);
    case 'ApprovePaper':
    case 'AskPaperAgain':
      return decidePaper(command, state);
    case 'SetPromotionMails':
      if (state.promotionMails === command.wanted) return nothing(partyUnchanged.SET_SO);
      return happened<PartyEvent>({ type: 'PromotionMailsSet', at, account, wanted: command.wanted });
    case 'SetCircleStatement':
      if (state.circleStatement === command.shown) return nothing(partyUnchanged.SET_SO);
      return happened<PartyEvent>({ type: 'CircleStatementSet', at, account, shown: command.shown });
    default:
      return assertNever(command);
  }
}

const withPaper = (
  state: PartyState,
  { paper, at }: { readonly paper: string; readonly at: Instant },
  decided: Pick<IdentityPaper, 'state' | 'why'>,
): PartyState => ({
  ...state,
  papers: state.papers.map(one => (one.paper === paper ? { ...one, ...decided, decidedAt: at } : one)),
});

const withData = (
  state: PartyState,
  part: DataPart | 'mails',
  { data, at }: { readonly data: DataReference; readonly at: Instant },
): PartyState => ({
  ...state,
  [part]: data,
  versions: [...state.versions, { part, ref: data.ref, at }],
});

function evolve(state: PartyState, event: PartyEvent): PartyState {
  switch (event.type) {
    case 'ContractDataChanged': {
      const toProve = event.fields.some(field => PROVEN_FIELDS.includes(field));
      // What is said first is no change of name, and costs nothing.
      const renamed = state.contract !== null && event.fields.includes('name');
      const known = { ...state, kind: event.kind, ...(renamed && { renamedAt: event.at }) };
      const changed = withData(known, 'contract', event);
      return toProve ? { ...changed, toProveSince: event.at } : changed;
    }
    case 'BillingDataChanged':
      return withData(state, 'billing', event);
    case 'ShippingDataChanged':
      return withData(state, 'shipping', event);
    case 'DeliveryAddressChanged':
      return withData(state, 'delivery', event);
    case 'CircleDataChanged': {
      const { circle, data, at } = event;
      return {
        ...state,
        circles: new Map(state.circles).set(circle, { data, at }),
        versions: [...state.versions, { part: 'circle', ref: data.ref, at }],
      };
    }
    case 'PartyMailsChanged':
      return withData(state, 'mails', event);
    case 'IdentityPaperUploaded': {
      const { paper, kind, picture, format, bytes, at: uploadedAt } = event;
      const waiting = { state: 'waiting', why: null, decidedAt: null } as const;
      return {
        ...state,
        papers: [...state.papers, { paper, kind, picture, format, bytes, uploadedAt, ...waiting }],
      };
    }
    case 'IdentityPaperApproved': {
      const known = state.papers.find(one => one.paper === event.paper);
      const proven = known && proves(known, state) ? { ...state, renamedAt: null } : state;
      return withPaper(proven, event, { state: 'approved', why: null });
    }
    case 'NameChangeApproved': {
      const { paper, fee, feeSince, at: approvedAt } = event;
      const approved = { paper, fee, feeSince, approvedAt, charged: false };
      return { ...state, nameChanges: [...state.nameChanges, approved] };
    }
    case 'NameChangeCharged': {
      const nameChanges = state.nameChanges.map(one =>
        one.paper === event.paper ? { ...one, charged: true } : one,
      );
      return { ...state, nameChanges };
    }
    case 'IdentityPaperAskedAgain':
      return withPaper(state, event, { state: 'asked_again', why: event.why });
    case 'PromotionMailsSet':
      return { ...state, promotionMails: event.wanted };
    case 'CircleStatementSet':
      return { ...state, circleStatement: event.shown };
    case 'PartyClosed':
      return { ...state, closedAt: event.at };
    case 'AccountErased':
      return { ...state, closedAt: state.closedAt ?? event.at, erasedAt: event.at };
    default:
      return assertNever(event);
  }
}

export const party: Decider<PartyCommand, PartyEvent, PartyState, PartyRejection> = {
  name: 'party',
  fresh: () => ({
    contract: null,
    kind: null,
    billing: null,
    shipping: null,
    delivery: null,
    mails: null,
    circles: new Map(),
    versions: [],
    papers: [],
    promotionMails: true,
    circleStatement: false,
    toProveSince: null,
    renamedAt: null,
    nameChanges: [],
    closedAt: null,
    erasedAt: null,
  }),
  decide,
  evolve,
};
