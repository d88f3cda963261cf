import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openProduct } from '#nest';
import { StoreUnavailable } from '#ports';
import type { AuditFinding } from '#runtime';
import { SEED } from '../support/seed.js';
import { smallBooks } from '../support/small-books.js';
import { pickBelow, randomFrom } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const random = randomFrom(SEED);
const PAGE = 4096;
const DAMAGES = 80;

const root = temporaryDirectory();
const original = join(root, 'original.db');
let bytes: Buffer;
let content: string;

/** What the log says, whatever its bytes are; a replay makes everything else anew. */
function contentOf(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = ['streams', 'event_types', 'events', 'projection_checkpoints', 'store_facts'].map(name =>
      db.prepare(`SELECT * FROM ${name} LIMIT 10000`).all(),
    );
    return JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    );
  } finally {
    db.close();
  }
}

beforeAll(async () => {
  const books = await smallBooks();
  await books.product.audit.backup(original);
  await books.home.end();
  bytes = readFileSync(original);
  content = contentOf(original);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const KINDS: Readonly<Record<string, (damaged: Buffer) => Buffer>> = {
  'one bit'(damaged) {
    damaged[pickBelow(random, damaged.length)]! ^= 1 << pickBelow(random, 8);
    return damaged;
  },
  'a byte at the head of a page'(damaged) {
    damaged[PAGE * pickBelow(random, damaged.length / PAGE) + pickBelow(random, 16)] = pickBelow(random, 256);
    return damaged;
  },
  'a page of zeros'(damaged) {
    return damaged.fill(0, PAGE * pickBelow(random, damaged.length / PAGE)).subarray(0, damaged.length);
  },
  'a page of another place'(damaged) {
    const [from, to] = [pickBelow(random, damaged.length / PAGE), pickBelow(random, damaged.length / PAGE)];
    bytes.copy(damaged, to * PAGE, from * PAGE, (from + 1) * PAGE);
    return damaged;
  },
  'half a page of noise'(damaged) {
    const at = PAGE * pickBelow(random, damaged.length / PAGE);
    for (let i = at; i < at + PAGE / 2; i++) damaged[i] = pickBelow(random, 256);
    return damaged;
  },
  'an end that is missing'(damaged) {
    return damaged.subarray(0, PAGE * (1 + pickBelow(random, damaged.length / PAGE - 1)));
  },
};

type Found = { readonly verify: AuditFinding; readonly replay: AuditFinding } | { readonly refused: string };

/** What an auditor finds; that the file does not open is told by the store in words of its own. */
async function audited(directory: string): Promise<Found> {
  let product: Awaited<ReturnType<typeof openProduct>>;
  try {
    product = await openProduct({ directory, readOnly: true });
  } catch (error) {
    if (error instanceof StoreUnavailable) return { refused: error.message };
    throw error;
  }
  try {
    return { verify: await product.audit.verify(), replay: await product.audit.replay({}) };
  } finally {
    await product.close();
  }
}

function isSame(file: string): boolean {
  try {
    return contentOf(file) === content;
  } catch {
    return false;
  }
}

describe(`a damaged file (seed ${SEED})`, () => {
  const names = Object.keys(KINDS);
  const cases = Array.from({ length: DAMAGES }, (_, i) => [i, names[i % names.length]!] as const);

  it.each(cases)(
    '%d: %s is found and named, or has changed nothing',
    async (i, kind) => {
      const directory = join(root, `damaged-${i}`);
      mkdirSync(directory);
      const file = join(directory, 'daicho.db');
      writeFileSync(file, KINDS[kind]!(Buffer.from(bytes)));
      copyFileSync(file, `${file}.kept`);
      const found = await audited(directory);
      if ('refused' in found) expect(found.refused).toContain(file);
      else {
        const { verify, replay } = found;
        for (const { ok, problems } of [verify, replay]) expect(problems.length > 0).toBe(!ok);
        if (verify.ok) expect(isSame(`${file}.kept`)).toBe(true);
      }
      rmSync(directory, { recursive: true, force: true });
    },
    60_000,
  );

  it('as it was is without a finding', async () => {
    const directory = join(root, 'whole');
    mkdirSync(directory);
    copyFileSync(original, join(directory, 'daicho.db'));
    expect(await audited(directory)).toMatchObject({ verify: { ok: true }, replay: { ok: true } });
  });
});
