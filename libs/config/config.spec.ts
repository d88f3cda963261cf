import { readConfig, SETTINGS, WrongConfiguration } from './index.js';

const SECRET = 'hunter2';
const CLUSTER = {
  DAICHO_EVENTSTORE_URL: `esdb+discover://admin:${SECRET}@a:2113,b:2113?tls=true`,
  DAICHO_POSTGRES_URL: `postgres://daicho:${SECRET}@db:5432/daicho`,
  DAICHO_REDIS_URL: `redis://:${SECRET}@redis:6379`,
};

function problemsOf(env: Record<string, string>): WrongConfiguration {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof WrongConfiguration) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('the configuration', () => {
  it('needs nothing: everything is embedded then', () => {
    const { cluster, environment } = readConfig({ PATH: '/bin', DAICHO_PORT: '' });
    expect(cluster).toBeNull();
    expect(environment).toMatchObject({
      DAICHO_PORT: 3000,
      DAICHO_HOST: '127.0.0.1',
      DAICHO_AUTO_CLOSE: 'on',
    });
  });

  it('is that of a cluster with the addresses of all three servers', () => {
    const { cluster } = readConfig(CLUSTER);
    expect(cluster).toEqual({
      eventStoreUrl: CLUSTER.DAICHO_EVENTSTORE_URL,
      postgresUrl: CLUSTER.DAICHO_POSTGRES_URL,
      redisUrl: CLUSTER.DAICHO_REDIS_URL,
    });
  });

  it.each(Object.keys(CLUSTER) as (keyof typeof CLUSTER)[])('misses %s beside the other two', name => {
    const { [name]: _left, ...rest } = CLUSTER;
    const { problems } = problemsOf(rest);
    expect(problems).toEqual([{ name, problem: expect.stringContaining('is required together with') }]);
  });

  it.each([
    ['DAICHO_PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['DAICHO_PORT', '3000.5', 'must be a whole number from 0 to 65535'],
    ['DAICHO_JOBS_CONCURRENCY', '0', 'must be a whole number from 1 to 100'],
    ['DAICHO_LOG_LEVEL', 'verbose', 'must be silent, error, warn, info'],
    ['DAICHO_AUTO_CLOSE', 'true', 'must be on, off'],
    ['DAICHO_PUBLIC_URL', 'https://a.jp/portal', 'must be https://billing.example.jp, without a path'],
    ['DAICHO_COOKIE_SECURE', 'off', 'must be auto, on'],
    ['DAICHO_SMS_URL', 'ftp://a.jp', 'must be https://host/path'],
    ['DAICHO_POSTGRES_SCHEMA', 'a-b', 'must be 1-63 of a-z 0-9 _, not beginning with a digit'],
  ])('%s=%s stops the start', (name, value, problem) => {
    expect(problemsOf({ [name]: value }).problems).toEqual([{ name, problem }]);
  });

  it('names everything that is wrong at once, and no value of it', () => {
    const wrong = problemsOf({
      DAICHO_PORT: 'x',
      DAICHO_EVENTSTORE_URL: `http://admin:${SECRET}@a`,
      DAICHO_POSTGRES_URL: `mysql://${SECRET}@b`,
      DAICHO_REDIS_URL: `${SECRET}`,
    });
    expect(wrong.problems.map(({ name }) => name)).toEqual(['DAICHO_PORT', ...Object.keys(CLUSTER)]);
    expect(`${wrong.message}${String(wrong)}${JSON.stringify(wrong)}`).not.toContain(SECRET);
  });

  it('takes a mail server and a sender together only', () => {
    const [url, from] = [`smtp://daicho:${SECRET}@mail:587`, '台帳 <daicho@example.jp>'];
    expect(readConfig({ DAICHO_SMTP_URL: url, DAICHO_MAIL_FROM: from }).environment).toMatchObject({
      DAICHO_SMTP_URL: url,
      DAICHO_MAIL_FROM: from,
    });
    expect(problemsOf({ DAICHO_SMTP_URL: url }).problems).toEqual([
      { name: 'DAICHO_MAIL_FROM', problem: 'is required together with DAICHO_SMTP_URL' },
    ]);
    expect(problemsOf({ DAICHO_MAIL_FROM: from }).problems).toEqual([
      { name: 'DAICHO_SMTP_URL', problem: 'is required together with DAICHO_MAIL_FROM' },
    ]);
  });

  const LINK_FORM = {
    DAICHO_LINK_FORM_URL: 'https://link.example.jp/cgi-bin',
    DAICHO_LINK_FORM_SHOP: '2012345678',
    DAICHO_LINK_FORM_KEY: `${SECRET}-of-the-shop`,
    DAICHO_LINK_FORM_SENDERS: '192.0.2.67,192.0.2.139',
    DAICHO_LINK_FORM_CONTACT: '0312345678,billing@example.jp',
    DAICHO_PUBLIC_URL: 'https://billing.example.jp',
  };

  it('takes an agency with link forms whole, with or without real money', () => {
    expect(readConfig(LINK_FORM).environment).toMatchObject(LINK_FORM);
    const test = { ...LINK_FORM, DAICHO_LINK_FORM_TEST_ID: 'practice' };
    expect(readConfig(test).environment).toMatchObject(test);
  });

  it.each(Object.keys(LINK_FORM) as (keyof typeof LINK_FORM)[])('misses %s of such an agency', name => {
    const { [name]: _left, ...rest } = LINK_FORM;
    const { problems } = problemsOf(rest);
    expect(problems).toEqual([{ name, problem: expect.stringContaining('is required together with') }]);
  });

  it.each([
    ['DAICHO_LINK_FORM_URL', 'http://link.example.jp/cgi-bin'],
    ['DAICHO_LINK_FORM_URL', 'https://link.example.jp/cgi-bin/'],
    ['DAICHO_LINK_FORM_SHOP', '20123'],
    ['DAICHO_LINK_FORM_KEY', 'short'],
    ['DAICHO_LINK_FORM_SENDERS', 'link.example.jp'],
    ['DAICHO_LINK_FORM_SENDERS', '192.0.2.67, 192.0.2.139'],
    ['DAICHO_LINK_FORM_SENDERS', '192.0.2.256'],
    ['DAICHO_LINK_FORM_CONTACT', 'billing@example.jp'],
    ['DAICHO_LINK_FORM_TEST_ID', 'a b'],
  ])('names %s=%s', (name, value) => {
    const wrong = problemsOf({ ...LINK_FORM, [name]: value });
    expect(wrong.problems.map(problem => problem.name)).toEqual([name]);
    expect(wrong.message).not.toContain(SECRET);
  });

  it.each(['x', 'A'.repeat(44), `${'A'.repeat(43)}=,`, 'A'.repeat(43)])(
    'tells nothing of a secret key that is none: %#',
    key => {
      const wrong = problemsOf({ DAICHO_SECRET_KEY: key });
      expect(wrong.problems.map(({ name }) => name)).toEqual(['DAICHO_SECRET_KEY']);
      expect(wrong.message).toMatch(/^DAICHO_SECRET_KEY: must be base64 of 32 bytes; older keys after it/);
    },
  );

  it.each(['daicho', 'a@b.jp, c@d.jp', 'x <a@b.jp>\nBcc: c@d.jp', '<a@b.jp>'])(
    'sends no mail as %j',
    from => {
      const wrong = problemsOf({ DAICHO_SMTP_URL: 'smtp://mail', DAICHO_MAIL_FROM: from });
      expect(wrong.problems.map(({ name }) => name)).toEqual(['DAICHO_MAIL_FROM']);
    },
  );

  it.each(Object.entries(SETTINGS))('accepts its own standard: %s', (name, { standard, schema }) => {
    expect(schema.safeParse(standard ?? undefined).success).toBe(true);
    expect(name).toMatch(/^DAICHO_[A-Z_]+$/);
  });
});
