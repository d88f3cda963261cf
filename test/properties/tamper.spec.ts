import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AccountId, BusinessDay, Instant, Money, parseAccountId, type TableSpec } from '#kernel';
import { openProduct } from '#nest';
import { changeParty, PROJECTIONS, type Product } from '#runtime';
import { BUSY_ACCOUNTS, BusyProvider, writeBusyFiles } from '../support/busy-provider.js';
import { buy, giveDelivery, offerProducts } from '../support/contracts-home.js';
import { ORIGIN, PASSWORD, portsAt } from '../support/identity-home.js';
import { PERSON, PNG } from '../support/person.js';
import { openSandboxWorld } from '../support/sandbox-world.js';
import { SEED } from '../support/seed.js';
import { callerOf, pickBelow, randomFrom, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const random = randomFrom(SEED);
const root = temporaryDirectory();
const directory = join(root, 'data');
const END = Instant.parse('2025-12-31T00:00:00.000+09:00');
let events = 0;

const raw = <T>(work: (db: DatabaseSync) => T): T => {
  const db = new DatabaseSync(join(directory, 'daicho.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
};

/** An auditor's look at the store: opened for reading, closed again. */
async function audited<T>(look: (product: Product) => Promise<T>): Promise<T> {
  const product = await openProduct({ directory, readOnly: true, clock: new StandingClock(END) });
  try {
    return await look(product);
  } finally {
    await product.close();
  }
}
const verified = () => audited(product => product.audit.verify());
const replayed = (asOf?: Instant) => audited(p => p.audit.replay(asOf === undefined ? {} : { asOf }));

/** A circle, a unique and a session, so that their read models have rows to tamper with. */
async function signedInOnce({ identity }: Product): Promise<void> {
  const account = parseAccountId(BUSY_ACCOUNTS[0]!);
  const circle = { account, name: '本社', loginId: 'honsha', password: PASSWORD };
  const made = await identity.circles.createCircle(circle, callerOf('circle'));
  if (made.kind !== 'done') throw new Error(`no circle was made: ${made.kind}`);
  const unique = { account, circle: made.value.circle, name: '受付', password: PASSWORD };
  await identity.circles.createUnique(unique, callerOf('unique'));
  const login = { level: 'circle', loginId: 'honsha', password: PASSWORD } as const;
  expect(await identity.entry.signIn(login, ORIGIN)).toMatchObject({ kind: 'done' });
}

/** A device that was shipped, came back and was paid back. */
async function paidBackOnce(product: Product, account: AccountId): Promise<void> {
  await giveDelivery(product, account);
  const { shipments } = await buy(product, 'device', { account, circle: null, items: [['device.phone', 1]] });
  const { shipment, devices } = shipments[0]!;
  const [day, now] = [BusinessDay.of(product.now()), { reportedAt: undefined, reason: '不具合' }];
  const sent = { account, shipment, carrier: 'ヤマト運輸', trackingNumber: '1', shippedOn: day };
  await product.devices.ship(sent, callerOf('ship'));
  await product.devices.deliver({ account, shipment, arrivedOn: day }, callerOf('deliver'));
  const back = { account, device: devices[0]!.device, why: 'faulty', outcome: 'refunded', ...now } as const;
  expect(await product.devices.takeBack('return', back, callerOf('back'))).toMatchObject({ kind: 'done' });
}

/** Money that came in, and is not what was ordered. */
async function paidOnce(product: Product, account: AccountId): Promise<void> {
  const { gateway, world, dispose } = await openSandboxWorld({ now: () => product.now() });
  product.payments.offer(gateway);
  const order = { account, method: 'bank_transfer', amount: Money.of('3000') } as const;
  const ordered = await product.payments.order(order, callerOf('payment'));
  if (ordered.kind !== 'done') throw new Error(`nothing was ordered: ${ordered.kind}`);
  const { payment } = ordered.value;
  await world.transfer((await gateway.inquire({ attempt: `${payment}-1` }))!, Money.of('2999'), 'ダイチョウ');
  await product.payments.goOn(payment, callerOf('payment-asked'));
  expect((await product.payments.parked(true, {})).rows).toHaveLength(1);
  await dispose();
  const wishes = { alert: 'ja', alertAmounts: [Money.of('1000')], alertMails: 'a@example.jp' } as const;
  const nothing = { recharge: false, trigger: null, amount: null, limit: null, card: null } as const;
  const set = { account, ...wishes, ...nothing, limitAlert: 'off', limitMails: '' } as const;
  await product.prepaidSettings.change({ ...set, alertAmounts: [...set.alertAmounts] }, callerOf('wish'));
  await product.recharging.idle();
}

/** Money that came to the bank, and a virtual account. */
async function depositedOnce({ catalogue, deposits, now }: Product, account: AccountId): Promise<void> {
  const value = '0001/見本銀行/001/本店/ordinary/1234567/ミホン';
  const policies = `policies:\n  - { name: payment.bank-account, value: ${value}, valid_from: 2025-01-01 }\n`;
  await catalogue.importCatalogueYaml('bank.yaml', policies, callerOf('bank'));
  await deposits.giveVirtualAccount({ number: '9010000123', account }, callerOf('virtual-account'));
  const day = BusinessDay.text(BusinessDay.of(now()));
  const bytes = Buffer.from(`date,amount,payer\n${day},3000,ダイチョウ\n`);
  const imported = await deposits.importFile({ name: 'deposits.csv', bytes }, callerOf('deposits'));
  expect(imported).toMatchObject({ kind: 'done', value: { fresh: 1, unknown: 1 } });
}

/** A cart that became an order. */
async function cartOnce({ carts }: Product, account: AccountId): Promise<void> {
  const items = [{ product: 'device.phone', quantity: 1, number: null }];
  await carts.add({ account, items, cancels: [] }, callerOf('cart'));
  const cart = await carts.view({ account }, 'staff');
  if (cart.kind !== 'done') throw new Error(`there is no cart: ${cart.kind}`);
  const agreed = { account, total: Money.of(cart.value.due) };
  expect(await carts.order(agreed, 'staff', callerOf('cart-order'))).toMatchObject({ kind: 'done' });
}

/** Something bought, a number taken back, overseas numbers in a cart, a paper and an erased person. */
async function soldOnce(product: Product): Promise<void> {
  const [account, erased] = BUSY_ACCOUNTS.map(one => parseAccountId(one)) as [AccountId, AccountId];
  await offerProducts(product, '2025-01-01');
  const groups =
    'group,country,state,city,area_code,toll_free,certificate,product,stock\n' +
    'de-berlin,GERMANY,,BERLIN,0104930,no,NATIONAL,vba.de,3\n';
  expect(await product.numbers.importFile('groups.csv', groups, callerOf('groups'))).toMatchObject({
    problems: [],
  });
  const kept = { group: 'de-berlin', account, quantity: 1 };
  expect(await product.numbers.vba.reserve(kept, `${account}_account`, callerOf('vba'))).toMatchObject({
    kind: 'done',
  });
  expect(await product.accounts.assignNumber(account, '0300009999', callerOf('given'))).toMatchObject({
    kind: 'done',
  });
  await product.accounts.unassignNumber(account, '0300009999', callerOf('taken'));
  const charge = { account, amount: Money.of('30000'), method: 'card', lot: 'tamper' } as const;
  expect(await product.prepaid.charge(charge, callerOf('tamper'))).toMatchObject({ kind: 'done' });
  await buy(product, 'tamper-order', { account, circle: null, items: [['invoice.posting', 1]] });
  await paidBackOnce(product, account);
  await cartOnce(product, account);
  await paidOnce(product, account);
  await depositedOnce(product, account);
  const paper = { account, kind: 'passport', issuedOn: null, validUntil: null, picture: PNG } as const;
  for (const name of ['竹取かぐや', '石作皇子']) {
    const said = changeParty.input.parse({ ...PERSON, account, part: 'contract', name });
    expect(await product.parties.change(said, callerOf(name))).toMatchObject({ kind: 'done' });
  }
  const sent = await product.parties.upload(paper, callerOf('paper'));
  if (sent.kind !== 'done') throw new Error(`no paper was sent: ${sent.kind}`);
  expect(await product.parties.approve(account, sent.value.paper, callerOf('proven'))).toMatchObject({
    kind: 'done',
  });
  const erasing = { account: erased, why: 'person_asked', approvedBy: 'staff:second' } as const;
  expect(await product.parties.erase(erasing, callerOf('erase'))).toMatchObject({ kind: 'done' });
}

beforeAll(async () => {
  writeBusyFiles(join(root, 'files'));
  const clock = new StandingClock(END);
  const product = await openProduct({ directory, clock, identity: portsAt(clock) });
  await new BusyProvider(product, clock, join(root, 'files'), () => undefined).run();
  await product.keys.create({ role: 'auditor', account: null, label: 'test' }, callerOf('key'));
  await signedInOnce(product);
  await soldOnce(product);
  events = (await product.health()).head;
  await product.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Changes one bit of one byte, and gives back what puts it right again. */
function flip(column: string, position: number): () => void {
  const value = raw(db => db.prepare(`SELECT ${column} AS v FROM events WHERE position = ?`).get(position))![
    'v'
  ];
  const before = Buffer.from(value as string | Uint8Array);
  const flipped = Buffer.from(before);
  flipped[pickBelow(random, flipped.length)]! ^= 1;
  const stored = typeof value === 'string' ? 'CAST(? AS TEXT)' : '?';
  const write = (bytes: Buffer): void =>
    raw(db => {
      db.prepare(`UPDATE events SET ${column} = ${stored} WHERE position = ?`).run(bytes, position);
    });
  write(flipped);
  return () => write(before);
}

describe(`one byte of an event changed (seed ${SEED})`, () => {
  const places = Array.from({ length: 10 }, () => random());
  const cases = ['data', 'meta', 'hash'].flatMap(column => places.map((place, i) => ({ column, place, i })));

  it.each(cases)('of its $column (random place $i): verify names its position', async ({ column, place }) => {
    const position = 1 + Math.floor(place * events);
    const restore = flip(column, position);
    const found = await verified();
    restore();
    expect(found).toMatchObject({ ok: false, events: position - 1 });
    expect(found.findings[0]).toMatchObject({ position });
    const [named, ...more] = found.problems;
    expect(named).toMatch(new RegExp(`^position ${position}: \\S`));
    // The id of a command stands in its index too, which then does not know it.
    const index = `the file is damaged: table commands does not know the command of event ${position}`;
    expect(more.filter(problem => problem !== index)).toEqual([]);
  });

  it('and back again: everything is proven', async () => {
    expect(await verified()).toMatchObject({ ok: true, events, problems: [] });
  });
});

describe('the read models', () => {
  it('are what a replay gives', async () => {
    expect(await replayed()).toMatchObject({ ok: true, events, problems: [] });
  });

  it(`were what a replay gives as of ten earlier instants (seed ${SEED})`, async () => {
    const first = Instant.parse('2025-10-01T00:00:00.000+09:00');
    const counts: number[] = [];
    for (let i = 0; i < 10; i++) {
      const asOf = Instant.plusMs(first, pickBelow(random, 70 * 86_400_000));
      const found = await replayed(asOf);
      expect({ asOf: Instant.text(asOf), problems: found.problems }).toEqual({
        asOf: Instant.text(asOf),
        problems: [],
      });
      counts.push(found.events);
    }
    expect(Math.min(...counts)).toBeLessThan(events);
    expect(new Set(counts).size).toBeGreaterThan(3);
  });
});

const tables = PROJECTIONS.flatMap(projection => projection.tables);
const quoted = (name: string): string => `"${name}"`;

/** The table of the active version behind a plain name. */
const physical = (db: DatabaseSync, name: string): string =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ? ORDER BY name DESC LIMIT 1")
    .get(`${name}_v[0-9]*`)!['name'] as string;

/** Does something to one row of a read model; gives the row's key as text and what undoes it. */
function tamper(
  spec: TableSpec,
  how: (db: DatabaseSync, table: string, where: string) => void,
): { key: string; restore(): void } {
  return raw(db => {
    const table = quoted(physical(db, spec.name));
    const rows = db.prepare(`SELECT * FROM ${table}`).all();
    expect(rows).not.toEqual([]);
    const row = rows[pickBelow(random, rows.length)]!;
    const literal = (value: unknown): string =>
      typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
    const where = spec.key.map(column => `${quoted(column)} = ${literal(row[column])}`).join(' AND ');
    how(db, table, where);
    const columns = Object.keys(row);
    const restore = (): void =>
      raw(again => {
        again.exec(`DELETE FROM ${table} WHERE ${where}`);
        const marks = columns.map(() => '?').join(', ');
        again
          .prepare(`INSERT INTO ${table} (${columns.map(quoted).join(', ')}) VALUES (${marks})`)
          .run(...columns.map(column => row[column]!));
      });
    return { key: spec.key.map(column => String(row[column])).join(' '), restore };
  });
}

describe.each(tables.map(spec => [spec.name, spec] as const))('a row of %s', (name, spec) => {
  const found = async (how: Parameters<typeof tamper>[1]): Promise<void> => {
    const done = tamper(spec, how);
    const { ok, problems, findings } = await replayed();
    done.restore();
    expect(ok).toBe(false);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(findings).toMatchObject([{ position: null, row: { table: name } }]);
    for (const part of done.key.split(' ')) expect(problems[0]).toContain(part);
  };

  it('that was changed is found by a replay and named', async () => {
    const column = Object.keys(spec.columns).findLast(other => !spec.key.includes(other));
    // A read model that is all key has nothing that could be changed but the row itself.
    if (column === undefined)
      return found((db, table, where) => db.exec(`DELETE FROM ${table} WHERE ${where}`));
    const other = spec.columns[column]!.startsWith('text')
      ? `coalesce(${quoted(column)}, '') || 'x'`
      : `coalesce(${quoted(column)}, 0) + 1`;
    return found((db, table, where) =>
      db.exec(`UPDATE ${table} SET ${quoted(column)} = ${other} WHERE ${where}`),
    );
  });

  it('that was taken away is found by a replay and named', () =>
    found((db, table, where) => db.exec(`DELETE FROM ${table} WHERE ${where}`)));
});
