import * as fc from 'fast-check';
import type { AppendRequest, AppendResult, EventStore } from '#ports';
import {
  collect,
  expectGapless,
  type OpenEventStore,
  onFreshStore,
  sampleEvent,
} from './event-store.samples.js';

/** What one appender asks for: revisions and command ids are guesses, so some clash with those of others. */
const wish = fc.record({
  stream: fc.constantFrom('a', 'b', 'c'),
  expectedRevision: fc.integer({ min: -1, max: 4 }),
  commands: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
  eventsPerCommand: fc.integer({ min: 1, max: 2 }),
});
const appenders = fc.array(fc.array(wish, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

const asRequest = ({ stream, expectedRevision, commands, eventsPerCommand }: WishOf): AppendRequest => ({
  stream,
  expectedRevision,
  events: commands.flatMap(id => Array.from({ length: eventsPerCommand }, () => sampleEvent(`c${id}`))),
});
type WishOf = typeof wish extends fc.Arbitrary<infer T> ? T : never;

interface Answered {
  readonly request: AppendRequest;
  readonly result: AppendResult;
}

/** All appenders at once, each sending its requests in one call. */
async function runTogether(store: EventStore, wishes: readonly (readonly WishOf[])[]): Promise<Answered[]> {
  const answers = await Promise.all(
    wishes.map(async ones => {
      const asked = ones.map(asRequest);
      const results = await store.append(asked);
      return asked.map((request, i) => ({ request, result: results[i]! }));
    }),
  );
  return answers.flat();
}

/**
 * The log holds exactly what was answered with `appended`, in its place, and each refusal has its reason in
 * the log.
 */
async function checkAnswers(store: EventStore, answered: readonly Answered[]): Promise<void> {
  const log = await collect(store.readAll());
  expectGapless(log);
  let stored = 0;
  for (const { request, result } of answered) {
    if (result.kind === 'appended') {
      const own = log.slice(result.firstPosition - 1, result.lastPosition);
      expect(own.map(event => event.meta.commandId)).toEqual(
        request.events.map(event => event.meta.commandId),
      );
      expect(own.every(event => event.stream === request.stream)).toBe(true);
      expect(own[0]?.revision).toBe(request.expectedRevision + 1);
      expect(own.at(-1)?.revision).toBe(result.revision);
      stored += own.length;
    } else if (result.kind === 'duplicate') {
      expect(log.some(event => event.meta.commandId === result.commandId)).toBe(true);
      expect(request.events.some(event => event.meta.commandId === result.commandId)).toBe(true);
    } else {
      expect(result.actualRevision).not.toBe(request.expectedRevision);
    }
  }
  expect(stored).toBe(log.length);
  const groups = log.filter((event, i) => event.meta.commandId !== log[i - 1]?.meta.commandId);
  expect(new Set(groups.map(event => event.meta.commandId)).size).toBe(groups.length);
  const found = await store.findCommands([...Array(30).keys()].map(i => `c${i + 1}`));
  expect([...found.values()].reduce((sum, command) => sum + command.count, 0)).toBe(log.length);
}

export function interleavingRules(open: OpenEventStore): void {
  describe('appenders that interleave', () => {
    it('get answers that agree with the log, whatever they send', async () => {
      const law = fc.asyncProperty(appenders, wishes =>
        onFreshStore(open, async store => checkAnswers(store, await runTogether(store, wishes)))(),
      );
      await fc.assert(law, { numRuns: 25 });
    });
  });
}
