import { readdirSync, readFileSync } from 'node:fs';
import type { Row, RowSink } from '#kernel';
import { decodeEvent, STORED_TYPES } from '../engine/codecs.js';
import { PROJECTIONS } from '../projecting/read-models.js';
import { readableCell, readableData, readableStream } from './readable-event.js';

const FOLDER = 'test/golden/events';
const samples = readdirSync(FOLDER).map(
  name =>
    JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as { type: string; data: Record<string, unknown> },
);
/** Names of the secret facts at the top of an event: none is deeper. */
const secretsOf = (type: string): string[] =>
  Object.entries(STORED_TYPES.get(type)!.facts)
    .filter(([, { secret }]) => secret)
    .map(([name]) => name);

describe('the data of an event as people read it', () => {
  it.each(samples)('has no secret of $type, and all else', ({ type, data }) => {
    const secret = secretsOf(type);
    const shown = readableData({ type, data: JSON.stringify(data) });
    expect(Object.keys(shown)).toEqual(Object.keys(data));
    for (const [field, value] of Object.entries(data))
      expect([field, shown[field]]).toEqual([field, secret.includes(field) ? '(hidden)' : value]);
  });

  it('is hidden whole for a type that nothing is declared of', () =>
    expect(readableData({ type: 'shop.Sold.v1', data: '{"price":"8","to":null}' })).toEqual({
      price: '(hidden)',
      to: null,
    }));

  it('has as many elements of a list as are asked for, at any depth', () => {
    const data = JSON.stringify({ unique: 'u', numbers: ['1', '2', '3'], at: { a: [1, 2, 3] } });
    expect(readableData({ type: 'identity.UniqueNumbersSet.v1', data }, 2)).toEqual({
      unique: 'u',
      numbers: ['1', '2'],
      at: { a: [1, 2] },
    });
  });
});

describe('the name of a stream as people read it', () => {
  it.each([
    ['wallet-A1_2026-10', 'wallet-A1_2026-10'],
    ['login-3f9a1c0b7d2e4a58', 'login-3f9a1c0b7d2e4a58'],
    ['policies', 'policies'],
    ['loginId-9f86d081884c7d65', 'loginId-(hidden)'],
    ['attempts-id_9f86d081884c7d65', 'attempts-id_(hidden)'],
  ])('%s is %s: whoever has the hash of what was typed can guess it', (stream, shown) =>
    expect(readableStream(stream)).toBe(shown),
  );
});

describe('the columns of a read model', () => {
  it('that hold a secret of an event are declared, so that no finding tells them', () => {
    const found = new Set<string>();
    for (const { type, data } of samples) {
      const secrets = new Set(secretsOf(type).map(field => data[field]));
      if (secrets.size === 0) continue;
      const event = decodeEvent(STORED_TYPES.get(type)!.stream, type, JSON.stringify(data));
      for (const projection of PROJECTIONS.filter(({ handles }) => handles.includes(type))) {
        const note = (table: string, row: Row = {}) => {
          const spec = projection.tables.find(({ name }) => name === table)!;
          for (const [column, value] of Object.entries(row)) {
            if (!secrets.has(value)) continue;
            found.add(`${table}.${column}`);
            expect(readableCell(column, value, spec)).toBe('(hidden)');
          }
        };
        const rows: RowSink = {
          insert: note,
          merge: (table, key, { set }) => [key, set].forEach(row => void note(table, row)),
          remove: note,
        };
        const recordedAt = '2026-10-01T09:30:00.000+09:00';
        const meta = { occurredAt: recordedAt, recordedAt, actor: 'job', commandId: '', correlationId: '' };
        projection.apply(
          { position: 1, stream: 's', revision: 0, type, event, meta: { ...meta, bodyHash: '' } },
          rows,
        );
      }
    }
    expect([...found].sort()).toEqual([
      'api_keys.secret_hash',
      'logins.login_id_sealed',
      'sessions.origin_sealed',
    ]);
  });
});
