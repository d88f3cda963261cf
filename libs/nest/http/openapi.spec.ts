import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Instant } from '#kernel';
import * as said from '#runtime';
import { fakeProduct, serving, type TestServer } from '../../../test/support/http-server.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { openProduct } from '../open-product.js';
import { ACCESS } from './access.js';
import * as shapes from './schemas.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly required: boolean;
  readonly schema?: object;
}
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}

describe('the OpenAPI document', () => {
  let server: TestServer;
  let text: string;
  let components: Record<string, object>;
  const operations: [string, Operation][] = [];

  beforeAll(async () => {
    server = await serving(fakeProduct().product);
    const answer = await server.send('GET', '/api/openapi.json');
    text = answer.text;
    components = (answer.json['components'] as { schemas: Record<string, object> }).schemas;
    for (const [path, methods] of Object.entries(answer.json['paths'] as Record<string, object>)) {
      for (const [method, operation] of Object.entries(methods)) {
        operations.push([`${method.toUpperCase()} ${path.replace('/api/v1', '')}`, operation as Operation]);
      }
    }
  });
  afterAll(() => server.close());

  it('tells of every route what it is for, who may use it and how it fails', () => {
    expect(operations).toHaveLength(Object.keys(ACCESS).length);
    for (const [route, operation] of operations) {
      const { summary, security, parameters, responses } = operation;
      expect([route, summary]).toEqual([route, expect.stringMatching(/\w/)]);
      const { door = 'any', effect } = ACCESS[route.replace(/\{(\w+)\}/g, ':$1')]!;
      const ways = { open: undefined, session: ['session'], any: ['bearer', 'apiKey', 'session'] }[door];
      expect([route, security]).toEqual([route, ways?.map(way => ({ [way]: [] }))]);
      const open = effect === 'read' ? ['400'] : ['400', '403'];
      expect([route, Object.keys(responses)]).toEqual([
        route,
        expect.arrayContaining(door === 'open' ? open : ['400', '401', '403', '404']),
      ]);
      for (const parameter of parameters) {
        expect([route, parameter]).toEqual([
          route,
          expect.objectContaining({ description: expect.stringMatching(/\w/), schema: expect.anything() }),
        ]);
      }
      const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter(p => p.in === 'path').map(p => p.name)).toEqual(named);
      expect(new Set(parameters.map(p => `${p.in} ${p.name}`)).size).toBe(parameters.length);
      const good = Object.entries(responses).find(([status]) => status.startsWith('2'))!;
      expect([route, Object.keys(good[1].content ?? {}).length]).not.toEqual([route, 0]);
    }
  });

  it('asks for a key of idempotency exactly where money moves or a contract is made', () => {
    for (const [route, { parameters }] of operations) {
      const row = ACCESS[route.replace(/\{(\w+)\}/g, ':$1')]!;
      const required = parameters.some(p => p.name === 'Idempotency-Key' && p.required);
      expect([route, required]).toEqual([route, row.effect === 'money']);
    }
  });

  it('gives each operation its own id, and refers to nothing that is not there', () => {
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter(name => !components[name])).toEqual([]);
  });

  it('is served with a page to read it', async () => {
    const page = await server.send('GET', '/api/docs');
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = await server.send('GET', '/api/docs/swagger-ui-init.js');
    expect(script.text).toContain('/api/v1/accounts/{account}/balance');
  });
});

describe('what the product really answers', () => {
  const at = '2025-11-06T10:00:00.000+09:00';
  const fixtures = join(import.meta.dirname, '../../../test/fixtures/statement-002');
  const directory = temporaryDirectory();
  let server: TestServer;
  let token: string;

  const headers = () => ({ 'X-Reason': 'shapes', 'Idempotency-Key': crypto.randomUUID() });
  const csv = () => ({ ...headers(), 'Content-Type': 'text/csv' });
  const send = (method: string, path: string, body?: unknown, more: Record<string, string> = headers()) =>
    server.send(method, `/api/v1${path}`, { token, headers: more, ...(body !== undefined && { body }) });
  const json = async (method: string, path: string, body?: unknown, more?: Record<string, string>) => {
    const answer = await send(method, path, body, more);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  /** A shape strips what it does not know, so equal means: all of it is described, and nothing is missing. */
  const fits = (shape: z.ZodType | undefined, value: unknown): void =>
    expect(shape!.parse(value)).toEqual(value);

  beforeAll(async () => {
    const product = await openProduct({ directory, clock: { now: () => Instant.parse(at) } });
    const dueAt = Instant.parse(at);
    for (const job of ['2025-09', '2025-08'])
      await product.jobQueue().add({ name: 'close-month', key: job, payload: { month: job }, dueAt });
    server = await serving(product, directory);
    const caller = { actor: { id: 'cli:test' }, commandId: 'key' };
    const key = await product.keys.create({ role: 'staff', account: null, label: 'shapes' }, caller);
    if (key.kind !== 'done') throw new Error('no key');
    token = key.value.token;
  });
  afterAll(() => server.close());

  it('has the shape that the document promises, for every command', async () => {
    const tariff = await readFile(join(fixtures, 'tariff.csv'), 'utf8');
    const compared = await json('POST', '/tariffs?dryRun=true', tariff, csv());
    fits(said.publishTariffs.answer, compared);
    expect(Object.keys(compared)).toEqual(['tariffs']);
    const published = await json('POST', '/tariffs', tariff, csv());
    fits(said.publishTariffs.answer, published);
    expect(Object.keys(published)).toEqual(['rows']);
    const yaml = { ...csv(), 'Content-Type': 'application/yaml' };
    const prices = (monthly: number) =>
      'price_lists: [{ name: standard, valid_from: 2025-12-01, products: [{ code: a, kind: option, ' +
      `name_ja: あ, name_en: a, monthly: ${monthly} }] }]`;
    const imported = await json('POST', '/catalogue', prices(500), yaml);
    fits(said.importCatalogue.answer, imported);
    expect(Object.keys(imported)).toEqual(['imported', 'importedJa', 'warnings']);
    const changes = await json('POST', '/catalogue?dryRun=true', prices(550), yaml);
    fits(said.importCatalogue.answer, changes);
    expect(changes['priceLists']).toMatchObject([{ changed: [{ fields: ['monthly'] }] }]);
    const opening = {
      account: 'A1',
      name: 'N',
      openedOn: '2025-10-01',
      numbers: ['05012345678'],
      tariff: 'std',
    };
    fits(said.openAccount.answer, await json('POST', '/accounts', opening));
    fits(said.openAccount.answer, await json('POST', '/accounts/A1/numbers', { number: '05012345679' }));
    fits(shapes.Unchanged, await json('POST', '/accounts/A1/numbers', { number: '05012345679' }));
    fits(said.openAccount.answer, await json('PUT', '/accounts/A1/incoming-discount', { perMinute: '0.5' }));
    const charge = { amount: '5000', method: 'card', at: '2025-10-01T00:00:00.000+09:00', lot: 'L1' };
    fits(said.chargePrepaid.answer, await json('POST', '/accounts/A1/charges', charge));
    const cdr = (await readFile(join(fixtures, 'cdr.csv'), 'utf8')).split('\n').slice(0, 40);
    fits(said.importCalls.answer, await json('POST', '/cdr-imports', `${cdr.join('\n')}\nbad,A1\n`, csv()));
    fits(said.holdFunds.answer, await json('POST', '/accounts/A1/holds', { hold: 'H1', amount: '10' }));
    fits(said.extendHold.answer, await json('POST', '/accounts/A1/holds/H1/extend', { amount: '5' }));
    const party = { number: '05012345678', from: '05012345678', to: '0312345678' };
    const times = { startedAt: at, answeredAt: null, endedAt: at };
    const settled = await json('POST', '/accounts/A1/holds/H1/settle', { callId: 'c1', ...party, ...times });
    fits(said.settleHold.answer, settled);
    await json('POST', '/accounts/A1/holds', { hold: 'H2', amount: '10' });
    fits(said.releaseHold.answer, await json('POST', '/accounts/A1/holds/H2/release', {}));
    fits(
      said.adjustPrepaid.answer,
      await json('POST', '/accounts/A1/adjustments', { amount: '-7.5', reason: 'r' }),
    );
    const calls = (await json('GET', '/accounts/A1/calls'))['rows'] as { callId: string; net: string }[];
    const call = calls.find(({ net }) => net !== '0');
    fits(
      said.reverseDebit.answer,
      await json('POST', '/accounts/A1/reversals', { debit: call!.callId, reason: 'r' }),
    );
    fits(said.runClose.answer, await json('POST', '/closes', { month: '2025-10' }));
    fits(said.retrySuspense.answer, await json('POST', '/suspense/retry', {}));
    const [line] = (await json('GET', '/suspense'))['rows'] as { import: string; line: number }[];
    const discard = { import: line!.import, line: line!.line, reason: 'r' };
    fits(said.discardSuspense.answer, await json('POST', '/suspense/discard', discard));
    fits(said.discardJob.answer, await json('POST', '/jobs/close-month/2025-08/discard'));
    const made = await json('POST', '/keys', { role: 'job', label: 'x' });
    fits(said.createKey.answer, made);
    fits(said.revokeKey.answer, await json('DELETE', `/keys/${made['key'] as string}`));
  });

  it.each<[string, z.ZodType | undefined]>([
    ['/me', shapes.Me],
    ['/accounts', said.listAccounts.answer],
    ['/accounts/A1/balance', said.prepaidBalance.answer],
    ['/accounts/A1/history', said.prepaidHistory.answer],
    ['/accounts/A1/calls', said.listCalls.answer],
    ['/accounts/A1/number-statement', said.showNumberStatement.answer],
    ['/accounts/A1/destination-statement', said.showDestinationStatement.answer],
    ['/accounts/A1/usage?month=2025-10', said.showUsage.answer],
    ['/accounts/A1/balance-history', said.showBalanceHistory.answer],
    ['/closes', said.listCloses.answer],
    ['/closes/2025-10', said.showClose.answer],
    ['/events', said.listEvents.answer],
    ['/events/1', said.showEvent.answer],
    ['/event-types', said.listEventTypes.answer],
    ['/accounts/A1/statements/2025-10', said.showStatement.answer],
    ['/invoices', said.listInvoices.answer],
    ['/invoices/202510-000001', said.showInvoice.answer],
    ['/tariffs', said.listTariffs.answer],
    ['/tariffs/std/rows', said.showTariff.answer],
    ['/price-lists', said.listPriceLists.answer],
    ['/price-lists/standard?on=2025-12-01', said.showPriceList.answer],
    ['/catalogue', said.showCatalogue.answer],
    ['/cdr-imports', said.listImports.answer],
    ['/trial-balance', said.trialBalance.answer],
    ['/explanations/202510-000001', said.explainAmount.answer],
    ['/audit/verify', said.verifyLog.answer],
    ['/keys', said.listKeys.answer],
    ['/jobs', said.listJobs.answer],
  ])('has the shape that the document promises: %s', async (path, shape) => {
    const answer = await json('GET', path);
    fits(shape, answer);
    expect(answer['rows']).not.toEqual([]);
  });

  it('shows the problem of a refused file with its line', async () => {
    const text = (await readFile(join(fixtures, 'tariff.csv'), 'utf8')).replace(/^std,(.*?),/m, 'std,x,');
    const answer = await send('POST', '/tariffs?file=new.csv', text, csv());
    expect([answer.status, answer.json['code']]).toEqual([422, 'FILE_REFUSED']);
    expect(answer.json['field']).toMatch(/^new\.csv:2/);
    fits(shapes.Problem, answer.json);
  });
});
