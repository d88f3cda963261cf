import { rmSync } from 'node:fs';
import { openProduct } from '#nest';
import { at, type Program, startProgram } from '../support/program.js';
import { callerOf, openProvider, StandingClock, TARIFF_HEADER } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const NOW = at('2025-11-05T10:00:00.000+09:00');
/** A server that is held up answers none or a handful meanwhile, however slow the machine is. */
const ANSWERED_MEANWHILE = 5;

let directory: string;
let server: Program;
let tokens: readonly string[];

beforeAll(async () => {
  directory = temporaryDirectory();
  const product = await openProduct({ directory, clock: new StandingClock(NOW) });
  await openProvider(product, ['A1'], '2025-10-01');
  const made: string[] = [];
  for (const label of ['one', 'other']) {
    const key = await product.keys.create({ role: 'staff', account: null, label }, callerOf(`key/${label}`));
    if (key.kind !== 'done') throw new Error('no key');
    made.push(key.value.token);
  }
  tokens = made;
  await product.close();
  server = await startProgram('server', { DAICHO_DATA: directory, DAICHO_LOG_LEVEL: 'info' }, NOW);
}, 60_000);
afterAll(async () => {
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

async function ask(path: string, token = tokens[0], body?: { text: string; type: string }) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Reason': 'test',
      ...(body && { 'Content-Type': body.type }),
    },
    ...(body && { body: body.text }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    bytes,
    json: () => JSON.parse(bytes.toString()) as Record<string, unknown>,
  };
}

/** How many questions of somebody else are answered, one after the other, before the big one is. */
async function answeredBefore(big: Promise<unknown>): Promise<number> {
  let answered = 0;
  const under = { way: true };
  const ended = big.finally(() => {
    under.way = false;
  });
  while (under.way) {
    expect((await ask('/accounts/A1/balance', tokens[1])).status).toBe(200);
    if (under.way) answered++;
  }
  await ended;
  return answered;
}

const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('');
const REST = '東京,一般通話,0,8,180,180,180,2020-01-01,standard\n';
const tariffOf = (lines: string): string => `${TARIFF_HEADER}\n${lines}`;
const csv = (text: string) => ({ text, type: 'text/csv' });
const yaml = (text: string) => ({ text, type: 'application/yaml' });

describe('a whole file that takes long holds nobody up', () => {
  it('a catalogue of 100,000 keys, all of them wrong; of many problems the first are told', async () => {
    const big = ask('/catalogue', tokens[0], yaml(rows(100_000, i => `k${i}: 1\n`)));
    expect(await answeredBefore(big)).toBeGreaterThan(ANSWERED_MEANWHILE);
    const { status, bytes, json } = await big;
    expect([status, json()['code'], json()['moreErrors']]).toEqual([422, 'FILE_REFUSED', 99_800]);
    expect(bytes.length).toBeLessThan(100_000);
  }, 120_000);

  it('a tariff of 100,000 rows, and again as a dry run', async () => {
    const text = tariffOf(rows(100_000, i => `big,0${1_000_000 + i},${REST}`));
    const big = ask('/tariffs', tokens[0], csv(text));
    expect(await answeredBefore(big)).toBeGreaterThan(ANSWERED_MEANWHILE);
    const { status, json } = await big;
    expect([status, json()['rows']]).toEqual([
      201,
      [expect.objectContaining({ tariff: 'big', rows: 100_000 })],
    ]);
    const again = ask('/tariffs?dryRun=true', tokens[0], csv(text.replaceAll(',8,180,', ',9,180,')));
    expect(await answeredBefore(again)).toBeGreaterThan(ANSWERED_MEANWHILE);
    expect((await again).status).toBe(200);
  }, 120_000);

  it('a tariff of 100,000 wrong rows is refused with a short answer', async () => {
    const big = ask('/tariffs', tokens[0], csv(tariffOf(rows(100_000, () => ',,,,,,,,,,\n'))));
    expect(await answeredBefore(big)).toBeGreaterThan(ANSWERED_MEANWHILE);
    const { status, bytes } = await big;
    expect(status).toBe(422);
    expect(bytes.length).toBeLessThan(100_000);
  }, 120_000);
});

it('two hundred papers that one asks for hold up no question and no paper of another', async () => {
  const paper = (token: string | undefined) => ask('/accounts/A1/statements/2025-10?format=pdf', token);
  let drawn = 0;
  const many = Array.from({ length: 200 }, async () => {
    const { status } = await paper(tokens[0]);
    drawn++;
    return status;
  });
  await Promise.race(many);
  expect((await paper(tokens[1])).status).toBe(200);
  expect(drawn).toBeLessThan(100);
  expect(await answeredBefore(Promise.all(many))).toBeGreaterThan(ANSWERED_MEANWHILE);
  expect(new Set(await Promise.all(many))).toEqual(new Set([200]));
}, 240_000);
