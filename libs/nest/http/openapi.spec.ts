import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Instant } from '#kernel';
import {
  adjustPrepaid,
  chargePrepaid,
  createKey,
  discardJob,
  extendHold,
  holdFunds,
  listAccounts,
  listJobs,
  listKeys,
  openAccount,
  prepaidBalance,
  prepaidHistory,
  releaseHold,
  reverseDebit,
  revokeKey,
  settleHold,
  trialBalance,
} from '#runtime';
import { fakeProduct, serving, type TestServer } from '../../../test/support/http-server.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { openProduct } from '../open-product.js';
import { ACCESS } from './access.js';
import * as books from './schemas.books.js';
import * as clock from './schemas.clock.js';
import * as views from './schemas.js';
import * as pages from './schemas.pages.js';
import { allOf, pageOf } from './shapes.js';

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
      const { door = 'any' } = ACCESS[route.replace(/\{(\w+)\}/g, ':$1')]!;
      const ways = { open: undefined, session: ['session'], any: ['bearer', 'apiKey', 'session'] }[door];
      expect([route, security]).toEqual([route, ways?.map(way => ({ [way]: [] }))]);
      expect([route, Object.keys(responses)]).toEqual([
        route,
        expect.arrayContaining(door === 'open' ? ['400', '403'] : ['400', '401', '403', '404']),
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

const shapes = { ...views, ...books, ...clock, ...pages };

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
  const fits = (shape: z.ZodType, value: unknown): void => expect(shape.parse(value)).toEqual(value);

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
    fits(shapes.TariffDiffs, await json('POST', '/tariffs?dryRun=true', tariff, csv()));
    fits(allOf(shapes.Tariff), await json('POST', '/tariffs', tariff, csv()));
    const opening = {
      account: 'A1',
      name: 'N',
      openedOn: '2025-10-01',
      numbers: ['05012345678'],
      tariff: 'std',
    };
    fits(openAccount.answer, await json('POST', '/accounts', opening));
    fits(openAccount.answer, await json('POST', '/accounts/A1/numbers', { number: '05012345679' }));
    fits(shapes.Unchanged, await json('POST', '/accounts/A1/numbers', { number: '05012345679' }));
    fits(openAccount.answer, await json('PUT', '/accounts/A1/incoming-discount', { perMinute: '0.5' }));
    const charge = { amount: '5000', method: 'card', at: '2025-10-01T00:00:00.000+09:00', lot: 'L1' };
    fits(chargePrepaid.answer, await json('POST', '/accounts/A1/charges', charge));
    const cdr = (await readFile(join(fixtures, 'cdr.csv'), 'utf8')).split('\n').slice(0, 40);
    fits(shapes.ImportReport, await json('POST', '/cdr-imports', `${cdr.join('\n')}\nbad,A1\n`, csv()));
    fits(holdFunds.answer, await json('POST', '/accounts/A1/holds', { hold: 'H1', amount: '10' }));
    fits(extendHold.answer, await json('POST', '/accounts/A1/holds/H1/extend', { amount: '5' }));
    const party = { number: '05012345678', from: '05012345678', to: '0312345678' };
    const times = { startedAt: at, answeredAt: null, endedAt: at };
    const settled = await json('POST', '/accounts/A1/holds/H1/settle', { callId: 'c1', ...party, ...times });
    fits(settleHold.answer, settled);
    await json('POST', '/accounts/A1/holds', { hold: 'H2', amount: '10' });
    fits(releaseHold.answer, await json('POST', '/accounts/A1/holds/H2/release', {}));
    fits(
      adjustPrepaid.answer,
      await json('POST', '/accounts/A1/adjustments', { amount: '-7.5', reason: 'r' }),
    );
    const calls = (await json('GET', '/accounts/A1/calls'))['rows'] as { callId: string; net: string }[];
    const call = calls.find(({ net }) => net !== '0');
    fits(
      reverseDebit.answer,
      await json('POST', '/accounts/A1/reversals', { debit: call!.callId, reason: 'r' }),
    );
    fits(shapes.CloseReport, await json('POST', '/closes', { month: '2025-10' }));
    fits(shapes.RetryReport, await json('POST', '/suspense/retry', {}));
    const [line] = (await json('GET', '/suspense'))['rows'] as { import: string; line: number }[];
    const discard = { import: line!.import, line: line!.line, reason: 'r' };
    fits(shapes.Discarded, await json('POST', '/suspense/discard', discard));
    fits(discardJob.answer, await json('POST', '/jobs/close-month/2025-08/discard'));
    const made = await json('POST', '/keys', { role: 'job', label: 'x' });
    fits(createKey.answer, made);
    fits(revokeKey.answer, await json('DELETE', `/keys/${made['key'] as string}`));
  });

  it.each<[string, z.ZodType]>([
    ['/me', shapes.Me],
    ['/accounts', listAccounts.answer],
    ['/accounts/A1/balance', prepaidBalance.answer],
    ['/accounts/A1/history', prepaidHistory.answer],
    ['/accounts/A1/calls', shapes.CallPage],
    ['/accounts/A1/number-statement', shapes.NumberStatement],
    ['/accounts/A1/destination-statement', shapes.DestinationStatement],
    ['/accounts/A1/usage?month=2025-10', shapes.UsageByDay],
    ['/accounts/A1/balance-history', shapes.BalanceHistory],
    ['/closes', allOf(shapes.CloseMonth)],
    ['/closes/2025-10', shapes.MonthReport],
    ['/events', pageOf(shapes.LogEvent)],
    ['/events/1', shapes.LogEventDetail],
    ['/event-types', allOf(shapes.EventType)],
    ['/accounts/A1/statements/2025-10', shapes.Statement],
    ['/invoices', pageOf(shapes.InvoiceSummary)],
    ['/invoices/202510-000001', shapes.Invoice],
    ['/tariffs', allOf(shapes.Tariff)],
    ['/tariffs/std/rows', allOf(shapes.TariffRow)],
    ['/catalogue', shapes.Catalogue],
    ['/cdr-imports', allOf(shapes.Import)],
    ['/trial-balance', trialBalance.answer],
    ['/explanations/202510-000001', shapes.Explanation],
    ['/audit/verify', shapes.AuditFinding],
    ['/keys', listKeys.answer],
    ['/jobs', listJobs.answer],
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
