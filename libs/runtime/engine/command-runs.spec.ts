import * as fc from 'fast-check';
import type { StoredEvent } from '#kernel';
import { CommandRuns } from './command-runs.js';

const meta = (commandId: string) => ({
  occurredAt: '2026-10-05T12:01:00.000+09:00',
  recordedAt: '2026-10-05T12:01:00.250+09:00',
  actor: 'cli:operator',
  commandId,
  correlationId: commandId,
  bodyHash: 'b0d1'.repeat(16),
});

interface Command {
  readonly stream: string;
  readonly events: number;
  readonly characters: number;
}

/** The log that these commands leave, one after another. */
function logOf(commands: readonly Command[]): StoredEvent[] {
  const revisions = new Map<string, number>();
  const log: StoredEvent[] = [];
  for (const [n, { stream, events, characters }] of commands.entries()) {
    for (let i = 0; i < events; i++) {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const data = 'x'.repeat(characters);
      const place = { position: log.length + 1, stream, revision };
      log.push({ ...place, type: 'sample.Happened.v1', data, meta: meta(`c${n}`), hash: '' });
    }
  }
  return log;
}

const commands = fc.array(
  fc.record({
    stream: fc.constantFrom('a', 'b'),
    events: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant(1_200)),
    characters: fc.constantFrom(2, 40, 60_000),
  }),
  { maxLength: 30 },
);

/** What is taken at some moments, then the rest. */
function cut(log: readonly StoredEvent[], takeFrom: number): StoredEvent[][] {
  const runs = new CommandRuns();
  const taken: StoredEvent[][] = [];
  for (const event of log) {
    runs.add(event);
    if (runs.complete >= takeFrom) taken.push(...runs.takeComplete());
  }
  return [...taken, ...runs.takeAll()];
}

describe('runs of a log', () => {
  it('are the log, in its order', () => {
    fc.assert(
      fc.property(commands, fc.integer({ min: 1, max: 50 }), (given, takeFrom) => {
        const log = logOf(given);
        expect(cut(log, takeFrom).flat()).toEqual(log);
      }),
      { numRuns: 40 },
    );
  });

  it('are of one stream, never cut a command, and hold several only within the limits', () => {
    fc.assert(
      fc.property(commands, fc.integer({ min: 1, max: 50 }), (given, takeFrom) => {
        const seen = new Set<string>();
        for (const run of cut(logOf(given), takeFrom)) {
          const ids = [...new Set(run.map(event => event.meta.commandId))];
          expect(new Set(run.map(event => event.stream)).size).toBe(1);
          expect(ids.filter(id => seen.has(id))).toEqual([]);
          for (const id of ids) seen.add(id);
          const characters = run.reduce((sum, { data }) => sum + data.length + 500, 0);
          expect(ids.length === 1 || (run.length <= 1_000 && characters <= 250_000)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('join commands of one stream that follow each other', () => {
    const small = { events: 2, characters: 2 };
    const log = logOf(['a', 'a', 'b', 'a', 'a', 'a'].map(stream => ({ stream, ...small })));
    expect(cut(log, 1_000).map(run => run.length)).toEqual([4, 2, 6]);
  });
});
