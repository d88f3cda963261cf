import { isIP } from 'node:net';
import { z } from 'zod';

/** One name of the environment: what it means, which form it must have, what holds without it. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value>;
  /** The allowed form, as it is told to people; the value itself never is: it may hold a password. */
  readonly form: string;
  /** In words; `null` when there is none. */
  readonly standard: string | null;
  readonly about: string;
}

function setting<Value>(
  schema: z.ZodType<Value>,
  form: string,
  standard: string | null,
  about: string,
): Setting<Value> {
  return { schema, form, standard, about };
}

const numberFrom = (least: number, most: number, standard: number, about: string): Setting<number> =>
  setting(
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(text => Number.parseInt(text, 10))
      .refine(value => value >= least && value <= most)
      .default(standard),
    `a whole number from ${least} to ${most}`,
    String(standard),
    about,
  );

const textOf = (pattern: RegExp, form: string, standard: string, about: string): Setting<string> =>
  setting(z.string().regex(pattern).default(standard), form, standard, about);

const address = (pattern: RegExp, form: string, about: string): Setting<string | undefined> =>
  setting(z.string().regex(pattern).optional(), form, null, about);

const oneOf = <Word extends string>(words: readonly [Word, ...Word[]], standard: Word, about: string) =>
  setting<Word>(
    z.enum(words).default(standard as never) as z.ZodType<Word>,
    words.join(', '),
    standard,
    about,
  );

/** An address, a network, or one of the names that Express knows for networks. */
const PROXY = '(?:loopback|linklocal|uniquelocal|[0-9A-Fa-f.:]{2,45}(?:/\\d{1,3})?)';

/** Everything that server, worker and command line read from the environment. */
export const SETTINGS = {
  DAICHO_DATA: textOf(/^[^\0]+$/, 'a directory', 'data', 'where an embedded store is, and uploads wait'),
  DAICHO_PORT: numberFrom(0, 65_535, 3000, 'port of the HTTP server; 0 picks a free one'),
  DAICHO_HOST: textOf(/^[A-Za-z0-9.:_-]+$/, 'an address or a name', '127.0.0.1', 'address to listen on'),
  DAICHO_LOG_LEVEL: oneOf<'silent' | 'error' | 'warn' | 'info'>(
    ['silent', 'error', 'warn', 'info'],
    'info',
    'what is logged, as JSON lines',
  ),
  DAICHO_AUTO_CLOSE: oneOf<'on' | 'off'>(
    ['on', 'off'],
    'on',
    'months are closed without anybody asking for it',
  ),
  DAICHO_JOBS_CONCURRENCY: numberFrom(1, 100, 2, 'jobs of one name at the same time in one process'),
  DAICHO_STOP_GRACE_MS: numberFrom(
    1,
    600_000,
    10_000,
    'how long requests and jobs at work are waited for at the end',
  ),
  DAICHO_EVENTSTORE_URL: address(
    /^(esdb|kurrentdb)(\+discover)?:\/\/\S+$/,
    'esdb://user:password@host:2113,host:2113?tls=true, also kurrentdb:// and +discover',
    'the EventStoreDB or KurrentDB cluster that keeps the log',
  ),
  DAICHO_EVENTSTORE_NAMESPACE: textOf(
    /^[A-Za-z][A-Za-z0-9._]{0,49}$/,
    '1-50 of A-Z a-z 0-9 . _, beginning with a letter',
    'daicho.',
    'begins the names of our streams in the cluster',
  ),
  DAICHO_EVENTSTORE_DEADLINE_MS: numberFrom(
    100,
    600_000,
    10_000,
    'one call of the cluster takes at most so long',
  ),
  DAICHO_POSTGRES_URL: address(
    /^postgres(ql)?:\/\/\S+$/,
    'postgres://user:password@host:5432/database',
    'the PostgreSQL server that keeps the read models',
  ),
  DAICHO_POSTGRES_SCHEMA: textOf(
    /^[a-z_][a-z0-9_]{0,62}$/,
    '1-63 of a-z 0-9 _, not beginning with a digit',
    'public',
    'schema of the read models',
  ),
  DAICHO_POSTGRES_READERS: numberFrom(1, 200, 8, 'connections of one process for queries'),
  DAICHO_POSTGRES_WRITERS: numberFrom(1, 200, 4, 'connections of one process for projections'),
  DAICHO_POSTGRES_STATEMENT_TIMEOUT_MS: numberFrom(
    1,
    3_600_000,
    30_000,
    'one statement takes at most so long',
  ),
  DAICHO_REDIS_URL: address(
    /^rediss?:\/\/\S+$/,
    'redis://user:password@host:6379/0, or rediss:// for TLS',
    'the Redis server that keeps the jobs',
  ),
  DAICHO_REDIS_PREFIX: textOf(
    /^[A-Za-z0-9{}._-]{1,50}$/,
    '1-50 of A-Z a-z 0-9 { } . _ -',
    '{daicho}',
    'begins all keys; in braces, so that a Redis cluster keeps them together',
  ),
  DAICHO_PUBLIC_URL: address(
    /^https?:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?\/?$/,
    'https://billing.example.jp, without a path',
    'where customers open the portal: links in mails lead there, passkeys are bound to its host',
  ),
  DAICHO_COOKIE_SECURE: oneOf<'auto' | 'on'>(
    ['auto', 'on'],
    'auto',
    'cookies of sessions are for TLS only: always, or when the request came by TLS',
  ),
  DAICHO_TRUST_PROXY: address(
    new RegExp(`^${PROXY}(,${PROXY})*$`),
    'addresses, networks (10.0.0.0/8), loopback, linklocal, uniquelocal; separated by commas',
    'proxies that are believed whose request it is (X-Forwarded-For, X-Forwarded-Proto); without it none',
  ),
  DAICHO_REQUEST_TIMEOUT_MS: numberFrom(
    100,
    600_000,
    30_000,
    'headers and body of a request arrive within so long; of a file what comes before it is let in',
  ),
  DAICHO_UPLOAD_TIMEOUT_MS: numberFrom(
    1_000,
    86_400_000,
    3_600_000,
    'a file that was let in arrives within so long',
  ),
  DAICHO_CONNECTIONS_PER_ADDRESS: numberFrom(
    1,
    1_000_000,
    1_000,
    'connections, and requests under way, of one address at once; of a trusted proxy only the requests, ' +
      'by the address that it names',
  ),
  DAICHO_SECRET_KEY: address(
    /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/,
    'base64 of 32 bytes; older keys after it, separated by commas',
    'seals contacts and second factors; without it the file identity.key of an embedded store',
  ),
  DAICHO_SMTP_URL: address(
    /^smtps?:\/\/\S+$/,
    'smtp://user:password@host:587, or smtps:// for TLS from the first byte',
    'the mail server',
  ),
  DAICHO_MAIL_FROM: address(
    /^(?:[^<>\p{Cc}]{1,100} <[^\s<>@,]{1,64}@[^\s<>@,]{1,189}>|[^\s<>@,]{1,64}@[^\s<>@,]{1,189})$/u,
    'an address, or Name <address>',
    'sender of all mails',
  ),
  DAICHO_SMS_URL: address(
    /^https?:\/\/\S+$/,
    'https://host/path',
    "a carrier's gateway that SMS are posted to as JSON",
  ),
  DAICHO_VOICE_URL: address(
    /^https?:\/\/\S+$/,
    'https://host/path',
    "a carrier's gateway that reads messages out by telephone",
  ),
  DAICHO_SMS_TOKEN: address(
    /^[\x21-\x7e]{1,4096}$/,
    '1-4096 printable ASCII characters without spaces',
    'bearer token for both gateways',
  ),
  DAICHO_LINK_FORM_URL: address(
    /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])[\x21-\x7e]{0,200}[^\s/]$/,
    'https://host/cgi-bin, without a slash at its end',
    'CGI programs of a payment agency with link forms; built from public facts, not certified',
  ),
  DAICHO_LINK_FORM_SHOP: address(/^\d{10}$/, '10 digits', 'clientip: the number of the shop at that agency'),
  DAICHO_LINK_FORM_KEY: address(
    /^[\x21-\x7e]{8,200}$/,
    '8-200 printable ASCII characters without spaces',
    'key of the shop at that agency; its pages and references are sealed with it as well',
  ),
  DAICHO_LINK_FORM_SENDERS: setting(
    z
      .string()
      .refine(text => text.split(',').every(one => isIP(one) !== 0))
      .optional(),
    'IP addresses, separated by commas',
    null,
    'from where the results of that agency come; others are refused',
  ),
  DAICHO_LINK_FORM_CONTACT: address(
    /^0\d{9,10},[^\s@,]{1,64}@[^\s@,]{1,189}$/,
    'telephone,address: 0312345678,billing@example.jp',
    'whom that agency reaches about a slip or an account: the provider, never a customer',
  ),
  DAICHO_LINK_FORM_TEST_ID: address(
    /^[A-Za-z0-9_-]{1,40}$/,
    '1-40 of A-Z a-z 0-9 _ -',
    'testid of that agency: no real money moves; without it real money does',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
type Values = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };
/** What the environment says, every value in its own type. */
export type Environment = Values;
