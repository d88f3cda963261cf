import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlitePersonalRows, restoreBackup } from '#adapters/sqlite';
import { parseAccountId } from '#kernel';
import { CIRCLE, NAME, PERSON, PNG } from '../support/person.js';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

/** Every byte of every file below a folder, one character each. */
function bytesBelow(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(one => one.isFile());
  return files.map(one => readFileSync(join(one.parentPath, one.name), 'latin1')).join('\n');
}
const latin = (text: string): string => Buffer.from(text).toString('latin1');

describe('who a customer is', () => {
  let home: SignInHome;
  let customer: Browser;
  let staff: Browser;
  let keys = 0;
  beforeAll(async () => {
    home = await signInHome();
    customer = home.browser();
    await customer.signInWhole('account', 'A1-login');
    staff = home.browser();
    await staff.signInWhole('staff', 'support');
  }, 30_000);
  afterAll(() => home.close());

  const put = (who: Browser, path: string, body: object, more = {}) =>
    who.send('PUT', path, body, { 'Idempotency-Key': `party-${keys++}`, 'X-Reason': 'a test', ...more });
  const party = async (who = customer) => (await who.send('GET', '/accounts/A1/party')).json;
  const sendPicture = async (who: Browser, query: string, bytes: Uint8Array) => {
    const { origin } = new URL(home.server.url);
    const answer = await fetch(`${origin}/api/v1/accounts/A1/papers?${query}`, {
      method: 'POST',
      headers: { Cookie: who.cookie!, 'X-Csrf-Token': who.csrf, 'Content-Type': 'image/png' },
      body: Buffer.from(bytes),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };

  it('is told field by field what is wrong with the form', async () => {
    const bad = { ...PERSON, kind: 'corporate', nameKana: 'かぐや', postalCode: '100-0005', phone: '０３' };
    const { status, json } = await put(customer, '/accounts/A1/party/contract', bad);
    const errors = json['errors'] as { field: string; problemJa: string }[];
    expect([status, errors.map(one => one.field).sort()]).toEqual([400, ['nameKana', 'phone', 'postalCode']]);
    expect(errors.find(one => one.field === 'nameKana')?.problemJa).toMatch(/全角カタカナ/);
    const whole = await put(customer, '/accounts/A1/party/contract', { ...PERSON, kind: 'corporate' });
    expect((whole.json['errors'] as { field: string }[]).map(one => one.field)).toEqual([
      'person',
      'personKana',
    ]);
  });

  it('is kept, with its kana folded, and read by the customer and by staff only', async () => {
    const key = { 'Idempotency-Key': 'the-same-request' };
    const saved = await put(customer, '/accounts/A1/party/contract', PERSON, key);
    expect([saved.status, saved.json['contract']]).toEqual([
      200,
      expect.objectContaining({
        name: NAME,
        nameKana: 'タケトリ　カグヤ',
        streetKana: 'マルノウチ１－２－３',
      }),
    ]);
    const again = await put(customer, '/accounts/A1/party/contract', PERSON, key);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const same = await put(customer, '/accounts/A1/party/contract', PERSON);
    expect(same.json['unchanged']).toBe(true);
    const other = await put(customer, '/accounts/A1/party/contract', { ...PERSON, fax: '03-1234-5679' }, key);
    expect(other.json['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await party(staff)).toMatchObject({ contract: { name: NAME }, paperDue: true });
    const stranger = home.browser();
    await stranger.signInWhole('account', 'A2-login');
    expect((await stranger.send('GET', '/accounts/A1/party')).status).toBe(404);
    const auditor = home.browser();
    await auditor.signInWhole('staff', 'auditor');
    expect((await auditor.send('GET', '/accounts/A1/party')).status).toBe(403);
  });

  it('has an emergency contact that is none of our numbers, however it is written', async () => {
    const ours = { ...PERSON, phone: '+81 50-9999-0001' };
    const { status, json } = await put(customer, '/accounts/A1/party/contract', ours);
    expect([status, json['code'], json['field']]).toEqual([422, 'EMERGENCY_NUMBER_OURS', 'phone']);
    expect((await put(customer, '/accounts/A1/party/shipping', ours)).status).toBe(200);
  });

  it('keeps the versions: what was valid then is answered for then', async () => {
    home.plusMinutes(5);
    await put(customer, '/accounts/A1/party/contract', { ...PERSON, city: '港区', cityKana: 'ミナトク' });
    const then = await staff.send('GET', '/accounts/A1/party?at=2026-11-04T10:01:00%2B09:00');
    expect(then.json['contract']).toMatchObject({ city: '千代田区' });
    expect(await party()).toMatchObject({ contract: { city: '港区' } });
  });

  it('LM-23: has mail lists, of which the first billing address is told of settlements', async () => {
    const mails = { contract: 'k@x.jp', billing: 'a@x.jp, b@x.jp', shipping: '' };
    const { json } = await put(customer, '/accounts/A1/mails', mails);
    expect(json).toMatchObject({ mails: { ...mails, billing: 'a@x.jp,b@x.jp' }, settlementMail: 'a@x.jp' });
    expect((await put(customer, '/accounts/A1/promotion-mails', { wanted: false })).json).toMatchObject({
      promotionMails: false,
    });
    expect((await put(customer, '/accounts/A1/circle-statement', { shown: true })).json).toMatchObject({
      circleStatement: true,
    });
  });

  it('LM-21: is proven by a picture of ten megabytes at most, and by no pdf', async () => {
    const paper = 'kind=passport';
    const whole = Buffer.concat([PNG, Buffer.alloc(10_485_760 - PNG.length)]);
    expect((await sendPicture(customer, paper, whole)).status).toBe(201);
    const more = await sendPicture(customer, paper, Buffer.concat([whole, Buffer.alloc(1)]));
    expect([more.status, more.json['code']]).toEqual([413, 'PICTURE_TOO_LARGE']);
    const pdf = await sendPicture(customer, paper, Buffer.from('%PDF-1.7 no picture'));
    expect([pdf.status, pdf.json['code']]).toEqual([422, 'NOT_A_PICTURE']);
    const old = await sendPicture(customer, 'kind=utility_receipt&issuedOn=2026-08-03', PNG);
    expect([old.status, old.json['code']]).toEqual([422, 'PAPER_TOO_OLD']);
  });

  it('is looked at by staff, who approve or ask again; the picture is for no cache', async () => {
    home.plusMinutes(1);
    const { json } = await sendPicture(customer, 'kind=utility_receipt&issuedOn=2026-08-04', PNG);
    const waiting = (await staff.send('GET', '/papers')).json['rows'] as { paper: string; kind: string }[];
    expect(waiting.map(one => one.kind)).toEqual(['passport', 'utility_receipt']);
    const { origin } = new URL(home.server.url);
    const shown = await fetch(`${origin}/api/v1/accounts/A1/papers/${json['paper']}/picture`, {
      headers: { Cookie: staff.cookie! },
    });
    const headers = ['content-type', 'cache-control', 'x-content-type-options'].map(n =>
      shown.headers.get(n),
    );
    expect(headers).toEqual(['image/png', 'no-store', 'nosniff']);
    expect(Buffer.compare(Buffer.from(await shown.arrayBuffer()), PNG)).toBe(0);
    const act = (paper: string, verb: string, body = {}) =>
      staff.send('POST', `/accounts/A1/papers/${paper}/${verb}`, body, { 'X-Reason': 'a test' });
    expect((await act(waiting[0]!.paper, 'approve')).json['state']).toBe('approved');
    expect((await act(waiting[1]!.paper, 'ask-again', { why: 'unclear' })).json['why']).toBe('unclear');
    expect((await act(waiting[1]!.paper, 'approve')).json['code']).toBe('PAPER_DECIDED');
    expect((await staff.send('GET', '/papers')).json['rows']).toEqual([]);
    expect((await party())['paperDue']).toBe(false);
  });

  it('ACC-19: has circles, of which each has who uses it, who is in charge and where it is', async () => {
    const [first] = await home.product.identity.circles.circles(parseAccountId('A1'));
    const path = `/accounts/A1/circles/${first!.circle}/data`;
    const { person: _, ...incomplete } = CIRCLE;
    for (const [change, fields] of [
      [incomplete, ['person']],
      [{ ...CIRCLE, personKana: 'たま' }, ['personKana']],
      [{ ...CIRCLE, postalCode: '100-0005' }, ['postalCode']],
      [{ ...CIRCLE, postalCode: '0000000' }, ['postalCode']],
      [{ ...CIRCLE, phone: '03' }, ['phone']],
      [{ ...CIRCLE, kind: 'individual' }, ['kind']],
    ] as const) {
      const { status, json } = await put(customer, path, change);
      const errors = json['errors'] as { field: string }[];
      expect([status, errors.map(one => one.field)]).toEqual([400, fields]);
    }
    expect((await customer.send('GET', path)).json).toMatchObject({ data: null, changedAt: null });
    expect((await put(customer, path, CIRCLE)).json).toMatchObject({
      data: { name: NAME, nameKana: 'タケトリ　カグヤ', person: '蓬莱玉', personKana: 'ホウライ　タマ' },
    });
    expect((await put(customer, path, CIRCLE)).json['unchanged']).toBe(true);
    const changed = await put(staff, path, { ...CIRCLE, fax: '03-0000-0000' });
    expect(changed.json).toMatchObject({ data: { fax: '03-0000-0000' } });
    expect((await customer.send('GET', '/accounts/A1/circle-data')).json['rows']).toMatchObject([
      { circle: first!.circle, data: { person: '蓬莱玉', fax: '03-0000-0000' } },
    ]);
    const other = await put(customer, '/accounts/A1/circles/0000009999/data', CIRCLE);
    expect([other.status, other.json['code']]).toEqual([404, 'NO_SUCH_CIRCLE']);
  });

  it('stands in no event, no read model and no file', async () => {
    const bytes = bytesBelow(home.directory);
    for (const text of [
      '蓬莱玉',
      'ホウライ　タマ',
      '03-0000-0000',
      NAME,
      'タケトリ　カグヤ',
      '丸の内1-2-3',
      'a@x.jp',
      '03-1234-5678',
    ])
      expect([text, bytes.includes(latin(text))]).toEqual([text, false]);
    expect(await home.product.audit.replay({})).toMatchObject({ ok: true });
  });

  it('is erased by one person with the approval of another, for ever and in new backups too', async () => {
    const clerk = home.browser();
    await clerk.signInWhole('staff', 'approver');
    const admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    const erase = async (approval: string | null) => {
      const more = approval === null ? {} : { 'X-Approver-Key': approval };
      const headers = { 'X-Reason': 'asked for', 'Idempotency-Key': `erase-${keys++}`, ...more };
      return clerk.send('POST', '/accounts/A1/erase', { why: 'person_asked' }, headers);
    };
    const approval = async (who: Browser, account = 'A1') =>
      String((await who.send('POST', '/approvals/erasure', { account })).json['approval']);
    expect((await erase(null)).json['code']).toBe('ERASURE_NEEDS_APPROVAL');
    expect((await erase(await approval(clerk))).json['code']).toBe('APPROVER_IS_ACTOR');
    expect((await erase(await approval(admin, 'A2'))).json['code']).toBe('APPROVER_NOT_ALLOWED');
    await inTemporaryDirectory(async folder => {
      await home.product.audit.backup(join(folder, 'before.db'));
      const sealed = readFileSync(join(home.directory, 'personal.db'));
      expect(sealed.length).toBeGreaterThan(10_000_000);
      expect((await erase(await approval(admin))).status).toBe(200);
      const gone = await party();
      const circles = (await customer.send('GET', '/accounts/A1/circle-data')).json['rows'];
      expect(circles).toMatchObject([{ data: null }]);
      expect(gone).toMatchObject({ contract: null, mails: { billing: '' }, erasedAt: expect.any(String) });
      expect((await put(customer, '/accounts/A1/party/contract', PERSON)).json['code']).toBe(
        'ACCOUNT_ERASED',
      );
      await home.product.audit.backup(join(folder, 'after.db'));
      const keyOf = (text: string) => text.match(/v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{90,100}/)?.[0];
      const key = keyOf(sealed.toString('latin1'));
      expect(key).toBeDefined();
      expect(readFileSync(join(folder, 'before.db'), 'latin1')).toContain(key);
      expect(readFileSync(join(folder, 'after.db'), 'latin1')).not.toContain(key);
      expect(bytesBelow(home.directory)).not.toContain(key);
      await home.restart();
      expect(await home.product.audit.replay({})).toMatchObject({ ok: true });
      const restored = join(folder, 'restored');
      mkdirSync(restored);
      await restoreBackup(join(folder, 'before.db'), restored);
      expect(bytesBelow(restored)).toContain(key);
    });
  }, 60_000);

  it('goes on after a kill between record and event: the orphan is swept', async () => {
    const { parties } = home.product;
    const account = parseAccountId('A2');
    const given = { ...PERSON, part: 'billing', account, remarks: '', fax: '', department: '' } as never;
    expect(await parties.change(given, callerOf('after-sweep'))).toMatchObject({ kind: 'done' });
    const rows = openSqlitePersonalRows(home.directory);
    const [known] = await rows.recordsOf(account);
    await rows.addRecord({ ...known!, ref: 'orphan', kept: false });
    await rows.keep(account, []);
    await parties.sweep();
    expect(await rows.recordsOf(account)).toHaveLength(2);
    home.plusMinutes(120);
    await parties.sweep();
    expect((await rows.recordsOf(account)).map(one => one.ref)).toEqual([known!.ref]);
    await rows.close();
    expect(await parties.show(account)).toMatchObject({ billing: { name: NAME } });
  });
});
