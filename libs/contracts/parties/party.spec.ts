import { type AccountId, BusinessDay, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import { type PartyEvent, partyEvents } from './party.events.js';
import { isPaperDue, type PartyCommand, party, refersTo } from './party.js';

const account = 'A1' as AccountId;
const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const later = Instant.plusMs(now, 60_000);
const ref = (name: string) => ({ ref: name, mac: `mac of ${name}` });
const { given } = specOf(party);

const change = (over: Partial<Extract<PartyCommand, { type: 'ChangeData' }>> = {}): PartyCommand => ({
  ...{ type: 'ChangeData', now, account, part: 'contract', kind: 'individual', data: ref('r1') },
  ...{ fields: ['name'], follows: null, ownNumber: false },
  ...over,
});
const changed = (name = 'r1', at = now): PartyEvent => ({
  ...{ type: 'ContractDataChanged', at, account, data: ref(name), kind: 'individual', fields: ['name'] },
});
const upload = (over: Partial<Extract<PartyCommand, { type: 'UploadPaper' }>> = {}): PartyCommand => ({
  ...{ type: 'UploadPaper', now, account, paper: 'p1', kind: 'passport', issuedOn: null, validUntil: null },
  ...{ picture: ref('pic'), format: 'image/png', bytes: 100 },
  ...over,
});
const uploaded = (paper = 'p1', at = now): PartyEvent => ({
  ...{ type: 'IdentityPaperUploaded', at, account, paper, kind: 'passport', picture: ref('pic') },
  ...{ format: 'image/png', bytes: 100 },
});
const nameFee = { fee: Money.of('3000'), feeSince: BusinessDay.parse('2026-01-01') };
const approve: PartyCommand = { type: 'ApprovePaper', now, account, paper: 'p1', nameFee };
const askAgain: PartyCommand = { type: 'AskPaperAgain', now, account, paper: 'p1', why: 'unclear' };
const approved: PartyEvent = { type: 'IdentityPaperApproved', at: now, account, paper: 'p1' };
const closed: PartyEvent = { type: 'PartyClosed', at: now, account, why: 'at_request' };
const erased: PartyEvent = {
  ...{ type: 'AccountErased', at: now, account, why: 'person_asked', approvedBy: 'staff:b' },
};
const erase: PartyCommand = {
  ...{ type: 'EraseAccount', now, account, why: 'person_asked', approvedBy: 'staff:b' },
};

describe('the data of a party', () => {
  it('are changed by reference, with the fields that changed and without what they say', () =>
    given().when(change()).then(changed()));

  it('follow the version they were compared with: PARTY_CHANGED_MEANWHILE', () => {
    given(changed()).when(change()).thenRejected('PARTY_CHANGED_MEANWHILE');
    given(changed())
      .when(change({ follows: 'r0' }))
      .thenRejected('PARTY_CHANGED_MEANWHILE');
    given(changed())
      .when(change({ follows: 'r1', data: ref('r2') }))
      .then(changed('r2'));
  });

  it('are as they are when nothing changed', () =>
    given(changed())
      .when(change({ follows: 'r1', fields: [] }))
      .thenNothing('it says this already'));

  it('have an emergency contact that we do not supply: EMERGENCY_NUMBER_OURS', () =>
    given()
      .when(change({ ownNumber: true }))
      .thenRejected('EMERGENCY_NUMBER_OURS'));

  it('ACC-19: are of each circle apart, each following its own version', () => {
    const ofCircle = (circle: string, name: string, follows: string | null): PartyCommand => ({
      ...{ type: 'ChangeCircleData', now, account, circle, data: ref(name), fields: ['person'], follows },
    });
    const told = (circle: string, name: string): PartyEvent => ({
      ...{ type: 'CircleDataChanged', at: now, account, circle, data: ref(name), fields: ['person'] },
    });
    given()
      .when(ofCircle('c1', 'r1', null))
      .then(told('c1', 'r1'));
    const both = given(told('c1', 'r1'), told('c2', 'r2'));
    both.when(ofCircle('c1', 'r3', null)).thenRejected('PARTY_CHANGED_MEANWHILE');
    both.when(ofCircle('c1', 'r3', 'r2')).thenRejected('PARTY_CHANGED_MEANWHILE');
    both.when(ofCircle('c2', 'r3', 'r2')).then(told('c2', 'r3'));
    both
      .when({ ...ofCircle('c2', 'r3', 'r2'), fields: [] } as PartyCommand)
      .thenNothing('it says this already');
    expect(['r1', 'r2', 'r3'].map(name => refersTo(both.state, name))).toEqual([true, true, false]);
    given(erased)
      .when(ofCircle('c1', 'r1', null))
      .thenRejected('ACCOUNT_ERASED');
  });

  it('keep every version with its beginning', () => {
    const { state } = given(changed('r1'), changed('r2', later));
    expect(state.versions).toEqual([
      { part: 'contract', ref: 'r1', at: now },
      { part: 'contract', ref: 'r2', at: later },
    ]);
    expect(['r1', 'r2', 'r3'].map(name => refersTo(state, name))).toEqual([true, true, false]);
  });

  it('are one of three parts, and the mail addresses are a fourth', () => {
    const { state } = given(
      changed(),
      { ...changed('b1'), type: 'BillingDataChanged' } as PartyEvent,
      { ...changed('s1'), type: 'ShippingDataChanged' } as PartyEvent,
      { type: 'PartyMailsChanged', at: now, account, data: ref('m1'), fields: ['billing'] },
    );
    expect([state.contract, state.billing, state.shipping, state.mails]).toEqual(
      ['r1', 'b1', 's1', 'm1'].map(ref),
    );
  });
});

describe('identity papers', () => {
  it('wait until staff decide', () => {
    given().when(upload()).then(uploaded());
    given(uploaded()).when(approve).then(approved);
    given(uploaded())
      .when(askAgain)
      .then({ type: 'IdentityPaperAskedAgain', at: now, account, paper: 'p1', why: 'unclear' });
  });

  it('are decided on once: PAPER_DECIDED', () => {
    given(uploaded(), approved).when(approve).thenNothing('this was decided already');
    given(uploaded(), approved).when(askAgain).thenRejected('PAPER_DECIDED');
    given().when(approve).thenRejected('NO_SUCH_PAPER');
  });

  it('are refused when they are too old, have ended or say no date they need', () => {
    given()
      .when(upload({ kind: 'utility_receipt' }))
      .thenRejected('PAPER_DATE_REQUIRED');
    const [issuedOn, validUntil] = [20_000, 20_001] as never[];
    given()
      .when(upload({ kind: 'utility_receipt', issuedOn: issuedOn! }))
      .thenRejected('PAPER_TOO_OLD');
    given()
      .when(upload({ validUntil: validUntil! }))
      .thenRejected('PAPER_EXPIRED');
  });

  it('wait twenty at a time: TOO_MANY_PAPERS', () => {
    const many = Array.from({ length: 20 }, (_, i) => uploaded(`p${i}`));
    given(...many)
      .when(upload({ paper: 'more' }))
      .thenRejected('TOO_MANY_PAPERS');
  });

  it('are due after name or address changed, until one was sent since', () => {
    expect(isPaperDue(given(uploaded(), approved).state)).toBe(false);
    expect(isPaperDue(given(uploaded(), approved, changed('r1', later)).state)).toBe(true);
    expect(isPaperDue(given(changed(), uploaded('p1', later)).state)).toBe(false);
    const phone: PartyEvent = { ...changed(), fields: ['phone'] } as PartyEvent;
    expect(isPaperDue(given(phone).state)).toBe(false);
    const again = given(changed(), uploaded(), {
      ...{ type: 'IdentityPaperAskedAgain', at: later, account, paper: 'p1', why: 'unclear' },
    } as PartyEvent);
    expect(isPaperDue(again.state)).toBe(true);
  });
});

describe('the settings of an account', () => {
  it('want promotion mail and one statement for all until they say otherwise', () => {
    const off = { type: 'SetPromotionMails', now, account, wanted: false } as const;
    given().when(off).then({ type: 'PromotionMailsSet', at: now, account, wanted: false });
    given()
      .when({ ...off, wanted: true })
      .thenNothing('it is set so already');
    const on = { type: 'SetCircleStatement', now, account, shown: true } as const;
    given().when(on).then({ type: 'CircleStatementSet', at: now, account, shown: true });
    given()
      .when({ ...on, shown: false })
      .thenNothing('it is set so already');
  });
});

describe('a closed account', () => {
  it('changes no more: ACCOUNT_CLOSED', () => {
    given().when({ type: 'CloseAccount', now, account, why: 'at_request' }).then(closed);
    given(closed)
      .when({ type: 'CloseAccount', now, account, why: 'other' })
      .thenNothing('it is closed already');
    for (const command of [change(), upload(), approve])
      given(closed).when(command).thenRejected('ACCOUNT_CLOSED');
  });

  it('can still be erased', () => given(closed).when(erase).then(erased));
});

describe('an erased account', () => {
  it('is erased once, by one person with the approval of another', () => {
    given().when(erase).then(erased);
    given(erased).when(erase).thenNothing('it was erased already');
  });

  it('takes nothing more: ACCOUNT_ERASED', () => {
    for (const command of [change(), upload(), approve, { type: 'CloseAccount', now, account, why: 'other' }])
      given(erased)
        .when(command as PartyCommand)
        .thenRejected('ACCOUNT_ERASED');
  });
});

describe('the events of a party', () => {
  it('hold no text of people: ids, references and words of ours only', () => {
    const ids = new Set(['account', 'circle', 'paper', 'ref', 'mac', 'approvedBy']);
    const texts = (facts: Readonly<Record<string, { kind: string; inner: object | null }>>): string[] =>
      Object.entries(facts).flatMap(([name, one]) => [
        ...(/\btext\b|json/.test(one.kind) ? [name] : []),
        ...(one.inner ? texts(one.inner as never) : []),
      ]);
    for (const { type, facts } of partyEvents.stored)
      expect([type, texts(facts).filter(name => !ids.has(name))]).toEqual([type, []]);
  });
});

describe('a change of name (INF-04)', () => {
  const renamed = changed('r2', later);
  const afterwards = uploaded('p1', Instant.plusMs(later, 1));
  const nameChange: PartyEvent = { type: 'NameChangeApproved', at: now, account, paper: 'p1', ...nameFee };
  const charged: PartyEvent = { type: 'NameChangeCharged', at: now, account, paper: 'p1' };
  const charge: PartyCommand = { type: 'ChargeNameChange', now, account, paper: 'p1' };
  const moved: PartyEvent = {
    ...{ type: 'ContractDataChanged', at: later, account, data: ref('r2'), kind: 'individual' },
    fields: ['city'],
  };

  it('costs its fee when the paper that was sent for it is approved', () =>
    given(changed(), renamed, afterwards).when(approve).then(approved, nameChange));

  it('is none where the name was said for the first time, or only the address changed', () => {
    given(changed(), uploaded('p1', later)).when(approve).then(approved);
    given(changed(), moved, afterwards).when(approve).then(approved);
  });

  it('is not proven by a paper of before', () =>
    given(changed(), uploaded(), renamed).when(approve).then(approved));

  it('costs once: a second paper for the same name is free', () =>
    given(changed(), renamed, uploaded('p0', later), afterwards, { ...approved, paper: 'p0' })
      .when(approve)
      .then(approved));

  it('is charged once, also when the account was closed or erased since', () => {
    const before = [changed(), renamed, afterwards, approved, nameChange];
    given(...before)
      .when(charge)
      .then(charged);
    given(...before, closed)
      .when(charge)
      .then(charged);
    given(...before, erased)
      .when(charge)
      .then(charged);
    given(...before, charged)
      .when(charge)
      .thenNothing('the fee was debited already');
    given(changed(), afterwards, approved).when(charge).thenRejected('NO_SUCH_PAPER');
  });
});
