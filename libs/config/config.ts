import { InvalidInput } from '#kernel';
import { type Environment, SETTINGS, type SettingName } from './settings.js';

/** The servers of a cluster; all three or none. */
export interface ClusterConfig {
  readonly eventStoreUrl: string;
  readonly postgresUrl: string;
  readonly redisUrl: string;
}

export interface Config {
  readonly environment: Environment;
  /** Null when everything is embedded in one process and one directory. */
  readonly cluster: ClusterConfig | null;
}

/** The environment is not as it must be. The message names every wrong name and its form, never a value. */
export class WrongConfiguration extends InvalidInput {
  constructor(readonly problems: readonly { readonly name: string; readonly problem: string }[]) {
    super(problems[0]!.name, problems[0]!.problem, 'WRONG_CONFIGURATION');
    this.message = problems.map(({ name, problem }) => `${name}: ${problem}`).join('\n');
  }
}

const CLUSTER = ['DAICHO_EVENTSTORE_URL', 'DAICHO_POSTGRES_URL', 'DAICHO_REDIS_URL'] as const;

/** A mail server without a sender, or a sender without a server, sends nothing. */
const MAIL = ['DAICHO_SMTP_URL', 'DAICHO_MAIL_FROM'] as const;

/** An agency is asked with all of these, or not at all; browsers are led back to the portal. */
const LINK_FORM = [
  'DAICHO_LINK_FORM_URL',
  'DAICHO_LINK_FORM_SHOP',
  'DAICHO_LINK_FORM_KEY',
  'DAICHO_LINK_FORM_SENDERS',
  'DAICHO_LINK_FORM_CONTACT',
] as const;

/** An empty text is as good as none: compose files pass on what is not set. */
const given = (env: Readonly<Record<string, string | undefined>>, name: string): string | undefined =>
  env[name] === '' ? undefined : env[name];

function missingOfLinkForm(env: Readonly<Record<string, string | undefined>>) {
  const set = [...LINK_FORM, 'DAICHO_LINK_FORM_TEST_ID'].filter(name => given(env, name) !== undefined);
  if (set.length === 0) return [];
  const missing = [...LINK_FORM, 'DAICHO_PUBLIC_URL'].filter(name => given(env, name) === undefined);
  return missing.map(name => ({ name, problem: `is required together with ${set.join(', ')}` }));
}

/**
 * Reads the configuration of a process.
 * @throws WrongConfiguration naming everything that is wrong, not only the first
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  const problems: { name: string; problem: string }[] = [];
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const read = SETTINGS[name].schema.safeParse(given(env, name));
    if (read.success) values[name] = read.data;
    else problems.push({ name, problem: `must be ${SETTINGS[name].form}` });
  }
  const set = CLUSTER.filter(name => given(env, name) !== undefined);
  if (set.length > 0) {
    for (const name of CLUSTER.filter(one => !set.includes(one)))
      problems.push({ name, problem: `is required together with ${set.join(', ')}` });
  }
  for (const [name, other] of [MAIL, [...MAIL].reverse()] as const)
    if (given(env, name!) === undefined && given(env, other!) !== undefined)
      problems.push({ name: name!, problem: `is required together with ${other}` });
  problems.push(...missingOfLinkForm(env));
  if (problems.length > 0) throw new WrongConfiguration(problems);
  const environment = values as Environment;
  const [eventStoreUrl, postgresUrl, redisUrl] = CLUSTER.map(name => environment[name]);
  const cluster = eventStoreUrl && postgresUrl && redisUrl ? { eventStoreUrl, postgresUrl, redisUrl } : null;
  return { environment, cluster };
}
