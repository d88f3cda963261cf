import { SETTINGS } from './settings.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/reference/configuration.md */
export function configurationReference(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { about, form, standard }]) =>
      `| \`${name}\` | ${cell(about)} | ${cell(form)} | ${standard === null ? '' : `\`${standard}\``} |`,
  );
  return `# Configuration

Generated from \`libs/config/settings.ts\` (\`npm run docs\`).

Server, worker and command line read the environment, and for what it does not say the file \`.env\` of the
directory they are started in. A flag of the command line counts more than both. A wrong value stops the
start: the message says its name and the allowed form, and never the value, which may hold a password. An
empty value counts as none.

With all three of \`DAICHO_EVENTSTORE_URL\`, \`DAICHO_POSTGRES_URL\` and \`DAICHO_REDIS_URL\` a process is
part of a cluster; with none of them everything is embedded in one process and one directory.

| name | meaning | form | standard |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** What docker-compose.yml asks for beside our own settings: it builds the addresses with them. */
export const COMPOSE_SECRETS = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'] as const;

const SECRETS = `# For docker-compose.yml: letters and digits, because they become part of addresses.
${COMPOSE_SECRETS.map(name => `${name}=`).join('\n')}
`;

/** .env.example: every name, switched off, with its meaning. */
export function exampleEnvironment(): string {
  const entries = Object.entries(SETTINGS).map(
    ([name, { about, form, standard }]) => `# ${about}: ${form}\n#${name}=${standard ?? ''}\n`,
  );
  const head = '# Settings of Daicho: copy to .env, uncomment what you change. Generated: npm run docs';
  return [head, ...entries, SECRETS].join('\n\n').replaceAll('\n\n\n', '\n\n');
}
