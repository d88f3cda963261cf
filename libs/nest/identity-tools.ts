import { join } from 'node:path';
import type { Logger } from 'pino';
import { type SendersByKind, sendByKind } from '#adapters/shared';
import { type Config, WrongConfiguration } from '#config';
import {
  type Clock,
  MESSAGE_KINDS,
  type MessageKind,
  MessageNotSent,
  type MessageSender,
  type Outbox,
  type Passkeys,
  type PasswordHasher,
  type RandomSource,
  type SecretBox,
  type TotpAuthenticator,
} from '#ports';

/** Everything that identity needs from outside, as the configuration says. */
export interface IdentityTools {
  readonly sender: MessageSender;
  /** Which messages can be sent: only these may be offered for a second step. */
  readonly kinds: readonly MessageKind[];
  /** What the sandbox kept; null as soon as any real sender is configured. */
  readonly outbox: Outbox | null;
  readonly passwords: PasswordHasher;
  readonly secrets: SecretBox;
  readonly totp: TotpAuthenticator;
  readonly passkeys: Passkeys;
  readonly random: RandomSource;
  /** Where customers open the portal, without a slash at its end. */
  readonly publicUrl: string;
  /** Cookies of sessions are for TLS only, however the request came. */
  readonly cookieSecure: boolean;
  /** Ends connections to the mail server. */
  close(): Promise<void>;
}

export interface IdentityToolsOptions {
  /** The data directory: an embedded store keeps its key there. */
  readonly directory: string;
  readonly config: Config;
  readonly clock: Clock;
  /** Told which kinds were sent and how long it took; never to whom, and nothing of a text. */
  readonly logger: Logger;
}

/** Beside the store, never inside: a copy of the log alone opens no seal. */
const KEY_FILE = 'identity.key';
const SERVICE = 'Daicho';

/** The origin that people type, without a slash. */
function publicUrlOf({ environment }: Config): string {
  const given = environment.DAICHO_PUBLIC_URL ?? `http://localhost:${environment.DAICHO_PORT}`;
  return new URL(given).origin;
}

/** Says how each message went. Its id is left out too: who chose it may have put anything into it. */
function logged(sender: MessageSender, logger: Logger): MessageSender {
  return {
    async send(message) {
      const start = performance.now();
      const took = () => Math.round(performance.now() - start);
      const { kind } = message;
      try {
        await sender.send(message);
        logger.info({ kind, ms: took() }, 'message sent');
      } catch (error) {
        const code = error instanceof MessageNotSent ? error.code : 'MESSAGE_NOT_SENT';
        logger.warn({ kind, ms: took(), code }, 'message not sent');
        throw error;
      }
    },
  };
}

interface Senders {
  readonly byKind: SendersByKind;
  close(): void;
}

/** The adapters are loaded only where they are configured. */
async function realSenders({ environment }: Config): Promise<Senders> {
  const { DAICHO_SMTP_URL: smtp, DAICHO_MAIL_FROM: from } = environment;
  const mail =
    smtp && from ? (await import('#adapters/mail')).openSmtpSender({ url: smtp, from }) : undefined;
  const token = environment.DAICHO_SMS_TOKEN;
  const webhook = async (url: string | undefined, kind: MessageKind) => {
    if (!url) return {};
    const { openMessageWebhook } = await import('#adapters/message-webhook');
    return { [kind]: openMessageWebhook({ url, kinds: [kind], token }) };
  };
  const sms = await webhook(environment.DAICHO_SMS_URL, 'sms');
  const voice = await webhook(environment.DAICHO_VOICE_URL, 'voice');
  return { byKind: { ...sms, ...voice, ...(mail ? { mail } : {}) }, close: () => mail?.close() };
}

async function openSenders({ config, clock, logger }: IdentityToolsOptions) {
  const { byKind, close } = await realSenders(config);
  const kinds = MESSAGE_KINDS.filter(kind => byKind[kind]);
  if (kinds.length > 0) return { sender: sendByKind(byKind), kinds, outbox: null, close };
  const { openSandboxMessages } = await import('#adapters/sandbox-messages');
  const sandbox = openSandboxMessages({ clock });
  logger.warn('no sender is configured: messages are not sent, staff read them in the outbox');
  return { sender: sandbox, kinds: MESSAGE_KINDS, outbox: sandbox, close };
}

/**
 * The tools of identity, for one process; the same in a server and in a worker.
 * @throws WrongConfiguration in a cluster without `DAICHO_SECRET_KEY`: its processes must share one
 * @throws InvalidInput when the key file holds something else
 */
export async function openIdentityTools(options: IdentityToolsOptions): Promise<IdentityTools> {
  const { directory, config, logger } = options;
  const { environment, cluster } = config;
  const key = environment.DAICHO_SECRET_KEY;
  if (key === undefined && cluster)
    throw new WrongConfiguration([{ name: 'DAICHO_SECRET_KEY', problem: 'is required in a cluster' }]);
  const credentials = await import('#adapters/credentials');
  const file = join(directory, KEY_FILE);
  const { keys, made } =
    key === undefined
      ? credentials.makeKeyFile(file)
      : { keys: credentials.parseKeys(key, 'DAICHO_SECRET_KEY'), made: false };
  if (made) logger.info({ file: KEY_FILE }, 'made a key: a backup must hold this file too');
  const { sender, kinds, outbox, close } = await openSenders(options);
  const origin = publicUrlOf(config);
  return {
    sender: logged(sender, logger),
    kinds,
    outbox,
    passwords: credentials.argon2Hasher,
    secrets: credentials.openSecretBox(keys),
    totp: credentials.otpauthTotp(SERVICE),
    passkeys: credentials.openPasskeys({ id: new URL(origin).hostname, name: SERVICE, origin }),
    random: credentials.cryptoRandom,
    publicUrl: origin,
    cookieSecure: environment.DAICHO_COOKIE_SECURE === 'on',
    close: async () => close(),
  };
}
