import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Passkey, PasskeyCeremony, PasskeyOptions, Passkeys } from '#ports';

export interface PasskeyRelyingParty {
  /** The host of the portal; a passkey is bound to it for ever. */
  readonly id: string;
  readonly name: string;
  /** Where the portal is opened, e.g. `https://billing.example.jp`. */
  readonly origin: string;
}

const CEREMONY_MS = 300_000;
/** EdDSA, ES256, RS256 of COSE: what authenticators have. Later ones are still an experiment of Node. */
const ALGORITHMS = [-8, -7, -257];
const CREDENTIAL_ID = /^[A-Za-z0-9_-]{1,1364}$/;

/** Read on the first use: certificates and CBOR are much code that most starts never need. */
const library = () => import('@simplewebauthn/server');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the library relies on before it looks inside. */
function isResponse(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['response'])) return false;
  const { id, rawId, type } = value;
  const inner = value['response'];
  return (
    typeof id === 'string' &&
    CREDENTIAL_ID.test(id) &&
    rawId === id &&
    type === 'public-key' &&
    typeof inner['clientDataJSON'] === 'string'
  );
}

const descriptors = (known: readonly Passkey[]) =>
  known.map(({ id, transports }) => ({ id, transports: [...transports] }));

const ceremony = (options: { readonly challenge: string }): PasskeyCeremony => ({
  options: options as unknown as PasskeyOptions,
  challenge: options.challenge,
});

type Registering = Pick<Passkeys, 'registrationOptions' | 'verifyRegistration'>;
type Authenticating = Omit<Passkeys, keyof Registering>;

/** WebAuthn by @simplewebauthn/server: no attestation asked for, the user verified every time. */
export const openPasskeys = (site: PasskeyRelyingParty): Passkeys => ({
  ...registering(site),
  ...authenticating(site),
});

function registering({ id, name, origin }: PasskeyRelyingParty): Registering {
  return {
    async registrationOptions({ userId, userName, displayName }, known) {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        rpID: id,
        rpName: name,
        userID: new TextEncoder().encode(userId),
        userName,
        userDisplayName: displayName,
        timeout: CEREMONY_MS,
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: descriptors(known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      });
      return ceremony(options);
    },

    async verifyRegistration(challenge, response) {
      if (!isResponse(response)) return null;
      const { verifyRegistrationResponse } = await library();
      // The library throws for whatever does not fit, also for what is no CBOR at all.
      const result = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => null);
      if (!result?.verified) return null;
      const { credential } = result.registrationInfo;
      return {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: (credential.transports ?? []).filter(word => /^[a-z-]{1,20}$/.test(word)).slice(0, 8),
      };
    },
  };
}

function authenticating({ id, origin }: PasskeyRelyingParty): Authenticating {
  return {
    async authenticationOptions(known) {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({
        rpID: id,
        timeout: CEREMONY_MS,
        userVerification: 'required',
        allowCredentials: descriptors(known),
      });
      return ceremony(options);
    },

    async verifyAuthentication(challenge, response, known) {
      if (!isResponse(response)) return null;
      const answer = response as AuthenticationResponseJSON;
      const passkey = known.find(one => one.id === answer.id);
      if (!passkey) return null;
      const { verifyAuthenticationResponse } = await library();
      const result = await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: true,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          counter: passkey.counter,
        },
      }).catch(() => null);
      if (!result?.verified) return null;
      return { id: passkey.id, counter: result.authenticationInfo.newCounter };
    },
  };
}
