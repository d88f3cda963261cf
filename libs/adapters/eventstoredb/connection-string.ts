import { InvalidInput } from '#kernel';

/** Where a cluster is and how it is talked to; everything comes from the connection string. */
export interface ConnectionSettings {
  readonly hosts: readonly { readonly address: string; readonly port: number }[];
  /** `esdb+discover://`: the one host is a DNS name that leads to the nodes' gossip. */
  readonly discover: boolean;
  readonly tls: boolean;
  readonly login: { readonly username: string; readonly password: string } | undefined;
  /** PEM file of the authority that signed the nodes' certificates. */
  readonly tlsCAFile: string | undefined;
  readonly connectionName: string | undefined;
  /** Milliseconds; undefined leaves the default. */
  readonly numbers: Readonly<Partial<Record<NumberOption, number>>>;
}

const NUMBER_OPTIONS = [
  'defaultDeadline',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
] as const;
export type NumberOption = (typeof NUMBER_OPTIONS)[number];

const FIELD = 'event store URL';
const FORM = /^(esdb|kurrentdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const DEFAULT_PORT = 2113;

const refuse = (problem: string): never => {
  throw new InvalidInput(FIELD, problem);
};

/**
 * Reads `esdb://user:password@host:2113,host:2113?tls=true&tlsCAFile=/etc/ca.pem`. The client library reads
 * such texts too, but prints them, password and all, when it does not like them, and ignores what it does not
 * know; so they are read here and the library gets settings.
 * @throws InvalidInput that says what is wrong, never with the text itself: it holds a password.
 */
export function parseConnectionString(text: string): ConnectionSettings {
  const match = FORM.exec(text.trim());
  if (!match)
    return refuse('must be like esdb://user:password@host:2113?tls=true, hosts separated by commas');
  const [, , discover, login, hosts, query] = match;
  const options = parseOptions(query ?? '');
  const settings: ConnectionSettings = {
    hosts: hosts!.split(',').map(parseHost),
    discover: discover !== undefined,
    tls: options.texts.get('tls') !== 'false',
    login: login === undefined ? undefined : parseLogin(login),
    tlsCAFile: options.texts.get('tlsCAFile'),
    connectionName: options.texts.get('connectionName'),
    numbers: options.numbers,
  };
  if (settings.discover && settings.hosts.length > 1) refuse('takes one DNS name with +discover');
  if (settings.login && !settings.tls)
    refuse('must not hold a login with tls=false: it would not be sent, or be sent for all to read');
  if (settings.tlsCAFile !== undefined && !settings.tls) refuse('has tlsCAFile, but tls=false');
  return settings;
}

function parseHost(host: string): { address: string; port: number } {
  const match = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/.exec(host);
  if (!match) return refuse('has a host that is not a name or address with an optional port');
  const port = match[2] === undefined ? DEFAULT_PORT : Number(match[2]);
  if (port < 1 || port > 65_535) refuse('has a port outside 1-65535');
  return { address: match[1]!, port };
}

function parseLogin(login: string): { username: string; password: string } {
  const parts = login.split(':');
  if (parts.length !== 2 || parts[0] === '' || parts[1] === '')
    refuse('must hold its login as user:password, with : @ / ? percent-encoded');
  try {
    return { username: decodeURIComponent(parts[0]!), password: decodeURIComponent(parts[1]!) };
  } catch {
    return refuse('has a login that is not percent-encoded as it should be');
  }
}

function parseOptions(query: string): { texts: Map<string, string>; numbers: Record<string, number> } {
  const texts = new Map<string, string>();
  const numbers: Record<string, number> = {};
  for (const pair of query === '' ? [] : query.split('&')) {
    const at = pair.indexOf('=');
    const [key, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), decoded(pair.slice(at + 1))];
    const number = NUMBER_OPTIONS.find(name => name === key);
    if (number) {
      // Only the two keep-alive options have a meaning for -1 (off).
      const least = key.startsWith('keepAlive') ? -1 : 1;
      if (!/^-?\d{1,9}$/.test(value) || Number(value) < least)
        refuse(`${key} must be a whole number of at least ${least}`);
      numbers[number] = Number(value);
    } else texts.set(checkedOption(key, value), value);
  }
  return { texts, numbers };
}

function checkedOption(key: string, value: string): string {
  switch (key) {
    case 'tls':
      if (value !== 'true' && value !== 'false') refuse('tls must be true or false');
      return key;
    case 'nodePreference':
      // Decisions never read a replica: what it shows may be overtaken already.
      if (value.toLowerCase() !== 'leader') refuse('nodePreference must be leader');
      return key;
    case 'tlsVerifyCert':
      if (value !== 'true') refuse('tlsVerifyCert cannot be switched off; name the authority with tlsCAFile');
      return key;
    case 'tlsCAFile':
    case 'connectionName':
      if (value === '') refuse(`${key} must not be empty`);
      return key;
    default:
      return refuse('has an option that is not known; see the how-to for the list');
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return refuse('has an option that is not percent-encoded as it should be');
  }
}
