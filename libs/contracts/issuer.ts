import {
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
  TAX_ROUNDINGS,
  type ValuesOf,
} from '#kernel';

const issuerFacts = {
  name: fact.text,
  /** 7 digits with or without hyphen; empty when it is not to be printed. */
  postalCode: fact.text,
  address: fact.text,
  /** `T` + 13 digits; empty for an issuer who is not registered. */
  registrationNumber: fact.text,
  phone: fact.text,
  taxRounding: fact.oneOf(...TAX_ROUNDINGS),
};
/** Who issues the invoices (適格請求書発行事業者). */
export type IssuerProfile = ValuesOf<typeof issuerFacts>;

/** Events of the stream `issuer`. */
export const issuerEvents = defineEvents(
  { context: 'contracts', stream: 'issuer' },
  {
    IssuerRegistered: event(
      { profile: fact.inline(issuerFacts) },
      {
        word: {
          ja: '請求書の発行者を登録した。税の端数処理はここで固定される。',
          en: 'The issuer of the invoices was registered; with it the rounding of taxes is fixed (J-01).',
        },
        sentence: {
          ja: '請求書の発行者 {name}[（登録番号 {registrationNumber}）]を登録した。',
          en: 'Issuer {name}[ (registration number {registrationNumber})] was registered.',
        },
      },
    ),
  },
);
export type IssuerEvent = EventOf<typeof issuerEvents>;
export type IssuerCommand = {
  readonly type: 'RegisterIssuer';
  readonly now: Instant;
  readonly profile: IssuerProfile;
};

export const issuerRefusals = defineRefusals({
  ISSUER_NAME_REQUIRED: {
    status: 422,
    ja: '発行者の名称が必要です。',
    en: 'An issuer needs a name.',
  },
  REGISTRATION_NUMBER_INVALID: {
    status: 422,
    ja: '登録番号は T と数字13桁です。',
    en: 'A registration number is T and 13 digits.',
  },
  TAX_ROUNDING_FIXED: {
    status: 409,
    ja: '消費税の端数処理は {rounding} に決まっており、変更できません（J-01）。',
    en: 'The issuer rounds tax by {rounding}; the method is fixed (J-01).',
  },
});

/** Why a command may have nothing to do. */
const issuerUnchanged = defineUnchanged({
  SAME_ISSUER: {
    ja: '発行者は、既にこの内容で登録されています。',
    en: 'the issuer is registered like this already',
  },
});
export type IssuerRejection = CodeOf<typeof issuerRefusals>;
export interface IssuerState {
  readonly profile: IssuerProfile | null;
}

export const ISSUER_STREAM = 'issuer';

/** What stands on documents until an issuer is registered: visibly unregistered, never a made-up company. */
export const UNREGISTERED_ISSUER: IssuerProfile = {
  name: '(発行者未登録)',
  postalCode: '',
  address: '',
  registrationNumber: '',
  phone: '',
  taxRounding: 'half_up',
};

function decide(command: IssuerCommand, state: IssuerState): Outcome<IssuerEvent, IssuerRejection> {
  const { profile } = command;
  if (profile.name.trim() === '') return rejected(issuerRefusals.ISSUER_NAME_REQUIRED);
  if (profile.registrationNumber !== '' && !/^T\d{13}$/.test(profile.registrationNumber)) {
    return rejected(issuerRefusals.REGISTRATION_NUMBER_INVALID);
  }
  if (state.profile && state.profile.taxRounding !== profile.taxRounding) {
    return rejected(issuerRefusals.TAX_ROUNDING_FIXED, { rounding: state.profile.taxRounding });
  }
  if (state.profile && JSON.stringify(state.profile) === JSON.stringify(profile))
    return nothing(issuerUnchanged.SAME_ISSUER);
  return happened<IssuerEvent>({ type: 'IssuerRegistered', at: command.now, profile });
}

export const issuer: Decider<IssuerCommand, IssuerEvent, IssuerState, IssuerRejection> = {
  name: 'issuer',
  fresh: () => ({ profile: null }),
  decide,
  evolve: (_state, event) => ({ profile: event.profile }),
};
