import { rmSync } from 'node:fs';
import { cryptoRandom, openSecretBox, otpauthTotp } from '#adapters/credentials';
import { openSandboxMessages } from '#adapters/sandbox-messages';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Clock, Passkey, Passkeys, PasswordHasher } from '#ports';
import type { Answer, Caller, Identity, IdentityPorts, LiveSession, Opened } from '#runtime';
import { SimulatedClock } from '#testing';
import { temporaryDirectory } from './temporary-directory.js';

export const A1 = parseAccountId('A1');
export const ORIGIN = { address: '192.0.2.7', agent: 'Browser/1' };
export const PASSWORD = 'Abcdef!1';

/** A hash that costs nothing: how slow the real one is, its own contract tests. */
export const quickHasher: PasswordHasher & { verified: number } = {
  verified: 0,
  hash: async password => `quick$${Buffer.from(password).toString('base64url')}`,
  async verify(hash, password) {
    this.verified++;
    return hash === `quick$${Buffer.from(password).toString('base64url')}`;
  },
  async verifyUnknown() {
    this.verified++;
    return false;
  },
  isWeak: () => false,
};

const KEY: Passkey = { id: 'pk-1', publicKey: 'AAAA', counter: 0, transports: ['internal'] };
/** A passkey that answers with the challenge itself. */
const echoPasskeys: Passkeys = {
  registrationOptions: async () => ({ options: { rp: {} }, challenge: 'c-register' }),
  verifyRegistration: async (challenge, response) => (response === challenge ? KEY : null),
  authenticationOptions: async () => ({ options: { allow: [] }, challenge: 'c-sign-in' }),
  verifyAuthentication: async (challenge, response, known) =>
    response === challenge && known[0] ? { id: known[0].id, counter: known[0].counter + 1 } : null,
};

export interface IdentityHome {
  readonly identity: Identity;
  readonly product: Awaited<ReturnType<typeof openProduct>>;
  readonly clock: SimulatedClock;
  readonly directory: string;
  readonly ports: IdentityPorts;
  /** Newest message first. */
  messages(): readonly { readonly to: string; readonly text: string }[];
  /** Closes and opens it again, as after a restart. */
  restarted(): Promise<IdentityHome>;
  end(): Promise<void>;
}

export function portsAt(clock: Clock): IdentityPorts {
  const outbox = openSandboxMessages({ clock });
  return {
    sender: outbox,
    kinds: ['sms', 'voice', 'mail'],
    outbox,
    passwords: quickHasher,
    secrets: openSecretBox([Buffer.alloc(32, 7)]),
    totp: otpauthTotp('Daicho'),
    passkeys: echoPasskeys,
    random: cryptoRandom,
    publicUrl: 'https://portal.example.jp',
  };
}

async function openHome(
  directory: string,
  clock: SimulatedClock,
  ports: IdentityPorts,
): Promise<IdentityHome> {
  const product = await openProduct({ directory, clock, identity: ports });
  return {
    product,
    identity: product.identity,
    clock,
    directory,
    ports,
    messages: () => ports.outbox!.list(),
    async restarted() {
      await product.close();
      return openHome(directory, clock, ports);
    },
    async end() {
      await product.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

let commands = 0;
export const caller = (reason = '初期設定'): Caller => ({
  actor: { id: 'key:first', reason },
  commandId: `identity-home-${++commands}`,
});

export function resultOf<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}
export const codeOf = (answer: Answer<unknown>): string =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

/** A product with one account `A1` of two numbers, at half past nine of 2026-10-01. */
export async function identityHome(): Promise<IdentityHome> {
  const clock = new SimulatedClock('2026-10-01T09:30:00.000+09:00');
  const home = await openHome(temporaryDirectory(), clock, portsAt(clock));
  const { catalogue, accounts } = home.product;
  const header =
    'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from';
  await catalogue.importTariffCsv(
    't.csv',
    `${header}\nstd,03,東京,一般,0,8,180,180,180,2025-01-01\n`,
    caller(),
  );
  resultOf(
    await accounts.open(
      {
        account: A1,
        name: '台帳商事',
        openedOn: BusinessDay.parse('2026-10-01'),
        numbers: ['05012345678', '05087654321'],
        tariff: 'std',
        incomingDiscount: Money.zero,
      },
      caller(),
    ),
  );
  return home;
}

/** The session that an answer opened. */
export async function liveOf(home: IdentityHome, answer: Answer<Opened>): Promise<LiveSession> {
  const live = await home.identity.entry.authenticate(resultOf(answer).cookie);
  if (!live) throw new Error('the cookie opens nothing');
  return live;
}
