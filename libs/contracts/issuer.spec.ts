import { Instant, TAX_ROUNDINGS } from '#kernel';
import { specOf } from '#testing';
import {
  ISSUER_STREAM,
  type IssuerCommand,
  type IssuerEvent,
  type IssuerProfile,
  type IssuerRejection,
  issuer,
  issuerRefusals,
  UNREGISTERED_ISSUER,
} from './issuer.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const profile: IssuerProfile = {
  name: '台帳通信株式会社',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  registrationNumber: 'T8700110005901',
  phone: '03-0000-0000',
  taxRounding: 'floor',
};
const register = (other: Partial<IssuerProfile> = {}): IssuerCommand => ({
  type: 'RegisterIssuer',
  now,
  profile: { ...profile, ...other },
});
const registered = (other: Partial<IssuerProfile> = {}): IssuerEvent => ({
  type: 'IssuerRegistered',
  at: now,
  profile: { ...profile, ...other },
});
const { given } = specOf(issuer);

describe('the issuer of invoices (J-01)', () => {
  it('is registered as a whole', () => given().when(register()).then(registered()));

  it.each(TAX_ROUNDINGS)('may round tax by %s, once chosen', taxRounding =>
    given().when(register({ taxRounding })).then(registered({ taxRounding })),
  );

  it('may be registered without a registration number', () =>
    given()
      .when(register({ registrationNumber: '' }))
      .then(registered({ registrationNumber: '' })));

  it('moves to another address', () =>
    given(registered())
      .when(register({ address: '大阪府' }))
      .then(registered({ address: '大阪府' })));

  it('is registered once', () =>
    given(registered()).when(register()).thenNothing('the issuer is registered like this already'));

  it('is visibly nobody until then', () => {
    expect(given().state).toEqual({ profile: null });
    expect(UNREGISTERED_ISSUER).toMatchObject({ name: '(発行者未登録)', registrationNumber: '' });
    expect(ISSUER_STREAM).toBe('issuer');
  });
});

const ROWS: readonly (readonly [IssuerRejection, string, IssuerEvent[], IssuerCommand])[] = [
  [
    'ISSUER_NAME_REQUIRED',
    'no name, number and rounding wrong',
    [registered()],
    register({ name: ' ', registrationNumber: 'T1', taxRounding: 'ceil' }),
  ],
  [
    'REGISTRATION_NUMBER_INVALID',
    'twelve digits, and another rounding',
    [registered()],
    register({ registrationNumber: 'T870011000590', taxRounding: 'ceil' }),
  ],
  ['REGISTRATION_NUMBER_INVALID', 'no T', [], register({ registrationNumber: '8700110005901' })],
  ['TAX_ROUNDING_FIXED', 'floor, then half up', [registered()], register({ taxRounding: 'half_up' })],
];

describe('rejections of an issuer, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () =>
    expect([...new Set(ROWS.map(([code]) => code))]).toEqual(Object.keys(issuerRefusals)));
});
