import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { COMPOSE_SECRETS, readConfig, SETTINGS } from '#config';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources: { readonly limits: Readonly<Record<string, string | number>> };
  };
  readonly networks: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

/** A value that a required name may have; its form is checked by the configuration. */
const REQUIRED: Readonly<Record<string, string>> = {
  DAICHO_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
};

/** As compose puts values in: `${NAME:-standard}` and `${NAME:?problem}`. */
const filledIn = (value: string): string =>
  value.replace(
    /\$\{([A-Z_]+)(?::-([^}]*))?(?::\?[^}]*)?\}/g,
    (_all, name: string, standard?: string) => standard ?? REQUIRED[name] ?? 'x1',
  );

describe('docker-compose.yml', () => {
  it('starts three nodes of the log, the read models, the jobs, two servers and two workers', () => {
    expect(services.map(([name, { deploy }]) => [name, deploy?.replicas ?? 1])).toEqual([
      ['eventstore1', 1],
      ['eventstore2', 1],
      ['eventstore3', 1],
      ['postgres', 1],
      ['redis', 1],
      ['server', 2],
      ['worker', 2],
    ]);
    expect(ours.map(([name]) => name)).toEqual(['server', 'worker']);
  });

  it.each(services)('%s has a health check, limits, a user of its own and a fixed version', (_, service) => {
    expect(service.healthcheck?.test[0]).toBe('CMD');
    expect(service.healthcheck?.retries).toBeGreaterThan(0);
    expect(Object.keys(service.deploy?.resources.limits ?? {}).sort()).toEqual(['cpus', 'memory', 'pids']);
    expect(service.user).toMatch(/^(?!root|0)/);
    expect(service.cap_drop).toEqual(['ALL']);
    if (service.build === undefined) expect(service.image).toMatch(/:\d[\w.-]+$/);
  });

  it('lets the log take writes of 16 MB: a tariff of many thousand rows is one event', () => {
    for (const [, { environment }] of services.filter(([name]) => name.startsWith('eventstore')))
      expect(environment['KURRENTDB_MAX_APPEND_SIZE']).toBe('16000000');
  });

  it('names only networks and volumes that it declares, and shows no store to the outside', () => {
    for (const [name, { networks, volumes = [], ports }] of services) {
      for (const network of networks)
        expect([name, Object.keys(compose.networks)]).toEqual([name, expect.arrayContaining([network])]);
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      if (ports) expect(name).toBe('server');
    }
    expect(compose.networks['stores']).toEqual({ internal: true });
  });

  it.each(ours)(
    '%s sets only names that the configuration knows, to values that it accepts',
    (name, service) => {
      expect(Object.keys(service.environment).filter(key => !(key in SETTINGS))).toEqual([]);
      const entries = Object.entries(service.environment).map(([key, value]) => [key, filledIn(value)]);
      const { cluster, environment } = readConfig(Object.fromEntries(entries) as Record<string, string>);
      expect(cluster?.eventStoreUrl).toContain('eventstore3:2113');
      expect(environment.DAICHO_HOST).toBe('0.0.0.0');
      expect(service.command).toEqual(['node', `dist/apps/${name}/main.js`]);
      expect(existsSync(`apps/${name}/main.ts`)).toBe(true);
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {}))
        expect([other in compose.services, condition]).toEqual([true, 'service_healthy']);
    },
  );

  it('takes secrets from the environment, and .env.example tells of each', () => {
    const asked = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!));
    const example = readFileSync('.env.example', 'utf8');
    for (const name of asked) expect(example).toMatch(new RegExp(`^#?${name}=`, 'm'));
    expect([...asked].filter(name => !(name in SETTINGS)).sort()).toEqual([...COMPOSE_SECRETS].sort());
    expect(text).not.toMatch(/PASSWORD: (?!\$\{)/);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ').split('\n');
  const instructions = lines.filter(line => /^[A-Z]+ /.test(line)).map(line => line.split(/\s+/));
  const last = instructions.slice(instructions.findLastIndex(([word]) => word === 'FROM'));
  const of = (word: string) => last.filter(([name]) => name === word);

  it('builds in one stage and runs in another, on Node 24, as somebody who is not root', () => {
    const stages = instructions.filter(([word]) => word === 'FROM');
    expect(stages.map(([, image]) => image)).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
    expect(of('USER')).toEqual([['USER', 'node']]);
    expect(last.findIndex(([word]) => word === 'USER')).toBeLessThan(
      last.findIndex(([word]) => word === 'CMD'),
    );
    expect(of('HEALTHCHECK')).toHaveLength(1);
  });

  it('copies only what is there, and lets Node be the process that is told to stop', () => {
    const sources = instructions
      .filter(([word, option]) => word === 'COPY' && !option!.startsWith('--from'))
      .flatMap(([, ...words]) => words.slice(0, -1));
    expect(sources.filter(path => !existsSync(path))).toEqual([]);
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    const isSent = (path: string) =>
      ignored.includes(`!${path}`) || ignored.includes(`!${path.split('/')[0]}`);
    expect(sources.filter(path => !isSent(path))).toEqual([]);
    expect(lines).toContain('CMD ["node", "dist/apps/server/main.js"]');
  });

  it('sets only names that the configuration knows', () => {
    const names = [
      ...of('ENV')
        .join(' ')
        .matchAll(/(DAICHO_[A-Z_]+)=/g),
    ].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(name => !(name in SETTINGS))).toEqual([]);
  });
});
