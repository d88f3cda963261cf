import { type HttpJourney, httpJourney, rowsOf } from '../support/http-journey.js';
import { TARIFF } from '../support/small-provider.js';

describe('a note of staff on an account', () => {
  let journey: HttpJourney;
  beforeAll(async () => {
    journey = await httpJourney('2026-10-05T09:30:00+09:00');
    await journey.asStaff('POST', '/tariffs', TARIFF, { 'Content-Type': 'text/csv' });
    const opening = { account: 'A1', name: '見本商事', openedOn: '2026-10-01', tariff: 'std' };
    expect((await journey.asStaff('POST', '/accounts', opening)).status).toBe(201);
  });
  afterAll(() => journey.server.close());

  const note = (text: string, headers = {}) =>
    journey.asStaff('POST', '/accounts/A1/notes', { text }, headers);
  const notes = async () => rowsOf((await journey.get('/accounts/A1/notes')).json);

  it('is kept once with who and when, newest first, and changes the tag of the account', async () => {
    const before = (await journey.get('/accounts/A1')).headers.get('ETag');
    const sent = await note('月末は経理の中村様へ連絡', { 'Idempotency-Key': 'note-1' });
    expect([sent.status, sent.json['text']]).toEqual([201, '月末は経理の中村様へ連絡']);
    const again = await note('月末は経理の中村様へ連絡', { 'Idempotency-Key': 'note-1' });
    expect([again.headers.get('Idempotent-Replayed'), again.json]).toEqual(['true', sent.json]);
    journey.at('2026-10-06T10:00:00+09:00');
    await note('請求書は郵送');
    expect((await notes()).map(({ at, text }) => [at, text])).toEqual([
      ['2026-10-06T10:00:00.000+09:00', '請求書は郵送'],
      ['2026-10-05T09:30:00.000+09:00', '月末は経理の中村様へ連絡'],
    ]);
    expect((await notes())[1]).toEqual(sent.json);
    const tag = (await journey.get('/accounts/A1')).headers.get('ETag');
    expect([tag === before, `"${rowsOf((await journey.get('/accounts')).json)[0]!['revision']}"`]).toEqual([
      false,
      tag,
    ]);
  });

  it('is an act of staff, stands in the timeline, and is nothing that the customer sees', async () => {
    const acts = rowsOf((await journey.get('/staff-acts')).json).map(({ type }) => type);
    expect(acts.filter(type => type === 'contracts.AccountNoted.v1')).toHaveLength(2);
    const [latest] = rowsOf((await journey.get('/accounts/A1/timeline')).json);
    expect(latest).toMatchObject({ type: 'contracts.AccountNoted.v1' });
    const customer = await journey.keyFor('customer', 'A1');
    expect((await journey.get('/accounts/A1/notes', customer)).status).toBe(404);
  });

  it('is refused where there is no account, and without a word', async () => {
    const { asStaff } = journey;
    expect((await asStaff('POST', '/accounts/B9/notes', { text: 'x' })).json['code']).toBe('NO_SUCH_ACCOUNT');
    expect((await journey.get('/accounts/B9/notes')).json['code']).toBe('NO_SUCH_ACCOUNT');
    expect((await note('  ')).json['field']).toBe('text');
  });

  it('leaves the read models as a rebuild makes them', async () => {
    expect(await journey.product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  });
});
