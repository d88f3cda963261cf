import { hostWith, ran } from '../../apps/cli/spec-support.fixture.js';
import { type HttpJourney, httpJourney, rowsOf } from '../support/http-journey.js';
import { PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';

const CSV = { 'Content-Type': 'text/csv' };
const YAML = { 'Content-Type': 'application/yaml' };
const HEADER =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from';
const tariffOf = (destination: string, category = '一般通話', tariff = 'std') =>
  `${HEADER}\n${tariff},03,${destination},${category},0,8,180,180,180,2020-01-01\n`;
const catalogueOf = (name: string) =>
  `issuer:\n  name: ${name}\n  postal_code: 100-0001\n  address: 東京都千代田区\n  phone: 03-0000-0000\n`;
const NOT_PRINTABLE = 'CHARACTER_NOT_PRINTABLE';

/** A name as it is said, and as it is kept. */
const KEPT: readonly (readonly [what: string, said: string, kept: string])[] = [
  ['a mark typed after its letter', 'か\u3099くや', 'がくや'],
  ['kanji of names', '𠮷野家 槗本髙﨑', '𠮷野家 槗本髙﨑'],
  ['as many characters as a limit has', '𠮷'.repeat(64), '𠮷'.repeat(64)],
  ['an emoji of several', '家族 👨‍👩‍👧', '家族 👨‍👩‍👧'],
  ['Hangul and simplified Chinese', '김철수 汉们', '김철수 汉们'],
];

describe('names that stand on documents', () => {
  let journey: HttpJourney;
  beforeAll(async () => {
    journey = await httpJourney('2026-10-01T09:00:00.000+09:00');
    await journey.asStaff('POST', '/tariffs', tariffOf('東京'), CSV);
  }, 30_000);
  afterAll(() => journey.server.close());

  let ids = 0;
  const opening = (name: string) => ({
    account: `N${++ids}`,
    name,
    openedOn: '2026-10-01',
    numbers: [],
    tariff: 'std',
  });
  const cli = (words: readonly string[]) =>
    ran([...words, '--id', `cli-${++ids}`, '--json'], hostWith(journey.product));

  it.each(KEPT)(
    'are kept composed and whole over HTTP and on the command line: %s',
    async (_what, said, kept) => {
      const { status, json } = await journey.asStaff('POST', '/accounts', opening(said));
      expect([status, json['name']]).toEqual([201, kept]);
      const { out } = await cli(['account', 'create', `C${++ids}`, '--name', said, '--tariff', 'std']);
      expect(JSON.parse(out)).toMatchObject({ name: kept });
    },
  );

  it.each(KEPT)('are kept composed and whole in a tariff and a catalogue: %s', async (_what, said, kept) => {
    const tariff = `t${++ids}`;
    const { status } = await journey.asStaff('POST', '/tariffs', tariffOf(said, said, tariff), CSV);
    const { json } = await journey.get(`/tariffs/${tariff}/rows`);
    expect([status, rowsOf(json)[0]]).toEqual([
      201,
      expect.objectContaining({ destination: kept, category: kept }),
    ]);
    expect((await journey.asStaff('POST', '/catalogue', catalogueOf(said), YAML)).status).toBe(201);
    expect((await journey.get('/catalogue')).json['issuer']).toMatchObject({ name: kept });
  });

  it('are refused with the field and the character where no face has it: over HTTP', async () => {
    const { status, json } = await journey.asStaff('POST', '/accounts', opening('ไทย株式会社'));
    expect([status, json['code'], json['field']]).toEqual([400, NOT_PRINTABLE, 'name']);
    const values = { characters: 'ไ U+0E44, ท U+0E17, ย U+0E22' };
    expect(json['errors']).toEqual([expect.objectContaining({ field: 'name', code: NOT_PRINTABLE, values })]);
  });

  it('are refused with the field and the character where no face has it: on the command line', async () => {
    const answer = await cli(['account', 'create', 'X1', '--name', 'ع社', '--tariff', 'std']);
    expect([answer.exit, answer.err]).toEqual([
      2,
      expect.stringMatching(/^CHARACTER_NOT_PRINTABLE: name: .*ع U\+0639/),
    ]);
  });

  it.each([
    ['destination', '/tariffs', tariffOf('ไทย'), CSV, 2],
    ['category', '/tariffs', tariffOf('東京', 'ไทย'), CSV, 2],
    ['name', '/catalogue', catalogueOf('ไทย'), YAML, 2],
    ['address', '/catalogue', catalogueOf('台帳').replace('東京都', 'ไทย'), YAML, 4],
  ])('are refused with their line, the %s of a file for %s', async (field, path, text, type, line) => {
    const { status, json } = await journey.asStaff('POST', path, text, type);
    const where = expect.stringMatching(new RegExp(`:${line} ${field}$`));
    const values = { characters: expect.stringContaining('ไ U+0E44') };
    expect([status, json['errors']]).toEqual([
      422,
      [expect.objectContaining({ field: where, code: NOT_PRINTABLE, values })],
    ]);
  });

  it('are limited in characters: 200 of 𠮷 are a name, 201 are not', async () => {
    expect((await journey.asStaff('POST', '/accounts', opening('𠮷'.repeat(200)))).status).toBe(201);
    expect((await journey.asStaff('POST', '/accounts', opening('𠮷'.repeat(201)))).status).toBe(400);
    const long = await journey.asStaff('POST', '/tariffs', tariffOf('𠮷'.repeat(65)), CSV);
    expect(JSON.stringify(long.json)).toContain('NOT_A_LABEL');
  });
});

describe('names of circles and terminals', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  it('are kept composed, counted in characters, and refused where no face has them', async () => {
    const browser = home.browser();
    await browser.signInWhole('account', 'A1-login');
    const made = async (path: string, name: string) => {
      const { status, json } = await browser.send('POST', path, { name, password: PASSWORD });
      return { status, code: json['code'], name: json['name'], circle: String(json['circle']) };
    };
    const circle = await made('/accounts/A1/circles', 'か\u3099くや𠮷');
    expect(circle).toMatchObject({ status: 201, name: 'がくや𠮷' });
    for (const path of ['/accounts/A1/circles', `/accounts/A1/circles/${circle.circle}/uniques`]) {
      expect(await made(path, 'ع')).toMatchObject({ status: 400, code: NOT_PRINTABLE });
      expect(await made(path, '𠮷'.repeat(100))).toMatchObject({ status: 201, name: '𠮷'.repeat(100) });
      expect(await made(path, '𠮷'.repeat(101))).toMatchObject({ status: 400 });
    }
  });
});
