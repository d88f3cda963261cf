import {
  assertNever,
  type Codec,
  type Decider,
  happened,
  Instant,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';

/** How the one rounding of tax per rate and invoice is done; fixed per issuer (J-01). */
export const TAX_ROUNDINGS = ['floor', 'half_up', 'ceil'] as const;
export type TaxRounding = (typeof TAX_ROUNDINGS)[number];

/** Who issues the invoices (適格請求書発行事業者). */
export interface IssuerProfile {
  readonly name: string;
  /** 7 digits with or without hyphen; empty when it is not to be printed. */
  readonly postalCode: string;
  readonly address: string;
  /** `T` + 13 digits; empty for an issuer who is not registered. */
  readonly registrationNumber: string;
  readonly phone: string;
  readonly taxRounding: TaxRounding;
}

/** Events of the stream `issuer`. */
export type IssuerEvent = {
  readonly type: 'IssuerRegistered';
  readonly at: Instant;
  readonly profile: IssuerProfile;
};
export type IssuerCommand = {
  readonly type: 'RegisterIssuer';
  readonly now: Instant;
  readonly profile: IssuerProfile;
};

export const ISSUER_REJECTIONS = [
  'ISSUER_NAME_REQUIRED',
  'REGISTRATION_NUMBER_INVALID',
  'TAX_ROUNDING_FIXED',
] as const;
export type IssuerRejection = (typeof ISSUER_REJECTIONS)[number];
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
  if (profile.name.trim() === '') return rejected('ISSUER_NAME_REQUIRED', 'an issuer needs a name');
  if (profile.registrationNumber !== '' && !/^T\d{13}$/.test(profile.registrationNumber)) {
    return rejected('REGISTRATION_NUMBER_INVALID', 'a registration number is T and 13 digits');
  }
  if (state.profile && state.profile.taxRounding !== profile.taxRounding) {
    return rejected(
      'TAX_ROUNDING_FIXED',
      `the issuer rounds tax by ${state.profile.taxRounding}; the method is fixed (J-01)`,
    );
  }
  if (state.profile && JSON.stringify(state.profile) === JSON.stringify(profile))
    return nothing('the issuer is registered like this already');
  return happened<IssuerEvent>({ type: 'IssuerRegistered', at: command.now, profile });
}

export const issuer: Decider<IssuerCommand, IssuerEvent, IssuerState, IssuerRejection> = {
  name: 'issuer',
  initial: { profile: null },
  fresh: () => ({ profile: null }),
  decide,
  evolve: (_state, event) => ({ profile: event.profile }),
};

export const issuerCodec: Codec<IssuerEvent> = {
  secrets: nothingSecretIn('contracts.IssuerRegistered.v1'),
  occurredAt: event => event.at,
  encode(event) {
    switch (event.type) {
      case 'IssuerRegistered': {
        const { name, postalCode, address, registrationNumber, phone, taxRounding } = event.profile;
        return {
          type: 'contracts.IssuerRegistered.v1',
          data: {
            at: Instant.text(event.at),
            name,
            postalCode,
            address,
            registrationNumber,
            phone,
            taxRounding,
          },
        };
      }
      default:
        return assertNever(event.type);
    }
  },
  decode(type, data) {
    if (type !== 'contracts.IssuerRegistered.v1')
      throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    const { at, name, postalCode, address, registrationNumber, phone, taxRounding } =
      data as IssuerProfile & { at: string };
    return {
      type: 'IssuerRegistered',
      at: Instant.parse(at),
      profile: { name, postalCode, address, registrationNumber, phone, taxRounding },
    };
  },
};
